package bidding

import (
	"cmp"
	"context"
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// The kinds of work that wait in the bidding.
var (
	registrationTask = casework.TaskKind{Kind: "registration", Label: "审核报名"}
	depositTask      = casework.TaskKind{Kind: "deposit", Label: "核对到账"}
	objectionTask    = casework.TaskKind{Kind: "objection", Label: "答复异议"}
	refundTask       = casework.TaskKind{Kind: "refund", Label: "退还保证金"}
)

// TaskKinds implements casework.Tasks.
func (s *Service) TaskKinds() []casework.TaskKind {
	return []casework.TaskKind{registrationTask, depositTask, objectionTask, refundTask}
}

// Tasks implements casework.Tasks: what the law or the pack gives days for, by title.
func (s *Service) Tasks(ctx context.Context, who identity.Actor) ([]casework.Task, error) {
	var tasks []casework.Task
	for _, part := range []func(context.Context, identity.Actor) ([]casework.Task, error){s.entryTasks,
		s.depositTasks, s.objectionTasks} {
		more, err := part(ctx, who)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, more...)
	}
	slices.SortStableFunc(tasks, func(a, b casework.Task) int { return cmp.Compare(a.Title, b.Title) })
	return tasks, nil
}

// entryTasks are the registrations that wait for the station, until their lot opens.
func (s *Service) entryTasks(ctx context.Context, who identity.Actor) ([]casework.Task, error) {
	scope, err := who.Can(trading.RegistrationQualify)
	if err != nil {
		return nil, nil
	}
	list, _, err := s.RegistrationStore.Registrations(ctx, casework.Query{
		Scope:  scope,
		States: []casework.State{trading.Registered},
		Page:   casework.FirstPage,
	})
	if err != nil {
		return nil, err
	}
	var tasks []casework.Task
	opens := map[string]calendar.Date{}
	for _, r := range list {
		if _, known := opens[r.Lot]; !known {
			l, err := s.LotStore.Lot(ctx, r.Lot, identity.Everywhere)
			if err != nil {
				return nil, err
			}
			opens[r.Lot] = ""
			if l.State == trading.Listed {
				opens[r.Lot] = calendar.DateOf(l.Board.OpensAt)
			}
		}
		if opens[r.Lot] != "" {
			tasks = append(tasks, casework.Task{
				TaskKind: registrationTask,
				ID:       r.ID,
				Title:    r.LotTitle + ":" + r.Name,
				Due:      opens[r.Lot],
			})
		}
	}
	return tasks, nil
}

// depositTasks are the payments that match nobody and the refunds that are due.
func (s *Service) depositTasks(ctx context.Context, who identity.Actor) ([]casework.Task, error) {
	scope, err := who.Can(DepositRefund)
	if err != nil {
		return nil, nil
	}
	var tasks []casework.Task
	for _, waiting := range []struct {
		kind casework.TaskKind
		in   casework.State
	}{{depositTask, trading.Received}, {refundTask, trading.RefundDue}} {
		list, _, err := s.DepositStore.Deposits(ctx, casework.Query{
			Scope:  scope,
			States: []casework.State{waiting.in},
			Page:   casework.FirstPage,
		})
		if err != nil {
			return nil, err
		}
		for _, d := range list {
			tasks = append(tasks, casework.Task{
				TaskKind: waiting.kind,
				ID:       d.ID,
				Title:    d.Payer + " " + d.Amount.Yuan() + " 元",
				Due:      d.RefundBy,
			})
		}
	}
	return tasks, nil
}

func (s *Service) objectionTasks(ctx context.Context, who identity.Actor) ([]casework.Task, error) {
	scope, err := who.Can(trading.ObjectionAnswer)
	if err != nil {
		return nil, nil
	}
	list, _, err := s.AwardStore.ObjectionsIn(ctx, casework.Query{
		Scope:  scope,
		States: []casework.State{trading.Raised},
		Page:   casework.FirstPage,
	})
	var tasks []casework.Task
	for _, o := range list {
		tasks = append(tasks, casework.Task{
			TaskKind: objectionTask,
			ID:       o.ID,
			Title:    o.Title + "," + calendar.Exactly(o.RaisedAt) + "提出",
			Due:      o.AnswerBy,
		})
	}
	return tasks, err
}
