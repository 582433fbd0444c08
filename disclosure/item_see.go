package disclosure

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// ItemTx is what the acts on an item need of a transaction. Loading locks the row.
type ItemTx interface {
	casework.Papers
	Item(id string, in identity.Scope) (Item, error)
	// SaveItem answers fault.Conflict on field "number" when the place has another with that number.
	SaveItem(i Item) error
}

// ItemQuery asks for a page of the list.
type ItemQuery struct {
	Scope    identity.Scope
	Public   bool // only what was published
	States   []casework.State
	Category Category // none means all
	Text     string   // part of a number or name
	Page     identity.Page
}

// ItemStore keeps the micro-power list.
type ItemStore interface {
	WriteItem(ctx context.Context, once event.Request, fn func(ItemTx) (string, error)) (string, error)
	Item(ctx context.Context, id string, in identity.Scope) (Item, error)
	// Items lists them by number.
	Items(ctx context.Context, q ItemQuery) ([]Item, int, error)
	// Acts is the private trail of a noun, oldest first, with the persons' names.
	Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error)
}

// SeeItemTrail lists the steps of an item with names, for those who handle it.
func (s *Items) SeeItemTrail(ctx context.Context, who identity.Actor, i Item) ([]casework.Act, error) {
	if !who.May(identity.ItemDraft, i.Path) && !who.May(identity.ItemPublish, i.Path) {
		return nil, nil
	}
	return s.Store.Acts(ctx, i.Stream())
}

// SeeItem returns an item: to the public its published edition, to the officials
// of the place also what is being drafted.
func (s *Items) SeeItem(ctx context.Context, who identity.Actor, id string) (Item, error) {
	i, err := s.Store.Item(ctx, id, identity.Everywhere)
	if err != nil {
		return i, err
	}
	if who.May(identity.ItemDraft, i.Path) || who.May(identity.ItemPublish, i.Path) {
		return i, nil
	}
	if !i.Public() {
		return Item{}, fault.New(fault.NotFound, "没有这个事项")
	}
	return i.masked(), nil
}

// masked is the item as the public sees it.
func (i Item) masked() Item {
	i.State, i.Draft, i.DraftedBy, i.PublishedBy = Published, nil, "", ""
	return i
}

// SeeItems lists the published items.
func (s *Items) SeeItems(ctx context.Context, q ItemQuery) ([]Item, int, error) {
	q.Public, q.States = true, nil
	if q.Scope == nil {
		q.Scope = identity.Everywhere
	}
	list, total, err := s.Store.Items(ctx, q)
	for i := range list {
		list[i] = list[i].masked()
	}
	return list, total, err
}

// OfficeItems lists all items of the drafter's or publisher's township.
func (s *Items) OfficeItems(ctx context.Context, who identity.Actor, q ItemQuery) ([]Item, int, error) {
	scope, err := who.Can(identity.ItemDraft)
	if err != nil {
		scope, err = who.Can(identity.ItemPublish)
	}
	if err != nil {
		return nil, 0, err
	}
	q.Scope, q.Public = scope, false
	return s.Store.Items(ctx, q)
}

var itemTask = casework.TaskKind{Kind: "item", Label: "公布小微权力事项"}

// TaskKinds implements casework.Tasks.
func (s *Items) TaskKinds() []casework.TaskKind { return []casework.TaskKind{itemTask} }

// Tasks is the drafts that wait for the township's leader.
func (s *Items) Tasks(ctx context.Context, who identity.Actor) ([]casework.Task, error) {
	scope, err := who.Can(identity.ItemPublish)
	if err != nil {
		return nil, nil
	}
	list, _, err := s.Store.Items(ctx, ItemQuery{Scope: scope, States: []casework.State{Drafted, Revising}, Page: casework.FirstPage})
	var tasks []casework.Task
	for _, i := range list {
		tasks = append(tasks, casework.Task{TaskKind: itemTask, ID: i.ID, Title: i.Number + " " + i.Name})
	}
	return tasks, err
}
