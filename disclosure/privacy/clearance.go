package privacy

import (
	"context"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Clearance 放行 lets a number stand in public texts of a place that looks like a
// person's and is an office's: one person asks for it, another clears it.
type Clearance struct {
	ID      string
	Path    identity.Path
	OrgName string // when read
	State   casework.State
	Version int
	ClearForm
	Kind      Kind
	Digits    string // as Hit.Number
	Answer    string // why it was declined or ended
	AskedBy   string
	AskedAt   time.Time
	DecidedBy string
	DecidedAt time.Time
}

// ClearForm is what is asked: a number for a place, and why it may be public.
type ClearForm struct {
	Org    string `json:"org"`
	Number string `json:"number"` // as typed
	Reason string `json:"reason"`
}

// Stream is the noun's. A clearance has no public events: they would publish the number.
func (c Clearance) Stream() event.Stream { return event.Of("clearance", c.ID) }

// The states of a clearance.
const (
	Asked    casework.State = "asked"
	Cleared  casework.State = "cleared"
	Declined casework.State = "declined"
	Ended    casework.State = "ended"
)

// ClearanceLifecycle is where it may go from each state.
var ClearanceLifecycle = casework.Lifecycle{
	Noun:   "放行",
	Labels: map[casework.State]string{Asked: "待复核", Cleared: "已放行", Declined: "未同意", Ended: "已收回"},
	Moves: map[casework.State][]casework.State{
		Asked:   {Cleared, Declined},
		Cleared: {Ended},
	},
}

// Label is the state's name on the screen.
func (c Clearance) Label() string { return ClearanceLifecycle.Label(c.State) }

// AskClearance asks that a number may stand in public texts of a place.
func (s *Service) AskClearance(ctx context.Context, who identity.Actor, requestID string,
	form ClearForm) (string, error) {
	scope, once, err := casework.Begin(who, NumberAsk, "number.ask", requestID, form)
	if err != nil {
		return "", err
	}
	hits := Find(form.Number)
	var f fault.Form
	if form.Org == "" {
		f.Add("org", "请选择单位")
	}
	f.Line("number", "号码", form.Number, 60)
	if len(hits) != 1 {
		f.Add("number", "请填写一个号码；只有像手机号、身份证号或银行卡号的才需要放行")
	}
	f.Text("reason", "理由", form.Reason, 300)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.Store.WritePrivacy(ctx, once, func(tx Tx) (string, error) {
		org, err := tx.Org(form.Org, scope)
		if err != nil {
			return "", casework.InvalidIfMissing(err, "org", "请选择单位")
		}
		c := Clearance{
			ID:        event.NewID(),
			Path:      org.Path,
			State:     Asked,
			Version:   1,
			ClearForm: form,
			Kind:      hits[0].Kind,
			Digits:    hits[0].Number,
			AskedBy:   who.PersonID,
		}
		c.AskedAt, err = tx.Lock(c.Stream())
		if err != nil {
			return "", err
		}
		return c.ID, s.keepClearance(tx, who, NumberAsk, "", c, "number.asked")
	})
}

// DecideForm is the second person's word. A reason is needed to decline or to end.
type DecideForm struct {
	Version int    `json:"version"`
	Agree   bool   `json:"agree"`
	Reason  string `json:"reason"`
}

func (form DecideForm) check() error {
	var f fault.Form
	if !form.Agree {
		f.Text("reason", "理由", form.Reason, 300)
	}
	return f.Err()
}

// DecideClearance clears a number or declines it. Who asked cannot.
func (s *Service) DecideClearance(ctx context.Context, who identity.Actor, requestID, id string,
	form DecideForm) (string, error) {
	if form.Agree {
		return s.moveClearance(ctx, who, NumberDecide, requestID, id, form, Cleared, "number.cleared")
	}
	return s.moveClearance(ctx, who, NumberDecide, requestID, id, form, Declined, "number.declined")
}

// EndClearance takes a clearance back: from then on the number is refused again.
// What is public with it stays so until it is withheld.
func (s *Service) EndClearance(ctx context.Context, who identity.Actor, requestID, id string,
	form DecideForm) (string, error) {
	form.Agree = false
	return s.moveClearance(ctx, who, NumberAsk, requestID, id, form, Ended, "number.ended")
}

func (s *Service) moveClearance(ctx context.Context, who identity.Actor, act *identity.Action, requestID, id string,
	form DecideForm, to casework.State, kind string) (string, error) {
	scope, once, err := casework.Begin(who, act, kind, requestID, []any{id, form})
	if err != nil {
		return "", err
	}
	if err := form.check(); err != nil {
		return "", err
	}
	return s.Store.WritePrivacy(ctx, once, func(tx Tx) (string, error) {
		c, err := tx.Clearance(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(c.Version, form.Version); err != nil {
			return "", err
		}
		if act == NumberDecide {
			if err := who.Second("申请放行的人不能自己复核", c.AskedBy); err != nil {
				return "", err
			}
		}
		from := c.State
		if err := ClearanceLifecycle.Move(&c.State, to); err != nil {
			return "", err
		}
		c.DecidedAt, err = tx.Lock(c.Stream())
		if err != nil {
			return "", err
		}
		c.DecidedBy, c.Answer = who.PersonID, form.Reason
		c.Version++
		return c.ID, s.keepClearance(tx, who, act, from, c, kind)
	})
}

func (s *Service) keepClearance(tx Tx, who identity.Actor, act *identity.Action, from casework.State, c Clearance,
	kind string) error {
	if err := tx.SaveClearance(c); err != nil {
		return err
	}
	if err := ClearanceLeads.Moved(tx, from, c.State, clearanceDuty(c), who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, act, c.Stream(), c.Path, kind, nil)
}

// SeeClearance returns one to those who ask and decide at its place.
func (s *Service) SeeClearance(ctx context.Context, who identity.Actor, id string) (Clearance, []casework.Act, error) {
	scope, err := s.mayRead(who, NumberAsk, NumberDecide)
	if err != nil {
		return Clearance{}, nil, err
	}
	c, err := s.Store.Clearance(ctx, id, scope)
	if err != nil {
		return c, nil, err
	}
	acts, err := s.Store.Acts(ctx, c.Stream())
	return c, acts, err
}

// SeeClearances lists those of the actor's places, the newest first.
func (s *Service) SeeClearances(ctx context.Context, who identity.Actor, q casework.Query) ([]Clearance, int, error) {
	scope, err := s.mayRead(who, NumberAsk, NumberDecide)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.Store.Clearances(ctx, q)
}

// mayRead is where the actor may do any of the acts.
func (s *Service) mayRead(who identity.Actor, acts ...*identity.Action) (identity.Scope, error) {
	var scope identity.Scope
	var refused error
	for _, act := range acts {
		in, err := who.Can(act)
		if err != nil {
			refused = err
			continue
		}
		scope = append(scope, in...)
	}
	if scope == nil {
		return nil, refused
	}
	return scope, nil
}
