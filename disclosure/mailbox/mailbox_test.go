package mailbox

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"sunlot/internal/fault"
	"sunlot/internal/gate"
	"sunlot/internal/identity"
)

func newKey(t *testing.T) *age.X25519Identity {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestALetterComesOutAsItWentIn(t *testing.T) {
	key, other := newKey(t), newKey(t)
	at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	in := Letter{
		About:     VillageCadre,
		Category:  "money",
		PlaceID:   "abc",
		PlaceName: "青塘村\n委会",
		At:        at,
		Reporter:  other.Recipient().String(),
		State:     InHand,
		Text:      []byte("第一行\n第二行"),
		Contact:   []byte("某人"),
		Photos:    [][]byte{{1, 2, 3}, bytes.Repeat([]byte{7}, 100_000)},
	}
	sealed, err := Seal(in, key.Recipient().String())
	if err != nil {
		t.Fatal(err)
	}
	out, err := Open(sealed, key)
	if err != nil {
		t.Fatal(err)
	}
	if out.PlaceName != "青塘村 委会" || out.About != in.About || out.Category != in.Category ||
		out.PlaceID != in.PlaceID || !out.At.Equal(at) ||
		out.Reporter != in.Reporter || out.State != in.State || !bytes.Equal(out.Text, in.Text) ||
		!bytes.Equal(out.Contact, in.Contact) ||
		len(out.Photos) != 2 || !bytes.Equal(out.Photos[1], in.Photos[1]) {
		t.Errorf("out came %+v", out)
	}
	if _, err := Open(sealed, other); err == nil {
		t.Error("another key opens it")
	}
	sealed[len(sealed)/2] ^= 1
	if _, err := Open(sealed, key); err == nil {
		t.Error("a changed envelope opens")
	}
}

// The size of an envelope tells nothing of a text's length, and little of photos.
func TestEnvelopesHaveFewSizes(t *testing.T) {
	key, sizes := newKey(t), map[int]bool{}
	for _, n := range []int{1, 300, 5000, 15_000} {
		sealed, err := Seal(Letter{Text: bytes.Repeat([]byte("x"), n)}, key.Recipient().String())
		if err != nil {
			t.Fatal(err)
		}
		sizes[len(sealed)] = true
	}
	if len(sizes) != 1 {
		t.Errorf("texts make envelopes of %v", sizes)
	}
	for size, want := range map[int]int{
		1:           128 << 10,
		128 << 10:   128 << 10,
		128<<10 + 1: 256 << 10,
		3 << 20:     4 << 20,
		4<<20 + 1:   8 << 20,
		9 << 20:     12 << 20,
	} {
		if got := padded(size); got != want {
			t.Errorf("%d is padded to %d, want %d", size, got, want)
		}
	}
}

func TestRoutes(t *testing.T) {
	const countyPath, townPath, village = identity.Path("/k/"), identity.Path("/k/t/"), identity.Path("/k/t/v/")
	k, town, far := Office{Name: "县", Path: countyPath}, Office{Name: "镇", Path: townPath}, Office{
		Name: "别的镇",
		Path: "/k/u/",
	}
	all := []Office{k, far, town}
	for _, c := range []struct {
		offices []Office
		about   About
		place   identity.Path
		want    string
	}{
		{all, VillageCadre, village, "镇"}, {all, VillageCadre, townPath, "镇"}, {all, VillageCadre, "", "县"},
		{all, VillageCadre, countyPath, "县"},
		{all, TownshipCadre, village, "县"}, {all, BidderAbout, village, "县"}, {all, Supervisor, village, "县"},
		{all, Unsure, village, "县"}, {all, Unsure, "", "县"},
		{[]Office{k, far}, VillageCadre, village, "县"}, {[]Office{town}, VillageCadre, village, "镇"},
		{[]Office{town}, TownshipCadre, village, ""},
		{[]Office{far}, VillageCadre, village, ""}, {nil, Unsure, "", ""},
	} {
		got, ok := Route(c.offices, c.about, c.place)
		if got.Name != c.want || ok != (c.want != "") {
			t.Errorf("%s at %q with %v goes to %q, want %q", c.about, c.place, c.offices, got.Name, c.want)
		}
	}
}

func TestCodes(t *testing.T) {
	code := codeOf("0123456789abcdef")
	if len(code) != codeDigits || code != codeOf("0123456789abcdef") || code == codeOf("0123456789abcdeg") {
		t.Errorf("the code is %s", code)
	}
	for _, typed := range []string{code, Grouped(code), strings.ReplaceAll(Grouped(code), " ", "-"),
		" " + code + "\u3000"} {
		if got, err := ParseCode(typed); err != nil || got != code {
			t.Errorf("%q: %s %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "12345678", code + "1", code[:15] + "x", code[:15] + "²"} {
		if _, err := ParseCode(typed); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%q: %v", typed, err)
		}
	}
	one, err := (&Service{Secret: []byte("one")}).keysOf(t.Context(), gate.FirstReports, "here", code)
	two, otherErr := (&Service{Secret: []byte("two")}).keysOf(t.Context(), gate.FirstReports, "here", code)
	if err != nil || otherErr != nil || one.lookup == two.lookup || one.pass == one.lookup || len(one.lookup) != 64 {
		t.Error("what follows from a code does not depend on the server's secret")
	}
	if len(aboutLabels) != len(Abouts()) || len(categoryLabels) != len(Categories()) || len(routes) != len(Abouts()) {
		t.Error("a choice has no label, or leads nowhere")
	}
}

// Whoever floods the box with codes makes nobody wait without an end, takes no
// more than his share of the line, and keeps no first report out.
func TestWaitingForACodeHasAnEnd(t *testing.T) {
	leave, err := gate.Heavy.Enter(t.Context(), gate.Followers, "flood")
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := new(Service).keysOf(gone, gate.Followers, "here", "1"); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("whose time is up: %v", err)
	}
	var flood sync.WaitGroup
	for range 310 {
		flood.Go(func() { _, _ = new(Service).keysOf(t.Context(), gate.Followers, "flood", "1") })
	}
	time.Sleep(100 * time.Millisecond)
	if _, err := new(Service).
		keysOf(t.Context(), gate.Followers, "flood", "1"); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("one more than may wait: %v", err)
	}
	taken := make(chan error)
	go func() {
		_, err := new(Service).keysOf(t.Context(), gate.FirstReports, "here", "1")
		taken <- err
	}()
	time.Sleep(100 * time.Millisecond)
	leave()
	if err := <-taken; err != nil {
		t.Errorf("an honest report: %v", err)
	}
	flood.Wait()
}

// A request is named so that neither number nor content can be found from it.
func TestARequestTellsNothing(t *testing.T) {
	const number = "0123456789abcdef"
	once, err := onceOf("report.send", number, []byte("a"), []byte("bc"))
	if err != nil || strings.Contains(once.ID+once.Digest, number) || once.Actor != "" {
		t.Errorf("%+v %v", once, err)
	}
	for name, other := range map[string][][]byte{
		"content":             {[]byte("a"), []byte("bd")},
		"where one part ends": {[]byte("ab"), []byte("c")},
	} {
		if again, _ := onceOf("report.send", number, other...); again.Digest == once.Digest || again.ID != once.ID {
			t.Errorf("another %s has the same digest", name)
		}
	}
	if other, _ := onceOf("report.send", number+"0", []byte("a"), []byte("bc")); other.Digest == once.Digest {
		t.Error("the digest can be guessed without the number")
	}
	if _, err := onceOf("report.send", number[:15]); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a short number: %v", err)
	}
}
