// Package citing keeps the numbers of cited articles true when a statute is
// amended: one administrator enters which article of the text that followed has
// the same figures, another reads both and confirms it. No figure is changed here:
// where the new text has another one, the county needs another edition of its pack.
package citing

import (
	"context"
	"strings"
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/rules"
)

// Citation 条号核对 is one article looked up in the text that followed.
type Citation struct {
	ID      string
	Path    identity.Path // the county's
	State   casework.State
	Version int
	Form
	Title     string // of the statute
	Read      string // the edition that the pack was written by
	Was       string // the article's number there
	Answer    string // why it was declined or ended
	EnteredBy string
	EnteredAt time.Time
	DecidedBy string
	DecidedAt time.Time
	Event     event.Ref // that checked it, or ended it
}

// Form is what an administrator enters.
type Form struct {
	Cites   string        `json:"cites"`   // the source's ID
	Edition string        `json:"edition"` // of the text that followed, such as 2025修正
	From    calendar.Date `json:"from"`    // the first day on which it is in force
	Article string        `json:"article"`
	Same    bool          `json:"same"` // the figures were compared and are the same
}

// Stream is the noun's.
func (c Citation) Stream() event.Stream { return event.Of("citation", c.ID) }

// Label is the state's name on the screen.
func (c Citation) Label() string { return Lifecycle.Label(c.State) }

// The states of a citation.
const (
	Entered  casework.State = "entered"
	Checked  casework.State = "checked"
	Declined casework.State = "declined"
	Ended    casework.State = "ended"
)

// Lifecycle is where it may go from each state.
var Lifecycle = casework.Lifecycle{
	Noun:   "条号核对",
	Labels: map[casework.State]string{Entered: "待确认", Checked: "已核对", Declined: "未通过", Ended: "已收回"},
	Moves:  map[casework.State][]casework.State{Entered: {Checked, Declined}, Checked: {Ended}},
}

// CheckedFacts is the event's.
type CheckedFacts struct {
	Title   string        `json:"title"`
	Read    string        `json:"read_edition"`
	Was     string        `json:"read_article"`
	Edition string        `json:"edition"`
	From    calendar.Date `json:"from"`
	Article string        `json:"article"`
	Figures []string      `json:"figures"` // that were compared and are the same
}

func (f CheckedFacts) told() []words.Fact {
	return []words.Fact{
		words.Text("法规", "《"+f.Title+"》"),
		words.Text("原条文", f.Read+f.Was),
		words.Text("现行条文", f.Edition+f.Article),
		words.Text("施行日期", string(f.From)),
		words.Text("核对一致的数值", strings.Join(f.Figures, "；")),
	}
}

// EndedFacts is the event's: the article is to be looked up again.
type EndedFacts struct {
	Title string `json:"title"`
	Read  string `json:"read_edition"`
	Was   string `json:"read_article"`
}

func (f EndedFacts) told() []words.Fact {
	return []words.Fact{words.Text("法规", "《"+f.Title+"》"), words.Text("原条文", f.Read+f.Was)}
}

// Wordings is how the events of this room are told, and its steps that are none.
var Wordings = []words.Wording{
	words.Act("citation.entered", "登记条号"),
	words.Act("citation.declined", "条号未通过"),
	words.Of("citation.checked", "核对条号", CheckedFacts.told).InTrail("核对条号"),
	words.Of("citation.ended", "收回条号核对", EndedFacts.told).InTrail("收回条号核对"),
}

// What is done in this room.
var (
	Enter  = identity.NewAction("citation.enter", "登记修订后的条号", identity.Administrator)
	Decide = identity.NewAction("citation.decide", "确认修订后的条号", identity.Administrator).
		After("citation.enter")
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{Enter, Decide}

var (
	enterDuty = &casework.DutyKind{
		Name:   "citation",
		Label:  "核对修订后的条号",
		Act:    Enter,
		Ladder: casework.Usual,
	}
	decideDuty = &casework.DutyKind{
		Name:   "cited",
		Label:  "确认修订后的条号",
		Act:    Decide,
		Ladder: casework.Usual,
	}
)

// Duties lists what waits in this room.
var Duties = []*casework.DutyKind{enterDuty, decideDuty}

// Leads is what takes a citation on. One that was declined or ended is an end:
// its article waits to be looked up again.
var Leads = casework.Leads{
	Entered: {Duties: []*casework.DutyKind{decideDuty}},
	Checked: {By: "收回"},
}

const (
	enterDays  = 30 // within how many calendar days an article is looked up
	decideDays = 7  // and confirmed
)

func decideDutyOf(c Citation) casework.Duty {
	return casework.Duty{
		Noun:  c.Stream(),
		Path:  c.Path,
		Title: "《" + c.Title + "》" + c.Was,
		Due:   calendar.DateOf(c.EnteredAt).AddDays(decideDays),
	}
}

// enterDutyOf is what waits on account of an article. Its noun is the article,
// which has no row: many citations may follow each other.
func enterDutyOf(s rules.Source, county identity.Path, today calendar.Date) casework.Duty {
	return casework.Duty{
		Noun:  event.Of("article", s.ID()),
		Path:  county,
		Title: "《" + s.Title + "》" + s.Article,
		Due:   today.AddDays(enterDays),
	}
}

// Tx is what the acts need of a transaction. Loading locks the row.
type Tx interface {
	casework.Papers
	Citation(id string, in identity.Scope) (Citation, error)
	// SaveCitation answers fault.Conflict on field "cites" while another one of the
	// article waits to be confirmed.
	SaveCitation(c Citation) error
}

// Store keeps citations.
type Store interface {
	WriteCitation(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	Citation(ctx context.Context, id string, in identity.Scope) (Citation, error)
	Citations(ctx context.Context, q casework.Query) ([]Citation, int, error)
	// Standing lists those that are checked, the newest of each article.
	Standing(ctx context.Context) ([]Citation, error)
	// ArticlesWaiting says which articles have a duty or a citation that waits.
	ArticlesWaiting(ctx context.Context, articles []string) (map[string]bool, error)
	// Acts is the private trail of a noun, oldest first, with the persons' names.
	Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error)
	casework.OwingStore
}
