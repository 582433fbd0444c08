package rules

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

// packs is one file for each edition of each jurisdiction. Adding one is one file here.
//
//go:embed packs/*.yaml
var packs embed.FS

// loaded is what they hold, read once.
var loaded = sync.OnceValues(func() ([]Pack, error) { return load(packs) })

// packText is a pack as its file has it.
type packText struct {
	ID           string                  `yaml:"id"`
	Name         string                  `yaml:"name"`
	Version      int                     `yaml:"version"`
	From         calendar.Date           `yaml:"from"`
	Sources      map[string]sourceText   `yaml:"sources"`
	Figures      map[string]figureText   `yaml:"figures"`
	Procedure    procedureText           `yaml:"procedure"`
	Assemblies   map[string]assemblyText `yaml:"assemblies"`
	MembersFirst cited                   `yaml:"members_first"`
	NoticeFields cited                   `yaml:"notice_fields"`
}

type sourceText struct {
	Title   string        `yaml:"title"`
	Edition string        `yaml:"edition"`
	From    calendar.Date `yaml:"from"`
	To      calendar.Date `yaml:"to"`
	Kind    SourceKind    `yaml:"kind"`
	Whole   bool          `yaml:"whole"` // the title has no articles
}

// cited is a source by its name in the file, with the article.
type cited struct {
	Source  string `yaml:"source"`
	Article string `yaml:"article"`
}

type figureText struct {
	Value any    `yaml:"value"` // a number, yes or no, or "?"
	Unit  string `yaml:"unit"`
	Cited cited  `yaml:",inline"`
}

type shareText struct {
	Share string `yaml:"share"` // 2/3 is two thirds or more, >1/2 is more than half
	Cited cited  `yaml:",inline"`
}

type assemblyText struct {
	Label     string    `yaml:"label"`
	Member    string    `yaml:"member"`
	Body      string    `yaml:"body"`
	Quorum    shareText `yaml:"quorum"`
	Pass      shareText `yaml:"pass"`
	PassOf    string    `yaml:"pass_of"` // present or due
	Outsiders shareText `yaml:"outsiders"`
}

type procedureText struct {
	Cited cited `yaml:",inline"`
	Steps []struct {
		Key   string `yaml:"key"`
		Label string `yaml:"label"`
		After bool   `yaml:"after"`
	} `yaml:"steps"`
}

// unset is how a file says that the county is asked for the value.
const unset = "?"

// reader turns a file into a pack and collects what is wrong with it.
type reader struct {
	text  packText
	wrong []error
}

func (r *reader) bad(format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Errorf(format, args...))
}

// read reads a pack strictly: an unknown key, a value without its source, a share or a
// number that makes no sense is refused with all that is wrong.
func read(body []byte) (Pack, error) {
	var r reader
	if err := yaml.UnmarshalWithOptions(body, &r.text, yaml.Strict()); err != nil {
		return Pack{}, errors.New(yaml.FormatError(err, false, false))
	}
	p := r.pack()
	return p, errors.Join(r.wrong...)
}

var packID = regexp.MustCompile(`^[a-z][a-z0-9-]{1,31}$`)

func (r *reader) pack() Pack {
	t := r.text
	p := Pack{
		ID:         t.ID,
		Name:       t.Name,
		Version:    t.Version,
		Assemblies: map[string]Assembly{},
		from:       t.From,
	}
	if !packID.MatchString(t.ID) {
		r.bad("id: %q is no name of a pack: small letters, digits and hyphens", t.ID)
	}
	if t.Name == "" {
		r.bad("name: is missing")
	}
	if t.Version < 1 {
		r.bad("version: counts from 1")
	}
	if (t.Version > 1) != (t.From != "") {
		r.bad("from: the first edition has no day, each later one says from which day it stands")
	}
	r.day("from", t.From)
	for _, name := range slices.Sorted(maps.Keys(t.Sources)) {
		r.source(name, t.Sources[name])
	}
	r.figures(&p)
	for _, key := range slices.Sorted(maps.Keys(t.Assemblies)) {
		p.Assemblies[key] = r.assembly("assemblies."+key, t.Assemblies[key])
	}
	if len(p.Assemblies) == 0 {
		r.bad("assemblies: nobody decides")
	}
	r.procedure(&p)
	if t.MembersFirst != (cited{}) {
		p.MembersFirst = r.cite("members_first", t.MembersFirst)
	}
	p.NoticeFields = r.cite("notice_fields", t.NoticeFields)
	return p
}

