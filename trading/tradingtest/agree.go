package tradingtest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"sunlot/disclosure/power"
	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/amending"
	"sunlot/trading/bidding"
	"sunlot/trading/citing"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rolls"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
)

// Life is a noun's lifecycle with what takes it on, and where its rows are.
type Life struct {
	Noun, Table string
	Lifecycle   casework.Lifecycle
	Leads       casework.Leads
}

// Lives lists every lifecycle, in the order of a case.
var Lives = []Life{
	{"asset-draft", "asset_drafts", trading.AssetDraftLifecycle, register.Leads},
	{"roll", "rolls", rolls.Lifecycle, rolls.Leads},
	{"resolution", "resolutions", trading.ResolutionLifecycle, resolving.Leads},
	{"tender", "tenders", trading.TenderLifecycle, tendering.Leads},
	{"supplement", "supplements", trading.SupplementLifecycle, tendering.SupplementLeads},
	{"lot", "lots", trading.LotLifecycle, bidding.LotLeads},
	{"registration", "registrations", trading.RegistrationLifecycle, bidding.RegistrationLeads},
	{"deposit", "deposits", trading.DepositLifecycle, bidding.DepositLeads},
	{"award", "awards", trading.AwardLifecycle, bidding.AwardLeads},
	{"objection", "objections", trading.ObjectionLifecycle, bidding.ObjectionLeads},
	{"contract", "contracts", contracts.ContractLifecycle, contracts.Leads},
	{"project", "projects", works.ProjectLifecycle, works.Leads},
	{"entry", "project_entries", works.EntryLifecycle, works.EntryLeads},
	{"item", "items", power.ItemLifecycle, power.Leads},
	{"clearance", "clearances", privacy.ClearanceLifecycle, privacy.ClearanceLeads},
	{"withholding", "withholdings", privacy.WithholdingLifecycle, privacy.WithholdingLeads},
	{"citation", "citations", citing.Lifecycle, citing.Leads},
	{"amendment", "amendments", amending.Lifecycle, amending.Leads},
}

// Agree fails the test where what waits does not agree with the states of the
// nouns: a state without its duty, or a duty that no state of its noun owes. A test
// that has closed its database is not asked, nor are rows that it copied by SQL
// under ids which the program would not give.
func Agree(t testing.TB, db *storetest.DB) {
	t.Helper()
	var standing []struct{ Noun, Kind, CaseID string }
	if !open(db) {
		return
	}
	read := db.Read(context.Background()) // the test's own has ended when it cleans up
	if err := read.Raw("SELECT noun, kind, case_id FROM duties WHERE standing = 1").Scan(&standing).Error; err != nil {
		t.Error(err)
		return
	}
	waits, of := map[string]bool{}, map[string]bool{}
	for _, d := range standing {
		waits[d.Noun+" "+d.Kind] = true
		of[d.CaseID] = true
	}
	for _, life := range Lives {
		var rows []struct{ ID, State string }
		if err := read.Raw("SELECT id, state FROM " + life.Table).Scan(&rows).Error; err != nil {
			t.Error(err)
			return
		}
		for _, row := range rows {
			if len(row.ID) != idLength {
				continue
			}
			for _, wrong := range life.disagree(row.ID, casework.State(row.State), waits, of[row.ID]) {
				t.Error(wrong)
			}
		}
	}
}

// idLength is that of the program's ids.
var idLength = len(event.NewID())

// disagree says what is wrong with what waits on account of one noun.
func (l Life) disagree(id string, at casework.State, waits map[string]bool, anything bool) (wrong []string) {
	lead := l.Leads[at]
	for _, k := range l.kinds() {
		has := waits[l.Noun+":"+id+" "+k.Name]
		switch owed := slices.Contains(lead.Duties, k); {
		case has && !owed:
			wrong = append(wrong, fmt.Sprintf("%s %s is %s, and %s still waits", l.Noun, id, at, k.Name))
		case !has && owed && (lead.By == "" || !anything):
			wrong = append(wrong, fmt.Sprintf("%s %s is %s, and nobody owes %s", l.Noun, id, at, k.Name))
		}
	}
	return wrong
}

// kinds lists what the lifecycle's states owe.
func (l Life) kinds() (all []*casework.DutyKind) {
	for _, lead := range l.Leads {
		for _, k := range lead.Duties {
			if !slices.Contains(all, k) {
				all = append(all, k)
			}
		}
	}
	return all
}

// open says whether the test has not let go of its database, for a program to
// run on by itself.
func open(db *storetest.DB) bool {
	pool, err := db.Read(context.Background()).DB()
	return err == nil && pool.Ping() == nil
}

// Whole asks at a test's end whether what waits and the books agree with the
// states of the cases.
func Whole(t testing.TB, db *storetest.DB) {
	t.Helper()
	if open(db) {
		Agree(t, db)
		Balance(t, db)
		Rents(t, db)
	}
}
