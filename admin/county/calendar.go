package county

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/identity"
	"sunlot/web"
)

type calendarPage struct {
	Years   []calendar.Year
	Entered []enteredYear
	Typed   web.Typed
}

// enteredYear is a schedule that waits; only who entered it reads what is in it, so
// that another enters it from the notice.
type enteredYear struct {
	identity.EnteredYear
	Mine bool
}

func (s *Screens) calendarPage(c *fiber.Ctx, kept web.Typed) (calendarPage, error) {
	days, err := s.Kit.Days.Calendar(c.UserContext())
	page := calendarPage{Typed: kept}
	if err != nil {
		return page, err
	}
	who := web.Actor(c)
	entered, err := s.Admin.SeeEnteredYears(c.UserContext(), who)
	for _, e := range entered {
		page.Entered = append(page.Entered, enteredYear{EnteredYear: e, Mine: e.By == who.PersonID})
	}
	for year := 2020; year < 2200; year++ {
		if y, ok := days[year]; ok {
			page.Years = append(page.Years, y)
		}
	}
	return page, err
}

func (s *Screens) calendar(c *fiber.Ctx) error {
	page, err := s.calendarPage(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/county/calendar", page)
}

// yearAdd reads a schedule: one holiday a line as "2027-01-01 2027-01-03", one worked day a line.
func (s *Screens) yearAdd(c *fiber.Ctx) error {
	r := web.Read(c)
	year := calendar.Year{Year: r.Number("year", "年份"), Source: r.Text("source")}
	for _, line := range strings.Split(r.Text("holidays"), "\n") {
		if ends := strings.Fields(line); len(ends) > 0 {
			span := calendar.Span{From: calendar.Date(ends[0]), To: calendar.Date(ends[len(ends)-1])}
			year.Holidays = append(year.Holidays, span)
		}
	}
	for _, day := range strings.Fields(r.Text("worked")) {
		year.Worked = append(year.Worked, calendar.Date(day))
	}
	_, waits, err := s.Admin.AddYear(r.Context(), web.Actor(c), r.RequestID(), year)
	if err != nil {
		page, pageErr := s.calendarPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, r.All(err), "office/county/calendar", page)
	}
	if waits {
		return s.Kit.Done(c, "/office/calendar", "已登记，等另一位管理员照通知再登记一次；两次一致才生效")
	}
	return s.Kit.Done(c, "/office/calendar", "两位管理员的登记一致，已生效并写入公开日志")
}
