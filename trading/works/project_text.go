package works

import (
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/money"
)

// OpenedFacts is what the public log says of a project that was opened.
type OpenedFacts struct {
	Item       event.Ref `json:"item"`
	Edition    int       `json:"edition"` // of the item
	Village    string    `json:"village"`
	Resolution string    `json:"resolution"`
	Estimate   money.Fen `json:"estimate"`
	Limit      money.Fen `json:"limit"`
	Plan       []Planned `json:"plan"`
	Document   string    `json:"document"`
}

// StagedFacts is what the public log says of a confirmed entry of any stage.
// What was written about it is sealed, so that it can be hidden again should it
// name somebody.
type StagedFacts struct {
	Entry   string        `json:"entry"`
	Stage   Stage         `json:"stage"`
	Skipped bool          `json:"skipped"`
	On      calendar.Date `json:"on"`
	Sum     money.Fen     `json:"sum"` // below zero when a variation takes from the price
	Photos  []string      `json:"photos"`
	Files   []string      `json:"files"`
	Sums    SumsFacts     `json:"sums"` // of the project, after this entry
}

// SumsFacts is where the money stands.
type SumsFacts struct {
	Budget   money.Fen `json:"budget"`
	Contract money.Fen `json:"contract"`
	Varied   money.Fen `json:"varied"`
	Final    money.Fen `json:"final"`
	Paid     money.Fen `json:"paid"`
}

// projectText is the opened project as everybody may read it.
type projectText struct {
	Project string    `json:"project"`
	Item    string    `json:"item"`
	Edition int       `json:"edition"`
	Village string    `json:"village"`
	Name    string    `json:"name"`
	Place   string    `json:"place"`
	Scope   string    `json:"scope"`
	Limit   money.Fen `json:"limit"`
	Sum     money.Fen `json:"estimate"`
	Plan    []Planned `json:"plan"`
	At      string    `json:"at"`
}

func opening(p Project, item ItemInForce, limit money.Fen, at time.Time) projectText {
	return projectText{Project: p.ID, Item: p.Item, Edition: item.Edition, Village: p.Village, Name: p.Name, Place: p.Place, Scope: p.Scope, Limit: limit, Sum: p.Estimate, Plan: p.planned(), At: event.Stamp(at)}
}

// planned is the plan, never null in a document.
func (p Project) planned() []Planned { return append([]Planned{}, p.Plan...) }
