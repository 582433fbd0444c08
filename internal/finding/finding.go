// Package finding says by which pieces a text is found, and how what people type into
// a search is read: words with blanks between them, of which each must be there.
package finding

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunlot/internal/fault"
	"sunlot/internal/typed"
)

// Kind is a kind of what the public finds.
type Kind string

const (
	Village  Kind = "village"
	Notice   Kind = "notice"
	Result   Kind = "result"
	Contract Kind = "contract"
	Asset    Kind = "asset"
	Work     Kind = "work"
	Item     Kind = "item"
)

// Kinds are in the order in which a search shows them.
var Kinds = []Kind{Village, Notice, Result, Contract, Asset, Work, Item}

// What a search takes: signs in all, words, and signs of a word.
const (
	MostSigns     = 60
	MostWords     = 6
	MostTokenSize = 24 // of a token; a longer run of letters and digits is found by its last signs
)

// Words reads a search: its words as Fold has them, each once. None is no error. Its
// errors are of the field q, in words.
func Words(text string) ([]string, error) {
	if utf8.RuneCountInString(text) > MostSigns {
		return nil, fault.New(fault.Invalid, "搜索的内容最多 %d 个字，请缩短后再搜", MostSigns).On("q")
	}
	var words []string
	for _, w := range strings.FieldsFunc(text, parts) {
		w = Fold(w)
		if w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if len(words) > MostWords {
		return nil, fault.New(fault.Invalid, "一次最多搜 %d 个词，请减少后再搜", MostWords).On("q")
	}
	return words, nil
}

// parts reports whether a sign stands between two words: a blank, or a mark of an
// enumeration, of English or of Chinese.
func parts(r rune) bool {
	return unicode.IsSpace(r) || r == ',' || r == ';' || strings.ContainsRune("、，；", r)
}

// Fold is a text as it is compared: full-width forms and capital letters are plain,
// and only letters and digits count.
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, typed.Plain(strings.ToValidUTF8(text, "")))
}

// Tokens are the pieces by which an entry is found, in order: two neighbours of Chinese
// writing, each ending of a run of other letters and digits, and each sign of the title.
// The lines of the text are folded already.
func Tokens(title, text string) []string {
	var all []string
	for _, line := range strings.Split(text, "\n") {
		for _, run := range runs(line) {
			if !han(run[0]) {
				all = append(all, endings(run)...)
				continue
			}
			for i := range len(run) - 1 {
				all = append(all, string(run[i:i+2]))
			}
		}
	}
	for _, r := range Fold(title) {
		if han(r) {
			all = append(all, string(r))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// endings are those of two signs and more, and a run of one sign itself.
func endings(run []rune) (all []string) {
	run = run[max(0, len(run)-MostTokenSize):]
	for i := range max(1, len(run)-1) {
		all = append(all, string(run[i:]))
	}
	return all
}

// Probe is how entries of a word are looked up: those with the token, or with any that
// begins with it.
type Probe struct {
	Token  string
	Begins bool
}

// Probes are the ways to look up what has all the words; one of them is enough, for
// what it finds is held against the words themselves. There is none when the words
// have nothing to go by.
func Probes(words []string) (all []Probe) {
	var single []Probe
	for _, w := range words {
		for _, run := range runs(w) {
			switch {
			case !han(run[0]):
				run = run[:min(len(run), MostTokenSize)]
				all = append(all, Probe{Token: string(run), Begins: len(run) > 2})
			case len(run) == 1:
				single = append(single, Probe{Token: string(run)})
			default:
				for i := range len(run) - 1 {
					all = append(all, Probe{Token: string(run[i : i+2])})
				}
			}
		}
	}
	if len(all) == 0 {
		return single
	}
	return all
}

// runs are a line's longest pieces that are all Chinese writing or all something else.
func runs(line string) (all [][]rune) {
	for _, r := range line {
		last := len(all) - 1
		if last >= 0 && han(all[last][0]) == han(r) {
			all[last] = append(all[last], r)
			continue
		}
		all = append(all, []rune{r})
	}
	return all
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }
