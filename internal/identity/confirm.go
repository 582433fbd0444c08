package identity

import (
	"context"

	"sunlot/internal/event"
	"sunlot/internal/fault"
)

// Proposals lists the acts on accounts that wait for another administrator, and
// the last that were decided, the newest first. No half of a password is in it.
func (a *Admin) Proposals(ctx context.Context, who Actor) ([]Proposal, error) {
	scope, err := who.Can(AccountConfirm)
	if err != nil {
		return nil, err
	}
	all, err := a.Store.Proposals(ctx, scope)
	for i := range all {
		all[i].Half, all[i].CodeHash = "", ""
	}
	return all, err
}

// ConfirmAccount carries out what another administrator has proposed, and
// returns the other half of the one-time password, if it comes with one: neither
// of the two can log in with his own. Nobody confirms what is about himself.
func (a *Admin) ConfirmAccount(ctx context.Context, who Actor, requestID, id string) (Handed, error) {
	scope, err := who.Can(AccountConfirm)
	if err != nil {
		return Handed{}, err
	}
	once, err := event.NewRequest(who.PersonID, AccountConfirm.Name(), requestID, id)
	if err != nil {
		return Handed{}, err
	}
	return a.act(ctx, once, who, accountConfirmed, id, func(tx AdminTx, _ code) (Handed, error) {
		p, err := tx.Proposal(id, scope)
		if err != nil {
			return Handed{}, err
		}
		if p.ByMachine() {
			return Handed{}, fault.New(fault.Forbidden, "这是掌管服务器的人提出的，到期由其在服务器上办理；管理员只能驳回")
		}
		if p.Person == who.PersonID {
			return Handed{}, fault.New(fault.Forbidden, "不能确认关于自己账号的变更，请由另一位管理员办理")
		}
		if err := who.Second("自己提出的账号变更不能由自己确认，请由另一位管理员办理", p.ProposedBy); err != nil {
			return Handed{}, err
		}
		h, err := a.confirm(tx, p, scope, p.CodeHash, who.PersonID)
		h.Code, h.Half = p.Half, p.Half != ""
		return h, err
	})
}

// confirm carries a proposal out now; hash is that of the one-time password.
func (a *Admin) confirm(tx AdminTx, p Proposal, scope Scope, hash, by string) (Handed, error) {
	at, err := tx.Lock(p.Stream())
	if err != nil {
		return Handed{}, err
	}
	first := p.ProposedBy
	if err := p.decide(Confirmed, by, at); err != nil {
		return Handed{}, err
	}
	org, posts, err := a.still(tx, p, scope, hash == "")
	if err != nil {
		return Handed{}, err
	}
	vouch := []string{first}
	if by != "" {
		vouch = append(vouch, by)
	}
	id, err := a.carryOut(tx, &p, org, hash, at, vouch...)
	if err != nil {
		return Handed{}, err
	}
	if err := tx.SaveProposal(p); err != nil {
		return Handed{}, err
	}
	err = recordAccount(tx, p, "account.confirmed", AccountFacts{Act: p.Act, Posts: posts})
	return Handed{ID: id, Proposal: p.ID, Until: at.Add(CodeLife)}, err
}

// still asks again what was asked when it was proposed: days have passed. It
// returns where the role is held, and the account's posts for the log. bare says
// that the act gives no password.
func (a *Admin) still(tx AdminTx, p Proposal, scope Scope, bare bool) (Org, []Post, error) {
	posts := []Post{p.post()}
	if p.Act == AccountOpened {
		org, err := place(tx, scope, p.Org, p.Role)
		if err == nil {
			err = loginFree(tx, p.Login)
		}
		return org, posts, err
	}
	person, err := tx.PersonIn(p.Person, scope)
	if err != nil {
		return Org{}, nil, err
	}
	held, err := tx.Held(person.ID)
	if err != nil {
		return Org{}, nil, err
	}
	if person.Disabled != (p.Act == AccountReopened) {
		return Org{}, nil, fault.New(fault.Conflict, "提出以后账号已停用或恢复，这项变更不能再办理，请驳回后重新提出")
	}
	if p.Act == AccountRole && bare && !a.met(held) {
		// It came without a password because the account was guarded. It is no longer,
		// so one administrator alone may have reset it meanwhile.
		return Org{}, nil, fault.New(fault.Conflict, "提出以后这个账号原来的岗位已取消，这次分配不能再办理，请驳回后重新提出")
	}
	if p.Act == AccountRole {
		org, err := place(tx, scope, p.Org, p.Role)
		if err == nil {
			err = MayHold(held, p.Role, org)
		}
		return org, posts, err
	}
	if now := a.posts(held); len(now) > 0 {
		posts = now
	}
	return Org{}, posts, nil
}

// DropAccount ends a proposal without its act: its proposer takes it back,
// another administrator refuses it.
func (a *Admin) DropAccount(ctx context.Context, who Actor, requestID, id string) (ProposalState, error) {
	scope, err := who.Can(AccountConfirm)
	if err != nil {
		return "", err
	}
	once, err := event.NewRequest(who.PersonID, "account.drop", requestID, id)
	if err != nil {
		return "", err
	}
	answer, err := a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		p, err := tx.Proposal(id, scope)
		if err != nil {
			return "", err
		}
		at, err := tx.Lock(p.Stream())
		if err != nil {
			return "", err
		}
		to, kind := Refused, "account.refused"
		if p.ProposedBy == who.PersonID {
			to, kind = Withdrawn, "account.withdrawn"
		}
		if err := p.decide(to, who.PersonID, at); err != nil {
			return "", err
		}
		if err := tx.SaveProposal(p); err != nil {
			return "", err
		}
		posts := []Post{p.post()}
		return string(to), recordAccount(tx, p, kind, AccountFacts{Act: p.Act, Posts: posts})
	})
	a.noteAct(ctx, accountDropped, who.PersonID, id, Handed{}, err)
	return ProposalState(answer), err
}
