package power

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

var itemTask = casework.TaskKind{Kind: "item", Label: "公布小微权力事项"}

// TaskKinds implements casework.Tasks.
func (s *Service) TaskKinds() []casework.TaskKind { return []casework.TaskKind{itemTask} }

// Tasks is the drafts that wait for the township's leader.
func (s *Service) Tasks(ctx context.Context, who identity.Actor) ([]casework.Task, error) {
	scope, err := who.Can(ItemPublish)
	if err != nil {
		return nil, nil
	}
	waiting := Query{Scope: scope, States: []casework.State{Drafted, Revising}, Page: casework.FirstPage}
	list, _, err := s.Store.Items(ctx, waiting)
	var tasks []casework.Task
	for _, i := range list {
		tasks = append(tasks, casework.Task{TaskKind: itemTask, ID: i.ID, Title: i.Number + " " + i.Name})
	}
	return tasks, err
}
