package main

import (
	"net/url"
	"strings"

	"filippo.io/age"

	"sunlot/internal/event"
)

// reports are the report box's forms, which are multipart and need no token, and
// the administrators' keys of those who open them.
func (b *bench) reports() []trial {
	sheets := map[string]func() sheet{
		"receivers": func() sheet {
			form := url.Values{"org": {b.org("云溪镇")}, "name": {"云溪镇纪委"}, "recipient": {newKey(b)}}
			return sheet{who: "admin", wrong: "clerk", path: "/office/receivers", form: form, other: sheetWith(form, "name", "另一个单位"), also: func(who *client) {
				b.refused("a key that is another's", who.submit("/office/receivers", once(sheetWith(form, "recipient", b.offices[0].key.Recipient().String()))), 409, "recipient")
				b.refused("a private key", who.submit("/office/receivers", once(sheetWith(form, "recipient", b.offices[0].key.String()))), 422, "recipient")
				b.refused("a village", who.submit("/office/receivers", once(sheetWith(form, "org", b.org("青塘村村民委员会")))), 422, "org")
			}}
		},
		"receivers/:id/confirm": func() sheet {
			first := b.asBrowser("admin")
			a := first.submit("/office/receivers", once(url.Values{"org": {b.org("示范县")}, "name": {"县纪委监委"}, "recipient": {newKey(b)}}))
			b.wrote("a key", a, 303)
			path := confirmLink.FindString(b.asBrowser("admin2").get("/office/receivers").body)
			b.refused("by who proposed it", first.submit(path, once(nil)), 403, "")
			return sheet{who: "admin2", wrong: "station", path: path, late: 409}
		},
	}
	return append(sheetTrials("POST /office/", sheets), trial{"POST /report", badReports}, trial{"POST /report/add", badAdditions}, trial{"POST /report/follow", badFollows})
}

func newKey(b *bench) string {
	key, err := age.GenerateX25519Identity()
	b.ok(err)
	return key.Recipient().String()
}

// badReports tries every field of a report; what was typed is never lost.
func badReports(b *bench) {
	who := b.nobody()
	form := b.about("village", b.org("青塘村村民委员会"))
	b.settle()
	photo := jpegOf(b.t, 2)
	for field, bad := range map[string][]string{
		"about": {"", "x", "VILLAGE", long}, "category": {"", "x", long}, "place": {"x", event.NewID(), b.org("示范县"), b.org("青塘村经济合作社")},
		"text": {"", "  ", strings.Repeat("长", 5001), hidden, "\xff\xfe"}, "contact": {strings.Repeat("长", 201), hidden},
		"request_id": {"", "short", "tooshortfor80bit"[:15], strings.Repeat("x", 65)},
	} {
		for _, value := range bad {
			a := who.sealed("/report", sheetWith(once(form), field, value), photo)
			b.refused("a report whose "+field+" is "+value[:min(len(value), 20)], a, 422, field)
			if field != "text" && !strings.Contains(a.body, form.Get("text")) {
				b.t.Errorf("%s of %q loses what was typed", field, value[:min(len(value), 20)])
			}
		}
	}
	for what, data := range map[string][]byte{"a text": []byte("no photo"), "a program": []byte("MZ\x90\x00"), "html": []byte("<html><script>x")} {
		b.refused(what+" as a photo", who.sealed("/report", once(form), data), 422, "photos")
	}
	ten := make([][]byte, 10)
	for i := range ten {
		ten[i] = photo
	}
	b.refused("ten photos", who.sealed("/report", once(form), ten...), 422, "photos")
	b.refused("too large", tooLarge(b, "/report", ""), 413, "")
	b.refused("another site", who.with("Origin", "https://evil.example").sealed("/report", once(form)), 403, "")
	notMultipart(b, "/report", form)
	b.unchanged("bad reports")
	b.wrote("a good one", who.sealed("/report", form, photo), 200)
	b.refused("its number for something else", who.sealed("/report", sheetWith(form, "text", "另外的事")), 409, "")
}

// notMultipart tries bodies that no form of ours sends.
func notMultipart(b *bench, path string, form url.Values) {
	b.refused("a plain form", b.nobody().submit(path, form), 422, "")
	kind, body := multipartOf(b.t, form)
	for what, broken := range map[string][]byte{"nothing": {}, "half": body[:len(body)/2], "no boundary": []byte("text=x")} {
		b.refused(what, b.nobody().do("POST", path, kind, broken), 422, "")
	}
	b.refused("no boundary named", b.nobody().do("POST", path, "multipart/form-data", body), 422, "")
}

func badFollows(b *bench) {
	code := b.reported(b.about("unsure", ""))
	b.settle()
	for _, bad := range []string{"", "x", "1234", "1234 5678 1234 567", "1234 5678 1234 56789", "1234 5678 1234 567x", long[:90], strings.Repeat("1", 300)} {
		b.refused("the code "+bad[:min(len(bad), 20)], b.nobody().sealed("/report/follow", url.Values{"code": {bad}}), 422, "code")
	}
	notMultipart(b, "/report/follow", url.Values{"code": {code}})
	b.unchanged("bad codes")
	slowed := false
	for i := 0; i < 12 && !slowed; i++ {
		slowed = b.nobody().sealed("/report/follow", url.Values{"code": {"0000 0000 0000 0000"}}).StatusCode == 429
	}
	if !slowed {
		b.t.Error("guessing codes is not slowed down")
	}
	b.refused("a right one among the guesses", b.nobody().sealed("/report/follow", url.Values{"code": {code}}), 429, "code")
}

func badAdditions(b *bench) {
	code := b.reported(b.about("unsure", ""))
	form := url.Values{"code": {code}, "text": {"再说一件事"}}
	b.settle()
	for field, bad := range map[string][]string{"text": {"", strings.Repeat("长", 5001), hidden}, "request_id": {"", "short"}} {
		for _, value := range bad {
			b.refused("an addition whose "+field+" is bad", b.nobody().sealed("/report/add", sheetWith(once(form), field, value)), 422, field)
		}
	}
	b.refused("a text as a photo", b.nobody().sealed("/report/add", once(form), []byte("no photo")), 422, "photos")
	b.refused("no code", b.nobody().sealed("/report/add", once(sheetWith(form, "code"))), 422, "code")
	notMultipart(b, "/report/add", form)
	good := once(form)
	b.wrote("an addition", b.nobody().sealed("/report/add", good), 200)
	if a := b.nobody().sealed("/report/add", good); a.StatusCode != 200 {
		b.t.Errorf("the same again: %d", a.StatusCode)
	}
	b.unchanged("the same again")
}
