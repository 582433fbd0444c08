package house_test

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/house"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/words"
	"sunlot/internal/event"
	"sunlot/trading/mode"
)

// wordings is the registry as the program wires it.
func wordings(t *testing.T) words.Registry {
	t.Helper()
	all, err := house.Wordings()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestEventsSayTheSame keeps each kind's exact facts and what is told of them. A
// line that changes is a change of the public log or of what people read: it is
// to be meant. With EVENTS=write the file is written anew.
func TestEventsSayTheSame(t *testing.T) {
	var now strings.Builder
	all := wordings(t)
	for _, w := range all.All() {
		if w.Title == "" {
			continue
		}
		facts, there := examples[w.Kind]
		if !there {
			t.Errorf("%s has no example", w.Kind)
			continue
		}
		e := event.Event{Kind: w.Kind, Facts: canonical(t, facts)}
		fmt.Fprintf(&now, "%s\n%s\n%s\n\n", w.Kind, e.Facts, all.Sentence(e))
	}
	const file = "testdata/events.txt"
	if os.Getenv("EVENTS") == "write" {
		if err := os.WriteFile(file, []byte(now.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, want := strings.Split(now.String(), "\n"), strings.Split(string(kept), "\n")
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("line %d of %s:\ngot  %q\nkept %q", i+1, file, got[i:min(i+3, len(got))], want[i:min(i+3,
				len(want))])
		}
	}
}

func canonical(t *testing.T, facts any) json.RawMessage {
	t.Helper()
	raw, err := event.Canonical(facts)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestEveryFactIsTold changes each field of each kind's facts: what is told
// changes with it, or the wording says why it does not.
func TestEveryFactIsTold(t *testing.T) {
	all := wordings(t)
	for _, w := range all.All() {
		facts, there := examples[w.Kind]
		if w.Title == "" || !there {
			continue
		}
		if reflect.TypeOf(facts) != reflect.TypeOf(w.Facts) {
			t.Errorf("%s: the example is a %T, the facts are a %T", w.Kind, facts, w.Facts)
			continue
		}
		tell := func(facts any) []words.Fact {
			return all.Tell(event.Event{Kind: w.Kind, Facts: canonical(t, facts)}).Facts
		}
		if len(tell(facts)) == 0 && w.Kind != "tender.posted" {
			t.Errorf("%s tells nothing of its example", w.Kind)
		}
		left := silences(w)
		for _, field := range fields(reflect.TypeOf(facts), "", nil) {
			told := !slices.Equal(tell(facts), tell(changed(facts, field.at)))
			silent := left.covers(field.name)
			if told == silent {
				t.Errorf("%s: %s is told: %v, said to be silent: %v", w.Kind, field.name, told, silent)
			}
		}
		for name, used := range left {
			if !used || w.Silent[name] == "" {
				t.Errorf("%s omits %q, which is no field or has no reason", w.Kind, name)
			}
		}
	}
}

// silence is the omitted names of a wording, each with whether a field has it.
type silence map[string]bool

func silences(w words.Wording) silence {
	s := silence{}
	for name := range w.Silent {
		s[name] = false
	}
	return s
}

// covers says whether the field or one that it is in is omitted.
func (s silence) covers(field string) bool {
	for name := range s {
		if field == name || strings.HasPrefix(field, name+".") {
			s[name] = true
			return true
		}
	}
	return false
}

// field is a place in facts: its name in JSON and how it is reached.
type field struct {
	name string
	at   [][]int
}

// fields lists the places of facts that hold a value of their own. A list is one.
func fields(of reflect.Type, in string, way [][]int) []field {
	var all []field
	for _, f := range reflect.VisibleFields(of) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "" {
			continue
		}
		at := append(slices.Clone(way), f.Index)
		if f.Type.Kind() == reflect.Struct {
			all = append(all, fields(f.Type, in+name+".", at)...)
			continue
		}
		all = append(all, field{name: in + name, at: at})
	}
	return all
}

// changed is a copy of the facts with another value at that place.
func changed(facts any, at [][]int) any {
	other := reflect.New(reflect.TypeOf(facts)).Elem()
	other.Set(reflect.ValueOf(facts))
	v := other
	for _, index := range at {
		v = v.FieldByIndex(index)
	}
	if v.Type() == reflect.TypeFor[mode.Document]() {
		v.SetString("{}")
		return other.Interface()
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 100)
	case reflect.Slice:
		v.Set(reflect.Append(v.Slice3(0, v.Len(), v.Len()), reflect.Zero(v.Type().Elem())))
	default:
		panic("facts with a " + cmp.Or(v.Type().String(), "value") + " need a change of their own")
	}
	return other.Interface()
}

// TestPagesSayTheWordings: the log's page and the trail of a case are wired to
// the registry. (What verify says is asked of a whole work elsewhere.)
func TestPagesSayTheWordings(t *testing.T) {
	r := housetest.OnSQLite(t)
	d := r.Desks()
	id := d.Tender(4)
	housetest.Says(t, r.Browser("clerk").Get("/office/tenders/"+id), "起草", "提交审核", "审核通过", "批准", "发布公告")
	housetest.Says(t, r.Nobody().Get("/tenders/"+id), "办理经过", "起草", "提交审核", "审核通过", "批准", "发布公告")
	events, err := r.Library.Events(t.Context(), event.Of("tender", id), 0, 10)
	r.Ok(err)
	raw, err := events[0].Leaf()
	r.Ok(err)
	leaf := ledger.LeafHash(raw)
	housetest.Says(t, r.Nobody().Get("/log/leaves/"+hex.EncodeToString(leaf[:])),
		"发布交易公告", "面积", "38.60 亩", "上一期租金", "文件校验码", "起草", "批准", "乡镇分管领导，", "查看对应页面")
}
