package demo

import (
	"context"
	"fmt"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/rolls"
)

// due are those of the story's group who are due; their roll is entered and confirmed
// for the group's first story.
func (s *Seeder) due(ctx context.Context, st story, today calendar.Date) ([]rolls.Member, error) {
	org, err := s.Data.People.Org(ctx, s.Orgs[st.group])
	if err != nil {
		return nil, err
	}
	have, err := s.Data.Rolls.RollOn(ctx, org.ID, "group_meeting", today.AddDays(-20))
	if fault.CodeOf(err) != fault.NotFound {
		return have.Members, err
	}
	form := rollOf(org, "group_meeting", "户代表", 18, today)
	return form.Members, s.roll(ctx, st.clerk, form)
}

// rollOf is a roll of so many, each by a number.
func rollOf(org identity.Org, assembly, member string, due int, today calendar.Date) rolls.Form {
	form := rolls.Form{Org: org.ID, Assembly: assembly, From: today.AddDays(-200)}
	for i := range due {
		form.Members = append(form.Members, rolls.Member{Name: fmt.Sprintf("%s%d", member, i+1)})
	}
	return form
}

// roll enters a roll and has the station confirm it.
func (s *Seeder) roll(ctx context.Context, clerk string, form rolls.Form) error {
	id, err := s.Rolls.EnterRoll(ctx, s.Actors[clerk], event.NewID(), form)
	if err != nil {
		return err
	}
	_, err = s.Rolls.ConfirmRoll(ctx, s.Actors["station"], event.NewID(), id, 1)
	return err
}

// rolls has the third group's roll confirmed, for the vote that a visitor enters.
func (s *Seeder) rolls(ctx context.Context) error {
	today := calendar.DateOf(s.Clock.Now())
	group, err := s.Data.People.Org(ctx, s.Orgs["青塘村第三村民小组"])
	if err != nil {
		return err
	}
	own := rollOf(group, "group_meeting", "户代表", 10, today)
	own.Members[0].Name, own.Members[1].Name = "户代表甲", "户代表乙" // who have accounts
	return s.roll(ctx, "clerk", own)
}

// waitingRoll has the village's representatives entered, for the station to check.
func (s *Seeder) waitingRoll(ctx context.Context) error {
	village, err := s.Data.People.Org(ctx, s.Orgs["青塘村村民委员会"])
	if err != nil {
		return err
	}
	today := calendar.DateOf(s.Clock.Now())
	form := rollOf(village, "village_representatives", "村民代表", 21, today)
	_, err = s.Rolls.EnterRoll(ctx, s.Actors["clerk"], event.NewID(), form)
	return err
}
