package trading

import (
	"testing"

	"sunlot/internal/identity"
)

// TestWhoAnswersAnObjection: nobody what is objected to himself, and only what is
// not right has no more to follow.
func TestWhoAnswersAnObjection(t *testing.T) {
	for target, want := range map[Target]struct {
		first  string
		act    *identity.Action
		office string
	}{
		AtVillage: {"raised", ObjectionAnswer, "乡镇经管站"},
		AtStation: {"referred", ObjectionRule, "乡镇分管领导"},
	} {
		o := Objection{ObjectionForm: ObjectionForm{Target: target}}
		o.State = o.First()
		if string(o.State) != want.first || o.Answerer() != want.act || o.AnsweredOf() != want.office {
			t.Errorf("%s begins as %s and is answered by %s, %s", target, o.State, o.Answerer().Name(), o.AnsweredOf())
		}
		if !o.Unanswered() || !o.Waits() || target.Label() == "" {
			t.Errorf("%s holds nothing up: %+v", target, o)
		}
	}
	for outcome, waits := range map[Outcome]bool{Founded: true, Partly: true, Not: false} {
		o := Objection{State: Raised}
		if err := ObjectionLifecycle.Move(&o.State, outcome.Leads()); err != nil {
			t.Error(err)
		}
		if o.Unanswered() || o.Waits() != waits || outcome.Label() == "" {
			t.Errorf("answered as %s it is %s and waits: %v", outcome, o.State, o.Waits())
		}
	}
	for _, unknown := range []string{Target("leader").Label(), Outcome("maybe").Label(), Ruling("later").Label()} {
		if unknown != "" {
			t.Errorf("what nobody declared is called %q", unknown)
		}
	}
}

// TestAnObjectionAsSomebodyReadsIt: words and person are for who answers; once it
// is answered the public has the words and never the person.
func TestAnObjectionAsSomebodyReadsIt(t *testing.T) {
	at := identity.Path("/c/t/v/")
	as := func(role identity.Role) identity.Actor {
		return identity.Actor{PersonID: "p", Memberships: []identity.Membership{{Role: role, Path: "/c/t/"}}}
	}
	whole := Objection{
		Path:          at,
		ObjectionForm: ObjectionForm{Name: "甲", Phone: "13900000000", Text: "原文"},
		Public:        "原文",
		Answer:        "答复",
		Reason:        "理由",
		AnsweredBy:    "p1",
		DecidedBy:     "p2",
	}
	for _, c := range []struct {
		target                 Target
		role                   identity.Role
		words, person, settled bool
	}{
		{AtVillage, identity.Station, true, true, false},
		{AtVillage, identity.Leader, true, false, false},
		{AtVillage, identity.Clerk, false, false, false},
		{AtStation, identity.Station, false, false, false},
		{AtStation, identity.Leader, true, true, false},
		{AtStation, identity.Station, false, false, true},
		{AtVillage, identity.BidderRole, false, false, true},
	} {
		o := whole
		o.Target = c.target
		o.State = o.First()
		if c.settled {
			o.State = Answered
		}
		got := o.For(as(c.role))
		if (got.Text != "") != c.words || (got.Name+got.Phone+got.AnsweredBy+got.DecidedBy != "") != c.person {
			t.Errorf("%s reads of %s: %+v", c.role, c.target, got)
		}
		if open := c.words || c.settled; (got.Public != "") != open || (got.Answer+got.Reason != "") != open {
			t.Errorf("%s reads the answer to %s, %s: %+v", c.role, c.target, o.State, got)
		}
	}
}

// TestWhoReadsADecisionThatWaits: which way it goes is the leader's and the second
// person's alone; everybody else reads of one that is not decided.
func TestWhoReadsADecisionThatWaits(t *testing.T) {
	waits := Objection{
		ObjectionForm: ObjectionForm{Target: AtVillage, Name: "村民甲"},
		Path:          "/c/t/v/",
		State:         Voiding,
		Ruling:        Void,
		Reason:        "竞买人不符合条件",
		DecidedBy:     "p2",
		Doubt:         "请先核对身份",
	}
	for role, reads := range map[identity.Role]bool{
		identity.Leader: true, identity.Supervision: true, identity.Station: false, identity.Clerk: false,
		identity.BidderRole: false,
	} {
		who := identity.Actor{PersonID: "p", Memberships: []identity.Membership{{Role: role, Path: "/c/t/"}}}
		got := waits.For(who)
		if got.Ruling == Void != reads || got.Reason+got.Doubt != "" != reads || got.State == Voiding != reads ||
			!got.Waits() || role == identity.Supervision && got.Name+got.DecidedBy != "" {
			t.Errorf("%s reads %+v", role, got)
		}
	}
}

// TestUnsecured: what the bank took back and nothing has replaced, of that registration alone.
func TestUnsecured(t *testing.T) {
	taken := Deposit{Former: "r1", State: Undone}
	settled := Deposit{Former: "r1", State: Reversed}
	held := Deposit{Registration: "r1", State: Held}
	others := Deposit{Registration: "r2", State: Held}
	for name, c := range map[string]struct {
		all  []Deposit
		want bool
	}{
		"held":             {[]Deposit{held}, false},
		"taken":            {[]Deposit{taken, others}, true},
		"taken and noted":  {[]Deposit{settled}, true},
		"replaced":         {[]Deposit{settled, held}, false},
		"another's":        {[]Deposit{{Former: "r2", State: Undone}}, false},
		"never paid":       {nil, false},
		"on its way back ": {[]Deposit{{Registration: "r1", State: RefundDue}}, false},
	} {
		if got := Unsecured(c.all, "r1"); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
