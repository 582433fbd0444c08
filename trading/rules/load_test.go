package rules

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"sunlot/internal/fault"
)

// text is the demonstration's file with one piece written otherwise.
func text(t *testing.T, was, is string) []byte {
	t.Helper()
	body, err := os.ReadFile("packs/shifan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(body, []byte(was)) {
		t.Fatalf("the file has no %q", was)
	}
	return bytes.Replace(body, []byte(was), []byte(is), 1)
}

// TestAPackIsReadStrictly: what a file has too much, too little or wrong is refused by
// its place and in words.
func TestAPackIsReadStrictly(t *testing.T) {
	if _, err := read(text(t, "", "")); err != nil {
		t.Fatal(err)
	}
	const sign = "contract.sign_days: {value: 5, unit: working_day, source: local}"
	for name, c := range map[string]struct{ was, is, says string }{
		"unknown key":      {"name: 示范县", "name: 示范县\ncolour: red", "colour"},
		"unknown figure":   {"  contract.sign_days:", "  contract.sign_dayz:", "sign_dayz: no rule is called so"},
		"missing figure":   {"  " + sign + "\n", "", `sign_days: is missing; what the county has`},
		"twice":            {sign, sign + "\n  " + sign, "already defined"},
		"no source":        {sign, "contract.sign_days: {value: 5, unit: working_day}", "sign_days: its source is"},
		"unknown source":   {sign, strings.Replace(sign, "local", "nowhere", 1), `"nowhere" is not among`},
		"no article":       {"article: 第十七条}", "}", "figures.deposit.lease_min: the article of"},
		"source of nought": {`{value: "?", unit: day}`, `{value: "?", unit: day, source: local}`, "what is not set has no source"},
		"wrong unit":       {sign, strings.Replace(sign, "working_day", "day", 1), `its unit is "day", not working_day`},
		"no number":        {sign, strings.Replace(sign, "5", "five", 1), `its value is "five", not a whole number`},
		"half a day":       {sign, strings.Replace(sign, "5", "5.5", 1), `its value is "5.5", not a whole number`},
		"empty":            {sign, strings.Replace(sign, "value: 5", "value: ", 1), "not a whole number"},
		"too much":         {sign, strings.Replace(sign, "5", "500", 1), "应在1到60之间"},
		"too little":       {sign, strings.Replace(sign, "5", "0", 1), "应在1到60之间"},
		"neither yes":      {"value: yes, unit: yes_no", "value: 1, unit: yes_no", "not yes, no"},
		"upside down":      {"lease_min: {value: 5", "lease_min: {value: 15", "“保证金，不少于”15%，大于“保证金，按首年租金”10%"},
		"no share":         {"{share: 2/3", "{share: most", `"most" is no share`},
		"more than whole":  {"{share: 2/3", "{share: 4/3", "4/3 of a whole cannot be reached"},
		"all and more":     {`{share: ">1/2"`, `{share: ">2/2"`, "cannot be reached"},
		"votes of whom":    {"pass_of: present", "pass_of: some", `pass_of is "some"`},
		"nobody decides":   {"{key: decide,", "{key: talk,", "nobody decides"},
		"order":            {"{key: propose,", "{key: propose, after: true,", "comes after what follows the vote"},
		"kind":             {"kind: borrowed", "kind: rumour", `its kind is "rumour"`},
		"brackets":         {"title: 中华人民共和国民法典", "title: 《中华人民共和国民法典》", "brackets"},
		"ends first":       {"to: 2025-12-31", "to: 2015-12-31", "ends before it begins"},
		"no day":           {"to: 2025-12-31", "to: 2025-13-31", "is no day"},
		"a name":           {"id: shifan", "id: 示范", "is no name of a pack"},
		"no version":       {"version: 1", "version: 0", "counts from 1"},
		"no first day":     {"version: 1", "version: 2", "from which day it stands"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := read(text(t, c.was, c.is)); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q", err, c.says)
			}
		})
	}
}

// TestAPackIsOneFile: the example of the tests is a county by its file alone.
func TestAPackIsOneFile(t *testing.T) {
	if _, err := Open("ceshi"); fault.CodeOf(err) != fault.NotFound {
		t.Fatalf("it comes with the program: %v", err)
	}
	b := example(t)
	p := b.On("2026-11-30")
	if p.Name != "测试县" || p.SignDays.Value() != 8 || p.SignDays.Source.String() != "《测试县农村产权交易办法》第八条（本县设定）" {
		t.Errorf("%s signs within %s, %s", p.Name, p.SignDays, p.SignDays.Source)
	}
	if later := b.On("2027-03-01"); later.Version != 2 || later.SignDays.Value() != 6 || p.Version != 1 {
		t.Errorf("its second edition: %d, %s", later.Version, later.SignDays)
	}
}

// example is the county of the tests.
func example(t *testing.T) *Book {
	t.Helper()
	all, err := load(os.DirFS("testdata"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := open(all, "ceshi")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestTwoFilesOfOneEdition are refused: nobody could say which a case was announced under.
func TestTwoFilesOfOneEdition(t *testing.T) {
	body := text(t, "", "")
	files := fstest.MapFS{"p/a.yaml": {Data: body}, "p/b.yaml": {Data: body}}
	if _, err := load(files); err == nil || !strings.Contains(err.Error(), "is there twice") {
		t.Error(err)
	}
}

// TestWhatIsNotSetIsNoZero: it is shown as such, whoever needs it is told by name, and
// who reads it all the same gets nothing.
func TestWhatIsNotSetIsNoZero(t *testing.T) {
	p, err := Find("national-default")
	if err != nil {
		t.Fatal(err)
	}
	if got := p.ResultDays.String(); got != "待本县设定" || p.ResultDays.Set() {
		t.Errorf("it is shown as %s", got)
	}
	want := "本县还没有设定“成交结果公示期”（result.publicity_days），请县里的管理员在“规则参数”里设定"
	if _, err := p.ResultDays.Need(); fault.CodeOf(err) != fault.Conflict || fault.MessageOf(err) != want {
		t.Errorf("%v, want %s", err, want)
	}
	if _, err := p.RunnerUpAsked.Yes(); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("an answer that was not given: %v", err)
	}
	if err := p.Ready(); fault.CodeOf(err) != fault.Conflict ||
		!strings.Contains(fault.MessageOf(err), "“成交结果公示期”（result.publicity_days）、") {
		t.Errorf("a case begins without it: %v", err)
	}
	if err := pack(t).Ready(); err != nil {
		t.Error(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("it is read as a number")
		}
	}()
	p.ResultDays.Value()
}
