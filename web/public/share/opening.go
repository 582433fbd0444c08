package share

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"sunlot/trading"
	"sunlot/web"
)

// opening is the bidding as an entry of a calendar (RFC 5545), to everybody. Its UID
// stays when the bidding is postponed, and its SEQUENCE grows, so that a calendar that
// has it already moves it.
func (s *Screens) opening(c *fiber.Ctx) error {
	page, err := s.shared(c)
	if err != nil {
		return err
	}
	supplements, err := s.Tendering.SeeSupplements(c.UserContext(), web.Actor(c), page.ID)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	return c.SendString(openingOf(page, changedAt(page, supplements)))
}

// changedAt is when the entry was changed last: published, moved by a supplement, moved
// by a schedule or an outage, or come to nothing.
func changedAt(page share, supplements []trading.Supplement) time.Time {
	changed, lot := page.AnnouncedAt, page.Room.Lot
	times := []time.Time{lot.Moved.At}
	for _, sup := range supplements {
		if sup.State == trading.Released {
			times = append(times, sup.ReleasedAt)
		}
	}
	if lot.State == trading.Failed {
		times = append(times, lot.Board.OpensAt, lot.Board.EndsAt)
	}
	for _, at := range times {
		if at.After(changed) {
			changed = at
		}
	}
	return changed
}

// openingOf writes the entry as it is since it was changed last. Its times are UTC, which
// every calendar shows in its own zone.
func openingOf(page share, changed time.Time) string {
	lot := page.Room.Lot
	room := page.Origin + "/lots/" + lot.ID
	_, host, _ := strings.Cut(page.Origin, "://")
	end := lot.Board.EndsAt
	if !end.After(lot.Board.OpensAt) { // nobody has opened it: it lasts as its terms say, if nobody extends it
		end = lot.Board.OpensAt.Add(lasts(lot))
	}
	state := "CONFIRMED"
	if lot.State == trading.Failed {
		state = "CANCELLED"
	}
	told := fmt.Sprintf("起始价 %s，保证金 %s 元。报名和保证金到账截止 %s。\n竞价大厅：%s\n公告：%s/tenders/%s",
		lot.Unit.Price(lot.Terms.Start), lot.Deposit.Yuan(), web.Until(lot.RegisterUntil), room, page.Origin, page.ID)
	var b strings.Builder
	for _, line := range [][2]string{
		{"BEGIN", "VCALENDAR"}, {"VERSION", "2.0"}, {"PRODID", "-//Sunlot//opening//ZH"}, {"METHOD", "PUBLISH"},
		{"BEGIN", "VEVENT"},
		{"UID", "opening-" + page.ID + "@" + host},
		{"SEQUENCE", fmt.Sprint(int64(changed.Sub(page.AnnouncedAt) / time.Second))},
		{"DTSTAMP", stamp(changed)},
		{"DTSTART", stamp(lot.Board.OpensAt)},
		{"DTEND", stamp(end)},
		{"SUMMARY", escaped("竞价：" + page.Title)},
		{"DESCRIPTION", escaped(told)},
		{"LOCATION", escaped(room)},
		{"URL", room},
		{"STATUS", state},
		{"BEGIN", "VALARM"}, {"ACTION", "DISPLAY"}, {"TRIGGER", "-PT1H"},
		{"DESCRIPTION", escaped("一小时后开始竞价：" + page.Title)},
		{"END", "VALARM"},
		{"END", "VEVENT"}, {"END", "VCALENDAR"},
	} {
		fold(&b, line[0]+":"+line[1])
	}
	return b.String()
}

// stamp writes an instant as UTC, the seconds that a calendar knows.
func stamp(at time.Time) string { return at.UTC().Format("20060102T150405Z") }

// escaped writes a text so that no mark of it ends or parts a value.
func escaped(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(text)
}

const mostOctets = 75 // of a line of a calendar

// fold writes a line, going on in the next with a blank before no character is cut.
func fold(b *strings.Builder, line string) {
	room := mostOctets
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], mostOctets-1
	}
	b.WriteString(line + "\r\n")
}

// lasts is how long a bidding lasts whose end nothing moves.
func lasts(lot trading.Lot) time.Duration {
	by, err := lot.ModeRules()
	if err != nil { // of a mode that is not known nothing is promised
		return 0
	}
	whole, _ := by.Lasts()
	return whole
}
