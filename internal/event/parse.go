package event

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// Parse reads a leaf. It refuses bytes that are not exactly what Leaf writes: they
// are read once, in the order in which Leaf writes them, and nothing is written
// anew to compare. The event's facts lie within the leaf, which must not change.
func Parse(leaf []byte) (Event, error) {
	if len(leaf) > MaxLeaf {
		return Event{}, fmt.Errorf("leaf of %d bytes, limit %d", len(leaf), MaxLeaf)
	}
	p := canonical{rest: leaf}
	at := p.text(`{"at":`)
	facts := p.value(`,"facts":`)
	kind := p.text(`,"kind":`)
	prev := p.text(`,"prev":`)
	sealed := p.text(`,"sealed":`)
	seq := p.number(`,"seq":`)
	stream := p.text(`,"stream":`)
	p.expect(`,"v":1}`)
	if p.wrong == nil && len(p.rest) > 0 {
		p.wrong = errors.New("it goes on after its end")
	}
	if p.wrong != nil {
		return Event{}, fmt.Errorf("leaf is not in canonical form: %w", p.wrong)
	}
	when, err := time.Parse(TimeFormat, at)
	if err != nil || when.Format(TimeFormat) != at {
		return Event{}, fmt.Errorf("leaf: %q is not an instant in UTC", at)
	}
	return Event{
		Stream: Stream(stream),
		Seq:    seq,
		Prev:   prev,
		At:     when,
		Kind:   kind,
		Facts:  facts[:len(facts):len(facts)],
		Sealed: sealed,
	}, nil
}

// deepest is how far values may lie in each other; facts are flat.
const deepest = 1000

// canonical reads canonical JSON (RFC 8785) with whole numbers below 2^53 from its
// front. After the first thing that is wrong it reads nothing more.
type canonical struct {
	rest  []byte
	depth int
	wrong error
}

func (p *canonical) fail(what string) {
	if p.wrong == nil {
		p.wrong = errors.New(what)
	}
}

func (p *canonical) expect(literal string) {
	if p.wrong != nil {
		return
	}
	if !bytes.HasPrefix(p.rest, []byte(literal)) {
		p.fail(literal + " is missing")
		return
	}
	p.rest = p.rest[len(literal):]
}

// text reads a text after the literal.
func (p *canonical) text(literal string) string {
	p.expect(literal)
	return decoded(p.quoted())
}

// value reads any value after the literal, as it stands.
func (p *canonical) value(literal string) []byte {
	p.expect(literal)
	before := p.rest
	p.any()
	return before[:len(before)-len(p.rest)]
}

// number reads a whole number after the literal.
func (p *canonical) number(literal string) int64 {
	p.expect(literal)
	return p.whole()
}

func (p *canonical) any() {
	if p.wrong != nil {
		return
	}
	if len(p.rest) == 0 {
		p.fail("it ends within a value")
		return
	}
	switch c := p.rest[0]; {
	case c == '"':
		p.quoted()
	case c == '{':
		p.object()
	case c == '[':
		p.array()
	case c == 't':
		p.expect("true")
	case c == 'f':
		p.expect("false")
	case c == 'n':
		p.expect("null")
	default:
		p.whole()
	}
}

// in goes into an object or an array and says whether it has something in it.
func (p *canonical) in(begin, end string) bool {
	p.expect(begin)
	p.depth++
	if p.depth > deepest {
		p.fail("values lie too deep in each other")
	}
	if bytes.HasPrefix(p.rest, []byte(end)) {
		p.out(end)
		return false
	}
	return p.wrong == nil
}

func (p *canonical) out(end string) {
	p.expect(end)
	p.depth--
}

