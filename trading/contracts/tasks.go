package contracts

import (
	"context"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
)

var contractTask = casework.TaskKind{Kind: "contract", Label: "签订合同"}

// TaskKinds implements casework.Tasks.
func (s *Service) TaskKinds() []casework.TaskKind { return []casework.TaskKind{contractTask} }

// Tasks implements casework.Tasks: the settled results that wait for the lessor's signature.
func (s *Service) Tasks(ctx context.Context, who identity.Actor) ([]casework.Task, error) {
	scope, err := who.Can(ContractOffer)
	if err != nil {
		return nil, nil
	}
	days, err := s.Days.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	list, _, err := s.Store.Awards(ctx, casework.Query{
		Scope:  scope,
		States: []casework.State{trading.Settled},
		Page:   casework.FirstPage,
	})
	var tasks []casework.Task
	for _, a := range list {
		by, _ := days.AddWorkingDays(calendar.DateOf(a.SettledAt), s.Pack.SignDays.Value)
		tasks = append(tasks, casework.Task{TaskKind: contractTask, ID: a.Lot, Title: a.LotTitle, Due: by})
	}
	return tasks, err
}
