package rules

import (
	"reflect"
	"strings"
	"testing"

	"sunlot/internal/calendar"
)

// TestACheckedArticleIsCited: what was found in the text that followed stands
// beside the article at once, in every edition of the pack, and the days of both
// texts count as read.
func TestACheckedArticleIsCited(t *testing.T) {
	p := pack(t)
	quorum := func() Source { return p.Assemblies["group_meeting"].Quorum.Source }
	if quorum().InForce("2026-11-30") || !strings.Contains(quorum().String(), "现行条号待核") {
		t.Error("an article that nobody has checked is cited as checked:", quorum())
	}
	p.Book().Learn([]Reading{{Cites: quorum().ID(), Edition: "2025修正", From: "2026-01-01", Article: "第九十九条"}})
	want := "《中华人民共和国村民委员会组织法》（2018修正）第二十八条（施行至2025-12-31；2026-01-01起为2025修正第九十九条，数值核对一致）"
	if got := quorum().String(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for day, want := range map[calendar.Date]bool{
		"2018-12-28": false, "2025-12-31": true, "2026-01-01": true, "2026-11-30": true,
	} {
		if quorum().InForce(day) != want {
			t.Errorf("on %s it is in force: %v", day, !want)
		}
	}
	other := p.Assemblies["village_representatives"].Quorum.Source
	if other.InForce("2026-11-30") || strings.Contains(other.String(), "第九十九条") {
		t.Error("another article is taken as checked:", other)
	}
	old, err := At(p.Edition(), p)
	if err != nil || !old.Assemblies["group_meeting"].Quorum.Source.InForce("2026-11-30") {
		t.Error("a case that keeps its pack does not read it:", err)
	}
	p.Book().Learn(nil)
	if quorum().InForce("2026-11-30") {
		t.Error("what no longer stands is still read")
	}
	if pack(t).Book() == p.Book() {
		t.Error("two programs share a book")
	}
}

// TestEverySourceHasItsBook: one that was forgotten would say 待核 for ever.
func TestEverySourceHasItsBook(t *testing.T) {
	seen := 0
	var look func(v reflect.Value, at string)
	look = func(v reflect.Value, at string) {
		if s, is := v.Interface().(Source); is {
			seen++
			if s.book == nil {
				t.Error(at, "has no book")
			}
			return
		}
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					look(v.Field(i), at+"."+f.Name)
				}
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				look(v.MapIndex(key), at+"."+key.String())
			}
		case reflect.Slice:
			for i := range v.Len() {
				look(v.Index(i), at)
			}
		}
	}
	look(reflect.ValueOf(pack(t)), "pack")
	if seen < 30 {
		t.Errorf("only %d sources were looked at", seen)
	}
}

// TestAmendedArticlesAreListed: each once, with all that rests on it, and none of
// a text that is in force.
func TestAmendedArticlesAreListed(t *testing.T) {
	var got []string
	for _, a := range pack(t).Amended() {
		got = append(got, a.Article+" "+strings.Join(a.Figures, "、"))
	}
	want := []string{
		"第二十八条 村民小组会议（户代表）到会三分之二以上、村民小组会议（户代表）同意过半数",
		"第二十六条 村民代表会议到会三分之二以上、村民代表会议同意过半数",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
