package power

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// SeeItemTrail lists the steps of an item with names, for those who handle it.
func (s *Service) SeeItemTrail(ctx context.Context, who identity.Actor, i Item) ([]casework.Act, error) {
	if !who.May(ItemDraft, i.Path) && !who.May(ItemPublish, i.Path) {
		return nil, nil
	}
	return s.Store.Acts(ctx, i.Stream())
}

// SeeItem returns an item: to the public its published edition, to the officials
// of the place also what is being drafted.
func (s *Service) SeeItem(ctx context.Context, who identity.Actor, id string) (Item, error) {
	i, err := s.Store.Item(ctx, id, identity.Everywhere)
	if err != nil {
		return i, err
	}
	if who.May(ItemDraft, i.Path) || who.May(ItemPublish, i.Path) {
		return i, nil
	}
	if !i.Public() {
		return Item{}, fault.New(fault.NotFound, "没有找到这个事项")
	}
	return i.masked(), nil
}

// masked is the item as the public sees it.
func (i Item) masked() Item {
	i.State = Published
	i.Draft = nil
	i.DraftedBy = ""
	i.PublishedBy = ""
	return i
}

// SeeItems lists the published items.
func (s *Service) SeeItems(ctx context.Context, q Query) ([]Item, int, error) {
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
func (s *Service) OfficeItems(ctx context.Context, who identity.Actor, q Query) ([]Item, int, error) {
	scope, err := who.Can(ItemDraft)
	if err != nil {
		scope, err = who.Can(ItemPublish)
	}
	if err != nil {
		return nil, 0, err
	}
	q.Scope, q.Public = scope, false
	return s.Store.Items(ctx, q)
}
