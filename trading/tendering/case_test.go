package tendering_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
)

func TestTheCaseFromAssetToNotice(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Announced)
		if n.Yearly().Yuan() != "15,440.00" || n.Whole().Yuan() != "77,200.00" || n.Deposit().Yuan() != "1,544.00" {
			t.Errorf("rent %s, whole %s, deposit %s", n.Yearly().Yuan(), n.Whole().Yuan(), n.Deposit().Yuan())
		}
		// Published on Monday 23 November: the tenth working day after it is 7 December.
		if got := n.RegisterUntil.Format(time.RFC3339); got != "2026-12-07T08:00:00Z" {
			t.Errorf("registration ends %s", got)
		}
		if got := n.OpensAt.Format(time.RFC3339); got != "2026-12-08T01:00:00Z" || !n.Firm {
			t.Errorf("bidding opens %s, firm %v", got, n.Firm)
		}
		if got := tradingtest.Kinds(t, v, n.Stream()); strings.Join(got, " ") != "tender.announced" {
			t.Errorf("events: %v", got)
		}
		body, err := v.Library.Document(t.Context(), n.Document)
		if err != nil || event.Hash(body) != n.Document {
			t.Fatalf("the notice is not what its hash says: %v", err)
		}
		var notice trading.Notice
		if err := json.Unmarshal(body, &notice); err != nil || notice.Asset.LastTenant != "" ||
			notice.Deposit != n.Deposit() {
			t.Errorf("notice %+v, %v", notice, err)
		}
		checkLeaf(t, v, n)
		asset, err := v.Assets.SeeAsset(t.Context(), identity.Actor{}, n.Asset)
		if err != nil || asset.LastTenant != "" {
			t.Errorf("the public reads the last tenant %q, %v", asset.LastTenant, err)
		}
		if entry, err := v.Library.Document(t.Context(), asset.Document); err != nil ||
			strings.Contains(string(entry), "上一户") {
			t.Errorf("the register's document has the last tenant: %v", err)
		}
	})
}

// checkLeaf looks at what the public log says of the notice.
func checkLeaf(t *testing.T, v *tradingtest.Village, n trading.Tender) {
	t.Helper()
	list, err := v.Library.Events(t.Context(), n.Stream(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	var facts trading.AnnouncedFacts
	if err := json.Unmarshal(list[0].Facts, &facts); err != nil {
		t.Fatal(err)
	}
	if facts.Document != n.Document || facts.StartPrice != 40000 || facts.LastRent != 35000 || facts.Area != 3860 ||
		len(facts.Steps) != 4 {
		t.Errorf("facts %+v", facts)
	}
	leaf, _ := list[0].Leaf()
	for _, private := range []string{"户代表", "上一户", v.Clerk.PersonID, v.Leader.PersonID, "clerk\"}"} {
		if strings.Contains(string(leaf), private) {
			t.Errorf("the leaf has personal data: %s", private)
		}
	}
}

func TestSameRequestTwiceIsOneAct(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		form := v.AssetForm()
		first, err := v.Assets.RegisterAsset(t.Context(), v.Clerk, "request-0001", form)
		if err != nil {
			t.Fatal(err)
		}
		again, err := v.Assets.RegisterAsset(t.Context(), v.Clerk, "request-0001", form)
		if err != nil || again != first {
			t.Errorf("the same request answers %q, %v; first %q", again, err, first)
		}
		form.Name = "别的资产"
		_, err = v.Assets.RegisterAsset(t.Context(), v.Clerk, "request-0001", form)
		tradingtest.Want(t, err, fault.Conflict, "")
		_, total, err := v.Assets.SeeAssetDrafts(t.Context(), v.Clerk, casework.Query{Page: identity.Page{}.Clip()})
		if err != nil || total != 1 {
			t.Errorf("%d assets, %v", total, err)
		}
	})
}

