package amending

import (
	"context"
	"regexp"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/rules"
)

// Service is the use-cases.
type Service struct {
	Store Store
	Pack  func() rules.Pack
	Days  casework.Schedules
}

var articleOf = regexp.MustCompile(`^(第[一二三四五六七八九十百]+条(第[一二三四五六七八九十]+款)?|附[件表][0-9一二三四五六七八九十]*)$`)

// changes is what the book makes editions of.
func changes(all []Amendment) (out []rules.Change) {
	for _, a := range all {
		out = append(out, rules.Change{
			Key:    a.Key,
			Value:  a.Value,
			Source: a.source(),
			From:   a.From,
		})
	}
	return out
}

// Earliest is the first day from which a change that is confirmed today may stand.
func (s *Service) Earliest() calendar.Date { return s.Days.Today().AddDays(openDays) }

func (s *Service) soon(from calendar.Date) error {
	if from < s.Earliest() {
		return fault.New(fault.Invalid, "改动要先公开满一天，施行日期最早为%s", s.Earliest()).On("from")
	}
	return nil
}

func (s *Service) check(form Form) error {
	var f fault.Form
	figure, known := rules.FigureOf(form.Key)
	if !known {
		f.Add("key", "请选择要改动的参数")
	} else if err := figure.Within(form.Value); err != nil {
		f.Add("value", "%s", fault.MessageOf(err))
	}
	if _, err := calendar.ParseDate(string(form.From)); err != nil || form.From > "2199-12-31" {
		f.Add("from", "请填写施行日期")
	} else {
		f.Join(s.soon(form.From))
	}
	f.Line("title", "依据的文件", form.Title, 60)
	if !articleOf.MatchString(form.Article) {
		f.Add("article", "请照文件写条号，例如“第八条”“第八条第二款”“附件1”")
	}
	f.Text("reason", "理由", form.Reason, 300)
	return f.Err()
}

// fits says whether the figures agree with each other on every day once the
// change stands, and what stands until then.
func (s *Service) fits(all []Amendment, form Form) (was string, err error) {
	book := s.Pack().Book()
	before, err := book.With(changes(all))
	if err != nil {
		return "", err
	}
	figure, _ := rules.FigureOf(form.Key)
	now := figure.Of(rules.EditionOn(before, form.From))
	if v, err := now.Need(); err == nil && v == form.Value {
		return "", fault.New(fault.Invalid, "“%s”那天已经是%s，不用改动", figure.Label, now.Joined()).On("value")
	}
	after, err := book.With(changes(append(all, Amendment{Form: form})))
	if err != nil {
		return "", err
	}
	err = consistent(after)
	if err != nil {
		err = fault.New(fault.Invalid, "%s", fault.MessageOf(err)).On("value")
	}
	return now.String(), err
}

// consistent says from which day on figures would contradict each other.
func consistent(editions []rules.Pack) error {
	for _, p := range editions {
		if err := p.Consistent(); err != nil {
			return fault.New(fault.Invalid, "%s起各参数互相矛盾：%s", p.From(), fault.MessageOf(err))
		}
	}
	return nil
}

// ProposeAmendment enters a change; it stands when another administrator has confirmed it.
func (s *Service) ProposeAmendment(ctx context.Context, who identity.Actor, requestID string,
	form Form) (string, error) {
	_, once, err := casework.Begin(who, Propose, "amendment.propose", requestID, form)
	if err != nil {
		return "", err
	}
	if err := s.check(form); err != nil {
		return "", err
	}
	return s.Store.WriteAmendment(ctx, once, func(tx Tx) (string, error) {
		a := Amendment{
			ID:         event.NewID(),
			Path:       countyOf(who),
			State:      Proposed,
			Version:    1,
			Form:       form,
			Pack:       s.Pack().ID,
			ProposedBy: who.PersonID,
		}
		if err := privacy.Check(tx, a.Path, form); err != nil {
			return "", err
		}
		standing, err := tx.Amended(a.Pack)
		if err != nil {
			return "", err
		}
		a.Was, err = s.fits(standing, form)
		if err != nil {
			return "", err
		}
		a.ProposedAt, err = tx.Lock(a.Stream())
		if err != nil {
			return "", err
		}
		return a.ID, s.keep(tx, who, Propose, "", a, "amendment.proposed")
	})
}

// countyOf is where the administrator is one.
func countyOf(who identity.Actor) identity.Path {
	for _, m := range who.Memberships {
		if Propose.By(m.Role) {
			return m.Path
		}
	}
	return ""
}

// DecideForm is what the second administrator says.
type DecideForm struct {
	Version int    `json:"version"`
	Agree   bool   `json:"agree"`
	Read    bool   `json:"read"` // the document himself
	Reason  string `json:"reason"`
}

func (form DecideForm) check() error {
	var f fault.Form
	switch {
	case !form.Agree:
		f.Text("reason", "理由", form.Reason, 300)
	case !form.Read:
		f.Add("read", "请自己查看文件原文，再确认")
	}
	return f.Err()
}

// DecideAmendment confirms what another administrator proposed, or declines it. Who
// proposed it may take it back by declining.
func (s *Service) DecideAmendment(ctx context.Context, who identity.Actor, requestID, id string,
	form DecideForm) (string, error) {
	if form.Agree {
		return s.move(ctx, who, requestID, id, form, Confirmed, "rules.amended")
	}
	return s.move(ctx, who, requestID, id, form, Declined, "amendment.declined")
}

