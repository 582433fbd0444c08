package works_test

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/tradingtest"
	"sunlot/trading/works"
)

// TestALargeWorkIsNotMadeSmall: works of a village like each other, by item or by
// place, count together for a year; beyond the limit a reason is asked, which
// everybody reads.
func TestALargeWorkIsNotMadeSmall(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, item := t.Context(), v.Item()
		form := v.ProjectForm(item)
		form.Split = ""
		open := func(change func(*works.ProjectForm)) (string, error) {
			f := form
			change(&f)
			return v.Works.OpenProject(ctx, v.Clerk, event.NewID(), f)
		}
		first, err := open(func(*works.ProjectForm) {})
		tradingtest.Must(t, err)
		_, err = open(func(f *works.ProjectForm) { f.Name, f.Place = "二组人行桥", "渡头" })
		tradingtest.Want(t, err, fault.Invalid, "split")
		if says := fault.FieldsOf(err)[0].Message; !strings.Contains(says, "260,000.00") {
			t.Error("the sum is not told:", says)
		}
		_, err = open(func(f *works.ProjectForm) { f.Estimate = 2_000_000 }) // exactly the limit
		tradingtest.Must(t, err)
		_, err = open(func(f *works.ProjectForm) { f.Estimate, f.Place = 1, "溪 口" })
		tradingtest.Want(t, err, fault.Invalid, "split")
		_, err = open(func(f *works.ProjectForm) { f.Split = strings.Repeat("分", 301) })
		tradingtest.Want(t, err, fault.Invalid, "split")
		id, err := open(func(f *works.ProjectForm) { f.Split = "各在不同的组，不相连" })
		tradingtest.Must(t, err)
		_, err = v.Works.ConfirmProject(ctx, v.Supervision, event.NewID(), id,
			works.ConfirmForm{Version: 1, Clean: true})
		tradingtest.Must(t, err)
		p, _, err := v.Works.SeeProject(ctx, identity.Actor{}, id)
		if err != nil || p.Together != 28_000_000 || !p.Apart() {
			t.Errorf("%d fen together, %q, %v", int64(p.Together), p.Split, err)
		}
		text, err := v.Library.Document(ctx, p.Document)
		if err != nil || !strings.Contains(string(text), `"split":"各在不同的组，不相连"`) {
			t.Errorf("the document says %s, %v", text, err)
		}
		_, err = v.Works.ReturnProject(ctx, v.Supervision, event.NewID(), first, casework.Return{
			Version: 1,
			Reasons: []fault.Field{{Name: "scope", Message: "写清材料"}},
		})
		tradingtest.Must(t, err)
		v.Clock.Set(v.Clock.Now().Add(366 * 24 * time.Hour))
		_, err = open(func(*works.ProjectForm) {})
		tradingtest.Must(t, err) // a year later they are none of its kind
	})
}
