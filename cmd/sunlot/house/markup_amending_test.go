package house_test

import (
	"net/url"
	"strconv"

	"sunlot/cmd/sunlot/housetest/badinput"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/amending"
)

// amendingForms are the forms on figures that are changed. What waits or stands is
// taken back first, so that each finds the figure free.
func amendingForms(b *badinput.Bench) map[string]func() filled {
	form := func() amending.Form {
		return amending.Form{
			Key:     "contract.sign_days",
			Value:   7,
			From:    b.Amending.Earliest(),
			Title:   "示范县农村产权流转交易管理办法",
			Article: "第八条",
			Reason:  "合同要先由乡镇审核",
		}
	}
	proposed := func() string {
		waiting, _, err := b.Amending.SeeAmendments(b.T.Context(), b.Actor("admin"),
			casework.Query{Page: identity.Page{}.Clip()})
		b.Ok(err)
		for _, a := range waiting {
			back := amending.DecideForm{Version: a.Version, Reason: "换一个"}
			switch a.State {
			case amending.Proposed:
				_, err := b.Amending.DecideAmendment(b.T.Context(), b.Actor("admin"), event.NewID(), a.ID, back)
				b.Ok(err)
			case amending.Confirmed:
				_, err := b.Amending.WithdrawAmendment(b.T.Context(), b.Actor("admin"), event.NewID(), a.ID, back)
				b.Ok(err)
			}
		}
		id, err := b.Amending.ProposeAmendment(b.T.Context(), b.Actor("admin"), event.NewID(), form())
		b.Ok(err)
		return id
	}
	return map[string]func() filled{
		"POST /office/amendments": func() filled {
			f := form()
			return filled{"admin", "/office/amendments", url.Values{
				"key":     {"decision.roll_days"},
				"value":   {strconv.Itoa(f.Value)},
				"from":    {string(f.From)},
				"title":   {f.Title},
				"article": {f.Article},
				"reason":  {f.Reason},
			}}
		},
		"POST /office/amendments/:id/decide": func() filled {
			return filled{"admin2", "/office/amendments/" + proposed() + "/decide", url.Values{
				"version": {"1"},
				"reason":  {"文件里没有这一条"},
			}}
		},
		"POST /office/amendments/:id/withdraw": func() filled {
			id := proposed()
			_, err := b.Amending.DecideAmendment(b.T.Context(), b.Actor("admin2"), event.NewID(), id,
				amending.DecideForm{Version: 1, Agree: true, Read: true})
			b.Ok(err)
			return filled{"admin", "/office/amendments/" + id + "/withdraw",
				url.Values{"version": {"2"}, "reason": {"文件没有印发"}}}
		},
	}
}
