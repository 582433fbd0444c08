package privacy_test

import (
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/power"
	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tradingtest"
	"sunlot/trading/works"
)

const number = "13900000012"

// TestANumberIsClearedByTwoPersons: before that it is refused by its field, in
// every room; after it, in this village alone, until it is taken back.
func TestANumberIsClearedByTwoPersons(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, form := t.Context(), v.AssetForm()
		form.Title = "经济合作社，值班手机 139-0000-0012"
		_, err := v.Register(v.Clerk, form)
		tradingtest.Want(t, err, fault.Invalid, "title")
		if says := fault.FieldsOf(err)[0].Message; !strings.Contains(says, "手机号（139…12）") {
			t.Error("the piece is not named:", says)
		}
		ask := privacy.ClearForm{Org: v.VillageOrg, Number: "139 0000 0012", Reason: "村办公室的值班手机"}
		for field, bad := range map[string]privacy.ClearForm{
			"org":    {Number: ask.Number, Reason: ask.Reason},
			"number": {Org: ask.Org, Number: "0531-82345678", Reason: ask.Reason},
			"reason": {Org: ask.Org, Number: ask.Number},
		} {
			_, err := v.Privacy.AskClearance(ctx, v.Clerk, event.NewID(), bad)
			tradingtest.Want(t, err, fault.Invalid, field)
		}
		_, err = v.Privacy.AskClearance(ctx, v.OtherClerk, event.NewID(), ask)
		tradingtest.Want(t, err, fault.Invalid, "org")
		id, err := v.Privacy.AskClearance(ctx, v.Clerk, event.NewID(), ask)
		tradingtest.Must(t, err)
		_, err = v.Privacy.AskClearance(ctx, v.Clerk, event.NewID(), ask)
		tradingtest.Want(t, err, fault.Conflict, "number")
		both := v.Give(v.Clerk, v.VillageOrg, identity.Supervision)
		agree := privacy.DecideForm{Version: 1, Agree: true}
		for _, who := range []identity.Actor{v.Clerk, both, v.Station} {
			_, err := v.Privacy.DecideClearance(ctx, who, event.NewID(), id, agree)
			tradingtest.Want(t, err, fault.Forbidden, "")
		}
		_, err = v.Register(v.Clerk, form)
		tradingtest.Want(t, err, fault.Invalid, "title")
		_, err = v.Privacy.DecideClearance(ctx, v.Supervision, event.NewID(), id, agree)
		tradingtest.Must(t, err)
		_, err = v.Register(v.Clerk, form)
		tradingtest.Must(t, err)
		form.Title += "，卡 6222021600001234562"
		_, err = v.Register(v.Clerk, form)
		tradingtest.Want(t, err, fault.Invalid, "title")
		_, err = v.Privacy.EndClearance(ctx, v.Clerk, event.NewID(), id, privacy.DecideForm{Version: 2})
		tradingtest.Want(t, err, fault.Invalid, "reason")
		_, err = v.Privacy.EndClearance(ctx, v.Clerk, event.NewID(), id, privacy.DecideForm{Version: 2, Reason: "停用"})
		tradingtest.Must(t, err)
		form.Title = "值班" + number
		_, err = v.Register(v.Clerk, form)
		tradingtest.Want(t, err, fault.Invalid, "title")
	})
}

// TestEveryRoomAsks: what becomes public is asked when it is drafted.
func TestEveryRoomAsks(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		plots := v.AssetForm()
		plots.Plots[1].West = "老李家，１３９００００００１２"
		_, err := v.Register(v.Clerk, plots)
		tradingtest.Want(t, err, fault.Invalid, "plots")
		asset := v.Asset()
		resolution := v.Resolution(v.ResolutionForm(asset))
		tender := v.TenderForm(asset, resolution)
		tender.Contact = "联系一三九零零零零零零一二"
		_, err = v.Tendering.DraftTender(ctx, v.Clerk, event.NewID(), tender)
		tradingtest.Want(t, err, fault.Invalid, "contact")
		item := tradingtest.ItemForm()
		item.Steps[0].Who = "会计，" + number
		_, err = v.Items.DraftItem(ctx, v.Station, event.NewID(), "", item)
		tradingtest.Want(t, err, fault.Invalid, "steps")
		work := v.Project()
		p, _, err := v.Works.SeeProject(ctx, v.Clerk, work)
		tradingtest.Must(t, err)
		project := v.ProjectForm(p.Item)
		project.Scope = "有事找" + number
		_, err = v.Works.OpenProject(ctx, v.Clerk, event.NewID(), project)
		tradingtest.Want(t, err, fault.Invalid, "scope")
		_, err = v.Works.RecordStage(ctx, v.Clerk, event.NewID(), work, works.EntryForm{
			Stage: works.NeedStage,
			On:    v.Days.Today(),
			Note:  "联系人" + number,
		})
		tradingtest.Want(t, err, fault.Invalid, "note")
	})
}

