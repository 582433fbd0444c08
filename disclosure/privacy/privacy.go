package privacy

import (
	"context"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// Tx is what the acts need of a transaction. Loading locks the row.
type Tx interface {
	Papers
	Clearance(id string, in identity.Scope) (Clearance, error)
	// SaveClearance answers fault.Conflict on field "number" when the place has it
	// already, asked for or cleared.
	SaveClearance(c Clearance) error
	Withholding(id string, in identity.Scope) (Withholding, error)
	// SaveWithholding answers fault.Conflict on field "address" when it is asked for already.
	SaveWithholding(w Withholding) error
	// Subject finds what is public under the hash in the scope and not withheld, and
	// where it belongs.
	Subject(sha256 string, in identity.Scope) (Subject, identity.Path, error)
	// Hide makes a photo's or file's places private.
	Hide(sha256 string, what Subject) error
}

// Store keeps clearances and withholdings.
type Store interface {
	WritePrivacy(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	Clearance(ctx context.Context, id string, in identity.Scope) (Clearance, error)
	Clearances(ctx context.Context, q casework.Query) ([]Clearance, int, error)
	Withholding(ctx context.Context, id string, in identity.Scope) (Withholding, error)
	Withholdings(ctx context.Context, q casework.Query) ([]Withholding, int, error)
	// Text is a public document's, withheld or not; empty when there is none.
	Text(ctx context.Context, sha256 string) (string, error)
	// TextsWith lists the documents of the place that have the piece in their text
	// and are not withheld, the newest first, at most limit.
	TextsWith(ctx context.Context, at identity.Path, piece string, limit int) ([]string, error)
	// Acts is the private trail of a noun, oldest first, with the persons' names.
	Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error)
}

// Service is the use-cases: clearing numbers and withholding texts.
type Service struct {
	Store Store
	// Veils are the rooms whose rows show the texts of documents: each puts the veil
	// over those of the document with that hash, in the same transaction.
	Veils []func(tx Tx, sha256 string) error
}

// What is done in this room.
var (
	NumberAsk    = identity.NewAction("number.ask", "申请放行号码", identity.Clerk, identity.Station)
	NumberDecide = identity.NewAction("number.decide", "复核放行号码", identity.Supervision, identity.Leader).
			After("number.ask")
	TextAsk = identity.NewAction("text.ask", "申请隐去公开内容", identity.Clerk, identity.Supervision,
		identity.Station)
	TextWithhold = identity.NewAction("text.withhold", "隐去公开内容", identity.Leader).After("text.ask")
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{NumberAsk, NumberDecide, TextAsk, TextWithhold}

var (
	numberDuty = &casework.DutyKind{
		Name:   "number",
		Label:  "复核放行号码",
		Act:    NumberDecide,
		Above:  casework.Oversee,
		Ladder: casework.Usual,
	}
	textDuty = &casework.DutyKind{
		Name:   "text",
		Label:  "复核隐去公开内容",
		Act:    TextWithhold,
		Ladder: casework.Usual,
	}
)

// Duties lists what waits in this room.
var Duties = []*casework.DutyKind{numberDuty, textDuty}

// ClearanceLeads is what takes a clearance on, WithholdingLeads a withholding. A
// number that is cleared stays so until somebody takes it back.
var (
	ClearanceLeads = casework.Leads{
		Asked:   {Duties: []*casework.DutyKind{numberDuty}},
		Cleared: {By: "收回"},
	}
	WithholdingLeads = casework.Leads{
		Asked: {Duties: []*casework.DutyKind{textDuty}},
	}
)

// answerDays is within how many calendar days the second person answers.
const answerDays = 3

func clearanceDuty(c Clearance) casework.Duty {
	return casework.Duty{
		Noun:  c.Stream(),
		Path:  c.Path,
		Title: string(c.Kind) + "：" + c.Reason,
		Due:   calendar.DateOf(c.AskedAt).AddDays(answerDays),
	}
}

func withholdingDuty(w Withholding) casework.Duty {
	return casework.Duty{
		Noun:  w.Stream(),
		Path:  w.Path,
		Title: w.Subject.Label() + "：" + w.Ground.Label(),
		Due:   calendar.DateOf(w.AskedAt).AddDays(answerDays),
	}
}

// Wordings is how the events of this room are told, and its steps that are none.
var Wordings = []words.Wording{
	words.Act("number.asked", "申请放行号码"),
	words.Act("number.cleared", "放行号码"),
	words.Act("number.declined", "不同意放行"),
	words.Act("number.ended", "收回放行"),
	words.Act("text.asked", "申请隐去"),
	words.Act("text.declined", "不同意隐去"),
	words.Of("text.withheld", "隐去公开内容", WithheldFacts.told).InTrail("隐去"),
}
