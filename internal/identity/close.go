package identity

import (
	"context"
	"slices"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
)

// fewestAdministrators is how many a county keeps: what takes two cannot be done
// by one.
const fewestAdministrators = 2

// CloseForm closes an account. Alone says that the administrator has read that
// nobody else holds one of its roles.
type CloseForm struct {
	Person string `json:"person"`
	Alone  bool   `json:"alone"`
}

// CloseAccount ends the account's sessions at once and lets nobody in by it. Its
// roles stay on record and count again when it is reopened. It refuses to shut out
// who bids, to leave the county without two administrators, or sealed reports without a receiver,
// and to leave a desk empty unless the form says so.
func (a *Admin) CloseAccount(ctx context.Context, who Actor, requestID string, form CloseForm) (string, error) {
	scope, err := who.Can(AccountClose)
	if err != nil {
		return "", err
	}
	once, err := event.NewRequest(who.PersonID, "account.close", requestID, form)
	if err != nil {
		return "", err
	}
	answer, err := a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		if form.Person == who.PersonID {
			return "", fault.New(fault.Forbidden, "不能停用自己的账号，请由另一位管理员办理")
		}
		p, err := tx.PersonIn(form.Person, scope)
		if err != nil {
			return "", err
		}
		if p.Disabled {
			return "", fault.New(fault.Conflict, "账号已经停用")
		}
		held, err := tx.Held(p.ID)
		if err != nil {
			return "", err
		}
		for _, m := range held {
			if err := a.mayLeave(ctx, tx, m, form.Alone); err != nil {
				return "", err
			}
		}
		if err := tx.Disable(p.ID, true); err != nil {
			return "", err
		}
		v := Vouch{Act: AccountClosed, Person: p.ID, By: who.PersonID, At: a.Clock.Now()}
		if err := tx.AddVouch(v); err != nil {
			return "", err
		}
		return p.ID, a.left(tx, AccountClosed, p.ID, held, who.PersonID)
	})
	a.noteAct(ctx, AccountClosed, who.PersonID, form.Person, Handed{ID: answer}, err)
	return answer, err
}

// mayLeave asks whether the membership's holder may go.
func (a *Admin) mayLeave(ctx context.Context, tx AdminTx, m Membership, alone bool) error {
	if m.Role == BidderRole && a.Engaged != nil {
		engaged, err := a.Engaged(ctx, m.PersonID)
		if err == nil && engaged {
			err = fault.New(fault.Conflict, "这个人正在参加竞买，或者是成交的竞买人，不能停用账号、结束竞买人岗位；"+
				"账号被人冒用的，请由两位管理员重设密码")
		}
		if err != nil {
			return err
		}
	}
	holders, err := tx.Holders(m.Role, m.OrgID)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(holders, func(id string) bool { return id == m.PersonID })
	switch {
	case m.Role == Administrator && len(others) < fewestAdministrators:
		return fault.New(fault.Conflict, "这样%s就不足%d位管理员了，请先开通另一位管理员的账号", m.OrgName, fewestAdministrators)
	case m.Role == Receiver && len(others) == 0 && a.Keyed != nil:
		keyed, err := a.Keyed(ctx, m.OrgID)
		if err == nil && keyed {
			err = fault.New(fault.Conflict, "这样%s就没有人受理反映了，请先给接手的人分配岗位", m.OrgName)
		}
		return err
	case m.Role != BidderRole && m.Role != Villager && len(others) == 0 && !alone:
		return fault.New(fault.Conflict, "%s只有这一位%s，停用后没有人接手。确认要停用的，请勾选“知道没有人接手”", m.OrgName, m.Role.Label()).
			On("alone")
	}
	return nil
}

// left tells the log which guarded posts an account has left, if any.
func (a *Admin) left(tx AdminTx, act AccountAct, person string, held []Membership, by string) error {
	posts := a.posts(held)
	if len(posts) == 0 {
		return nil
	}
	p := Proposal{ID: event.NewID(), Act: act, Person: person, ProposedBy: by}
	if _, err := tx.Lock(p.Stream()); err != nil {
		return err
	}
	return recordAccount(tx, p, "account.left", AccountFacts{Act: act, Posts: posts})
}

// EndRole ends a role now. Nobody ends a role of their own, and the county keeps
// two administrators and somebody who reads what is sealed.
func (a *Admin) EndRole(ctx context.Context, who Actor, requestID, membershipID string) (string, error) {
	scope, err := who.Can(RoleGive)
	if err != nil {
		return "", err
	}
	once, err := event.NewRequest(who.PersonID, "role.end", requestID, membershipID)
	if err != nil {
		return "", err
	}
	var person string
	answer, err := a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		m, err := tx.Membership(membershipID, scope)
		if err != nil {
			return "", err
		}
		person = m.PersonID
		if m.PersonID == who.PersonID {
			return "", fault.New(fault.Forbidden, "不能结束自己的岗位，请由另一位管理员办理")
		}
		if !m.Until.IsZero() {
			return "", fault.New(fault.Conflict, "这一岗位已经结束")
		}
		if _, err := tx.PersonIn(m.PersonID, Everywhere); err != nil { // who registers waits for it, or it for him
			return "", err
		}
		if err := a.mayLeave(ctx, tx, m, true); err != nil {
			return "", err
		}
		if err := tx.EndMembership(m.ID, a.Clock.Now()); err != nil {
			return "", err
		}
		return m.ID, a.left(tx, AccountRoleEnd, m.PersonID, []Membership{m}, who.PersonID)
	})
	a.noteAct(ctx, AccountRoleEnd, who.PersonID, person, Handed{ID: answer}, err)
	return answer, err
}

// Vouched is one act on an account with who did it, as its holder and the
// administrators read it.
type Vouched struct {
	Act  AccountAct
	At   time.Time
	Name string   // of the account's holder
	By   []string // names; none for whoever holds the server
}

// Standing is an account as its administrators see it.
type Standing struct {
	PersonRow
	Guarded bool      // acts on it take two administrators
	History []Vouched // the newest first
}

// Standing returns an account under the administrator, or fault.NotFound.
func (a *Admin) Standing(ctx context.Context, who Actor, id string) (Standing, error) {
	scope, err := who.Can(PersonAdd)
	if err != nil {
		return Standing{}, err
	}
	row, err := a.Store.PersonRow(ctx, id, scope)
	if err != nil {
		return Standing{}, err
	}
	history, err := a.Store.History(ctx, id)
	return Standing{PersonRow: row, Guarded: len(a.posts(row.Memberships)) > 0, History: history}, err
}

// officeHistory is for how long an office is told what was done to its accounts.
const officeHistory = 30

// OfficeHistory lists what was done of late to the accounts of the actor's own
// offices, the newest first: who works with somebody whose password was reset
// asks him whether he wanted it.
func (a *Admin) OfficeHistory(ctx context.Context, who Actor) ([]Vouched, error) {
	var orgs []string
	for _, m := range who.Memberships {
		orgs = append(orgs, m.OrgID)
	}
	if len(orgs) == 0 {
		return nil, nil
	}
	return a.Store.HistoryAt(ctx, orgs, a.Clock.Now().AddDate(0, 0, -officeHistory))
}

// OwnHistory lists what was done to the actor's own account, the newest first:
// whoever logs in reads who has reset his password.
func (a *Admin) OwnHistory(ctx context.Context, who Actor) ([]Vouched, error) {
	if !who.SignedIn() {
		return nil, nil
	}
	return a.Store.History(ctx, who.PersonID)
}