// TestNamesAndSourcesAreAsked: what belongs to no place, and is public all the same.
func TestNamesAndSourcesAreAsked(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		_, err := v.Admin.AddOrg(ctx, v.Administrator, event.NewID(), identity.OrgForm{
			Kind:   identity.Group,
			Name:   "第四村民小组，组长" + number,
			Parent: v.VillageOrg,
		})
		tradingtest.Want(t, err, fault.Invalid, "name")
		_, _, err = v.Admin.AddYear(ctx, v.Administrator, event.NewID(), calendar.Year{
			Year:     2027,
			Source:   "问" + number,
			Holidays: []calendar.Span{{From: "2027-01-01", To: "2027-01-03"}},
		})
		tradingtest.Want(t, err, fault.Invalid, "source")
		_, err = v.Admin.Join(ctx, event.NewID(), identity.JoinForm{
			Name:     "李四" + number,
			Login:    "lisi4",
			Password: "a long enough phrase",
		})
		tradingtest.Want(t, err, fault.Invalid, "name")
	})
}

// TestAnotherVillagesPhotoIsNotWithheld: what is public elsewhere too is not one
// village's to take out of sight; its township may.
func TestAnotherVillagesPhotoIsNotWithheld(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		photo := v.Photo(v.Clerk, 7)
		for _, village := range []struct {
			clerk         identity.Actor
			group, acting string
		}{{v.Clerk, v.Group, v.Collective}, {v.OtherClerk, v.OtherGroup, v.OtherCollective}} {
			form := v.AssetForm()
			form.Owner, form.Acting = village.group, village.acting
			form.Photos = []string{v.Photo(village.clerk, 7)}
			_, err := v.Register(village.clerk, form)
			tradingtest.Must(t, err)
		}
		form := privacy.WithholdForm{Address: photo, Ground: "minor", Reason: "拍到了孩子"}
		_, err := v.Privacy.AskWithholding(ctx, v.OtherClerk, event.NewID(), form)
		tradingtest.Want(t, err, fault.Conflict, "address")
		id, err := v.Privacy.AskWithholding(ctx, v.Station, event.NewID(), form)
		tradingtest.Must(t, err)
		w, _, err := v.Privacy.SeeWithholding(ctx, v.Leader, id)
		if err != nil || w.Path != v.Clerk.Memberships[0].Path.Township() {
			t.Errorf("it belongs to %s, %v", w.Path, err)
		}
	})
}

// TestWhatWasWrittenOfAStageIsWithheld: by its leaf, for it has no document.
func TestWhatWasWrittenOfAStageIsWithheld(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, work := t.Context(), v.Project()
		id, err := v.Works.RecordStage(ctx, v.Clerk, event.NewID(), work, works.EntryForm{
			Stage: works.NeedStage,
			On:    v.Days.Today(),
			Note:  "老张家门口开的会",
			Files: []string{v.File(v.Clerk, 3)},
		})
		tradingtest.Must(t, err)
		_, err = v.Works.ConfirmEntry(ctx, v.Supervision, event.NewID(), id, works.ConfirmForm{Version: 1, Clean: true})
		tradingtest.Must(t, err)
		events, err := v.Library.Events(ctx, event.Of("project", work), 0, 9)
		tradingtest.Must(t, err)
		leaf, err := events[len(events)-1].Leaf()
		tradingtest.Must(t, err)
		hash := ledger.LeafHash(leaf)
		withhold(t, v, hex.EncodeToString(hash[:]))
		_, entries, err := v.Works.SeeProject(ctx, identity.Actor{}, work)
		if err != nil || len(entries) != 1 || entries[0].Note != privacy.Veil ||
			entries[0].Party != "" || len(entries[0].Files) != 1 {
			t.Errorf("%+v, %v", entries, err)
		}
	})
}

