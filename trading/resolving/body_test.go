package resolving_test

import (
	"fmt"
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rolls"
	"sunlot/trading/tradingtest"
)

// memberRoll is the roll of a collective's members, of so many by a name.
func memberRoll(org, name string, due int) rolls.Form {
	form := rolls.Form{Org: org, Assembly: "member_representatives", From: "2026-01-01"}
	for i := range due {
		form.Members = append(form.Members, rolls.Member{Name: fmt.Sprintf("%s%d", name, i+1)})
	}
	return form
}

// TestARollIsItsOwnCollectives: two of them stand in one village, and neither's members
// are counted for what is the other's.
func TestARollIsItsOwnCollectives(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		second, err := v.Admin.AddOrg(ctx, v.Administrator, event.NewID(), identity.OrgForm{
			Kind:   identity.Collective,
			Name:   "青塘村股份经济合作社",
			Parent: v.VillageOrg,
		})
		tradingtest.Must(t, err)
		theirs := v.AssetForm()
		theirs.Owner, theirs.Acting, theirs.Assembly = second, second, "member_representatives"
		asset, err := v.Register(v.Clerk, theirs)
		tradingtest.Must(t, err)
		acted := v.AssetForm()
		acted.Owner, acted.Acting, acted.Assembly = v.VillageOrg, second, "member_representatives"
		acted.Name, acted.Plots[0].Name, acted.Plots[1].Name = "村南鱼塘", "南塘", "南地"
		villages, err := v.Register(v.Clerk, acted)
		tradingtest.Must(t, err)
		record := func(asset, name string, due int) (string, error) {
			form := v.ResolutionForm(asset)
			form.Votes = nil
			for i := range due {
				form.Votes = append(form.Votes, trading.Vote{Name: fmt.Sprintf("%s%d", name, i+1), Choice: trading.For})
			}
			return v.Resolving.RecordResolution(ctx, v.Clerk, event.NewID(), form)
		}
		v.Roll(memberRoll(v.Collective, "成员", 3))
		for _, on := range []string{asset, villages} {
			_, err = record(on, "成员", 3)
			tradingtest.Want(t, err, fault.Invalid, "votes")
			if said := fault.FieldsOf(err)[0].Message; !strings.Contains(said, "青塘村股份经济合作社成员代表大会在2026-11-10没有") {
				t.Errorf("it is not said whose roll is missing: %s", said)
			}
		}
		v.Roll(memberRoll(second, "股东", 4))
		for _, on := range []string{asset, villages} {
			_, err = record(on, "成员", 3)
			tradingtest.Want(t, err, fault.Invalid, "votes")
			_, err = record(on, "股东", 4)
			tradingtest.Must(t, err)
		}
	})
}
