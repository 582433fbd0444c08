package identity

import (
	"context"
	"strings"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
)

// AccountTx is what acts on accounts need of a transaction.
type AccountTx interface {
	// Proposal finds a proposal at the places and locks it, or fault.NotFound.
	Proposal(id string, in Scope) (Proposal, error)
	// MachineProposal finds and locks what the server's holder has announced for
	// the login and nobody has decided, or fault.NotFound.
	MachineProposal(act AccountAct, login string) (Proposal, error)
	SaveProposal(p Proposal) error
	AddVouch(v Vouch) error
	PersonWithLogin(login string) (Person, error) // fault.NotFound when there is none
	// Held lists what the person holds now.
	Held(personID string) ([]Membership, error)
	// Holders lists who holds the role at the organisation now with an account
	// that is open. The organisation's row is locked.
	Holders(role Role, orgID string) ([]string, error)
	// GivePassword keeps the hash of a one-time password that lets in until then,
	// and ends all sessions.
	GivePassword(personID, hash string, until time.Time) error
	// Disable closes the account and ends its sessions, or opens it again.
	Disable(personID string, closed bool) error
}

// PersonForm is a new account with its first role.
type PersonForm struct {
	Name  string `json:"name"`
	Login string `json:"login"`
	Org   string `json:"org"`
	Role  Role   `json:"role"`
}

// AddPerson opens an account with a one-time password, which is returned to be
// handed over and kept nowhere. One that can be a second person's is only
// proposed, and half of its password returned. A request sent twice opens one
// account and the second answer has no password.
func (a *Admin) AddPerson(ctx context.Context, who Actor, requestID string, form PersonForm) (Handed, error) {
	scope, err := who.Can(PersonAdd)
	if err != nil {
		return Handed{}, err
	}
	once, err := event.NewRequest(who.PersonID, PersonAdd.Name(), requestID, form)
	if err != nil {
		return Handed{}, err
	}
	form.Login = FoldLogin(form.Login)
	if err := form.check(); err != nil {
		return Handed{}, err
	}
	var f fault.Form
	a.mayBePublic(&f, "name", form.Name)
	if err := f.Err(); err != nil {
		return Handed{}, err
	}
	form.Name = strings.TrimSpace(form.Name)
	return a.act(ctx, once, who, AccountOpened, "", func(tx AdminTx, fresh code) (Handed, error) {
		org, err := place(tx, scope, form.Org, form.Role)
		if err != nil {
			return Handed{}, err
		}
		if err := loginFree(tx, form.Login); err != nil {
			return Handed{}, err
		}
		p := Proposal{
			Act:     AccountOpened,
			Name:    form.Name,
			Login:   form.Login,
			Org:     org.ID,
			OrgName: org.Name,
			Role:    form.Role,
		}
		if a.guarded(form.Role) {
			return a.propose(tx, who, p, fresh, nil)
		}
		return a.alone(tx, who, p, org, fresh)
	})
}

func (form PersonForm) check() error {
	var f fault.Form
	f.Line("name", "姓名", form.Name, 30)
	checkLogin(&f, form.Login)
	if !form.Role.Exists() {
		f.Add("role", "请选择岗位")
	}
	return f.Err()
}

// errTaken does not repeat the login, which may be a mobile number: refusals are kept.
var errTaken = fault.New(fault.Conflict, "这个手机号或登录名已有人使用").On("login")

func loginFree(tx AdminTx, login string) error {
	_, err := tx.PersonWithLogin(login)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err == nil {
		err = errTaken
	}
	return err
}

// place is the organisation at which the role is to be held.
func place(tx AdminTx, scope Scope, orgID string, role Role) (Org, error) {
	org, err := tx.Org(orgID, scope)
	if fault.CodeOf(err) == fault.NotFound {
		err = fault.New(fault.Invalid, "请选择单位").On("org")
	}
	if err == nil && (!role.Exists() || !role.At(org.Kind)) {
		err = fault.New(fault.Invalid, "%s没有“%s”这一岗位", org.Kind.Label(), role.Label()).On("role")
	}
	return org, err
}

// RoleForm gives a person a role at an organisation.
type RoleForm struct {
	Person string `json:"person"`
	Org    string `json:"org"`
	Role   Role   `json:"role"`
}

