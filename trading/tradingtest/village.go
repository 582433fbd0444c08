// Package tradingtest is a village for tests: organisations, people with their
// roles, and the case carried as far as a test wants it.
package tradingtest

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"sync/atomic"
	"testing"
	"time"

	"sunlot/disclosure/power"
	"sunlot/disclosure/privacy"
	"sunlot/internal/blob"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/store/disclosuredb"
	"sunlot/internal/store/storetest"
	"sunlot/internal/store/tradingdb"
	"sunlot/internal/store/worksdb"
	"sunlot/trading"
	"sunlot/trading/amending"
	"sunlot/trading/bidding"
	"sunlot/trading/citing"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rolls"
	"sunlot/trading/rules"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
)

// Clock is a clock that a test sets.
type Clock struct{ at atomic.Int64 }

// Now is the instant that was set, with milliseconds.
func (c *Clock) Now() time.Time { return time.UnixMilli(c.at.Load()).UTC() }

// Set moves the clock.
func (c *Clock) Set(at time.Time) { c.at.Store(at.UnixMilli()) }

// Monday is the morning of 23 November 2026 in Beijing.
var Monday = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

// Village is two villages of a township, with everybody whom the case needs.
type Village struct {
	T         *testing.T
	DB        *storetest.DB
	Clock     *Clock
	Days      casework.Schedules
	Admin     *identity.Admin
	Library   *casework.Library
	Assets    *register.Service
	Rolls     *rolls.Service
	Resolving *resolving.Service
	Tendering *tendering.Service
	Bidding   *bidding.Service
	Contracts *contracts.Service
	Works     *works.Service
	Items     *power.Service
	Privacy   *privacy.Service
	Citing    *citing.Service
	Amending  *amending.Service
	Duties    *casework.Desk

	Clerk, Supervision, Station, Leader, Representative identity.Actor
	Colleague, County                                   identity.Actor // of the same station, and of the county's
	OtherClerk, OtherSupervision                        identity.Actor // of the neighbouring village
	Administrator, SecondAdministrator                  identity.Actor
	Group, Collective, OtherGroup, OtherCollective      string // org ids
	VillageOrg, OtherVillageOrg                         string
	Account                                             string // into which deposits are paid
	assets                                              int    // registered by Asset
}

// Under is a pack that stands on every day.
func Under(p rules.Pack) func() rules.Pack { return func() rules.Pack { return p } }

// New builds the village on an empty database whose clock it is.
func New(t *testing.T, db *storetest.DB, clock *Clock) *Village {
	t.Helper()
	book, err := rules.Open("shifan")
	if err != nil {
		t.Fatal(err)
	}
	days := casework.Schedules{Store: db, Clock: clock}
	pack := func() rules.Pack { return book.On(days.Today()) }
	v := &Village{T: t, DB: db, Clock: clock, Days: days, Admin: &identity.Admin{
		Store:   db,
		Clock:   clock,
		Acts:    acts(),
		Public:  privacy.Refuse,
		Engaged: tradingdb.Engaged(db),
	}}
	v.Library = &casework.Library{
		Store:   db,
		Photos:  blob.PhotosIn(t.TempDir()),
		Clock:   clock,
		Uploads: []*identity.Action{identity.OfficeRead, bidding.LotRegister},
		Reads:   trading.ReadsPapers,
	}
	v.Assets = &register.Service{Store: db, Pack: pack}
	v.Rolls = &rolls.Service{Store: db, Pack: pack, Days: days}
	v.Resolving = &resolving.Service{Store: db, Pack: pack}
	v.Bidding = &bidding.Service{
		Cashier: bidding.Cashier{
			DepositStore:      db,
			StatementStore:    db,
			RegistrationStore: db,
			Pack:              pack,
			Days:              days,
		},
		LotStore:          db,
		RegistrationStore: db,
		AwardStore:        db,
		Pack:              pack,
		Days:              days,
		Clock:             clock,
		Blind:             blind(t, db, clock),
		Quiet:             serve(t, db),
	}
	v.Tendering = &tendering.Service{
		Store:     db,
		Assets:    v.Assets,
		Resolving: v.Resolving,
		Lots:      listing{v.Bidding},
		Pack:      pack,
		Days:      days,
		Clock:     clock,
	}
	v.Contracts = &contracts.Service{Store: db, Pack: pack, Days: days}
	v.Works = &works.Service{Store: db, Pack: pack, Days: days, Clock: clock, Files: blob.FilesIn(t.TempDir())}
	v.Items = &power.Service{Store: db}
	v.Privacy = &privacy.Service{
		Store: db,
		Veils: []func(privacy.Tx, string) error{tradingdb.Veil, worksdb.Veil, disclosuredb.Veil},
	}
	v.Amending = &amending.Service{Store: db, Pack: pack, Days: days}
	v.Citing = &citing.Service{Store: db, Pack: pack, Directory: &identity.Directory{Store: db}, Days: days}
	v.Duties = &casework.Desk{
		Kinds: kinds(),
		Store: db,
		Days:  days,
	}
	t.Cleanup(func() { Whole(t, db) })
	v.found()
	return v
}

