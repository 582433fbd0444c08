package house_test

import (
	"net/url"
	"strings"

	"filippo.io/age"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
)

// reports are the report box's forms, which are multipart and need no token, and
// the administrators' keys of those who open them.
func (b *bench) reports() []trial {
	sheets := map[string]func() sheet{
		"receivers": func() sheet {
			form := url.Values{"org": {b.Org("云溪镇")}, "name": {"云溪镇纪委"}, "recipient": {newKey(b)}}
			return sheet{who: "admin", wrong: "clerk", path: "/office/receivers", form: form, other: housetest.SheetWith(form, "name", "另一个单位"), also: func(who *housetest.Client) {
				b.refused("a key that is another's", who.Submit("/office/receivers", housetest.Once(housetest.SheetWith(form, "recipient", b.Offices[0].Key.Recipient().String()))), 409, "recipient")
				b.refused("a private key", who.Submit("/office/receivers", housetest.Once(housetest.SheetWith(form, "recipient", b.Offices[0].Key.String()))), 422, "recipient")
				b.refused("a village", who.Submit("/office/receivers", housetest.Once(housetest.SheetWith(form, "org", b.Org("青塘村村民委员会")))), 422, "org")
			}}
		},
		"receivers/:id/confirm": func() sheet {
			first := b.asBrowser("admin")
			a := first.Submit("/office/receivers", housetest.Once(url.Values{"org": {b.Org("示范县")}, "name": {"县纪委监委"}, "recipient": {newKey(b)}}))
			b.wrote("a key", a, 303)
			path := housetest.ConfirmLink.FindString(b.asBrowser("admin2").Get("/office/receivers").Body)
			b.refused("by who proposed it", first.Submit(path, housetest.Once(nil)), 403, "")
			return sheet{who: "admin2", wrong: "station", path: path, late: 409}
		},
	}
	return append(sheetTrials("POST /office/", sheets), trial{"POST /report", badReports}, trial{"POST /report/add", badAdditions}, trial{"POST /report/follow", badFollows})
}

func newKey(b *bench) string {
	key, err := age.GenerateX25519Identity()
	b.Ok(err)
	return key.Recipient().String()
}

// badReports tries every field of a report; what was typed is never lost.
func badReports(b *bench) {
	who := b.Nobody()
	form := b.About("village", b.Org("青塘村村民委员会"))
	b.settle()
	photo := housetest.JpegOf(b.t, 2)
	for field, bad := range map[string][]string{
		"about": {"", "x", "VILLAGE", housetest.Long}, "category": {"", "x", housetest.Long}, "place": {"x", event.NewID(), b.Org("示范县"), b.Org("青塘村经济合作社")},
		"text": {"", "  ", strings.Repeat("长", 5001), housetest.Hidden, "\xff\xfe"}, "contact": {strings.Repeat("长", 201), housetest.Hidden},
		"request_id": {"", "short", "tooshortfor80bit"[:15], strings.Repeat("x", 65)},
	} {
		for _, value := range bad {
			a := who.Sealed("/report", housetest.SheetWith(housetest.Once(form), field, value), photo)
			b.refused("a report whose "+field+" is "+value[:min(len(value), 20)], a, 422, field)
			if field != "text" && !strings.Contains(a.Body, form.Get("text")) {
				b.t.Errorf("%s of %q loses what was typed", field, value[:min(len(value), 20)])
			}
		}
	}
	for what, data := range map[string][]byte{"a text": []byte("no photo"), "a program": []byte("MZ\x90\x00"), "html": []byte("<html><script>x")} {
		b.refused(what+" as a photo", who.Sealed("/report", housetest.Once(form), data), 422, "photos")
	}
	ten := make([][]byte, 10)
	for i := range ten {
		ten[i] = photo
	}
	b.refused("ten photos", who.Sealed("/report", housetest.Once(form), ten...), 422, "photos")
	b.refused("too large", tooLarge(b, "/report", ""), 413, "")
	b.refused("another site", who.With("Origin", "https://evil.example").Sealed("/report", housetest.Once(form)), 403, "")
	notMultipart(b, "/report", form)
	b.unchanged("bad reports")
	b.wrote("a good one", who.Sealed("/report", form, photo), 200)
	b.refused("its number for something else", who.Sealed("/report", housetest.SheetWith(form, "text", "另外的事")), 409, "")
}

// notMultipart tries bodies that no form of ours sends.
func notMultipart(b *bench, path string, form url.Values) {
	b.refused("a plain form", b.Nobody().Submit(path, form), 422, "")
	kind, body := housetest.MultipartOf(b.t, form)
	for what, broken := range map[string][]byte{"nothing": {}, "half": body[:len(body)/2], "no boundary": []byte("text=x")} {
		b.refused(what, b.Nobody().Do("POST", path, kind, broken), 422, "")
	}
	b.refused("no boundary named", b.Nobody().Do("POST", path, "multipart/form-data", body), 422, "")
}

func badFollows(b *bench) {
	code := b.Reported(b.About("unsure", ""))
	b.settle()
	for _, bad := range []string{"", "x", "1234", "1234 5678 1234 567", "1234 5678 1234 56789", "1234 5678 1234 567x", housetest.Long[:90], strings.Repeat("1", 300)} {
		b.refused("the code "+bad[:min(len(bad), 20)], b.Nobody().Sealed("/report/follow", url.Values{"code": {bad}}), 422, "code")
	}
	notMultipart(b, "/report/follow", url.Values{"code": {code}})
	b.unchanged("bad codes")
	slowed := false
	for i := 0; i < 12 && !slowed; i++ {
		slowed = b.Nobody().Sealed("/report/follow", url.Values{"code": {"0000 0000 0000 0000"}}).StatusCode == 429
	}
	if !slowed {
		b.t.Error("guessing codes is not slowed down")
	}
	b.refused("a right one among the guesses", b.Nobody().Sealed("/report/follow", url.Values{"code": {code}}), 429, "code")
}

func badAdditions(b *bench) {
	code := b.Reported(b.About("unsure", ""))
	form := url.Values{"code": {code}, "text": {"再说一件事"}}
	b.settle()
	for field, bad := range map[string][]string{"text": {"", strings.Repeat("长", 5001), housetest.Hidden}, "request_id": {"", "short"}} {
		for _, value := range bad {
			b.refused("an addition whose "+field+" is bad", b.Nobody().Sealed("/report/add", housetest.SheetWith(housetest.Once(form), field, value)), 422, field)
		}
	}
	b.refused("a text as a photo", b.Nobody().Sealed("/report/add", housetest.Once(form), []byte("no photo")), 422, "photos")
	b.refused("no code", b.Nobody().Sealed("/report/add", housetest.Once(housetest.SheetWith(form, "code"))), 422, "code")
	notMultipart(b, "/report/add", form)
	good := housetest.Once(form)
	b.wrote("an addition", b.Nobody().Sealed("/report/add", good), 200)
	if a := b.Nobody().Sealed("/report/add", good); a.StatusCode != 200 {
		b.t.Errorf("the same again: %d", a.StatusCode)
	}
	b.unchanged("the same again")
}
