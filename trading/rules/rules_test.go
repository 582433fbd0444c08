package rules

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

func pack(t *testing.T) Pack {
	t.Helper()
	p, err := Find("shifan")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// every lists the packs that come with the program.
func every(t *testing.T) []Pack {
	t.Helper()
	all, err := loaded()
	if err != nil || len(all) < 3 {
		t.Fatalf("%d are read: %v", len(all), err)
	}
	return all
}

// sources lists every source in a pack by its place in the JSON.
func sources(t *testing.T, p Pack) map[string]Source {
	t.Helper()
	all := map[string]Source{}
	var walk func(at string, v reflect.Value)
	walk = func(at string, v reflect.Value) {
		if v.Type() == reflect.TypeFor[Number]() && !v.Interface().(Number).set {
			return
		}
		switch {
		case v.Type() == reflect.TypeFor[Source]():
			all[at] = v.Interface().(Source)
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(at+"."+v.Type().Field(i).Name, v.Field(i))
				}
			}
		case v.Kind() == reflect.Map:
			for _, k := range v.MapKeys() {
				walk(at+"["+k.String()+"]", v.MapIndex(k))
			}
		}
	}
	walk("", reflect.ValueOf(p))
	return all
}

// TestEveryRuleSaysWhereItComesFrom: by title and article, or as the county's own.
func TestEveryRuleSaysWhereItComesFrom(t *testing.T) {
	for _, p := range every(t) {
		all := sources(t, p)
		if len(all) < 25 {
			t.Errorf("%s: only %d sources were looked at", p.ID, len(all))
		}
		for at, s := range all {
			switch {
			case s.Title == "":
				t.Errorf("%s%s has no source", p.ID, at)
			case s.Article == "" && s.Kind != Local && at != ".ProcedureSource":
				t.Errorf("%s%s cites %s without its article", p.ID, at, s.Title)
			case strings.ContainsAny(s.Title, "《》"):
				t.Errorf("%s%s brings its own brackets: %s", p.ID, at, s)
			}
		}
	}
}

// TestEveryFigureIsShown: each number of a pack is in the list that people read,
// with a name and a unit, and makes sense.
func TestEveryFigureIsShown(t *testing.T) {
	for _, p := range every(t) {
		var have []Number
		v := reflect.ValueOf(p)
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			if n, ok := v.Field(i).Interface().(Number); ok {
				have = append(have, n)
			}
		}
		shown := p.Numbers()
		if len(shown) != len(have) {
			t.Errorf("%s has %d figures and shows %d", p.ID, len(have), len(shown))
		}
		labels := map[string]bool{}
		for _, n := range shown {
			if !slices.Contains(have, n.Number) || labels[n.Label] || n.Label == "" || n.set && n.value < 0 ||
				n.UnitLabel() == "" {
				t.Errorf("%s shows %+v", p.ID, n)
			}
			labels[n.Label] = true
		}
	}
}

