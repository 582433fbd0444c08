package tendering

import (
	"context"
	"fmt"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
)

var (
	tenderTask     = casework.TaskKind{Kind: "tender", Label: "办理交易"}
	supplementTask = casework.TaskKind{Kind: "supplement", Label: "办理补充公告"}
)

// TaskKinds implements casework.Tasks.
func (s *Service) TaskKinds() []casework.TaskKind {
	return []casework.TaskKind{tenderTask, supplementTask}
}

// waiting says which states wait for whom.
var waiting = []struct {
	act    *identity.Action
	states []casework.State
}{
	{TenderDraft, []casework.State{trading.Drafted, trading.Returned, trading.Approved}},
	{trading.TenderCheck, []casework.State{trading.Submitted}},
	{TenderApprove, []casework.State{trading.Checked}},
}

// Tasks implements casework.Tasks: the tenders that the actor goes on with, newest
// first, and the supplements that wait for the station, oldest first.
func (s *Service) Tasks(ctx context.Context, who identity.Actor) ([]casework.Task, error) {
	var tasks []casework.Task
	for _, desk := range waiting {
		scope, err := who.Can(desk.act)
		if err != nil {
			continue
		}
		list, _, err := s.Store.Tenders(ctx, casework.Query{
			Scope:  scope,
			States: desk.states,
			Page:   casework.FirstPage,
		})
		if err != nil {
			return nil, err
		}
		for _, t := range list {
			tasks = append(tasks, casework.Task{TaskKind: tenderTask, ID: t.ID, Title: t.Title, Note: t.Label()})
		}
	}
	scope, err := who.Can(SupplementRelease)
	if err != nil {
		return tasks, nil
	}
	list, _, err := s.Store.PendingSupplements(ctx, scope, casework.FirstPage)
	for _, p := range list {
		title := fmt.Sprintf("%s:第%d号补充公告", p.TenderTitle, p.Number)
		tasks = append(tasks, casework.Task{TaskKind: supplementTask, ID: p.Tender, Title: title, Note: p.Label()})
	}
	return tasks, err
}
