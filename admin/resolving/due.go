package resolving

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rolls"
	"sunlot/trading/statement"
	"sunlot/web"
)

// onRoll gives the form a line for each who is due by the roll of the day that was typed,
// of today while none was, with the votes typed so far. Whoever is not on that roll has
// no line. Without a roll nobody votes, and the form says what to do.
func (s *Screens) onRoll(c *fiber.Ctx, page *resolutionPage) error {
	day := s.Kit.Days.Today()
	for _, step := range page.Steps {
		if on, err := calendar.ParseDate(step.Value); step.Key == "decide" && err == nil {
			day = on
		}
	}
	roll, err := s.Resolving.Due(c.UserContext(), web.Actor(c), page.Asset, day)
	if fault.CodeOf(err) == fault.NotFound {
		page.NoRoll = fault.MessageOf(err)
		return nil
	}
	if err != nil {
		return err
	}
	people, err := s.Directory.Representatives(c.UserContext(), web.Actor(c), page.Asset.Path)
	if err != nil {
		return err
	}
	page.Roll = roll
	page.Votes, page.Off = lines(roll, page.Votes, people)
	return nil
}

// lines are the members in the roll's order, each with what was typed and with his
// account, and the names of those with an account who are not among them.
func lines(roll rolls.Roll, typed []trading.Vote, people []identity.Person) (votes []trading.Vote, off []string) {
	found := map[string]bool{}
	for _, m := range roll.Members {
		v := trading.Vote{Name: m.Full()}
		for _, t := range typed {
			if statement.SameName(t.Name, v.Name) {
				v.Choice, v.Person = t.Choice, t.Person
			}
		}
		for _, p := range people {
			if statement.SameName(p.Name, m.Name) && (m.Note == "" || alone(roll, m)) {
				found[p.ID] = true
				if v.Person == "" {
					v.Person = p.ID
				}
			}
			found[p.ID] = found[p.ID] || v.Person == p.ID
		}
		votes = append(votes, v)
	}
	for _, p := range people {
		if !found[p.ID] {
			off = append(off, p.Name)
		}
	}
	return votes, off
}

// alone says whether nobody else on the roll has the member's name.
func alone(roll rolls.Roll, m rolls.Member) bool {
	n := 0
	for _, other := range roll.Members {
		if statement.SameName(other.Name, m.Name) {
			n++
		}
	}
	return n == 1
}
