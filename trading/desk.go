package trading

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

// Desk is what waits for an official.
type Desk struct {
	Resolutions []Resolution
	Tenders     []Tender
	Supplements []Supplement
	Tasks       []Task // what the law or the pack gives days for, the first due first
}

// Task is one thing to do by a day.
type Task struct {
	Kind  string // one of TaskKinds
	ID    string // of the noun; of the lot for a contract, of the tender for a supplement
	Title string
	Note  string        // where the case stands, when the kind alone does not say it
	Due   calendar.Date // the last day; empty when none is set
}

// TaskKinds are the kinds of tasks with what is done, in the order of a case.
var TaskKinds = []struct{ Kind, Label string }{
	{"resolution", "办理决议"}, {"tender", "办理交易"}, {"supplement", "办理补充公告"}, {"registration", "审核报名"}, {"deposit", "核对到账"},
	{"objection", "答复异议"}, {"refund", "退还保证金"}, {"contract", "签订合同"},
	{"item", "公布小微权力事项"}, {"project", "核实工程项目"}, {"stage", "登记工程环节"}, {"entry", "核实工程登记"},
}

// Label is what is to be done.
func (t Task) Label() string {
	for _, k := range TaskKinds {
		if k.Kind == t.Kind {
			return k.Label
		}
	}
	return ""
}

// All is everything on the desk as one list: what is late first, then by the
// last day, then what has none.
func (d Desk) All() []Task {
	all := slices.Clone(d.Tasks)
	for _, r := range d.Resolutions {
		all = append(all, Task{Kind: "resolution", ID: r.ID, Title: r.AssetName, Note: r.Label()})
	}
	for _, t := range d.Tenders {
		all = append(all, Task{Kind: "tender", ID: t.ID, Title: t.Title, Note: t.Label()})
	}
	for _, p := range d.Supplements {
		all = append(all, Task{Kind: "supplement", ID: p.Tender, Title: fmt.Sprintf("%s:第%d号补充公告", p.TenderTitle, p.Number), Note: p.Label()})
	}
	slices.SortStableFunc(all, func(a, b Task) int { return compareDue(a.Due, b.Due) })
	return all
}

// Late says whether the day has passed.
func (t Task) Late(today calendar.Date) bool { return t.Due != "" && today > t.Due }

// desks says which states wait for whom.
var desks = []struct {
	act         identity.Action
	resolutions []casework.State
	tenders     []casework.State
}{
	{identity.ResolutionRecord, []casework.State{Recorded, ResolutionReturned}, nil},
	{identity.ResolutionConfirm, []casework.State{ResolutionSubmitted}, nil},
	{identity.TenderDraft, nil, []casework.State{Drafted, Returned, Approved}},
	{identity.TenderCheck, nil, []casework.State{Submitted}},
	{identity.TenderApprove, nil, []casework.State{Checked}},
}

// MyDesk lists what waits for the actor, newest first, at most a page of each.
func (s *Service) MyDesk(ctx context.Context, who identity.Actor) (Desk, error) {
	var d Desk
	if _, err := who.Can(identity.OfficeRead); err != nil {
		return d, err
	}
	page := identity.Page{Number: 1, Size: identity.MaxPage}
	for _, desk := range desks {
		scope, err := who.Can(desk.act)
		if err != nil {
			continue
		}
		if desk.resolutions != nil {
			list, _, err := s.Store.Resolutions(ctx, casework.Query{Scope: scope, States: desk.resolutions, Page: page})
			if err != nil {
				return d, err
			}
			d.Resolutions = append(d.Resolutions, list...)
		}
		if desk.tenders != nil {
			list, _, err := s.Store.Tenders(ctx, casework.Query{Scope: scope, States: desk.tenders, Page: page})
			if err != nil {
				return d, err
			}
			d.Tenders = append(d.Tenders, list...)
		}
	}
	if scope, err := who.Can(identity.SupplementRelease); err == nil {
		list, _, err := s.Store.PendingSupplements(ctx, scope, page)
		if err != nil {
			return d, err
		}
		d.Supplements = list
	}
	for _, tasks := range []func(context.Context, identity.Actor) ([]Task, error){s.entryTasks, s.depositTasks, s.objectionTasks, s.contractTasks} {
		more, err := tasks(ctx, who)
		if err != nil {
			return d, err
		}
		d.Tasks = append(d.Tasks, more...)
	}
	d.Add()
	return d, nil
}