// WithdrawAmendment takes a confirmed change back while it is a whole day from its
// beginning. One administrator may, since nothing rests on it yet.
func (s *Service) WithdrawAmendment(ctx context.Context, who identity.Actor, requestID, id string,
	form DecideForm) (string, error) {
	form.Agree = false
	return s.move(ctx, who, requestID, id, form, Withdrawn, "rules.withdrawn")
}

func (s *Service) move(ctx context.Context, who identity.Actor, requestID, id string, form DecideForm,
	to casework.State, kind string) (string, error) {
	scope, once, err := casework.Begin(who, Decide, kind, requestID, []any{id, form})
	if err != nil {
		return "", err
	}
	if err := form.check(); err != nil {
		return "", err
	}
	done, err := s.Store.WriteAmendment(ctx, once, func(tx Tx) (string, error) {
		a, err := tx.Amendment(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(a.Version, form.Version); err != nil {
			return "", err
		}
		if to == Confirmed {
			if err := who.Second("登记改动的人不能自己确认", a.ProposedBy); err != nil {
				return "", err
			}
		}
		from := a.State
		if err := Lifecycle.Move(&a.State, to); err != nil {
			return "", err
		}
		a.DecidedBy, a.Answer = who.PersonID, form.Reason
		a.Version++
		if err := s.tell(tx, &a); err != nil {
			return "", err
		}
		return a.ID, s.keep(tx, who, Decide, from, a, kind)
	})
	if err != nil {
		return "", err
	}
	return done, s.Learn(ctx)
}

// tell writes the event of what has become public. The pack's stream is locked before
// anything is read of the other changes: of two at once the second sees the first.
func (s *Service) tell(tx Tx, a *Amendment) error {
	var err error
	if a.State == Declined {
		a.DecidedAt, err = tx.Lock(a.Stream())
		return err
	}
	stream := StreamOf(a.Pack)
	a.DecidedAt, err = tx.Lock(stream)
	if err != nil {
		return err
	}
	standing, err := tx.Amended(a.Pack)
	if err != nil {
		return err
	}
	if a.State == Withdrawn {
		return s.tellWithdrawn(tx, *a, standing)
	}
	if err := s.soon(a.From); err != nil {
		return fault.New(fault.Conflict, "%s。请不通过，再重新登记", fault.MessageOf(err))
	}
	a.Was, err = s.fits(standing, a.Form)
	if err != nil {
		return fault.New(fault.Conflict, "%s。请不通过，再重新登记", fault.MessageOf(err))
	}
	e, err := tx.Record(stream, "rules.amended", AmendedFacts{
		Key:     a.Key,
		Was:     a.Was,
		Value:   a.Value,
		From:    a.From,
		Title:   a.Title,
		Article: a.Article,
		Reason:  a.Form.Reason,
	}, nil)
	a.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	return err
}

func (s *Service) tellWithdrawn(tx Tx, a Amendment, standing []Amendment) error {
	if a.From < s.Earliest() {
		return fault.New(fault.Conflict, "改动从%s起施行，施行前一天起不能撤回；不合适的，再登记一次改动", a.From)
	}
	if err := privacy.Check(tx, a.Path, map[string]string{"reason": a.Answer}); err != nil {
		return err
	}
	var left []Amendment
	for _, other := range standing {
		if other.ID != a.ID {
			left = append(left, other)
		}
	}
	editions, err := s.Pack().Book().With(changes(left))
	if err != nil {
		return err
	}
	if err := consistent(editions); err != nil {
		return fault.New(fault.Conflict, "撤回以后，%s。请先撤回另一次改动", fault.MessageOf(err))
	}
	_, err = tx.Record(StreamOf(a.Pack), "rules.withdrawn", WithdrawnFacts{
		Amended: a.Event.Seq,
		Key:     a.Key,
		Value:   a.Value,
		Reason:  a.Answer,
	}, nil)
	return err
}

func (s *Service) keep(tx Tx, who identity.Actor, act *identity.Action, from casework.State, a Amendment,
	kind string) error {
	if err := tx.SaveAmendment(a); err != nil {
		return err
	}
	if err := Leads.Moved(tx, from, a.State, dutyOf(a), who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, act, a.Stream(), a.Path, kind, nil)
}

// Learn brings the pack's book up to what stands in the database: when a server starts,
// after each act, and again and again, since another server may have written.
func (s *Service) Learn(ctx context.Context) error {
	pack := s.Pack()
	standing, err := s.Store.AmendmentsOf(ctx, pack.ID)
	if err != nil {
		return err
	}
	return pack.Book().Change(changes(standing))
}

// SeeAmended lists the changes that stand or will, for everybody, newest first.
func (s *Service) SeeAmended(ctx context.Context) ([]Amendment, error) {
	all, err := s.Store.AmendmentsOf(ctx, s.Pack().ID)
	var seen []Amendment
	for i := len(all) - 1; i >= 0; i-- {
		a := all[i]
		a.ProposedBy, a.DecidedBy = "", ""
		seen = append(seen, a)
	}
	return seen, err
}

// SeeAmendments lists what was proposed.
func (s *Service) SeeAmendments(ctx context.Context, who identity.Actor,
	q casework.Query) ([]Amendment, int, error) {
	scope, err := who.Can(Decide)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.Store.Amendments(ctx, q)
}

// SeeAmendment reads one with its trail.
func (s *Service) SeeAmendment(ctx context.Context, who identity.Actor,
	id string) (Amendment, []casework.Act, error) {
	scope, err := who.Can(Decide)
	if err != nil {
		return Amendment{}, nil, err
	}
	a, err := s.Store.Amendment(ctx, id, scope)
	if err != nil {
		return Amendment{}, nil, err
	}
	acts, err := s.Store.Acts(ctx, a.Stream())
	return a, acts, err
}