func TestHandlerIsNeverApprover(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		// A clerk who also sits at every other desk.
		villageOrg := v.Supervision.Memberships[0].OrgID
		townshipOrg := v.Leader.Memberships[0].OrgID
		stationOrg := v.Station.Memberships[0].OrgID
		v.Clerk = v.Give(v.Clerk, villageOrg, identity.Supervision)
		v.Clerk = v.Give(v.Clerk, stationOrg, identity.Station)
		v.Clerk = v.Give(v.Clerk, townshipOrg, identity.Leader)
		asset := v.Asset()
		r, err := v.Resolving.RecordResolution(ctx, v.Clerk, event.NewID(), v.ResolutionForm(asset))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Resolving.SubmitResolution(ctx, v.Clerk, event.NewID(), r, 1); err != nil {
			t.Fatal(err)
		}
		_, err = v.Resolving.ConfirmResolution(ctx, v.Clerk, event.NewID(), r, 2)
		tradingtest.Want(t, err, fault.Forbidden, "")
		if _, err := v.Resolving.ConfirmResolution(ctx, v.Supervision, event.NewID(), r, 2); err != nil {
			t.Fatal(err)
		}
		id, err := v.Tendering.DraftTender(ctx, v.Clerk, event.NewID(), v.TenderForm(asset, r))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Tendering.SubmitTender(ctx, v.Clerk, event.NewID(), id, 1); err != nil {
			t.Fatal(err)
		}
		_, err = v.Tendering.CheckTender(ctx, v.Clerk, event.NewID(), id, 2)
		tradingtest.Want(t, err, fault.Forbidden, "")
		v.Station = v.Give(v.Station, townshipOrg, identity.Leader)
		if _, err := v.Tendering.CheckTender(ctx, v.Station, event.NewID(), id, 2); err != nil {
			t.Fatal(err)
		}
		for _, who := range []identity.Actor{v.Clerk, v.Station} {
			_, err = v.Tendering.ApproveTender(ctx, who, event.NewID(), id, 3)
			tradingtest.Want(t, err, fault.Forbidden, "")
		}
		if _, err := v.Tendering.ApproveTender(ctx, v.Leader, event.NewID(), id, 3); err != nil {
			t.Fatal(err)
		}
	})
}

func TestUnlawfulResolutionCarriesNoNotice(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		asset := v.Asset()
		form := v.ResolutionForm(asset)
		for i := 10; i < 24; i++ {
			form.Votes[i].Choice = trading.Against
		}
		id := v.Resolution(form)
		r, err := v.Resolving.SeeResolution(t.Context(), identity.Actor{}, id)
		if err != nil || r.Lawful || len(r.Reasons) != 2 {
			t.Fatalf("lawful %v, reasons %v, %v", r.Lawful, r.Reasons, err)
		}
		_, err = v.Tendering.DraftTender(t.Context(), v.Clerk, event.NewID(), v.TenderForm(asset, id))
		tradingtest.Want(t, err, fault.Invalid, "resolution")
		if !strings.Contains(err.Error(), "未达到") {
			t.Errorf("the reason is not told: %v", err)
		}
	})
}

func TestReturnsCarryReasonsAndComeBack(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Submitted)
		back := casework.Return{Version: n.Version, Reasons: []fault.Field{{Name: "起始价", Message: "请附定价依据"}}}
		_, err := v.Tendering.ReturnTender(ctx, v.Leader, event.NewID(), n.ID, back)
		tradingtest.Want(t, err, fault.Conflict, "")
		_, err = v.Tendering.ReturnTender(ctx, v.Station, event.NewID(), n.ID, casework.Return{Version: n.Version})
		tradingtest.Want(t, err, fault.Invalid, "reasons")
		if _, err := v.Tendering.ReturnTender(ctx, v.Station, event.NewID(), n.ID, back); err != nil {
			t.Fatal(err)
		}
		n = v.Load(n.ID)
		if n.State != trading.Returned || len(n.Mend) != 1 || n.Mend[0].Message != "请附定价依据" {
			t.Fatalf("state %s, mend %v", n.State, n.Mend)
		}
		if _, err := v.Tendering.AmendTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version, n.TenderForm); err != nil {
			t.Fatal(err)
		}
		if _, err := v.Tendering.SubmitTender(ctx, v.Clerk, event.NewID(), n.ID, n.Version+1); err != nil {
			t.Fatal(err)
		}
		if got := v.Load(n.ID); got.State != trading.Submitted || len(got.Mend) != 0 {
			t.Errorf("state %s, mend %v", got.State, got.Mend)
		}
	})
}