// Add puts tasks on the desk, the first due first.
func (d *Desk) Add(more ...Task) {
	d.Tasks = append(d.Tasks, more...)
	slices.SortStableFunc(d.Tasks, func(a, b Task) int { return cmp.Or(compareDue(a.Due, b.Due), cmp.Compare(a.Title, b.Title)) })
}

// compareDue puts what has no day last.
func compareDue(a, b calendar.Date) int {
	if (a == "") != (b == "") {
		return cmp.Compare(string(b), string(a))
	}
	return cmp.Compare(a, b)
}

var firstPage = identity.Page{Number: 1, Size: identity.MaxPage}

// entryTasks are the registrations that wait for the station, until their lot opens.
func (s *Service) entryTasks(ctx context.Context, who identity.Actor) ([]Task, error) {
	scope, err := who.Can(identity.RegistrationQualify)
	if err != nil {
		return nil, nil
	}
	list, _, err := s.Store.Registrations(ctx, casework.Query{Scope: scope, States: []casework.State{Registered}, Page: firstPage})
	if err != nil {
		return nil, err
	}
	var tasks []Task
	opens := map[string]calendar.Date{}
	for _, r := range list {
		if _, known := opens[r.Lot]; !known {
			l, err := s.Store.Lot(ctx, r.Lot, identity.Everywhere)
			if err != nil {
				return nil, err
			}
			if opens[r.Lot] = ""; l.State == Listed {
				opens[r.Lot] = calendar.DateOf(l.Board.OpensAt)
			}
		}
		if opens[r.Lot] != "" {
			tasks = append(tasks, Task{Kind: "registration", ID: r.ID, Title: r.LotTitle + ":" + r.Name, Due: opens[r.Lot]})
		}
	}
	return tasks, nil
}

// depositTasks are the payments that match nobody and the refunds that are due.
func (s *Service) depositTasks(ctx context.Context, who identity.Actor) ([]Task, error) {
	scope, err := who.Can(identity.DepositRefund)
	if err != nil {
		return nil, nil
	}
	var tasks []Task
	for kind, st := range map[string]casework.State{"deposit": Received, "refund": RefundDue} {
		list, _, err := s.Store.Deposits(ctx, casework.Query{Scope: scope, States: []casework.State{st}, Page: firstPage})
		if err != nil {
			return nil, err
		}
		for _, d := range list {
			tasks = append(tasks, Task{Kind: kind, ID: d.ID, Title: d.Payer + " " + d.Amount.Yuan() + " 元", Due: d.RefundBy})
		}
	}
	return tasks, nil
}

func (s *Service) objectionTasks(ctx context.Context, who identity.Actor) ([]Task, error) {
	scope, err := who.Can(identity.ObjectionAnswer)
	if err != nil {
		return nil, nil
	}
	list, _, err := s.Store.ObjectionsIn(ctx, casework.Query{Scope: scope, States: []casework.State{Raised}, Page: firstPage})
	var tasks []Task
	for _, o := range list {
		tasks = append(tasks, Task{Kind: "objection", ID: o.ID, Title: o.Title + "," + beijing(o.RaisedAt) + "提出", Due: o.AnswerBy})
	}
	return tasks, err
}

// contractTasks are the settled results that wait for the lessor's signature.
func (s *Service) contractTasks(ctx context.Context, who identity.Actor) ([]Task, error) {
	scope, err := who.Can(identity.ContractOffer)
	if err != nil {
		return nil, nil
	}
	days, err := s.CalendarNow(ctx)
	if err != nil {
		return nil, err
	}
	list, _, err := s.Store.Awards(ctx, casework.Query{Scope: scope, States: []casework.State{Settled}, Page: firstPage})
	var tasks []Task
	for _, a := range list {
		by, _ := days.AddWorkingDays(calendar.DateOf(a.SettledAt), s.Pack.SignDays.Value)
		tasks = append(tasks, Task{Kind: "contract", ID: a.Lot, Title: a.LotTitle, Due: by})
	}
	return tasks, err
}
