package casework_test

import (
	"strings"
	"testing"

	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/register"
	"sunlot/trading/tradingtest"
)

// act runs fn in a transaction of the clerk's.
func act(t *testing.T, v *tradingtest.Village, fn func(tx privacy.Papers) error) error {
	t.Helper()
	once, err := event.NewRequest(v.Clerk.PersonID, "test", event.NewID(), nil)
	tradingtest.Must(t, err)
	_, err = v.DB.WriteAsset(t.Context(), once, func(tx register.Tx) (string, error) { return "", fn(tx) })
	return err
}

// TestWhoMayUploadAPhoto: officials and bidders; what is no photo is refused.
func TestWhoMayUploadAPhoto(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		bidder := v.Bidder("waicun", "")
		if v.Photo(v.Clerk, 1) != v.Photo(bidder.Actor, 1) {
			t.Error("the same photo has two names")
		}
		for name, c := range map[string]struct {
			who  identity.Actor
			code fault.Code
		}{"nobody": {identity.Actor{}, fault.Unauthenticated}, "a representative": {v.Representative,
			fault.Forbidden}} {
			t.Log(name)
			_, err := v.Library.AddPhoto(t.Context(), c.who, nil)
			tradingtest.Want(t, err, c.code, "")
		}
		_, err := v.Library.AddPhoto(t.Context(), v.Clerk, []byte("%PDF-1.4"))
		tradingtest.Want(t, err, fault.Invalid, "")
	})
}

// TestWhoSeesAPhoto: its uploaders from the first moment, the handlers of its
// place once it is attached, everybody once it is public. What lies at the
// township is its station's alone.
func TestWhoSeesAPhoto(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		bidder := v.Bidder("waicun", "")
		org, err := v.DB.Org(t.Context(), v.VillageOrg)
		tradingtest.Must(t, err)
		people := map[string]identity.Actor{
			"nobody": {}, "clerk": v.Clerk, "committee": v.Supervision, "station": v.Station, "leader": v.Leader,
			"neighbour": v.OtherClerk, "bidder": bidder.Actor, "representative": v.Representative,
		}
		sees := func(stage, sha string, allowed ...string) {
			t.Helper()
			for name, who := range people {
				body, err := v.Library.SeePhoto(t.Context(), who, sha)
				may := strings.Contains(strings.Join(allowed, " "), name)
				if may && (err != nil || len(body) == 0) || !may && fault.CodeOf(err) != fault.NotFound {
					t.Errorf("%s, %s: %d bytes, %v", stage, name, len(body), err)
				}
			}
		}
		sha := v.Photo(v.Clerk, 1)
		sees("fresh", sha, "clerk")
		tradingtest.Must(t, act(t, v, func(tx privacy.Papers) error {
			return casework.AttachPhotos(tx, v.Clerk, org.Path, "photos", []string{sha}, false)
		}))
		sees("attached", sha, "clerk", "committee")
		proof := v.Photo(bidder.Actor, 2)
		tradingtest.Must(t, act(t, v, func(tx privacy.Papers) error {
			return casework.AttachForStation(tx, bidder.Actor, org.Path, "proof", []string{proof})
		}))
		sees("for the station", proof, "bidder", "station")
		tradingtest.Must(t, act(t, v, func(tx privacy.Papers) error {
			return casework.AttachPhotos(tx, v.Clerk, org.Path, "photos", []string{sha}, true)
		}))
		sees("public", sha, "nobody", "clerk", "committee", "station", "leader", "neighbour", "bidder",
			"representative")
		tradingtest.Must(t, act(t, v, func(tx privacy.Papers) error {
			return casework.AttachPhotos(tx, v.Clerk, org.Path, "photos", []string{sha}, false)
		}))
		sees("once public", sha, "nobody", "neighbour", "clerk", "committee", "station", "leader", "bidder",
			"representative")
		sees("unheard of", strings.Repeat("a", 64))
	})
}

