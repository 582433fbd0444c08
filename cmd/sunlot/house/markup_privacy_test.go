package house_test

import (
	"fmt"
	"net/url"

	"sunlot/cmd/sunlot/housetest/badinput"
	"sunlot/disclosure/privacy"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// privacyForms are the forms on numbers that are cleared and texts that are
// withheld; nothing is withheld by them, so that pages still show what was typed.
func privacyForms(b *badinput.Bench) map[string]func() filled {
	next := 100
	asked := func() string {
		next++
		id, err := b.Privacy.AskClearance(b.T.Context(), b.Actor("clerk"), event.NewID(), privacy.ClearForm{
			Org:    b.Org("青塘村村民委员会"),
			Number: fmt.Sprint("13900000", next),
			Reason: "值班手机",
		})
		b.Ok(err)
		return id
	}
	return map[string]func() filled{
		"POST /office/numbers": func() filled {
			return filled{"clerk", "/office/numbers", url.Values{
				"org":    {b.Org("青塘村村民委员会")},
				"number": {"13900000013"},
				"reason": {"值班手机"},
			}}
		},
		"POST /office/numbers/:id/decide": func() filled {
			return filled{"leader", "/office/numbers/" + asked() + "/decide", url.Values{
				"version": {"1"},
				"reason":  {"是会计自己的"},
			}}
		},
		"POST /office/numbers/:id/end": func() filled {
			id := asked()
			_, err := b.Privacy.DecideClearance(b.T.Context(), b.Actor("leader"), event.NewID(), id,
				privacy.DecideForm{Version: 1, Agree: true})
			b.Ok(err)
			return filled{"clerk", "/office/numbers/" + id + "/end", url.Values{"version": {"2"}, "reason": {"停用"}}}
		},
		"POST /office/withheld": func() filled {
			return filled{"station", "/office/withheld", url.Values{
				"address": {noticeOf(b, b.OpenLot)},
				"ground":  {"personal"},
				"reason":  {"有手机号"},
			}}
		},
		"POST /office/withheld/:id/decide": func() filled {
			id, err := b.Privacy.AskWithholding(b.T.Context(), b.Actor("station"), event.NewID(), privacy.WithholdForm{
				Address: noticeOf(b, b.Lots[0].Lot),
				Ground:  "personal",
				Reason:  "有手机号",
			})
			b.Ok(err)
			return filled{"leader", "/office/withheld/" + id + "/decide", url.Values{
				"version": {"1"},
				"reason":  {"没有"},
			}}
		},
	}
}

// noticeOf is the document of a lot's notice.
func noticeOf(b *badinput.Bench, lot string) string {
	t, err := b.Tendering.SeeTender(b.T.Context(), identity.Actor{}, b.Lot(lot).Tender)
	b.Ok(err)
	return t.Document
}