func (r *reader) day(at string, day calendar.Date) {
	if day == "" {
		return
	}
	if _, err := calendar.ParseDate(string(day)); err != nil {
		r.bad("%s: %q is no day", at, day)
	}
}

func (r *reader) source(name string, s sourceText) {
	at := "sources." + name
	if s.Title == "" || strings.ContainsAny(s.Title, "《》") {
		r.bad("%s: its title is missing, or brings its own brackets", at)
	}
	if s.Kind != Applies && s.Kind != Borrowed && s.Kind != Local {
		r.bad("%s: its kind is %q, not borrowed, local or left out", at, s.Kind)
	}
	r.day(at, s.From)
	r.day(at, s.To)
	if s.To != "" && s.To < s.From {
		r.bad("%s: it ends before it begins", at)
	}
}

func (r *reader) cite(at string, c cited) Source {
	s, there := r.text.Sources[c.Source]
	switch {
	case c.Source == "":
		r.bad("%s: its source is missing", at)
	case !there:
		r.bad("%s: its source %q is not among the file's sources", at, c.Source)
	case c.Article == "" && s.Kind != Local && !s.Whole:
		r.bad("%s: the article of %s is missing", at, s.Title)
	}
	return Source{
		Title:   s.Title,
		Article: c.Article,
		Edition: s.Edition,
		From:    s.From,
		To:      s.To,
		Kind:    s.Kind,
	}
}

func (r *reader) figures(p *Pack) {
	for _, key := range slices.Sorted(maps.Keys(r.text.Figures)) {
		if _, known := FigureOf(key); !known {
			r.bad("figures.%s: no rule is called so", key)
		}
	}
	for i := range Figures {
		f := &Figures[i]
		text, there := r.text.Figures[f.Key]
		if !there {
			r.bad(`figures.%s: is missing; what the county has to set is written "?"`, f.Key)
			continue
		}
		*f.in(p) = r.figure("figures."+f.Key, f, text)
	}
	if err := p.Consistent(); err != nil {
		r.bad("figures: %w", err)
	}
}

func (r *reader) figure(at string, f *Figure, text figureText) Number {
	n := Number{Unit: f.Unit, figure: f}
	if text.Unit != f.Unit {
		r.bad("%s: its unit is %q, not %s", at, text.Unit, f.Unit)
	}
	if text.Value == unset {
		if text.Cited != (cited{}) {
			r.bad("%s: what is not set has no source", at)
		}
		return n
	}
	v, err := whole(text.Value, f.Unit)
	if err != nil {
		r.bad("%s: %w", at, err)
	} else if err := f.Within(v); err != nil {
		r.bad("%s: %w", at, err)
	}
	n.value, n.set = v, true
	n.Source = r.cite(at, text.Cited)
	return n
}

// whole reads a value as the file has it.
func whole(value any, unit string) (int, error) {
	text := fmt.Sprint(value)
	if unit == yesNo {
		switch text {
		case "yes":
			return 1, nil
		case "no":
			return 0, nil
		}
		return 0, fmt.Errorf(`its value is %q, not yes, no or "?"`, text)
	}
	v, err := strconv.Atoi(text)
	if err != nil || value == nil {
		return 0, fmt.Errorf(`its value is %q, not a whole number or "?"`, text)
	}
	return v, nil
}

// Within refuses a value that makes no sense for the figure.
func (f *Figure) Within(v int) error {
	if v < f.Min || v > f.Max {
		return fault.New(fault.Invalid, "“%s”应在%d到%d之间", f.Label, f.Min, f.Max)
	}
	return nil
}