// TestTheFiguresOfTheDemonstration are what its notices have been published with:
// who changes one does it on purpose.
func TestTheFiguresOfTheDemonstration(t *testing.T) {
	p := pack(t)
	for want, n := range map[string]Number{
		"10 个工作日 示范县农村产权流转交易规则参数表（本县设定）":           p.NoticeDays,
		"7 个工作日 参照《吴忠农村产权交易中心发布出让信息操作规则（试行）》第四条":   p.SpringDays,
		"120 个工作日 参照《吴忠农村产权交易中心发布出让信息操作规则（试行）》第四条": p.NoticeMaxDays,
		"5 % 参照《最高人民法院关于人民法院网络司法拍卖若干问题的规定》第十七条":    p.DepositMin,
		"20 % 参照《最高人民法院关于人民法院网络司法拍卖若干问题的规定》第十七条":   p.DepositMax,
		"5 分钟 参照《最高人民法院关于人民法院网络司法拍卖若干问题的规定》第二十条":   p.ExtendWindow,
		"60 分钟 示范县农村产权流转交易规则参数表（本县设定）":             p.FreeSeconds,
		"20 年 《中华人民共和国民法典》第七百零五条":                  p.LeaseMaxYears,
		"3 天 参照《中华人民共和国招标投标法实施条例》第五十四条":            p.AnswerDays,
		"15 万元 示范县村级小型工程参数，参照福鼎市公开的简易评标做法（本县设定）":   p.WorksLimit,
	} {
		if got := n.String() + " " + n.Source.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestNumbersAsAPageSaysThem: whole minutes and whole ten thousands are said so.
func TestNumbersAsAPageSaysThem(t *testing.T) {
	for want, n := range map[string]Number{
		"60 分钟": Of(3600, "second", Source{}), "90 秒": Of(90, "second", Source{}),
		"15 万元":   Of(150_000, "yuan", Source{}),
		"15001 元": Of(15_001, "yuan", Source{}), "10 倍": Of(10, "multiple", Source{}), "16 时": Of(16, "hour", Source{}),
		"24 小时": Of(86_400, "second", Source{}),
		"是":     Of(1, yesNo, Source{}), "否": Of(0, yesNo, Source{}), "待本县设定": {Unit: "yuan"},
	} {
		if got := n.String(); got != want || n.Joined() != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestAnAmendedTextIsSaid: of a text that was amended since it was read the page says so, and
// the days on which it is in force are looked at one by one.
func TestAnAmendedTextIsSaid(t *testing.T) {
	villages := pack(t).Assemblies["group_meeting"].Quorum.Source
	contracts := pack(t).Assemblies["group_meeting"].Outsiders.Source
	for want, s := range map[string]Source{
		"《中华人民共和国村民委员会组织法》（2018修正）第二十八条（施行至2025-12-31；现行条号待核）": villages,
		"《中华人民共和国农村土地承包法》（2018修正）第五十二条":                        contracts,
		"《四议两公开工作法》": {Title: "四议两公开工作法"},
		"本县参数（本县设定）": {Title: "本县参数", Kind: Local},
	} {
		if got := s.String(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for day, want := range map[calendar.Date]bool{
		"2018-12-28": false, "2018-12-29": true, "2025-12-31": true, "2026-01-01": false,
	} {
		if villages.InForce(day) != want {
			t.Errorf("on %s the text that was read is in force: %v", day, !want)
		}
	}
	if !contracts.InForce("2026-11-23") || contracts.InForce("2018-12-31") ||
		!(Source{Title: "x"}).InForce("2026-11-23") {
		t.Error("a text without a last day is in force from its first")
	}
}

// TestShares: at least and more than differ at the border, and no fraction is
// rounded to pass.
func TestShares(t *testing.T) {
	twoThirds, overHalf := Share{Num: 2, Den: 3}, Share{Num: 1, Den: 2, Strict: true}
	for _, c := range []struct {
		share       Share
		part, whole int
		met         bool
	}{
		{twoThirds, 20, 30, true}, {twoThirds, 19, 30, false}, {twoThirds, 17, 26, false}, {twoThirds, 18, 26, true},
		{overHalf, 15, 30, false}, {overHalf, 16, 30, true}, {overHalf, 13, 25, true}, {overHalf, 12, 25, false},
		{overHalf, 0, 0, false},
	} {
		if c.share.Met(c.part, c.whole) != c.met {
			t.Errorf("%d of %d is %s: %v", c.part, c.whole, c.share, !c.met)
		}
	}
	for want, s := range map[string]Share{
		"三分之二以上": twoThirds, "过半数": overHalf, "超过12分之一": {Num: 1, Den: 12,
			Strict: true}, "十分之九以上": {Num: 9, Den: 10},
	} {
		if got := s.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestSpring: from 1 March to 1 May land may not wait as long.
func TestSpring(t *testing.T) {
	p := pack(t)
	for day, want := range map[int]int{228: 10, 229: 10, 301: 7, 430: 7, 501: 7, 502: 10, 1231: 10, 101: 10} {
		if got := p.MinNotice(day).Value(); got != want {
			t.Errorf("on %d the notice takes %d days, want %d", day, got, want)
		}
	}
}

// TestAssembliesDecide: each has a name, its members' name, and shares that mean
// something; the procedure decides once, and what follows the vote comes last.
func TestAssembliesDecide(t *testing.T) {
	for _, p := range every(t) {
		for key, a := range p.Assemblies {
			if a.Label == "" || a.Member == "" {
				t.Errorf("%s has no name", key)
			}
			for _, s := range []Share{a.Quorum, a.Pass, a.Outsiders} {
				if s.Num < 1 || s.Den <= s.Num || !s.Met(1000, 1000) || s.Met(s.Num*10-1, s.Den*10) {
					t.Errorf("%s: %+v", key, s)
				}
			}
		}
		var keys []string
		after := false
		for _, s := range p.Procedure {
			if slices.Contains(keys, s.Key) || s.Label == "" || after && !s.After {
				t.Errorf("step %+v", s)
			}
			keys, after = append(keys, s.Key), after || s.After
		}
		if !slices.Contains(keys, "decide") {
			t.Errorf("%s: nobody decides: %v", p.ID, keys)
		}
	}
}

// TestFindingAPack: by its id, and in the JSON as other programs read it.
func TestFindingAPack(t *testing.T) {
	for _, id := range []string{"", "SHIFAN", "wuzhong"} {
		if _, err := Find(id); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%q: %v", id, err)
		}
	}
	body, err := json.Marshal(pack(t).NoticeDays)
	if want := `{"value":10,"unit":"working_day","source":{"title":"示范县农村产权流转交易规则参数表","kind":"local"}}`; err != nil ||
		string(body) != want {
		t.Errorf("%s, want %s (%v)", body, want, err)
	}
}
