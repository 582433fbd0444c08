package share

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/mode"
)

func opened(title string, opens time.Time) share {
	return share{
		Tender: trading.Tender{
			ID:          "abcdefgh12345678",
			TenderForm:  trading.TenderForm{Title: title},
			AnnouncedAt: time.Date(2026, 11, 30, 2, 0, 0, 0, time.UTC),
		},
		Room: bidding.Room{Lot: trading.Lot{
			ID:            "lotlotlotlotlot1",
			Board:         mode.Board{OpensAt: opens},
			Mode:          mode.Usual,
			Terms:         mode.Ascending{Start: 30000, Step: 1, MostSteps: 1, Free: mode.Seconds(time.Hour)}.Terms(),
			Deposit:       120000,
			RegisterUntil: opens.Add(-16 * time.Hour),
		}},
		Origin: "https://sunlot.example.cn",
	}
}

// read unfolds a calendar and answers its lines by name; every line of the file is
// within 75 octets and whole characters.
func read(t *testing.T, calendar string) map[string]string {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSuffix(calendar, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
	lines := map[string]string{}
	for _, line := range strings.Split(strings.ReplaceAll(calendar, "\r\n ", ""), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		if _, twice := lines[name]; !twice {
			lines[name] = value
		}
	}
	return lines
}

func TestAnOpeningIsAnEntryOfACalendar(t *testing.T) {
	opens := time.Date(2026, 12, 8, 1, 0, 0, 0, time.UTC)
	page := opened("pond,dam;\\ 一组\r\nBEGIN:VEVENT"+strings.Repeat("很长的名称", 30), opens)
	first := read(t, openingOf(page, page.AnnouncedAt))
	for name, want := range map[string]string{
		"UID":      "opening-abcdefgh12345678@sunlot.example.cn",
		"SEQUENCE": "0",
		"DTSTAMP":  "20261130T020000Z",
		"DTSTART":  "20261208T010000Z",
		"DTEND":    "20261208T020000Z",
		"SUMMARY":  `竞价：pond\,dam\;\\ 一组\nBEGIN:VEVENT` + strings.Repeat("很长的名称", 30),
		"STATUS":   "CONFIRMED",
	} {
		if first[name] != want {
			t.Errorf("%s is %q, want %q", name, first[name], want)
		}
	}
	moved := read(t, openingOf(opened(page.Title, opens.AddDate(0, 0, 3)), page.AnnouncedAt.Add(26*time.Hour)))
	if moved["UID"] != first["UID"] || moved["SEQUENCE"] != "93600" || moved["DTSTART"] != "20261211T010000Z" {
		t.Errorf("a postponed opening is %v", moved)
	}
	page.Room.Lot.State = trading.Failed
	if read(t, openingOf(page, page.AnnouncedAt))["STATUS"] != "CANCELLED" {
		t.Error("what has failed is still in the calendar")
	}
}

// TestWhatComesToNothingIsTakenBack: an entry that a calendar has is cancelled only by
// one that was changed later.
func TestWhatComesToNothingIsTakenBack(t *testing.T) {
	open, failed := shareOf(trading.Listed), shareOf(trading.Failed)
	for _, s := range []*share{&open, &failed} {
		s.AnnouncedAt = beijing(1, 9, 0)
		s.Room.Lot.Board.OpensAt = beijing(8, 9, 0)
	}
	before, after := changedAt(open, nil), changedAt(failed, nil)
	if !before.Equal(open.AnnouncedAt) || !after.After(before) {
		t.Errorf("published %s, come to nothing %s", before, after)
	}
	entry := openingOf(failed, after)
	if strings.Contains(entry, "SEQUENCE:0\r\n") || !strings.Contains(entry, "STATUS:CANCELLED") {
		t.Errorf("the entry says %s", entry)
	}
}
