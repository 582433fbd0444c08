package register_test

import (
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

// TestALandsNumberIsOneHoweverItIsWritten: the same plot under another spelling is no
// other plot; another number is.
func TestALandsNumberIsOneHoweverItIsWritten(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		form := v.AssetForm()
		form.Plots = []trading.Plot{{Name: "3号塘", Area: 3860, East: "路", South: "渠", West: "田", North: "山"}}
		enter(t, v, form)
		form.Name = "另一项"
		for _, name := range []string{
			"3 号塘", "第3号塘", "\uff13号塘", "No.3塘", "NO\uff0e3塘", "\u2116 3塘", "3#塘", "3\uff03塘", "3\u865f塘",
		} {
			form.Plots[0].Name = name
			t.Log(name)
			_, err := v.Assets.RegisterAsset(t.Context(), v.Clerk, event.NewID(), form)
			tradingtest.Want(t, err, fault.Conflict, "plots")
		}
		form.Plots[0].Name = "4号塘"
		enter(t, v, form)
	})
}

// TestTheMeetingIsTheOwners: a village has no group's meeting, and who would be due at it
// nobody could say.
func TestTheMeetingIsTheOwners(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		for owner, meetings := range map[string]map[string]bool{
			v.VillageOrg: {"group_meeting": false, "village_representatives": true, "member_representatives": true},
			v.Collective: {"group_meeting": false, "member_representatives": true},
			v.Group:      {"group_meeting": true},
		} {
			for meeting, has := range meetings {
				form := v.AssetForm()
				form.Owner, form.Assembly = owner, meeting
				id, err := v.Assets.RegisterAsset(t.Context(), v.Clerk, event.NewID(), form)
				if !has {
					tradingtest.Want(t, err, fault.Invalid, "assembly")
					continue
				}
				tradingtest.Must(t, err)
				_, err = v.Assets.WithdrawAsset(t.Context(), v.Clerk, event.NewID(), id, 1)
				tradingtest.Must(t, err)
			}
		}
	})
}

// TestWhatWaitsElsewhereIsNotNamed: the clerk of a group's own collective learns that the
// land is being registered, and nothing of what another group's entry says.
func TestWhatWaitsElsewhereIsNotNamed(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		add := func(kind identity.OrgKind, name, parent string) string {
			id, err := v.Admin.AddOrg(ctx, v.Administrator, event.NewID(), identity.OrgForm{
				Kind:   kind,
				Name:   name,
				Parent: parent,
			})
			tradingtest.Must(t, err)
			return id
		}
		group := add(identity.Group, "青塘村第四村民小组", v.VillageOrg)
		collective := add(identity.Collective, "第四组经济合作社", group)
		clerk := v.OtherClerk
		clerk.Memberships = nil
		clerk = v.Give(clerk, collective, identity.Clerk)
		for i, m := range clerk.Memberships {
			if m.OrgID == collective {
				clerk.Memberships = clerk.Memberships[i : i+1]
			}
		}
		form := v.AssetForm()
		enter(t, v, form)
		form.Owner, form.Acting, form.Name = group, collective, "第四组鱼塘"
		form.Photos = []string{v.Photo(clerk, 7)}
		_, err := v.Assets.RegisterAsset(ctx, clerk, event.NewID(), form)
		tradingtest.Want(t, err, fault.Conflict, "plots")
		if strings.Contains(err.Error(), "第三组") || !strings.Contains(err.Error(), "正在登记") {
			t.Errorf("it is told: %v", err)
		}
	})
}
