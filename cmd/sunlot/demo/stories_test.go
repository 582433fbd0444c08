package demo

import (
	"bytes"
	"image"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/works"
)

// stories are all that the demonstration lets.
func stories() []story {
	return append([]story{
		pond, TeaGarden, shop, warehouse, cedars, nursery, dryingGround, school, orchard, reservoir, bamboo,
	}, liveStories...)
}

// loginOf says whether somebody of the demonstration has the login.
func loginOf(login string) bool { return slices.Contains(everybody(), login) }

// TestAStoryIsInOrder: its plots are its area, it begins no lower than what was
// resolved, and who handles it is there.
func TestAStoryIsInOrder(t *testing.T) {
	titles := map[string]bool{}
	for _, st := range stories() {
		var plots money.Area
		for _, p := range st.asset.Plots {
			plots += p.Area
		}
		if st.asset.Kind.Land() && plots != st.asset.Area || st.asset.Area == 0 {
			t.Errorf("%s: %d of plots, %d in all", st.title, plots, st.asset.Area)
		}
		if st.start < st.floor || st.step <= 0 || (st.years == 0) != (st.side == trading.Sell) ||
			st.asset.LastRent >= st.start {
			t.Errorf("%s: from %d, resolved %d, before %d", st.title, st.start, st.floor, st.asset.LastRent)
		}
		if !loginOf(st.clerk) || !loginOf(st.supervision) ||
			st.asset.Kind.Land() != slices.Contains(st.priorities, trading.MemberFirst) {
			t.Errorf("%s: %s, %s, %v", st.title, st.clerk, st.supervision, st.priorities)
		}
		if titles[st.title] {
			t.Errorf("%s is told twice", st.title)
		}
		titles[st.title] = true
	}
	if len(liveStories) < 2 {
		t.Error("the same lot would be let again and again")
	}
}

// TestNoticesHaveAllTheirTexts: a field of a notice without a text would be
// refused in the middle of the script.
func TestNoticesHaveAllTheirTexts(t *testing.T) {
	form := trading.TenderForm{}
	var asked []string
	for _, text := range form.Texts() {
		asked = append(asked, text.Field)
	}
	given := map[string]bool{"title": true, "inspection_place": true, "rent_due": true}
	for field, text := range DemoTexts {
		given[field] = true
		if !slices.Contains(asked, field) {
			t.Errorf("%s is a text of no notice: %s", field, text)
		}
	}
	for _, field := range asked {
		if !given[field] {
			t.Errorf("a notice of the demonstration has no %s", field)
		}
	}
}

// TestNobodyReal: no text of the demonstration has a number that could be
// somebody's phone or card.
func TestNobodyReal(t *testing.T) {
	number := regexp.MustCompile(`1[3-9][0-9]{9}|[0-9]{15,}`)
	var walk func(where string, v reflect.Value)
	walk = func(where string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			if number.MatchString(v.String()) {
				t.Errorf("%s: %s", where, v.String())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(where, v.Index(i))
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				walk(where+" "+key.String(), v.MapIndex(key))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(where+" "+v.Type().Field(i).Name, v.Field(i))
			}
		}
	}
	for what, v := range map[string]any{
		"a story": stories(), "a notice": DemoTexts, "a work": []workStory{gully, bridge, road, lamps},
		"an item": WorksItem, "items": otherItems, "a person": People, "a neighbour": neighbours, "letters": letters,
	} {
		walk(what, reflect.ValueOf(v))
	}
}

// TestAWorkIsInOrder: small enough for a village, its deeds one after another, what
// costs has a sum.
func TestAWorkIsInOrder(t *testing.T) {
	stages := map[works.Stage]bool{works.VariationStage: true}
	for _, step := range WorksItem.Steps {
		stages[step.Stage] = true
	}
	for _, w := range []workStory{gully, bridge, road, lamps} {
		if w.estimate <= 0 || w.estimate > 15_000_000 || !loginOf(w.clerk) || !loginOf(w.supervision) {
			t.Errorf("%s: %d by %s and %s", w.name, w.estimate, w.clerk, w.supervision)
		}
		for what, deeds := range map[string][]deed{"planned": w.plan, "done": w.done} {
			for i, d := range deeds {
				if !stages[d.stage] || i > 0 && d.day < deeds[i-1].day {
					t.Errorf("%s: %s is %s on day %d", w.name, d.stage, what, d.day)
				}
			}
		}
		for _, d := range w.done {
			if d.note == "" || d.stage == works.ContractStage && (d.party == "" || d.yuan == 0) {
				t.Errorf("%s: %s says too little: %+v", w.name, d.stage, d)
			}
		}
	}
}

// TestAPaperIsADocument: a reader finds each object where the table says.
func TestAPaperIsADocument(t *testing.T) {
	paper := Paper("one line")
	if !bytes.HasPrefix(paper, []byte("%PDF-1.4\n")) || !bytes.HasSuffix(paper, []byte("%%EOF\n")) ||
		!bytes.Contains(paper, []byte("(one line) Tj")) {
		t.Fatalf("%s", paper)
	}
	rows := regexp.MustCompile(`(?m)^([0-9]{10}) 00000 n $`).FindAllSubmatch(paper, -1)
	if len(rows) != 5 {
		t.Errorf("%d objects", len(rows))
	}
	for i, row := range rows {
		at, err := strconv.Atoi(string(row[1]))
		if err != nil || !bytes.HasPrefix(paper[at:], []byte(strconv.Itoa(i+1)+" 0 obj\n")) {
			t.Errorf("object %d is not at %d", i+1, at)
		}
	}
	table := regexp.MustCompile(`startxref\n([0-9]+)\n`).FindSubmatch(paper)
	if at, err := strconv.Atoi(string(table[1])); err != nil || !bytes.HasPrefix(paper[at:], []byte("xref\n")) {
		t.Errorf("the table is not at %s", table[1])
	}
	if bytes.Equal(paper, Paper("another")) {
		t.Error("two papers are the same file")
	}
}

// TestScenesDiffer: each photo of a case is another picture, drawn alike each time.
func TestScenesDiffer(t *testing.T) {
	for n := range 5 {
		here := Scene(trading.FarmLand, n)
		if here.Bounds() != image.Rect(0, 0, 960, 640) {
			t.Errorf("picture %d is %v", n, here.Bounds())
		}
		for other := range n {
			if reflect.DeepEqual(here, Scene(trading.FarmLand, other)) {
				t.Errorf("pictures %d and %d are the same", n, other)
			}
		}
		if !reflect.DeepEqual(here, Scene(trading.FarmLand, n)) {
			t.Errorf("picture %d is drawn otherwise the second time", n)
		}
	}
}

// TestACaseIsLetByWhatItIs: a house by the square metre, timber sold as it stands, land by the mu.
func TestACaseIsLetByWhatItIs(t *testing.T) {
	for _, st := range stories() {
		if st.asset.Measure != st.asset.Kind.Measure() || !slices.Contains(st.asset.Kind.Sides(), st.side) ||
			!slices.Contains(st.side.Units(st.asset.Measure), st.unit) {
			t.Errorf("%s: %s by %q", st.title, st.side.Say().Act, st.unit)
		}
	}
}
