package demo

import (
	"context"
	"fmt"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading/rolls"
)

// due are those of the story's assembly who are due; their roll is entered and confirmed
// with the first story where none is in force.
func (s *Seeder) due(ctx context.Context, st story, today calendar.Date) ([]rolls.Member, error) {
	have, err := s.Data.Rolls.RollOn(ctx, s.Orgs[st.group], st.decides(), today.AddDays(-20))
	if fault.CodeOf(err) != fault.NotFound {
		return have.Members, err
	}
	form := s.rollFor(st, today)
	id, err := s.Rolls.EnterRoll(ctx, s.Actors[st.clerk], event.NewID(), form)
	if err != nil {
		return nil, err
	}
	_, err = s.Rolls.ConfirmRoll(ctx, s.Actors[st.of().station], event.NewID(), id, 1)
	return form.Members, err
}

func (s *Seeder) rollFor(st story, today calendar.Date) rolls.Form {
	return rollOf(s.Orgs[st.group], st.decides(), s.Pack().Assemblies[st.decides()].Member, 18, today)
}

// kept enters the roll of a story's assembly and has the station confirm it two days later.
func (s *script) kept(st story, day int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		if err := until(s.diary.at(day, 9, 20+st.minutes())); err != nil {
			return err
		}
		form := s.rollFor(st, calendar.DateOf(s.Clock.Now()))
		id, err := s.Rolls.EnterRoll(ctx, s.Actors[st.clerk], event.NewID(), form)
		if err != nil {
			return fmt.Errorf("roll of %s: %w", st.group, err)
		}
		if err := until(s.diary.at(day+2, 14, 30+st.minutes())); err != nil {
			return err
		}
		_, err = s.Rolls.ConfirmRoll(ctx, s.Actors[st.of().station], event.NewID(), id, 1)
		return err
	}
}

// rollOf is a roll of so many, each by a number.
func rollOf(org, assembly, member string, due int, today calendar.Date) rolls.Form {
	form := rolls.Form{Org: org, Assembly: assembly, From: today.AddDays(-200)}
	for i := range due {
		form.Members = append(form.Members, rolls.Member{Name: fmt.Sprintf("%s%d", member, i+1)})
	}
	return form
}

// rolls has the third group's roll confirmed, for the vote that a visitor enters.
func (s *Seeder) rolls(ctx context.Context) error {
	id, err := s.ownRoll(ctx)
	if err != nil {
		return err
	}
	_, err = s.Rolls.ConfirmRoll(ctx, s.Actors["station"], event.NewID(), id, 1)
	return err
}

// ownRoll is the third group's, with the two who have accounts.
func (s *Seeder) ownRoll(ctx context.Context) (string, error) {
	today := calendar.DateOf(s.Clock.Now())
	own := rollOf(s.Orgs["青塘村第三村民小组"], "group_meeting", "户代表", 10, today)
	own.Members[0].Name, own.Members[1].Name = "户代表甲", "户代表乙"
	return s.Rolls.EnterRoll(ctx, s.Actors["clerk"], event.NewID(), own)
}

// ownKept has the third group's roll confirmed the day after it was entered.
func (s *script) ownKept(day int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		if err := until(s.diary.at(day, 10, 5)); err != nil {
			return err
		}
		id, err := s.ownRoll(ctx)
		if err != nil {
			return err
		}
		if err := until(s.diary.at(day+1, 15, 20)); err != nil {
			return err
		}
		_, err = s.Rolls.ConfirmRoll(ctx, s.Actors["station"], event.NewID(), id, 1)
		return err
	}
}

// waitingRoll has the village's representatives entered, for the station to check.
func (s *script) waitingRoll(ctx context.Context, until func(time.Time) error) error {
	if err := until(s.diary.at(-2, 16, 25)); err != nil {
		return err
	}
	today := calendar.DateOf(s.Clock.Now())
	form := rollOf(s.Orgs["青塘村村民委员会"], "village_representatives", "村民代表", 21, today)
	_, err := s.Rolls.EnterRoll(ctx, s.Actors["clerk"], event.NewID(), form)
	return err
}
