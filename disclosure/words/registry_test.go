package words_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sunlot/disclosure/words"
	"sunlot/internal/event"
	"sunlot/internal/money"
)

type bid struct {
	Bidder string    `json:"bidder"`
	Price  money.Fen `json:"price"`
	Match  bool      `json:"match"`
	EndsAt string    `json:"ends_at"`
}

func (b bid) told() []words.Fact {
	return []words.Fact{
		words.Text("竞买号", b.Bidder),
		words.Price("单价", money.MuYear, b.Price),
		words.YesNo("行使优先权（同价）", b.Match),
		words.Instant("竞价截止", b.EndsAt),
	}
}

// few is a registry of an event, of an event that is a step as well, and of a step.
func few(t *testing.T) words.Registry {
	t.Helper()
	r, err := words.New(
		[]words.Wording{words.Of("bid.placed", "有人报价", bid.told)},
		[]words.Wording{
			words.Of("tender.announced", "发布交易公告", func(struct{}) []words.Fact { return nil }).InTrail("发布公告"),
			words.Act("tender.drafted", "起草"),
		},
		nil,
	)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEventsAreToldThroughTheirFacts(t *testing.T) {
	whole := `{"bidder":"7620","ends_at":"2026-10-09T02:00:00.000Z","match":true,"price":32000}`
	all := []words.Fact{{Label: "竞买号", Value: "7620"}, {
		Label: "单价",
		Value: "320.00 元/亩·年",
	}, {Label: "行使优先权（同价）", Value: "是"}, {
		Label: "竞价截止",
		Value: "2026年10月9日 10:00:00.000",
	}}
	for name, c := range map[string]struct {
		kind, facts, title string
		want               []words.Fact
	}{
		"whole":                {"bid.placed", whole, "有人报价", all},
		"more than we know":    {"bid.placed", strings.Replace(whole, "{", `{"weather":"fine",`, 1), "有人报价", all},
		"nothing to say":       {"tender.announced", `{}`, "发布交易公告", nil},
		"a kind without words": {"new.kind", `{"price":1}`, "new.kind", nil},
		"a step is no event":   {"tender.drafted", `{}`, "tender.drafted", nil},
		"a fact is missing": {"bid.placed",
			`{"bidder":"7620","ends_at":"2026-10-09T02:00:00.000Z","match":true}`, "有人报价", nil},
		"a fact is another":     {"bid.placed", strings.Replace(whole, `"7620"`, "7620", 1), "有人报价", nil},
		"a price with a dot":    {"bid.placed", strings.Replace(whole, "32000", "1.5", 1), "有人报价", nil},
		"no object":             {"bid.placed", `[]`, "有人报价", nil},
		"nothing":               {"bid.placed", `null`, "有人报价", nil},
		"an empty fact is left": {"bid.placed", strings.Replace(whole, `"7620"`, `""`, 1), "有人报价", all[1:]},
		"no time": {"bid.placed", strings.Replace(whole, "2026-10-09T02:00:00.000Z", "soon", 1), "有人报价",
			all[:3]},
	} {
		got := few(t).Tell(event.Event{Kind: c.kind, Facts: json.RawMessage(c.facts)})
		if got.Title != c.title || !slices.Equal(got.Facts, c.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestTitlesAndSteps(t *testing.T) {
	r := few(t)
	for kind, want := range map[string][2]string{
		"tender.announced": {"发布交易公告", "发布公告"},
		"bid.placed":       {"有人报价", "bid.placed"},
		"tender.drafted":   {"tender.drafted", "起草"},
		"new.kind":         {"new.kind", "new.kind"},
	} {
		if got := [2]string{r.Title(kind), r.Act(kind)}; got != want {
			t.Errorf("%s: %q", kind, got)
		}
	}
	var none words.Registry
	if none.Act("tender.drafted") != "tender.drafted" || none.Title("bid.placed") != "bid.placed" {
		t.Error("the empty registry does not tell by the kind's name")
	}
}

func TestSentences(t *testing.T) {
	for name, c := range map[string]struct{ kind, facts, want string }{
		"facts": {"bid.placed", `{"bidder":"7620","ends_at":"","match":false,"price":32000}`,
			"有人报价：竞买号 7620，单价 320.00 元/亩·年，行使优先权（同价） 否"},
		"no facts": {"tender.announced", `{}`, "发布交易公告"},
		"a stranger's escapes": {"bid.placed", `{"bidder":"\u001b[2J","ends_at":"","match":false,"price":1}`,
			`有人报价：竞买号 "\x1b[2J"，单价 0.01 元/亩·年，行使优先权（同价） 否`},
		"a stranger's kind": {"lot\x1b.closed", `{}`, `"lot\x1b.closed"`},
	} {
		if got := few(t).Sentence(event.Event{Kind: c.kind, Facts: json.RawMessage(c.facts)}); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestARegistryRefuses(t *testing.T) {
	step := words.Act("tender.drafted", "起草")
	for name, rooms := range map[string][][]words.Wording{
		"two of a kind in a room":   {{step, step}},
		"two of a kind in two":      {{step}, {words.Of("tender.drafted", "起草", bid.told)}},
		"no kind":                   {{words.Act("", "起草")}},
		"nothing to say":            {{words.Act("tender.drafted", "")}},
		"an event without its name": {{words.Of("bid.placed", "", bid.told)}},
	} {
		if _, err := words.New(rooms...); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestOmittedFieldsKeepTheirReasons: a wording that others are made from stays as it is.
func TestOmittedFieldsKeepTheirReasons(t *testing.T) {
	plain := words.Of("bid.placed", "有人报价", bid.told)
	one := plain.Omits("the page shows it", "match", "price")
	two := one.Omits("an id", "bidder")
	if len(plain.Silent) != 0 || len(one.Silent) != 2 || len(two.Silent) != 3 {
		t.Errorf("%v %v %v", plain.Silent, one.Silent, two.Silent)
	}
	if two.Silent["match"] != "the page shows it" || two.Silent["bidder"] != "an id" {
		t.Error(two.Silent)
	}
	if _, is := two.Facts.(bid); !is || two.Title != "有人报价" {
		t.Errorf("%+v", two)
	}
}

func TestAllAreListedByKind(t *testing.T) {
	var kinds []string
	for _, w := range few(t).All() {
		kinds = append(kinds, w.Kind)
	}
	if !slices.Equal(kinds, []string{"bid.placed", "tender.announced", "tender.drafted"}) {
		t.Error(kinds)
	}
}