// GiveRole gives a role from now on; one that can be a second person's is only
// proposed. Nobody gives a role to themselves, and none that another of the
// person's excludes.
func (a *Admin) GiveRole(ctx context.Context, who Actor, requestID string, form RoleForm) (Handed, error) {
	scope, err := who.Can(RoleGive)
	if err != nil {
		return Handed{}, err
	}
	once, err := event.NewRequest(who.PersonID, RoleGive.Name(), requestID, form)
	if err != nil {
		return Handed{}, err
	}
	return a.act(ctx, once, who, AccountRole, form.Person, func(tx AdminTx, fresh code) (Handed, error) {
		if form.Person == who.PersonID {
			return Handed{}, fault.New(fault.Forbidden, "不能给本人分配岗位，请由另一位管理员办理")
		}
		person, err := tx.PersonIn(form.Person, scope)
		if err != nil {
			return Handed{}, err
		}
		org, err := place(tx, scope, form.Org, form.Role)
		if err != nil {
			return Handed{}, err
		}
		held, err := tx.Held(person.ID)
		if err != nil {
			return Handed{}, err
		}
		if err := MayHold(held, form.Role, org); err != nil {
			return Handed{}, err
		}
		p := Proposal{
			Act:     AccountRole,
			Person:  person.ID,
			Name:    person.Name,
			Login:   person.Login,
			Org:     org.ID,
			OrgName: org.Name,
			Role:    form.Role,
		}
		if !a.guarded(form.Role) {
			return a.alone(tx, who, p, org, code{})
		}
		if a.met(held) {
			fresh = code{} // of what one administrator has opened alone he may still know the password
		}
		return a.propose(tx, who, p, fresh, nil)
	})
}

// ResetPassword gives a person another one-time password and ends their
// sessions. That of an account which can be a second person's is only proposed,
// and the old one holds until then. Nobody resets his own: he changes it, with
// the old one. A request sent twice has no second answer.
func (a *Admin) ResetPassword(ctx context.Context, who Actor, requestID, personID string) (Handed, error) {
	return a.renew(ctx, who, PersonAdd, requestID, AccountReset, personID)
}

// ReopenAccount lets a closed account in again, by a new one-time password.
func (a *Admin) ReopenAccount(ctx context.Context, who Actor, requestID, personID string) (Handed, error) {
	return a.renew(ctx, who, AccountClose, requestID, AccountReopened, personID)
}

// renew is what resetting and reopening have in common.
func (a *Admin) renew(ctx context.Context, who Actor, by *Action, requestID string, act AccountAct,
	personID string) (Handed, error) {
	scope, err := who.Can(by)
	if err != nil {
		return Handed{}, err
	}
	once, err := event.NewRequest(who.PersonID, "account."+string(act), requestID, personID)
	if err != nil {
		return Handed{}, err
	}
	return a.act(ctx, once, who, act, personID, func(tx AdminTx, fresh code) (Handed, error) {
		if personID == who.PersonID {
			return Handed{}, fault.New(fault.Forbidden, "不能重设自己的密码。记得原密码的，在“修改密码”页修改；忘记了的，请另外两位管理员办理")
		}
		person, err := tx.PersonIn(personID, scope)
		if err != nil {
			return Handed{}, err
		}
		if person.Disabled != (act == AccountReopened) {
			if person.Disabled {
				return Handed{}, fault.New(fault.Conflict, "账号已停用；要再用，请先恢复账号")
			}
			return Handed{}, fault.New(fault.Conflict, "账号没有停用，不用恢复")
		}
		held, err := tx.Held(person.ID)
		if err != nil {
			return Handed{}, err
		}
		p := Proposal{Act: act, Person: person.ID, Name: person.Name, Login: person.Login}
		if posts := a.posts(held); len(posts) > 0 {
			p.holds(posts[0])
			return a.propose(tx, who, p, fresh, posts)
		}
		return a.alone(tx, who, p, Org{}, fresh)
	})
}