// TestDesksTellNoWithheldName: what waits under a withheld name is veiled with it.
func TestDesksTellNoWithheldName(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		p, _, err := v.Works.SeeProject(t.Context(), identity.Actor{}, v.Project())
		tradingtest.Must(t, err)
		told := func() (n int) {
			for _, w := range v.Waits(v.Clerk) {
				if strings.Contains(w.Title, p.Name) {
					n++
				}
			}
			return n
		}
		if told() == 0 {
			t.Error("nothing waits under the name before")
		}
		withhold(t, v, p.Document)
		if told() != 0 {
			t.Error("a desk tells the withheld name")
		}
	})
}

// TestWhatIsWithheldIsSeenNowhere: the document's address, the noun, the lists and
// the search have the veil; its hash, who withheld it and why are public.
func TestWhatIsWithheldIsSeenNowhere(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx, nobody := t.Context(), identity.Actor{}
		n := v.Tender(trading.Announced)
		a, err := v.Assets.SeeAsset(ctx, nobody, n.Asset)
		tradingtest.Must(t, err)
		was := a.Title
		withhold(t, v, a.Document)
		a, err = v.Assets.SeeAsset(ctx, nobody, n.Asset)
		tradingtest.Must(t, err)
		if a.Name != privacy.Veil || a.Title != privacy.Veil || a.Location != privacy.Veil ||
			a.Plots[0].East != privacy.Veil || a.Plots[0].Area == 0 || strings.Contains(a.Use, was) {
			t.Errorf("the asset shows %+v", a.AssetForm)
		}
		title := n.Title
		withhold(t, v, n.Document)
		n = v.Load(n.ID)
		for _, text := range n.Texts() {
			if *text.Value != privacy.Veil {
				t.Errorf("the notice's %s is %s", text.Label, *text.Value)
			}
		}
		found, total, err := v.Tendering.SeeTenders(ctx, nobody, casework.Query{
			Scope: identity.Everywhere,
			Text:  title,
			Page:  identity.Page{}.Clip(),
		})
		if err != nil || total != 0 {
			t.Errorf("a search finds %v, %v", found, err)
		}
		work := v.Project()
		p, _, err := v.Works.SeeProject(ctx, v.Clerk, work)
		tradingtest.Must(t, err)
		withhold(t, v, p.Document)
		p, _, err = v.Works.SeeProject(ctx, nobody, work)
		if err != nil || p.Name != privacy.Veil || p.Scope != privacy.Veil || p.Place != privacy.Veil {
			t.Errorf("the project shows %+v, %v", p.ProjectForm, err)
		}
		i := p.Item
		item, err := v.Items.SeeItem(ctx, nobody, i)
		tradingtest.Must(t, err)
		withhold(t, v, item.Document)
		bare, err := v.Items.SeeItem(ctx, nobody, i)
		tradingtest.Must(t, err)
		if bare.Name != privacy.Veil || bare.Rights != privacy.Veil || bare.Steps[0].Who != privacy.Veil ||
			len(bare.Steps) != len(item.Steps) || bare.Number != item.Number {
			t.Errorf("the item shows %+v", bare.ItemForm)
		}
		if _, total, _ := v.Items.SeeItems(ctx, power.Query{Text: item.Name}); total != 0 {
			t.Error("a search finds the item")
		}
		photo := a.Photos[0]
		withhold(t, v, photo)
		for _, who := range []identity.Actor{nobody, v.Clerk, v.Leader} {
			_, err := v.Library.SeePhoto(ctx, who, photo)
			tradingtest.Want(t, err, fault.Gone, "")
		}
		_, err = v.Assets.RegisterAsset(ctx, v.Clerk, event.NewID(), v.AssetForm()) // with the same photo
		tradingtest.Want(t, err, fault.Invalid, "photos")
	})
}

