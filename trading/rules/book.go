package rules

import (
	"crypto/sha256"
	"encoding/base32"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"sunlot/internal/calendar"
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

// Book is the readings that stand, for the sources of all editions of a pack. They
// change while the program runs; figures never do.
type Book struct {
	mu       sync.RWMutex
	readings map[string]Reading
	editions map[Edition]Pack
}

// newBook lays itself under every source of every edition of the jurisdiction's pack.
func newBook(id string) *Book {
	b := &Book{editions: map[Edition]Pack{}}
	for _, p := range packs {
		if p.ID != id {
			continue
		}
		p.Assemblies = maps.Clone(p.Assemblies)
		p.book = b
		lay(reflect.ValueOf(&p).Elem(), b)
		b.editions[p.Edition()] = p
	}
	return b
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
