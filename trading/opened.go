package trading

import (
	"encoding/json"
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/money"
	"sunlot/trading/mode"
	"sunlot/trading/rules"
)

// DraftOf is what a lot's terms are made from: the prices of its notice, and what the
// rules under which that is announced say of the bidding.
func DraftOf(start, step money.Fen, pack rules.Pack) mode.Draft {
	return mode.Draft{
		Start:     start,
		Step:      step,
		MostSteps: pack.StepMaxMultiple.Value(),
		Free:      time.Duration(pack.FreeSeconds.Value()) * time.Second,
		Window:    time.Duration(pack.ExtendWindow.Value()) * time.Second,
		Extend:    time.Duration(pack.ExtendSeconds.Value()) * time.Second,
	}
}

// OpenedFacts is what the public log says when bidding opens: the mode and its terms, how
// many may bid, who of them has which priority, and the commitments of all
// registrations, so that each bidder finds his own.
type OpenedFacts struct {
	Mode          string        `json:"mode,omitempty"` // the openings of before name none
	OpensAt       string        `json:"opens_at"`
	EndsAt        string        `json:"ends_at"`
	StartPrice    money.Fen     `json:"start_price"`
	Unit          money.Unit    `json:"unit,omitempty"`
	Terms         mode.Document `json:"terms,omitempty"` // the mode's own
	Bidders       int           `json:"bidders"`
	Holders       []Holder      `json:"holders"`
	Registrations []string      `json:"registrations"` // commitments in hex, in order of the hash
	Undecided     int           `json:"undecided"`     // refused because the station had not decided by then
}

// Holder is a bidder with a priority right.
type Holder struct {
	Bidder string `json:"bidder"`
	Rank   int    `json:"rank"`
}

// UnmarshalJSON reads the openings of before, which name no mode, as well: their terms stand
// beside the other facts, by the names that they have among the terms.
func (f *OpenedFacts) UnmarshalJSON(text []byte) error {
	type plain OpenedFacts
	if err := json.Unmarshal(text, (*plain)(f)); err != nil {
		return err
	}
	if f.Mode == "" {
		f.Mode, f.Terms = "ascending", mode.Document(text)
	}
	return nil
}

// ModeRules are those by which the lot is won.
func (f OpenedFacts) ModeRules() (mode.Rules, error) {
	return mode.Of(f.Mode, mode.Terms{Start: f.StartPrice, Own: f.Terms})
}

func (f OpenedFacts) told() []words.Fact {
	told := []words.Fact{words.Price("起始价", f.Unit, f.StartPrice)}
	if by, err := f.ModeRules(); err == nil { // of a mode that is not known nothing is told
		told = append(told, terms(f.Unit, by.Told())...)
	}
	told = append(told, words.Count("竞买人", f.Bidders, "位"), words.Instant("竞价开始", f.OpensAt),
		words.Instant("竞价截止", f.EndsAt))
	return append(told, undecided(f.Undecided)...)
}

// terms says a mode's terms.
func terms(unit money.Unit, all []mode.Term) (told []words.Fact) {
	for _, t := range all {
		fact := words.Text(t.Label, t.Words)
		if t.Words == "" {
			fact = words.Price(t.Label, unit, t.Price)
		}
		told = append(told, fact)
	}
	return told
}
