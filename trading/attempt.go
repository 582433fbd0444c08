package trading

import (
	"fmt"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading/rules"
)

// Attempt is which notice of its asset a tender is, 第几次公告 in Chinese: the ones before
// it came to nothing.
type Attempt struct {
	Count  int    // from 1
	Before string // id of the tender before it; empty of the first
}

// Again says whether the asset was announced before.
func (a Attempt) Again() bool { return a.Before != "" }

// CameToNothing says whether the tender was announced and nobody has the thing by it.
func (t Tender) CameToNothing() bool { return t.LotState == Failed }

// NextAfter is the attempt that another tender would be after this one, which is its
// asset's newest notice.
func (t Tender) NextAfter() Attempt {
	if !t.CameToNothing() {
		return Attempt{Count: 1}
	}
	return Attempt{Count: t.Attempt.Count + 1, Before: t.ID}
}

// Newest is the notice that was published last among an asset's tenders, but for the one
// with that id; without an id when there is none.
func Newest(tenders []Tender, but string) (newest Tender) {
	for _, t := range tenders {
		if t.State == Announced && t.ID != but && t.AnnouncedAt.After(newest.AnnouncedAt) {
			newest = t
		}
	}
	return newest
}

// CutAfter is how far the next attempt's start price may fall below this one's, which came
// to nothing: without a vote of its own, held on that day, less far.
func (t Tender) CutAfter(pack rules.Pack, resolution string, heldOn calendar.Date) rules.Number {
	if resolution != t.Resolution && heldOn >= calendar.DateOf(t.AnnouncedAt) {
		return pack.PriceCutCeiling
	}
	return pack.PriceCut
}

// LowestAfter is the lowest start price after a cut of so many percent, in fen, rounded up.
func LowestAfter(start money.Fen, percent int) money.Fen {
	return (start*money.Fen(100-percent) + 99) / 100
}

// AttemptFacts is what the public log says of which notice of its asset one is. Notices from
// before it was said have none.
type AttemptFacts struct {
	Attempt int       `json:"attempt,omitempty"`
	Before  event.Ref `json:"before,omitzero"` // tender.announced
}

// words tells which notice it is, from the second on.
func (f AttemptFacts) words() words.Fact {
	if f.Attempt < 2 {
		return words.Fact{Label: "公告次数"}
	}
	return words.Text("公告次数", fmt.Sprintf("第%d次", f.Attempt))
}
