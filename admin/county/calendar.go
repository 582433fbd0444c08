package county

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/web"
)

type calendarPage struct {
	Years []calendar.Year
	Typed web.Typed
}

func (s *Screens) calendarPage(c *fiber.Ctx, kept web.Typed) (calendarPage, error) {
	days, err := s.Kit.Days.Calendar(c.UserContext())
	page := calendarPage{Typed: kept}
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
	err := r.Wrong.Err()
	if err == nil {
		_, err = s.Admin.AddYear(c.UserContext(), web.Actor(c), r.RequestID(), year)
	}
	if err != nil {
		page, pageErr := s.calendarPage(c, r.Typed)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "office/county/calendar", page)
	}
	return s.Kit.Done(c, "/office/calendar", "放假安排已登记,并写入公开日志")
}