func (v *Village) found() {
	ctx := v.T.Context()
	ids, err := v.Admin.Found(ctx, "示范县", [2]identity.Founder{
		{Name: "县管理员", Login: "admin", Password: "a long enough phrase"},
		{Name: "县管理员乙", Login: "admin2", Password: "a long enough phrase"},
	})
	v.ok(err)
	v.Administrator, v.SecondAdministrator = v.actor(ids[0]), v.actor(ids[1])
	orgs, _, err := v.DB.Orgs(ctx, identity.Everywhere, "", identity.Page{}.Clip())
	v.ok(err)
	township := v.org(identity.Township, "云溪镇", orgs[0].ID)
	station := v.org(identity.Department, "云溪镇经管站", township)
	first := v.org(identity.Village, "青塘村村民委员会", township)
	second := v.org(identity.Village, "松坪村村民委员会", township)
	v.VillageOrg, v.OtherVillageOrg = first, second
	v.Collective, v.Group = v.org(identity.Collective, "青塘村经济合作社", first), v.org(identity.Group, "青塘村第三村民小组", first)
	v.OtherCollective, v.OtherGroup = v.org(identity.Collective, "松坪村经济合作社", second), v.org(identity.Group,
		"松坪村第一村民小组", second)
	v.Clerk = v.person("clerk", v.Collective, identity.Clerk)
	v.Supervision = v.person("supervision", first, identity.Supervision)
	v.Station = v.person("station", station, identity.Station)
	v.Colleague = v.person("colleague", station, identity.Station)
	v.County = v.person("county", v.org(identity.Department, "示范县交易中心", orgs[0].ID), identity.Station)
	v.Account, err = v.Bidding.OpenAccount(ctx, v.Station, event.NewID(), bidding.AccountForm{
		Number: "36001234567890",
		Name:   "云溪镇经管站保证金专户",
	})
	v.ok(err)
	v.Leader = v.person("leader", township, identity.Leader)
	v.Representative = v.person("daibiao", v.Group, identity.Representative)
	v.OtherClerk = v.person("clerk2", v.OtherCollective, identity.Clerk)
	v.OtherSupervision = v.person("supervision2", second, identity.Supervision)
}

func (v *Village) org(kind identity.OrgKind, name, parent string) string {
	id, err := v.Admin.AddOrg(v.T.Context(), v.Administrator, event.NewID(), identity.OrgForm{
		Kind:   kind,
		Name:   name,
		Parent: parent,
	})
	v.ok(err)
	return id
}

func (v *Village) person(login, org string, role identity.Role) identity.Actor {
	handed, err := v.Admin.AddPerson(v.T.Context(), v.Administrator, event.NewID(), identity.PersonForm{
		Name:  login,
		Login: login,
		Org:   org,
		Role:  role,
	})
	v.ok(err)
	if handed.ID == "" {
		handed, err = v.Admin.ConfirmAccount(v.T.Context(), v.SecondAdministrator, event.NewID(), handed.Proposal)
		v.ok(err)
	}
	return v.actor(handed.ID)
}

// actor is the person with the roles of now, the one-time password changed.
func (v *Village) actor(id string) identity.Actor {
	p, err := v.DB.Person(v.T.Context(), id)
	v.ok(err)
	held, err := v.DB.Memberships(v.T.Context(), id, v.Clock.Now())
	v.ok(err)
	return identity.Actor{PersonID: p.ID, Name: p.Name, Memberships: held}
}

// Give gives a person one more role past the use-cases, as somebody may hold it
// from before its exclusion of another.
func (v *Village) Give(who identity.Actor, org string, role identity.Role) identity.Actor {
	v.T.Helper()
	once, err := event.NewRequest(who.PersonID, "test.give", event.NewID(), "")
	v.ok(err)
	_, err = v.DB.WriteAdmin(v.T.Context(), once, func(tx identity.AdminTx) (string, error) {
		m := identity.Membership{ID: event.NewID(), PersonID: who.PersonID, OrgID: org, Role: role, From: v.Clock.Now()}
		return "", tx.AddMembership(m)
	})
	v.ok(err)
	return v.actor(who.PersonID)
}

