package admin_test

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
	return []badinput.Trial{{Route: "POST /office/drafts", Run: badDrafts}, {
		Route: "POST /office/drafts/drop",
		Run:   badDraftDrops,
	}}
}

// badDrafts keeps what nobody may keep, and too much of it.
func badDrafts(b *badinput.Bench) {
	clerk, theirs := b.AsBrowser("clerk"), b.Neighbour()
	valid := url.Values{"draft": {"assets/new"}, "name": {"鱼塘"}}
	b.Settle()
	noDraft(b, clerk, "/office/drafts", valid, theirs.Asset, theirs.ID)
	tooLong := housetest.SheetWith(valid, "use", strings.Repeat("长", 90_000))
	a := clerk.Submit("/office/drafts", tooLong)
	b.Refused("more than is kept", a, 422, "")
	if !strings.Contains(a.Body, "长长长") || !strings.Contains(a.Body, `value="鱼塘"`) {
		b.T.Error("what is too long to be kept is lost")
	}
	b.Refused("more than is kept, by the island", clerk.With("Accept", "application/json").
		Submit("/office/drafts", tooLong), 422, "")
	b.Refused("too large", b.TooLarge("/office/drafts", ""), 413, "")
	b.Wrote("the valid draft", clerk.Submit("/office/drafts", valid), 303)
}

// badDraftDrops throws away what is not there or not one's own.
func badDraftDrops(b *badinput.Bench) {
	clerk, theirs := b.AsBrowser("clerk"), b.Neighbour()
	valid := url.Values{"draft": {"assets/new"}}
	clerk.Submit("/office/drafts", housetest.SheetWith(valid, "name", "鱼塘"))
	b.Settle()
	noDraft(b, clerk, "/office/drafts/drop", valid, theirs.Asset, theirs.ID)
	b.AsBrowser("clerk2").Submit("/office/drafts/drop", valid)
	b.Unchanged("somebody else's")
	b.Wrote("the valid drop", clerk.Submit("/office/drafts/drop", valid), 303)
	if a := clerk.Submit("/office/drafts/drop", valid); a.StatusCode != 303 {
		b.T.Errorf("again: %d", a.StatusCode)
	}
	b.Unchanged("again")
}

// noDraft asks that a draft of a form that there is not, not here or not for the
// asker is refused.
func noDraft(b *badinput.Bench, clerk *housetest.Client, path string, valid url.Values, asset, tender string) {
	for _, form := range []string{"", "x", "assets", "assets/", "assets/../new", "tenders/new", "orgs/new",
		"assets/new/" + asset, "assets/" + asset, "tenders/new/" + asset,
		"resolutions/new/" + asset, "tenders/" + tender, "assets/" + housetest.UnknownID(),
		"resolutions/" + housetest.UnknownID(), housetest.Hidden, housetest.Long} {
		b.Refused("the form "+form, clerk.Submit(path, housetest.SheetWith(valid, "draft", form)), 404, "")
	}
	b.Refused("no form", clerk.Submit(path, housetest.SheetWith(valid, "draft")), 404, "")
	b.Refused("no token", clerk.Submit(path, housetest.SheetWith(valid, "csrf", "")), 403, "")
	b.Refused("another site", clerk.With("Origin", "https://evil.example").Submit(path, valid), 403, "")
	b.Refused("nobody", b.Nobody().Submit(path, valid), 401, "")
	b.Refused("a role without the right", b.AsBrowser("station").Submit(path, valid), 403, "")
	lapsed := b.Nobody()
	lapsed.Cookies = map[string]string{
		"__Host-access":  b.Lapsed("clerk"),
		"__Host-refresh": event.NewID(),
		"__Host-visit":   clerk.Cookies["__Host-visit"],
	}
	lapsed.Token = clerk.Token
	a := lapsed.Submit(path, valid)
	b.Refused("a lapsed login", a, 401, "")
	if !strings.Contains(a.Body, valid.Get("name")) {
		b.T.Error("a lapsed login loses what was typed")
	}
	b.Refused("by reading", clerk.Get(path), 405, "")
}
