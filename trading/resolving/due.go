package resolving

import (
	"context"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rolls"
	"sunlot/trading/statement"
)

// Due is the edition of the roll by which a vote of that day on the asset is counted, to
// those who record it. It answers fault.NotFound when none is in force.
func (s *Service) Due(ctx context.Context, who identity.Actor, a trading.Asset, day calendar.Date) (rolls.Roll, error) {
	scope, err := who.Can(trading.ResolutionRecord)
	if err != nil {
		return rolls.Roll{}, err
	}
	if !scope.Covers(a.Path) {
		return rolls.Roll{}, s.noRoll(a, day)
	}
	r, err := s.Store.RollOn(ctx, s.body(a), a.Assembly, day)
	if fault.CodeOf(err) == fault.NotFound {
		return r, s.noRoll(a, day)
	}
	return r, err
}

// body is the organisation whose meeting decides on the asset, and whose roll counts.
func (s *Service) body(a trading.Asset) string {
	return a.Body(identity.OrgKind(s.Pack().Assemblies[a.Assembly].Body))
}

func (s *Service) noRoll(a trading.Asset, day calendar.Date) error {
	meeting, body := s.Pack().Assemblies[a.Assembly].Label, s.body(a)
	if body == "" {
		return fault.New(fault.NotFound, "%s没有%s，不能登记它的决议：请先更正资产登记的决策会议", a.OwnerName, meeting).On("votes")
	}
	return fault.New(fault.NotFound, "%s%s在%s没有核对过的应到人员名册：先由村里登记名册、乡镇经管站核对，再登记决议",
		a.BodyName(body), meeting, day).On("votes")
}

// takeRoll holds the votes against the roll of the day: each member has one, in the
// roll's order and by the roll's name, and nobody else. Who is due is the roll's to say.
// It is the one that the log has once nobody else can confirm an edition for its body.
func (s *Service) takeRoll(tx Tx, a trading.Asset, r *trading.Resolution) error {
	body := s.body(a)
	err := s.noRoll(a, r.HeldOn())
	var roll rolls.Roll
	if body != "" {
		if _, err := tx.Lock(event.Of("org", body)); err != nil {
			return err
		}
		roll, err = tx.RollOn(body, r.Assembly, r.HeldOn())
	}
	if fault.CodeOf(err) == fault.NotFound {
		return fault.New(fault.Invalid, "%s", fault.MessageOf(s.noRoll(a, r.HeldOn()))).On("votes")
	}
	if err != nil {
		return err
	}
	votes, err := onRoll(roll, r.Votes)
	if err != nil {
		return err
	}
	r.Votes, r.Roll = votes, roll.Taken()
	r.Count = count(votes)
	return nil
}

// onRoll puts the votes into the order and under the names of the roll.
func onRoll(roll rolls.Roll, votes []trading.Vote) ([]trading.Vote, error) {
	var f fault.Form
	given := map[int]bool{}
	ordered := make([]trading.Vote, 0, len(roll.Members))
	missed, first := 0, ""
	for _, m := range roll.Members {
		at := voteOf(roll, m, votes, given)
		if at < 0 {
			missed++
			if first == "" {
				first = m.Full()
			}
			continue
		}
		given[at] = true
		v := votes[at]
		v.Name = m.Full()
		ordered = append(ordered, v)
	}
	for i, v := range votes {
		if !given[i] {
			f.Add("votes", "%s不在%s起用的名册上：写错的请改正；确实应到的，先登记新一版名册，核对后再登记决议", v.Name, roll.From)
			break
		}
	}
	if missed > 0 {
		f.Add("votes", "%s起用的名册应到%d人，%s等%d人没有填：没有来的选“缺席”", roll.From, roll.Count, first, missed)
	}
	return ordered, f.Err()
}

// voteOf is where the member's vote stands, by the name with what tells him apart, or by
// the bare name where nobody shares it; -1 when nowhere.
func voteOf(roll rolls.Roll, m rolls.Member, votes []trading.Vote, given map[int]bool) int {
	bare := 0
	for _, other := range roll.Members {
		if statement.SameName(other.Name, m.Name) {
			bare++
		}
	}
	for i, v := range votes {
		if given[i] {
			continue // one vote is one member's
		}
		if statement.SameName(v.Name, m.Full()) || bare == 1 && statement.SameName(v.Name, m.Name) {
			return i
		}
	}
	return -1
}