// act runs fn once, tells the security log how it went, and gives a request that
// is sent again the first answer without what was handed over.
func (a *Admin) act(ctx context.Context, once event.Request, who Actor, act AccountAct, target string,
	fn func(AdminTx, code) (Handed, error)) (Handed, error) {
	var fresh code
	if act != accountConfirmed { // its code was made when it was proposed
		var err error
		fresh, err = newCode(ctx)
		if err != nil {
			return Handed{}, err
		}
	}
	var h Handed
	ran := false
	answer, err := a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		ran = true
		var err error
		h, err = fn(tx, fresh)
		if h.waits() {
			return waiting + h.Proposal, err
		}
		return h.ID, err
	})
	a.noteAct(ctx, act, who.PersonID, target, h, err)
	if err != nil {
		return Handed{}, err
	}
	if ran {
		return h, nil
	}
	if id, waits := strings.CutPrefix(answer, waiting); waits {
		return Handed{Proposal: id}, nil
	}
	return Handed{ID: answer}, nil
}

// waiting marks the kept answer of an act that waits for another administrator.
const waiting = "proposal:"

// alone carries out what one administrator may do by himself.
func (a *Admin) alone(tx AdminTx, who Actor, p Proposal, org Org, fresh code) (Handed, error) {
	at, err := tx.Lock(accountLock(p))
	if err != nil {
		return Handed{}, err
	}
	id, err := a.carryOut(tx, &p, org, fresh.hash, at, who.PersonID)
	return Handed{ID: id, Code: fresh.whole, Until: at.Add(CodeLife)}, err
}

// accountLock is the stream under which acts on one login follow each other; it
// has no events.
func accountLock(p Proposal) event.Stream { return event.Of("login", p.Login) }

// propose keeps an act for another administrator to confirm, in public. The
// posts are those of the account when the act brings none itself.
func (a *Admin) propose(tx AdminTx, who Actor, p Proposal, fresh code, posts []Post) (Handed, error) {
	p.ID = event.NewID()
	at, err := tx.Lock(p.Stream())
	if err != nil {
		return Handed{}, err
	}
	p.State = Proposed
	p.ProposedBy = who.PersonID
	p.ProposedAt = at
	p.From = at
	p.Until = at.Add(ProposalLife)
	p.Half = fresh.second
	p.CodeHash = fresh.hash
	if err := tx.SaveProposal(p); err != nil {
		return Handed{}, err
	}
	if posts == nil {
		posts = []Post{p.post()}
	}
	facts := AccountFacts{Act: p.Act, Posts: posts, Until: event.Stamp(p.Until)}
	err = recordAccount(tx, p, "account.proposed", facts)
	return Handed{Proposal: p.ID, Code: fresh.first, Half: fresh.first != "", Until: p.Until}, err
}

// carryOut does what was proposed, and notes who vouches for it. It returns the id
// of the membership, or of the person when there is none.
func (a *Admin) carryOut(tx AdminTx, p *Proposal, org Org, hash string, at time.Time, by ...string) (string, error) {
	membership, err := change(tx, p, org, hash, at)
	if err != nil {
		return "", err
	}
	for _, administrator := range by {
		if err := tx.AddVouch(Vouch{Act: p.Act, Person: p.Person, By: administrator, At: at}); err != nil {
			return "", err
		}
	}
	if p.Act == AccountRole {
		return membership, nil
	}
	return p.Person, nil
}

func change(tx AdminTx, p *Proposal, org Org, hash string, at time.Time) (membership string, err error) {
	if p.Act == AccountOpened {
		p.Person = event.NewID()
		err := tx.AddPerson(Person{
			ID:           p.Person,
			Name:         p.Name,
			Login:        p.Login,
			PasswordHash: hash,
			MustChange:   true,
			LetsInUntil:  at.Add(CodeLife),
		})
		if err != nil {
			return "", err
		}
	} else if hash != "" {
		if err := tx.GivePassword(p.Person, hash, at.Add(CodeLife)); err != nil {
			return "", err
		}
	}
	switch p.Act {
	case AccountReopened:
		return "", tx.Disable(p.Person, false)
	case AccountOpened, AccountRole:
		m := Membership{ID: event.NewID(), PersonID: p.Person, OrgID: org.ID, Role: p.Role, From: at}
		return m.ID, tx.AddMembership(m)
	}
	return "", nil
}

// recordAccount tells the log of an act on an account: office and role in
// public, the persons beside it in private.
func recordAccount(tx AdminTx, p Proposal, kind string, facts AccountFacts) error {
	facts.Machine = p.ByMachine()
	private, err := event.Canonical(whose{Person: p.Person, ProposedBy: p.ProposedBy, ConfirmedBy: p.DecidedBy})
	if err != nil {
		return err
	}
	_, err = tx.Record(p.Stream(), kind, facts, private)
	return err
}
