package report_test

import (
	"net/url"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
	"sunlot/internal/event"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Listed: forms})
}

func forms(*badinput.Bench) []badinput.Trial {
	return []badinput.Trial{{Route: "POST /report", Run: badReports}, {Route: "POST /report/add", Run: badAdditions}, {
		Route: "POST /report/follow",
		Run:   badFollows,
	}}
}

// badReports tries every field of a report; what was typed is never lost.
func badReports(b *badinput.Bench) {
	who := b.Nobody()
	form := b.About("village", b.Org("青塘村村民委员会"))
	b.Settle()
	photo := housetest.JpegOf(b.T, 2)
	for field, bad := range map[string][]string{
		"about":      {"", "x", "VILLAGE", housetest.Long},
		"category":   {"", "x", housetest.Long},
		"place":      {"x", event.NewID(), b.Org("示范县"), b.Org("青塘村经济合作社")},
		"text":       {"", "  ", strings.Repeat("长", 5001), housetest.Hidden, "\xff\xfe"},
		"contact":    {strings.Repeat("长", 201), housetest.Hidden},
		"request_id": {"", "short", "tooshortfor80bit"[:15], strings.Repeat("x", 65)},
	} {
		for _, value := range bad {
			a := who.Sealed("/report", housetest.SheetWith(housetest.Once(form), field, value), photo)
			b.Refused("a report whose "+field+" is "+value[:min(len(value), 20)], a, 422, field)
			if field != "text" && !strings.Contains(a.Body, form.Get("text")) {
				b.T.Errorf("%s of %q loses what was typed", field, value[:min(len(value), 20)])
			}
		}
	}
	for what, data := range map[string][]byte{
		"a text":    []byte("no photo"),
		"a program": []byte("MZ\x90\x00"),
		"html":      []byte("<html><script>x"),
	} {
		b.Refused(what+" as a photo", who.Sealed("/report", housetest.Once(form), data), 422, "photos")
	}
	ten := make([][]byte, 10)
	for i := range ten {
		ten[i] = photo
	}
	b.Refused("ten photos", who.Sealed("/report", housetest.Once(form), ten...), 422, "photos")
	b.Refused("too large", b.TooLarge("/report", ""), 413, "")
	b.Refused("another site", who.With("Origin", "https://evil.example").Sealed("/report", housetest.Once(form)),
		403, "")
	notMultipart(b, "/report", form)
	b.Unchanged("bad reports")
	b.Wrote("a good one", who.Sealed("/report", form, photo), 200)
	b.Refused("its number for something else", who.Sealed("/report", housetest.SheetWith(form, "text", "另外的事")),
		409, "")
}

// notMultipart tries bodies that no form of ours sends.
func notMultipart(b *badinput.Bench, path string, form url.Values) {
	b.Refused("a plain form", b.Nobody().Submit(path, form), 422, "")
	kind, body := housetest.MultipartOf(b.T, form)
	for what, broken := range map[string][]byte{
		"nothing":     {},
		"half":        body[:len(body)/2],
		"no boundary": []byte("text=x"),
	} {
		b.Refused(what, b.Nobody().Do("POST", path, kind, broken), 422, "")
	}
	b.Refused("no boundary named", b.Nobody().Do("POST", path, "multipart/form-data", body), 422, "")
}

func badFollows(b *badinput.Bench) {
	code := b.Reported(b.About("unsure", ""))
	b.Settle()
	for _, bad := range []string{"", "x", "1234", "1234 5678 1234 567", "1234 5678 1234 56789",
		"1234 5678 1234 567x", housetest.Long[:90], strings.Repeat("1", 300)} {
		b.Refused("the code "+bad[:min(len(bad), 20)], b.Nobody().
			Sealed("/report/follow", url.Values{"code": {bad}}), 422, "code")
	}
	notMultipart(b, "/report/follow", url.Values{"code": {code}})
	b.Unchanged("bad codes")
	slowed := false
	for i := 0; i < 40 && !slowed; i++ {
		slowed = b.Nobody().Sealed("/report/follow", url.Values{"code": {"0000 0000 0000 0000"}}).StatusCode == 429
	}
	if !slowed {
		b.T.Error("guessing codes is not slowed down")
	}
	b.Refused("a right one among the guesses", b.Nobody().Sealed("/report/follow", url.Values{"code": {code}}), 429,
		"code")
	more := b.Nobody().Sealed("/report/add", housetest.Once(url.Values{"code": {code}, "text": {"还有一件事没有写"}}))
	if more.StatusCode != 429 || !strings.Contains(more.Body, "还没有收下") || !strings.Contains(more.Body, "还有一件事没有写") {
		b.T.Errorf("an addition meanwhile: %d %s", more.StatusCode, housetest.Brief(more.Body))
	}
	b.Unchanged("an addition meanwhile")
}

func badAdditions(b *badinput.Bench) {
	code := b.Reported(b.About("unsure", ""))
	form := url.Values{"code": {code}, "text": {"再说一件事"}}
	b.Settle()
	for field, bad := range map[string][]string{
		"text":       {"", strings.Repeat("长", 5001), housetest.Hidden},
		"request_id": {"", "short"},
	} {
		for _, value := range bad {
			b.Refused("an addition whose "+field+" is bad", b.Nobody().
				Sealed("/report/add", housetest.SheetWith(housetest.Once(form), field, value)), 422, field)
		}
	}
	b.Refused("a text as a photo", b.Nobody().Sealed("/report/add", housetest.Once(form), []byte("no photo")), 422,
		"photos")
	b.Refused("no code", b.Nobody().Sealed("/report/add", housetest.Once(housetest.SheetWith(form, "code"))), 422,
		"code")
	notMultipart(b, "/report/add", form)
	good := housetest.Once(form)
	b.Wrote("an addition", b.Nobody().Sealed("/report/add", good), 200)
	if a := b.Nobody().Sealed("/report/add", good); a.StatusCode != 200 {
		b.T.Errorf("the same again: %d", a.StatusCode)
	}
	b.Unchanged("the same again")
}