func TestSupplementExtendsTheTerm(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Announced)
		id, err := v.Tendering.ProposeSupplement(ctx, v.Clerk, event.NewID(), trading.SupplementForm{
			Tender: n.ID,
			Text:   "旱地南侧道路已修通。",
		})
		if err != nil {
			t.Fatal(err)
		}
		if list, err := v.Tendering.SeeSupplements(ctx, identity.Actor{}, n.ID); err != nil || len(list) != 0 {
			t.Errorf("a proposal is public: %v, %v", list, err)
		}
		if _, err := v.Tendering.ReleaseSupplement(ctx, v.Station, event.NewID(), id, 1); err != nil {
			t.Fatal(err)
		}
		// Five working days after 7 December is 14 December.
		if got := v.Load(n.ID).RegisterUntil.Format(time.RFC3339); got != "2026-12-14T08:00:00Z" {
			t.Errorf("registration ends %s", got)
		}
		if got := tradingtest.Kinds(t, v, n.Stream()); strings.Join(got,
			" ") != "tender.announced tender.supplemented" {
			t.Errorf("events: %v", got)
		}
		v.Clock.Set(v.Load(n.ID).RegisterUntil)
		_, err = v.Tendering.ProposeSupplement(ctx, v.Clerk, event.NewID(), trading.SupplementForm{
			Tender: n.ID,
			Text:   "太晚了",
		})
		tradingtest.Want(t, err, fault.Conflict, "")
	})
}

func TestAnnouncingWatchesTheDays(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		n := v.Tender(trading.Approved)
		v.Clock.Set(tradingtest.Monday.AddDate(0, 0, 5))
		_, err := v.Tendering.AnnounceTender(t.Context(), v.Clerk, event.NewID(), n.ID, n.Version)
		tradingtest.Want(t, err, fault.Invalid, "inspection_on")
		if len(tradingtest.Kinds(t, v, n.Stream())) != 0 || v.State(n.ID) != trading.Approved {
			t.Error("a refused announcement left something behind")
		}
	})
}

func TestAnotherVillageFindsNothing(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		n := v.Tender(trading.Submitted)
		r := n.TenderForm.Resolution
		for name, act := range map[string]func() (string, error){
			"correct": func() (string, error) {
				return v.Correct(v.OtherClerk, n.Asset, 1, v.AssetForm())
			},
			"amend": func() (string, error) {
				return v.Tendering.AmendTender(ctx, v.OtherClerk, event.NewID(), n.ID, 2, n.TenderForm)
			},
			"submit": func() (string, error) {
				return v.Tendering.SubmitTender(ctx, v.OtherClerk, event.NewID(), n.ID, 2)
			},
			"vote": func() (string, error) {
				return v.Resolving.SubmitResolution(ctx, v.OtherClerk, event.NewID(), r, 3)
			},
			"confirm": func() (string, error) {
				return v.Resolving.ConfirmResolution(ctx, v.OtherSupervision, event.NewID(), r, 3)
			},
		} {
			if _, err := act(); fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if _, err := v.Tendering.SeeTender(ctx, v.OtherClerk, n.ID); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("a draft of another village is seen: %v", err)
		}
	})
}

func TestEachRepresentativeSeesTheirOwnVoteOnly(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := context.WithoutCancel(t.Context())
		id := v.Resolution(v.ResolutionForm(v.Asset()))
		own, total, err := v.Resolving.OwnVotes(ctx, v.Representative, identity.Page{}.Clip())
		if err != nil || total != 1 || len(own[0].Votes) != 1 || own[0].Votes[0].Choice != trading.For {
			t.Fatalf("%v, %d, %v", own, total, err)
		}
		for name, who := range map[string]identity.Actor{
			"villager":       {},
			"representative": v.Representative,
			"leader":         v.Leader,
			"neighbour":      v.OtherClerk,
		} {
			r, err := v.Resolving.SeeResolution(ctx, who, id)
			if err != nil || len(r.Votes) != 0 || len(r.SignIn) != 0 || r.Count.For != 22 {
				t.Errorf("%s sees %d votes, %d papers, %v", name, len(r.Votes), len(r.SignIn), err)
			}
		}
		if r, err := v.Resolving.SeeResolution(ctx, v.Supervision, id); err != nil || len(r.Votes) != 26 ||
			len(r.SignIn) != 1 {
			t.Errorf("the committee sees %d votes, %v", len(r.Votes), err)
		}
		if _, err := v.Library.SeePhoto(ctx, v.Representative, v.ResolutionForm("x").
			SignIn[0]); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("the sign-in sheet is shown: %v", err)
		}
	})
}