// ordered is pairs of figures of which the first is at most the second.
var ordered = [][2]func(Pack) Number{
	{func(p Pack) Number { return p.SpringDays }, func(p Pack) Number { return p.NoticeDays }},
	{func(p Pack) Number { return p.NoticeDays }, func(p Pack) Number { return p.NoticeMaxDays }},
	{func(p Pack) Number { return p.DepositMin }, func(p Pack) Number { return p.DepositPercent }},
	{func(p Pack) Number { return p.DepositPercent }, func(p Pack) Number { return p.DepositMax }},
	{func(p Pack) Number { return p.DepositMin }, func(p Pack) Number { return p.DepositMax }},
	{func(p Pack) Number { return p.ExtendWindow }, func(p Pack) Number { return p.FreeSeconds }},
	{func(p Pack) Number { return p.PriceCut }, func(p Pack) Number { return p.PriceCutCeiling }},
	{func(p Pack) Number { return p.MinBiddersLater }, func(p Pack) Number { return p.MinBidders }},
	{func(p Pack) Number { return p.WorksLimit }, func(p Pack) Number { return p.WorksTownship }},
}

// Consistent refuses figures of which one is more than another that limits it.
func (p Pack) Consistent() error {
	for _, pair := range ordered {
		low, high := pair[0](p), pair[1](p)
		if low.set && high.set && low.value > high.value {
			return fault.New(fault.Invalid, "“%s”%s，大于“%s”%s",
				low.figure.Label, low.Joined(), high.figure.Label, high.Joined())
		}
	}
	return nil
}

var shareForm = regexp.MustCompile(`^(>?)([1-9][0-9]?)/([1-9][0-9]?)$`)

func (r *reader) share(at string, text shareText) Share {
	m := shareForm.FindStringSubmatch(text.Share)
	if m == nil {
		r.bad("%s: %q is no share such as 2/3 or >1/2", at, text.Share)
		return Share{}
	}
	s := Share{Strict: m[1] != "", Source: r.cite(at, text.Cited)}
	s.Num, _ = strconv.Atoi(m[2])
	s.Den, _ = strconv.Atoi(m[3])
	if s.Num > s.Den || s.Strict && s.Num == s.Den {
		r.bad("%s: %s of a whole cannot be reached", at, text.Share)
	}
	return s
}

func (r *reader) assembly(at string, t assemblyText) Assembly {
	if t.Label == "" || t.Member == "" || t.Body == "" {
		r.bad("%s: its label, what a member is called, or its body is missing", at)
	}
	if t.PassOf != "present" && t.PassOf != "due" {
		r.bad("%s: pass_of is %q, not present or due", at, t.PassOf)
	}
	return Assembly{
		Label:     t.Label,
		Member:    t.Member,
		Body:      t.Body,
		Quorum:    r.share(at+".quorum", t.Quorum),
		Pass:      r.share(at+".pass", t.Pass),
		PassOfAll: t.PassOf == "due",
		Outsiders: r.share(at+".outsiders", t.Outsiders),
	}
}

func (r *reader) procedure(p *Pack) {
	p.ProcedureSource = r.cite("procedure", r.text.Procedure.Cited)
	seen := map[string]bool{}
	after := false
	for _, s := range r.text.Procedure.Steps {
		if s.Key == "" || s.Label == "" || seen[s.Key] {
			r.bad("procedure: a step has no key or label, or comes twice: %q", s.Key)
		}
		if after && !s.After {
			r.bad("procedure: %q comes after what follows the vote", s.Key)
		}
		seen[s.Key], after = true, after || s.After
		p.Procedure = append(p.Procedure, Step{Key: s.Key, Label: s.Label, After: s.After})
	}
	if !seen["decide"] {
		r.bad(`procedure: nobody decides: there is no step "decide"`)
	}
}

// load reads every file, the editions of each pack oldest first.
func load(files fs.FS) ([]Pack, error) {
	names, err := fs.Glob(files, "*/*.yaml")
	if err != nil {
		return nil, err
	}
	var all []Pack
	for _, name := range names {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		p, err := read(body)
		if err != nil {
			return nil, fmt.Errorf("rules: %s:\n%w", name, err)
		}
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b Pack) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), a.Version-b.Version)
	})
	for i := 1; i < len(all); i++ {
		before, p := all[i-1], all[i]
		if p.ID == before.ID && (p.Version == before.Version || p.from <= before.from) {
			return nil, fmt.Errorf("rules: edition %d of %q is there twice, or begins before the one before it",
				p.Version, p.ID)
		}
	}
	return all, nil
}