// next says whether one more follows, which begins after a comma.
func (p *canonical) next() bool {
	if p.wrong != nil || !bytes.HasPrefix(p.rest, []byte(",")) {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *canonical) array() {
	if !p.in("[", "]") {
		return
	}
	p.any()
	for p.next() {
		p.any()
	}
	p.out("]")
}

func (p *canonical) object() {
	if !p.in("{", "}") {
		return
	}
	last := p.member()
	for p.next() {
		name := p.member()
		if p.wrong == nil && !before(last, name) {
			p.fail("names are not in order, or one is there twice")
		}
		last = name
	}
	p.out("}")
}

// member reads a name with its value and returns the name as it stands.
func (p *canonical) member() []byte {
	name := p.quoted()
	p.expect(":")
	p.any()
	return name
}

// short are the control characters that are written by a letter.
var short = [256]bool{'b': true, 't': true, 'n': true, 'f': true, 'r': true, '"': true, '\\': true}

// quoted reads a text and returns what stands between its quotes.
func (p *canonical) quoted() []byte {
	p.expect(`"`)
	if p.wrong != nil {
		return nil
	}
	for i := 0; i < len(p.rest); {
		switch c := p.rest[i]; {
		case c == '"':
			text := p.rest[:i]
			p.rest = p.rest[i+1:]
			return text
		case c == '\\':
			n := escaped(p.rest[i:])
			if n == 0 {
				p.fail("a sign is escaped that is not, or not so")
				return nil
			}
			i += n
		case c < ' ':
			p.fail("a control character is not escaped")
			return nil
		case c < utf8.RuneSelf:
			i++
		default:
			r, n := utf8.DecodeRune(p.rest[i:])
			if r == utf8.RuneError && n == 1 {
				p.fail("a text is not UTF-8")
				return nil
			}
			i += n
		}
	}
	p.fail("a text has no end")
	return nil
}

// escaped is the length of a canonical escape at the front: the letter where there
// is one, else four small hex digits of a control character.
func escaped(b []byte) int {
	if len(b) >= 2 && short[b[1]] {
		return 2
	}
	const digits = "0123456789abcdef"
	if len(b) < 6 || !bytes.HasPrefix(b, []byte(`\u00`)) || b[4] != '0' && b[4] != '1' {
		return 0
	}
	low := bytes.IndexByte([]byte(digits), b[5])
	if low < 0 || b[4] == '0' && (low == '\b' || low == '\t' || low == '\n' || low == '\f' || low == '\r') {
		return 0
	}
	return 6
}

// decoded is the text of what stands between quotes that quoted has read.
func decoded(between []byte) string {
	if bytes.IndexByte(between, '\\') < 0 {
		return string(between)
	}
	var text string
	_ = json.Unmarshal(append(append([]byte{'"'}, between...), '"'), &text) // quoted has read it
	return text
}

// before says whether a name comes before another in the order of their UTF-16.
func before(a, b []byte) bool {
	if plain(a) && plain(b) {
		return bytes.Compare(a, b) < 0
	}
	x, y := utf16.Encode([]rune(decoded(a))), utf16.Encode([]rune(decoded(b)))
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return len(x) < len(y)
}

// plain says whether bytes compare as UTF-16 does.
func plain(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf || c == '\\' {
			return false
		}
	}
	return true
}

// whole reads a whole number that a double holds exactly.
func (p *canonical) whole() int64 {
	if p.wrong != nil {
		return 0
	}
	i, negative := 0, bytes.HasPrefix(p.rest, []byte("-"))
	if negative {
		i = 1
	}
	digits := i
	n := int64(0)
	for ; i < len(p.rest) && p.rest[i] >= '0' && p.rest[i] <= '9' && n <= 1<<53; i++ {
		n = n*10 + int64(p.rest[i]-'0')
	}
	zero := i > digits && p.rest[digits] == '0'
	if i == digits || n > 1<<53 || zero && (i > digits+1 || negative) {
		p.fail("a number is not whole, below 2^53 and in its shortest form")
		return 0
	}
	p.rest = p.rest[i:]
	if negative {
		return -n
	}
	return n
}
