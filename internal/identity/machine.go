package identity

import (
	"context"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
)

// Machine is what whoever holds the server is told of an act on an account.
type Machine struct {
	Code  string    // the one-time password; empty while it is only announced
	From  time.Time // when the same command carries it out
	Until time.Time // until when it may, or until when the code lets in
}

// AtMachine resets an account or opens one at the server, for a county in which
// no two administrators can act: it is announced in public, and the same again
// after MachineDelay carries it out. Until then any administrator may refuse it.
// Opening makes a further administrator of a login that nobody has, and reopens
// an account that was closed.
func (a *Admin) AtMachine(ctx context.Context, act AccountAct, login string) (m Machine, err error) {
	if err := loginFits(login); err != nil {
		return m, err
	}
	once, err := event.NewRequest("machine", "account.machine", event.NewID(), []string{string(act), login})
	if err != nil {
		return m, err
	}
	county, err := a.county(ctx)
	if err != nil {
		return m, err
	}
	fresh, err := newCode(ctx)
	if err != nil {
		return m, err
	}
	_, err = a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		p, posts, err := a.atMachine(tx, act, login, county)
		if err != nil {
			return "", err
		}
		now, err := tx.Lock(accountLock(p))
		if err != nil {
			return "", err
		}
		announced, err := tx.MachineProposal(p.Act, login)
		switch {
		case fault.CodeOf(err) == fault.NotFound || err == nil && announced.At(now) == Lapsed:
			m, err = a.announce(tx, p, posts)
			return "", err
		case err != nil:
			return "", err
		case now.Before(announced.From):
			m = Machine{From: announced.From, Until: announced.Until}
			return "", nil
		}
		h, err := a.confirm(tx, announced, Everywhere, fresh.hash, "")
		m = Machine{Code: fresh.whole, From: now, Until: h.Until}
		return "", err
	})
	noteSecurity(ctx, a.Log, "account."+string(act), "machine", "", machineOutcome(m, err), err)
	return m, err
}

func machineOutcome(m Machine, err error) string {
	if err != nil {
		return "refused"
	}
	if m.Code == "" {
		return "proposed"
	}
	return "done"
}

// atMachine is what is to be done about the login.
func (a *Admin) atMachine(tx AdminTx, act AccountAct, login string, county Org) (Proposal, []Post, error) {
	p := Proposal{Act: act, Login: login, Org: county.ID, OrgName: county.Name, Role: Administrator}
	posts := []Post{{Org: county.ID, Office: county.Name, Role: Administrator}}
	person, err := tx.PersonWithLogin(login)
	switch {
	case act == AccountOpened && fault.CodeOf(err) == fault.NotFound:
		p.Name = "县级系统管理员"
		return p, posts, nil
	case err != nil:
		return p, nil, err
	case act == AccountOpened && !person.Disabled:
		return p, nil, fault.New(fault.Conflict, "这个登录名已有人使用，而且没有停用").On("login")
	case act == AccountOpened:
		p.Act = AccountReopened
	case person.Disabled:
		return p, nil, fault.New(fault.Conflict, "账号“%s”已停用，请用 account open 恢复", login).On("login")
	}
	p.Person, p.Name = person.ID, person.Name
	held, err := tx.Held(person.ID)
	if now := a.posts(held); len(now) > 0 {
		posts = now
		p.holds(now[0])
	}
	return p, posts, err
}

// announce keeps the act and tells the public when it may be carried out.
func (a *Admin) announce(tx AdminTx, p Proposal, posts []Post) (Machine, error) {
	p.ID = event.NewID()
	at, err := tx.Lock(p.Stream())
	if err != nil {
		return Machine{}, err
	}
	p.State = Proposed
	p.ProposedAt = at
	p.From = at.Add(MachineDelay)
	p.Until = p.From.Add(ProposalLife)
	if err := tx.SaveProposal(p); err != nil {
		return Machine{}, err
	}
	facts := AccountFacts{Act: p.Act, Posts: posts, From: event.Stamp(p.From), Until: event.Stamp(p.Until)}
	return Machine{From: p.From, Until: p.Until}, recordAccount(tx, p, "account.proposed", facts)
}

// Told says in the words of the command line what follows.
func (m Machine) Told() string {
	var b strings.Builder
	if m.Code == "" {
		b.WriteString("announced in the public log; any administrator may refuse it.\n")
		b.WriteString("The same command carries it out from " + calendar.Exactly(m.From) + " until " +
			calendar.Exactly(m.Until) + " (Beijing).\n")
		return b.String()
	}
	b.WriteString("one-time password: " + m.Code + "\n")
	b.WriteString("It lets in until " + calendar.Exactly(m.Until) + " (Beijing) and must be changed at once.\n")
	return b.String()
}
