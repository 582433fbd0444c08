package works

import (
	"slices"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
)

// The states of a project 项目.
const (
	ProjectProposed casework.State = "proposed" // 待村监委会核实
	ProjectReturned casework.State = "returned" // 已退回
	Underway        casework.State = "underway" // 实施中
	Finished        casework.State = "finished" // 已完成

	ProjectTakenBack casework.State = "taken_back" // 已收回
)

// ProjectLifecycle is where it may go from each state.
var ProjectLifecycle = casework.Lifecycle{
	Noun: "项目",
	Labels: map[casework.State]string{
		ProjectProposed: "待村监委会核实", ProjectReturned: "已退回", Underway: "实施中", Finished: "已完成",
		ProjectTakenBack: "已收回",
	},
	Moves: map[casework.State][]casework.State{
		ProjectProposed: {Underway, ProjectReturned, ProjectTakenBack},
		Underway:        {Finished},
		Finished:        {Underway}, // a correction has left something to pay
	},
}

// ProjectStates lists the states in the order of a project's life.
func ProjectStates() []casework.State {
	return []casework.State{ProjectProposed, ProjectReturned, ProjectTakenBack, Underway, Finished}
}

// PublicStates are those in which everybody sees a project.
func PublicStates() []casework.State { return []casework.State{Underway, Finished} }

// Planned is what was meant for a stage before the work began.
type Planned struct {
	Stage Stage         `json:"stage"`
	On    calendar.Date `json:"on,omitempty"`
	Sum   money.Fen     `json:"sum,omitempty"`
}

// ProjectForm is what the clerk fills in to open a project.
type ProjectForm struct {
	Village    string    `json:"village"`    // the organisation
	Item       string    `json:"item"`       // the micro-power item that it exercises
	Resolution string    `json:"resolution"` // empty when the decision is on paper only
	Name       string    `json:"name"`
	Place      string    `json:"place"`
	Scope      string    `json:"scope"` // what is built
	Estimate   money.Fen `json:"estimate"`
	Plan       []Planned `json:"plan"` // stages that have a planned day or sum
	// Split is why it is let apart from works with which it would be no small one;
	// empty when it would be.
	Split string `json:"split"`
}

// Sums is where a project's money stands, by what has been confirmed.
type Sums struct {
	Budget, Contract, Varied, Final, Paid money.Fen
}

// Agreed is what was contracted, with the confirmed variations.
func (s Sums) Agreed() money.Fen { return s.Contract + s.Varied }

// Owed is what the work costs as far as it is known: the final account, else
// what was agreed.
func (s Sums) Owed() money.Fen {
	if s.Final > 0 {
		return s.Final
	}
	return s.Agreed()
}

// Outstanding is what is still to be paid; below zero too much was, and the work
// does not finish before it has come back.
func (s Sums) Outstanding() money.Fen { return s.Owed() - s.Paid }

// Overpaid is what was paid beyond what is owed.
func (s Sums) Overpaid() money.Fen { return max(-s.Outstanding(), 0) }

// Project is a village's small work from need to last payment.
type Project struct {
	ID   string
	Path identity.Path
	ProjectForm
	VillageName, ItemName string // when read
	State                 casework.State
	Version               int
	Sums                  Sums
	Together              money.Fen     // with those like it within the year before; see Split
	Limit                 money.Fen     // of a small work when it was opened; 0 before, and before that was kept
	Reached               Stage         // the furthest stage with a confirmed entry
	Next                  Stage         // the planned stage that is due first and not recorded yet
	NextDue               calendar.Date // its day; empty when none is planned
	ProposedBy            string
	ProposedAt            time.Time
	ConfirmedBy           string
	ConfirmedAt           time.Time
	Mend                  []fault.Field // why it was returned
	Document              string        // SHA-256 of what was opened
	Photo                 string        // SHA-256 of its newest, when read in a list; empty when there is none
	Event                 event.Ref     // project.opened
}

// Stream is where the project's events are.
func (p Project) Stream() event.Stream { return event.Of("project", p.ID) }

// Label is the state's name on the screen.
func (p Project) Label() string { return ProjectLifecycle.Label(p.State) }

// StateLabel is the name of a project's state on the screen.
func StateLabel(s casework.State) string { return ProjectLifecycle.Label(s) }

// Public says whether everybody sees the project.
func (p Project) Public() bool { return slices.Contains(PublicStates(), p.State) }

// Dropped says whether the proposal came to nothing: whatever was meant is proposed anew.
func (p Project) Dropped() bool { return p.State == ProjectReturned || p.State == ProjectTakenBack }

// Late says whether the next planned stage is overdue on that day.
func (p Project) Late(today calendar.Date) bool {
	return p.State == Underway && p.NextDue != "" && today > p.NextDue
}

// Planned is what was meant for the stage; nothing when it has no plan.
func (f ProjectForm) Planned(s Stage) Planned {
	for _, p := range f.Plan {
		if p.Stage == s {
			return p
		}
	}
	return Planned{Stage: s}
}