// TestTheSameNumberElsewhereIsNamed: a notice repeats its asset's text.
func TestTheSameNumberElsewhereIsNamed(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		id, err := v.Privacy.AskClearance(ctx, v.Clerk, event.NewID(),
			privacy.ClearForm{Org: v.VillageOrg, Number: number, Reason: "值班手机"})
		tradingtest.Must(t, err)
		_, err = v.Privacy.DecideClearance(ctx, v.Leader, event.NewID(), id,
			privacy.DecideForm{Version: 1, Agree: true})
		tradingtest.Must(t, err)
		form := v.AssetForm()
		form.Title = "值班 139 0000 0012"
		var documents []string
		for range 2 {
			id, err := v.Register(v.Clerk, form)
			tradingtest.Must(t, err)
			a, err := v.Assets.SeeAsset(ctx, v.Clerk, id)
			tradingtest.Must(t, err)
			documents = append(documents, a.Document)
			form.Name += "二"
			form.Plots = slices.Clone(form.Plots)
			for i := range form.Plots {
				form.Plots[i].Name += "二"
			}
		}
		alike := func() []string {
			w := privacy.Withholding{SHA256: documents[0], Path: v.Clerk.Memberships[0].Path}
			list, err := v.Privacy.SeeAlike(ctx, v.Leader, w)
			tradingtest.Must(t, err)
			return list
		}
		if got := alike(); len(got) != 1 || got[0] != documents[1] {
			t.Errorf("alike %v, want %s", got, documents[1])
		}
		withhold(t, v, documents[1])
		if got := alike(); len(got) != 0 {
			t.Errorf("what is withheld is named: %v", got)
		}
		_, err = v.Privacy.SeeAlike(ctx, identity.Actor{}, privacy.Withholding{SHA256: documents[0]})
		tradingtest.Want(t, err, fault.Unauthenticated, "")
	})
}

// withhold takes what is public under the hash out of sight, and everything that
// must be refused before.
func withhold(t *testing.T, v *tradingtest.Village, sha string) {
	t.Helper()
	ctx := t.Context()
	form := privacy.WithholdForm{Address: "https://example.cn/documents/" + sha, Ground: "personal", Reason: "有村民的手机号"}
	for field, bad := range map[string]privacy.WithholdForm{
		"address": {Address: strings.Repeat("0", 64), Ground: form.Ground, Reason: form.Reason},
		"ground":  {Address: sha, Ground: "unwelcome", Reason: form.Reason},
		"reason":  {Address: sha, Ground: form.Ground},
	} {
		_, err := v.Privacy.AskWithholding(ctx, v.Station, event.NewID(), bad)
		tradingtest.Want(t, err, fault.Invalid, field)
	}
	_, err := v.Privacy.AskWithholding(ctx, v.OtherClerk, event.NewID(), form)
	tradingtest.Want(t, err, fault.Invalid, "address")
	id, err := v.Privacy.AskWithholding(ctx, v.Station, event.NewID(), form)
	tradingtest.Must(t, err)
	_, err = v.Privacy.AskWithholding(ctx, v.Station, event.NewID(), form)
	tradingtest.Want(t, err, fault.Conflict, "address")
	agree := privacy.DecideForm{Version: 1, Agree: true}
	for _, who := range []identity.Actor{v.Clerk, v.Station, v.Supervision} {
		_, err := v.Privacy.DecideWithholding(ctx, who, event.NewID(), id, agree)
		tradingtest.Want(t, err, fault.Forbidden, "")
	}
	_, err = v.Privacy.DecideWithholding(ctx, v.Leader, event.NewID(), id, agree)
	tradingtest.Must(t, err)
	_, err = v.Privacy.DecideWithholding(ctx, v.Leader, event.NewID(), id,
		privacy.DecideForm{Version: 2, Reason: "恢复"})
	tradingtest.Want(t, err, fault.Conflict, "")
	_, err = v.Library.Document(ctx, sha)
	if fault.CodeOf(err) != fault.Gone && fault.CodeOf(err) != fault.NotFound {
		t.Errorf("%s is still served: %v", sha, err)
	}
	events, err := v.Library.Events(ctx, event.Of("withholding", id), 0, 9)
	tradingtest.Must(t, err)
	if len(events) != 1 || !strings.Contains(string(events[0].Facts), sha) ||
		strings.Contains(string(events[0].Facts), "村民") {
		t.Errorf("the log has %v", events)
	}
}
