package rules

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

// Reading 条号核对 is what two administrators found for an article whose statute was
// amended after the pack was written: that its figures are the same in the text that
// followed, and which number it has there.
type Reading struct {
	Cites   string        // the ID of the source as the pack has it
	Edition string        // of the text that followed, such as 2025修正
	From    calendar.Date // the first day on which that text is in force
	Article string        // its number there
}

// Change is a figure that two administrators set otherwise, from a day on.
type Change struct {
	Key    string
	Value  int
	Source Source
	From   calendar.Date
}

// Book is one jurisdiction's pack through time: the editions that its files have, those
// that changes made of them, and the readings that stand for the sources of all. It
// learns while the program runs; what stands in an edition that has begun never changes.
type Book struct {
	mu       sync.RWMutex
	readings map[string]Reading
	files    []Pack // oldest first
	editions []Pack // of files and changes, by the day from which they stand
}

// Open reads the jurisdiction's files.
func Open(id string) (*Book, error) {
	all, err := loaded()
	if err != nil {
		return nil, err
	}
	return open(all, id)
}

// open makes a book of its own of the pack's editions.
func open(all []Pack, id string) (*Book, error) {
	b := &Book{}
	for _, p := range all {
		if p.ID == id {
			b.files = append(b.files, p)
		}
	}
	if len(b.files) == 0 {
		return nil, fault.New(fault.NotFound, "没有编号为%s的规则", id)
	}
	for i := range b.files {
		b.files[i].book = b
		b.files[i].Assemblies = maps.Clone(b.files[i].Assemblies)
		lay(reflect.ValueOf(&b.files[i]).Elem(), b)
	}
	b.editions = b.files
	return b, nil
}

// newest is the last edition that a file has.
func (b *Book) newest() Pack { return b.files[len(b.files)-1] }

// On is the edition that stands on that day.
func (b *Book) On(day calendar.Date) Pack {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return EditionOn(b.editions, day)
}

// EditionOn is that of a book's editions which stands on the day.
func EditionOn(all []Pack, day calendar.Date) Pack {
	p := all[0]
	for _, next := range all[1:] {
		if next.from <= day {
			p = next
		}
	}
	return p
}

// At is an edition by its number.
func (b *Book) At(e Edition) (Pack, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, p := range b.editions {
		if p.Edition() == e {
			return p, true
		}
	}
	return Pack{}, false
}

// Change replaces the changes by those that stand now.
func (b *Book) Change(all []Change) error {
	editions, err := b.With(all)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.editions = editions
	return nil
}

// With is the editions that the changes make, in the order in which they were
// confirmed. Each makes the next edition from its day on; of one day the later stands
// above the earlier. A file's later edition ends the changes before it, and its number
// has to be above theirs.
func (b *Book) With(all []Change) ([]Pack, error) {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, c Change) int { return strings.Compare(string(a.From), string(c.From)) })
	var editions []Pack
	for i, file := range b.files {
		p := file
		if n := len(editions); n > 0 && editions[n-1].Version >= p.Version {
			return nil, fmt.Errorf("rules: edition %d of %q has the number of one that a change made: give its file %d",
				p.Version, p.ID, editions[n-1].Version+1)
		}
		editions = append(editions, p)
		for _, c := range all {
			if c.From < file.from || i+1 < len(b.files) && c.From >= b.files[i+1].from {
				continue
			}
			f, known := FigureOf(c.Key)
			if !known {
				return nil, fmt.Errorf("rules: a change is of %q, which is no figure", c.Key)
			}
			c.Source.book = b
			p.Version++
			p.from = c.From
			*f.in(&p) = Number{
				value:  c.Value,
				set:    true,
				Unit:   f.Unit,
				Source: c.Source,
				figure: f,
			}
			editions = append(editions, p)
		}
	}
	return editions, nil
}

// lay puts the book under each source in the value. It goes by type and not by
// name, so that a figure which a pack gets later is not forgotten here.
func lay(v reflect.Value, b *Book) {
	if s, is := v.Addr().Interface().(*Source); is {
		s.book = b
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				lay(v.Field(i), b)
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			one := reflect.New(v.Type().Elem()).Elem()
			one.Set(v.MapIndex(key))
			lay(one, b)
			v.SetMapIndex(key, one)
		}
	}
}

// Learn replaces the readings by those that stand now.
func (b *Book) Learn(all []Reading) {
	readings := map[string]Reading{}
	for _, r := range all {
		readings[r.Cites] = r
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.readings = readings
}

// Book is where the readings of the pack's sources are learned; nil for a pack
// that Find or At did not give.
func (p Pack) Book() *Book { return p.book }

// Reading is what was found for the source, if anything.
func (s Source) Reading() (Reading, bool) {
	if s.book == nil || s.To == "" {
		return Reading{}, false
	}
	s.book.mu.RLock()
	defer s.book.mu.RUnlock()
	r, found := s.book.readings[s.ID()]
	return r, found
}

// ID names the cited article in addresses and rows, in the form of the program's ids.
func (s Source) ID() string {
	sum := sha256.Sum256([]byte(s.Title + "\n" + s.Edition + "\n" + s.Article))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// Amended is an article that the pack cites from a text which is no more in force,
// and what rests on it.
type Amended struct {
	Source
	Figures []string
}

// Amended lists them in the order of the pack.
func (p Pack) Amended() (all []Amended) {
	at := map[string]int{}
	add := func(s Source, figure string) {
		if s.To == "" {
			return
		}
		i, there := at[s.ID()]
		if !there {
			i = len(all)
			at[s.ID()] = i
			all = append(all, Amended{Source: s})
		}
		all[i].Figures = append(all[i].Figures, figure)
	}
	for _, n := range p.Numbers() {
		add(n.Source, n.Label+n.Joined())
	}
	for _, key := range slices.Sorted(maps.Keys(p.Assemblies)) {
		a := p.Assemblies[key]
		add(a.Quorum.Source, a.Label+"到会"+a.Quorum.String())
		add(a.Pass.Source, a.Label+"同意"+a.Pass.String())
		add(a.Outsiders.Source, a.Label+"土地租给本集体以外的单位或者个人"+a.Outsiders.String())
	}
	add(p.ProcedureSource, "决策步骤")
	add(p.MembersFirst, "本集体成员优先")
	add(p.NoticeFields, "公告内容")
	return all
}