// TestNobodyAttachesAnothersPhoto: a form that names one which its writer neither
// uploaded nor handles is told so at its field.
func TestNobodyAttachesAnothersPhoto(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		org, err := v.DB.Org(t.Context(), v.VillageOrg)
		tradingtest.Must(t, err)
		theirs := v.Photo(v.OtherClerk, 1)
		for name, attach := range map[string]func(tx privacy.Papers) error{
			"another's": func(tx privacy.Papers) error {
				return casework.AttachPhotos(tx, v.Clerk, org.Path, "photos", []string{theirs}, true)
			},
			"another's, for the station": func(tx privacy.Papers) error {
				return casework.AttachForStation(tx, v.Clerk, org.Path, "photos", []string{theirs})
			},
			"never uploaded": func(tx privacy.Papers) error {
				return casework.AttachPhotos(tx, v.Clerk, org.Path, "photos", []string{strings.Repeat("a", 64)}, true)
			},
		} {
			t.Log(name)
			tradingtest.Want(t, act(t, v, attach), fault.Invalid, "photos")
		}
		_, err = v.Library.SeePhoto(t.Context(), v.Clerk, theirs)
		tradingtest.Want(t, err, fault.NotFound, "")
	})
}

// TestAPublishedTextIsFoundByItsHash, byte for byte, and may be published again.
func TestAPublishedTextIsFoundByItsHash(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		var sha string
		for range 2 {
			tradingtest.Must(t, act(t, v, func(tx privacy.Papers) (err error) {
				sha, err = privacy.Publish(tx, v.Clerk.Memberships[0].Path, map[string]int{"b": 1, "a": 2})
				return err
			}))
		}
		body, err := v.Library.Document(t.Context(), sha)
		if err != nil || string(body) != `{"a":2,"b":1}` || event.Hash(body) != sha {
			t.Errorf("%s: %s, %v", sha, body, err)
		}
		_, err = v.Library.Document(t.Context(), strings.Repeat("0", 64))
		tradingtest.Want(t, err, fault.NotFound, "")
		err = act(t, v, func(tx privacy.Papers) error {
			_, err := privacy.Publish(tx, v.Clerk.Memberships[0].Path, 1.5)
			return err
		})
		if err == nil {
			t.Error("a text with a broken number was published")
		}
	})
}

// TestStepsAndAnswersAreKept: the trail has who did what as whom and when; a
// person asks for the answers of his own acts alone; events come a page at a time.
func TestStepsAndAnswersAreKept(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, noun := t.Context(), event.Of("asset", "x1")
		reasons := []fault.Field{{Name: "面积", Message: "与图不符"}}
		tradingtest.Must(t, act(t, v, func(tx privacy.Papers) error {
			return casework.NoteAct(tx, v.Clerk, draft, noun, v.Clerk.Memberships[0].Path, "asset.registered", reasons)
		}))
		acts, err := v.DB.Acts(ctx, noun)
		tradingtest.Must(t, err)
		if len(acts) != 1 || acts[0].PersonID != v.Clerk.PersonID || acts[0].Name != "clerk" ||
			acts[0].Role != identity.Clerk ||
			!acts[0].At.Equal(tradingtest.Monday) || len(acts[0].Reasons) != 1 || acts[0].Reasons[0] != reasons[0] {
			t.Errorf("the trail has %+v", acts)
		}
		id, err := v.Assets.RegisterAsset(ctx, v.Clerk, "request-0001", v.AssetForm())
		tradingtest.Must(t, err)
		for name, c := range map[string]struct {
			who       identity.Actor
			kind, id  string
			carriedOn bool
		}{
			"the own":        {v.Clerk, "asset.register", "request-0001", true},
			"another's":      {v.OtherClerk, "asset.register", "request-0001", false},
			"of another act": {v.Clerk, "asset.correct", "request-0001", false},
			"never sent":     {v.Clerk, "asset.register", "request-0002", false},
		} {
			answer, found, err := v.Library.ByRequest(ctx, c.who, c.kind, c.id)
			if err != nil || found != c.carriedOn || found && answer != id {
				t.Errorf("%s: %q, %v, %v", name, answer, found, err)
			}
		}
		id, err = v.Confirm(v.Clerk, id)
		tradingtest.Must(t, err)
		_, err = v.Correct(v.Clerk, id, 1, v.AssetForm())
		tradingtest.Must(t, err)
		for limit, want := range map[int]int{-1: 1, 0: 1, 1: 1, 2: 2, 1 << 40: 2} {
			list, err := v.Library.Events(ctx, event.Of("asset", id), 0, limit)
			if err != nil || len(list) != want {
				t.Errorf("at most %d: %d events, %v", limit, len(list), err)
			}
		}
		if list, err := v.Library.Events(ctx, event.Of("asset", id), 1, 9); err != nil || len(list) != 1 ||
			list[0].Seq != 2 {
			t.Errorf("after the first: %v, %v", list, err)
		}
	})
}
