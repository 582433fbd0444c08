package trading

import (
	"slices"
	"strings"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

const (
	village  = identity.Path("/c/t/v/")
	township = identity.Path("/c/t/")
)

// holding is somebody with one role at a place.
func holding(r identity.Role, at identity.Path) identity.Actor {
	return identity.Actor{PersonID: string(r), Memberships: []identity.Membership{{Role: r, Path: at}}}
}

// people is everybody who may come to a page, by name.
var people = map[string]identity.Actor{
	"visitor":        {},
	"villager":       holding(identity.Villager, village),
	"representative": holding(identity.Representative, village),
	"bidder":         holding(identity.BidderRole, "/c/"),
	"administrator":  holding(identity.Administrator, "/c/"),
	"receiver":       holding(identity.Receiver, "/c/"),
	"clerk":          holding(identity.Clerk, village),
	"committee":      holding(identity.Supervision, village),
	"station":        holding(identity.Station, township),
	"leader":         holding(identity.Leader, township),
	"other clerk":    holding(identity.Clerk, "/c/t/w/"),
	"other station":  holding(identity.Station, "/c/u/"),
}

const (
	everybody = "administrator bidder clerk committee leader other clerk other station receiver " +
		"representative station villager visitor"
	officials = "clerk committee leader station"
	nobody    = ""
)

// TestWhoSeesWhatAtWhichStage is the table as the law has it, field by field:
// who knows the bidders can arrange the bidding, a vote's names are the village's
// own, and what is not announced is its handlers'.
func TestWhoSeesWhatAtWhichStage(t *testing.T) {
	for field, stages := range map[Field]map[casework.State]string{
		AssetRegisterEntry: {Always: everybody},
		AssetDraftEntry:    {AssetSubmitted: "clerk committee", AssetConfirmed: "clerk committee"},
		AssetLastTenant:    {Always: "clerk station"},
		ResolutionResult: {
			Recorded: officials, ResolutionSubmitted: officials, ResolutionReturned: officials, Confirmed: everybody,
			ResolutionWithdrawn: officials,
		},
		ResolutionVotes:  {Recorded: "clerk committee", Confirmed: "clerk committee"},
		ResolutionPapers: {Recorded: "clerk committee", Confirmed: "clerk committee"},
		ResolutionMend:   {ResolutionReturned: officials, Confirmed: officials},
		TenderTerms: {
			Drafted: officials, Submitted: officials, Checked: officials, Approved: officials, Returned: officials,
			Withdrawn: officials, Announced: everybody,
		},
		TenderMend:       {Returned: officials, Announced: officials},
		TenderTrail:      {Drafted: officials, Withdrawn: officials, Announced: everybody},
		TenderTrailNames: {Drafted: officials, Announced: officials},
		SupplementText:   {Proposed: officials, SupplementReturned: officials, Released: everybody},
		LotBidders:       {Listed: nobody, Bidding: everybody, Awarded: everybody, Failed: everybody},
		LotBids:          {Listed: nobody, Bidding: everybody, Awarded: everybody, Failed: everybody},
		RegistrationEntry: {Registered: "station", Qualified: "station", RegistrationRefused: "station",
			RegistrationPulled: "station"},
		DepositEntry: {Received: "station", Matched: "station", Held: "station", RefundDue: "station",
			Refunded: "station"},
		AwardResult: {Publicised: everybody, Settled: everybody, Contracted: everybody, Voided: everybody},
		ObjectionText: {Raised: "leader station", Answered: everybody, Upheld: everybody,
			Decided: everybody},
		ObjectionPerson: {Raised: "station", Answered: "station", Upheld: "station", Decided: "station"},

		ObjectionAtStationText: {Referred: "leader", Answered: everybody, Upheld: everybody,
			Decided: everybody},
		ObjectionAtStationPerson: {Referred: "leader", Answered: "leader", Upheld: "leader", Decided: "leader"},
		"tender.unheard":         {Announced: nobody},
	} {
		for stage, want := range stages {
			var seen []string
			for name, who := range people {
				if Sees(who, field, stage, village) {
					seen = append(seen, name)
				}
			}
			slices.Sort(seen)
			if got := strings.Join(seen, " "); got != want {
				t.Errorf("%s when %q is seen by\n%s, want\n%s", field, stage, got, want)
			}
		}
	}
}

// TestEveryFieldOfTheTableHasAStageOfItsNoun: an audience at a stage that no noun
// has would never hold, and handlers without an audience would see nothing.
func TestEveryFieldOfTheTableHasAStageOfItsNoun(t *testing.T) {
	known := slices.Concat(TenderStates(), LotStates(), RegistrationStates(), DepositStates(), AwardStates(),
		[]casework.State{
			Always, Recorded, ResolutionSubmitted, ResolutionReturned, ResolutionWithdrawn, Confirmed, Proposed,
			Released, SupplementReturned,
		}, ObjectionStates())
	for field, stages := range audiences {
		for stage := range stages {
			if !slices.Contains(known, stage) {
				t.Errorf("%s has an audience at %q, a stage of nothing", field, stage)
			}
		}
	}
	for field := range handles {
		if _, ok := audiences[field]; !ok {
			t.Errorf("%s has handlers and no audience", field)
		}
	}
}

// TestAPasswordToBeChangedOpensNothing: before that an official is a visitor.
func TestAPasswordToBeChangedOpensNothing(t *testing.T) {
	fresh := people["station"]
	fresh.MustChange = true
	if Sees(fresh, RegistrationEntry, Registered, village) || ReadsPapers(fresh, township) {
		t.Error("with a one-time password the station reads who has registered")
	}
	if !Sees(fresh, TenderTerms, Announced, village) {
		t.Error("what everybody sees is hidden from him")
	}
}

// TestWhosePapers: the village's are the village's own, what lies at the
// township is its station's.
func TestWhosePapers(t *testing.T) {
	for place, want := range map[identity.Path]string{
		village:        "clerk committee",
		village + "g/": "clerk committee",
		"/c/t/w/":      "other clerk",
		township:       "station",
		"/c/u/":        "other station",
	} {
		var reads []string
		for name, who := range people {
			if ReadsPapers(who, place) {
				reads = append(reads, name)
			}
		}
		slices.Sort(reads)
		if got := strings.Join(reads, " "); got != want {
			t.Errorf("what lies at %s is read by %q, want %q", place, got, want)
		}
	}
}

// TestAListIsNarrowedToWhatThePublicSees unless its reader is an official in all
// of its places.
func TestAListIsNarrowedToWhatThePublicSees(t *testing.T) {
	asked := []casework.State{Drafted, Announced}
	for _, c := range []struct {
		who   string
		scope identity.Scope
		all   bool
	}{
		{"visitor", identity.Everywhere, false}, {"clerk", identity.Scope{village}, true}, {"clerk",
			identity.Scope{township}, false},
		{"clerk", identity.Scope{village, "/c/t/w/"}, false}, {"clerk", identity.Scope{"/c/t/w/", village},
			false}, {"leader", identity.Scope{village, "/c/t/w/"}, true},
		{"clerk", nil, false}, {"bidder", identity.Scope{village}, false}, {"other clerk",
			identity.Scope{village}, false},
	} {
		scope, states := PublicOr(people[c.who], c.scope, asked, Announced)
		want := []casework.State{Announced}
		if c.all {
			want = asked
		}
		if !slices.Equal(states, want) || !slices.Equal(scope, c.scope) {
			t.Errorf("%s in %v lists %v in %v", c.who, c.scope, states, scope)
		}
	}
}

// TestNobodyIsBothSides: no role both handles bids and places them, and who
// confirms never records.
func TestNobodyIsBothSides(t *testing.T) {
	for _, r := range identity.Roles() {
		if r.Official() && (RegistrationQualify.By(r) || DepositImport.By(r)) && AssetRegister.By(r) {
			t.Errorf("%s both lets and admits", r)
		}
		if ResolutionRecord.By(r) && ResolutionConfirm.By(r) {
			t.Errorf("%s both records and confirms", r)
		}
		if identity.OfficeRead.By(r) != r.Official() && r != identity.Administrator {
			t.Errorf("%s reads cases and is no official", r)
		}
	}
}
