package rolls

import (
	"context"
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/statement"
)

// reads is where the actor handles rolls.
func reads(who identity.Actor) (identity.Scope, error) {
	scope, err := who.Can(RollEnter)
	more, moreErr := who.Can(RollConfirm)
	if err != nil && moreErr != nil {
		return nil, err
	}
	return slices.Concat(scope, more), nil
}

// SeeRoll returns an edition with who is on it, and its trail, to those who handle rolls
// where it lies; to others there is none.
func (s *Service) SeeRoll(ctx context.Context, who identity.Actor, id string) (Roll, []casework.Act, error) {
	scope, err := reads(who)
	if err != nil {
		return Roll{}, nil, err
	}
	r, err := s.Store.Roll(ctx, id, scope)
	if err != nil {
		return r, nil, err
	}
	acts, err := s.Store.Acts(ctx, r.Stream())
	return r, acts, err
}

// SeeRolls lists the editions of the actor's places, without who is on them.
func (s *Service) SeeRolls(ctx context.Context, who identity.Actor, q casework.Query) ([]Roll, int, error) {
	scope, err := reads(who)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.Store.Rolls(ctx, q)
}

// Change is in what an edition differs from the one in force before its day.
type Change struct {
	From       calendar.Date // of the one before; empty when there was none
	Come, Gone []string
}

// SeeChange says who has come to an edition and who has gone, to those who read it.
func (s *Service) SeeChange(ctx context.Context, who identity.Actor, r Roll) (Change, error) {
	scope, err := reads(who)
	if err != nil {
		return Change{}, err
	}
	before, err := s.Store.RollOn(ctx, r.Org, r.Assembly, r.From)
	if before.ID == r.ID {
		before, err = s.Store.RollOn(ctx, r.Org, r.Assembly, r.From.AddDays(-1))
	}
	if fault.CodeOf(err) == fault.NotFound || err == nil && !scope.Covers(before.Path) {
		return Change{}, nil
	}
	if err != nil {
		return Change{}, err
	}
	return Change{From: before.From, Come: missing(r, before), Gone: missing(before, r)}, nil
}

// missing lists who is on the one and not on the other.
func missing(on, from Roll) (names []string) {
	have := map[string]bool{}
	for _, m := range from.Members {
		have[statement.FoldName(m.Full())] = true
	}
	for _, m := range on.Members {
		if !have[statement.FoldName(m.Full())] {
			names = append(names, m.Full())
		}
	}
	return names
}
