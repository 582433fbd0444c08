package resolving

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
)

var resolutionTask = casework.TaskKind{Kind: "resolution", Label: "办理决议"}

// TaskKinds implements casework.Tasks.
func (s *Service) TaskKinds() []casework.TaskKind { return []casework.TaskKind{resolutionTask} }

// waiting says which states wait for whom.
var waiting = []struct {
	act    *identity.Action
	states []casework.State
}{
	{trading.ResolutionRecord, []casework.State{trading.Recorded, trading.ResolutionReturned}},
	{trading.ResolutionConfirm, []casework.State{trading.ResolutionSubmitted}},
}

// Tasks implements casework.Tasks: the records that the actor goes on with, newest first.
func (s *Service) Tasks(ctx context.Context, who identity.Actor) ([]casework.Task, error) {
	var tasks []casework.Task
	for _, desk := range waiting {
		scope, err := who.Can(desk.act)
		if err != nil {
			continue
		}
		list, _, err := s.Store.Resolutions(ctx, casework.Query{
			Scope:  scope,
			States: desk.states,
			Page:   casework.FirstPage,
		})
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			tasks = append(tasks, casework.Task{
				TaskKind: resolutionTask,
				ID:       r.ID,
				Title:    r.AssetName,
				Note:     r.Label(),
			})
		}
	}
	return tasks, nil
}