// Photo uploads a small photo; each n is another one.
func (v *Village) Photo(who identity.Actor, n int) string {
	v.T.Helper()
	img := image.NewGray(image.Rect(0, 0, 16+n, 16))
	img.Set(n%16, 3, color.White)
	var out bytes.Buffer
	v.ok(jpeg.Encode(&out, img, nil))
	p, err := v.Library.AddPhoto(v.T.Context(), who, out.Bytes())
	v.ok(err)
	return p.SHA256
}

// ResolutionForm is a lawful vote: 26 due, 24 present, 22 for.
func (v *Village) ResolutionForm(asset string) trading.ResolutionForm {
	form := trading.ResolutionForm{Asset: asset, Years: 5, FloorPrice: 40000, Outsiders: true,
		Priorities: []trading.Priority{trading.MemberFirst, trading.FormerLessee},
		SignIn:     []string{v.Photo(v.Clerk, 4)}, Minutes: []string{v.Photo(v.Clerk, 5)},
		Steps: []trading.StepDone{{
			Key: "propose",
			On:  "2026-11-01",
		}, {Key: "consult", On: "2026-11-03"}, {Key: "party", On: "2026-11-05"},
			{Key: "decide", On: "2026-11-10"}, {Key: "publish", On: "2026-11-11"}}}
	for i, m := range v.Due() {
		choice := trading.For
		switch {
		case i == 22:
			choice = trading.Against
		case i == 23:
			choice = trading.Abstain
		case i > 23:
			choice = trading.Absent
		}
		form.Votes = append(form.Votes, trading.Vote{Name: m.Full(), Choice: choice})
	}
	form.Votes[0].Person = v.Representative.PersonID
	return form
}

// TenderForm is the case's terms.
func (v *Village) TenderForm(asset, resolution string) trading.TenderForm {
	form := trading.TenderForm{
		Asset:            asset,
		Resolution:       resolution,
		StartPrice:       40000,
		Step:             1000,
		DepositPercent:   10,
		Years:            5,
		StartsOn:         "2027-01-15",
		RentDue:          "03-01",
		NoticeDays:       10,
		InspectionOn:     "2026-11-27",
		PriorityNotified: "2026-11-20",
	}
	for _, t := range form.Texts() {
		*t.Value = t.Label + "：如实填写"
	}
	return form
}

// Resolution carries a vote on the asset to its confirmation.
func (v *Village) Resolution(form trading.ResolutionForm) string {
	v.T.Helper()
	id, err := v.Resolving.RecordResolution(v.T.Context(), v.Clerk, event.NewID(), form)
	v.ok(err)
	_, err = v.Resolving.SubmitResolution(v.T.Context(), v.Clerk, event.NewID(), id, 1)
	v.ok(err)
	_, err = v.Resolving.ConfirmResolution(v.T.Context(), v.Supervision, event.NewID(), id, 2)
	v.ok(err)
	return id
}

// Step is one use-case that takes a noun on.
type Step func(ctx context.Context, who identity.Actor, requestID, id string, version int) (string, error)

// Tender carries a tender of a new asset through its desks up to the state:
// drafted, submitted, checked, approved or announced.
func (v *Village) Tender(to casework.State) trading.Tender {
	v.T.Helper()
	asset := v.Asset()
	return v.Carry(v.TenderForm(asset, v.Resolution(v.ResolutionForm(asset))), to)
}

// Carry takes a tender of those terms through its desks up to the state.
func (v *Village) Carry(form trading.TenderForm, to casework.State) trading.Tender {
	v.T.Helper()
	id, err := v.Tendering.DraftTender(v.T.Context(), v.Clerk, event.NewID(), form)
	v.ok(err)
	for version, step := range []struct {
		to   casework.State
		who  identity.Actor
		take Step
	}{
		{trading.Submitted, v.Clerk, v.Tendering.SubmitTender}, {trading.Checked, v.Station, v.Tendering.CheckTender},
		{trading.Approved, v.Leader, v.Tendering.ApproveTender},
		{trading.Announced, v.Clerk, v.Tendering.AnnounceTender},
	} {
		if v.State(id) == to {
			break
		}
		_, err := step.take(v.T.Context(), step.who, event.NewID(), id, version+1)
		v.ok(err)
	}
	return v.Load(id)
}

// Load reads a tender.
func (v *Village) Load(id string) trading.Tender {
	v.T.Helper()
	t, err := v.DB.Tender(v.T.Context(), id, identity.Everywhere)
	v.ok(err)
	return t
}

// State is where a tender stands.
func (v *Village) State(id string) casework.State { v.T.Helper(); return v.Load(id).State }
