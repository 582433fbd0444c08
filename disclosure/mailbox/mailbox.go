// Package mailbox takes what people report and hands it on sealed. A report is
// sealed to the receiving office's key (age) before anything is kept; from then
// on the program that serves the public pages cannot open it. The reporter gets
// a code of 16 digits, under which the office's answers come back.
//
// The public log has a blind commitment of each envelope and nothing else: no
// page, count, size or time tells that somebody has reported.
package mailbox

import (
	"context"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// Office may receive sealed reports about what lies at or below its path.
type Office struct {
	ID, OrgID string
	Path      identity.Path
	Name      string
	Recipient string // its age recipient, "age1…"

	ProposedBy string // person id
	ProposedAt time.Time
	KeyedAt    time.Time // zero while nobody has confirmed it
	Event      event.Ref // office.keyed
}

// Stream is the office's events.
func (o Office) Stream() event.Stream { return event.Of("office", o.ID) }

// InForce says whether reports may be sealed to the office.
func (o Office) InForce() bool { return !o.KeyedAt.IsZero() }

// Box is a reporter's, found by the code alone.
type Box struct {
	Lookup     string // what follows from the code, slowly
	ID         string
	Recipient  string // of the office that has the report
	Office     string // its name when the report was taken
	Locked     []byte // the identity that opens the answers, under the code
	Salt       string // hex; commitment = SHA-256 over tag, salt and envelope
	Envelope   string // SHA-256 in hex of the sealed report
	Commitment string // hex
	Promise    string // signed by the log's key
	MadeAt     time.Time
}

// Envelope is something sealed on its way: to an office, or to a reporter.
type Envelope struct {
	ID        string
	Box       string
	Recipient string
	MadeAt    time.Time // rounded to the hour: a minute could tell who stood in the office
	Body      []byte
}

// Tx is what the acts of a mailbox need of a transaction.
type Tx interface {
	event.Recorder
	ledger.CommitTx
	AddBox(b Box) error
	AddEnvelope(e Envelope) error
	// Org finds an organisation in the scope, or fault.NotFound.
	Org(id string, in identity.Scope) (identity.Org, error)
	// Office finds one in the scope and locks it, or fault.NotFound.
	Office(id string, in identity.Scope) (Office, error)
	// SaveOffice answers fault.Conflict on field "recipient" when another office has that key.
	SaveOffice(o Office) error
}

// Store keeps boxes and envelopes.
type Store interface {
	// WriteMailbox runs fn in one transaction and returns after its commit. The
	// same request again returns the first answer without running fn; with other
	// content it is refused.
	WriteMailbox(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	// MailboxOffices lists for each place the office with the newest confirmed key.
	MailboxOffices(ctx context.Context) ([]Office, error)
	// AllOffices lists every key in the scope, at most 500, the newest first.
	AllOffices(ctx context.Context, in identity.Scope) ([]Office, error)
	// Box answers fault.NotFound when the code was nobody's.
	Box(ctx context.Context, lookup string) (Box, error)
	// Answers lists what waits in a box for its reporter, oldest first, at most 100.
	Answers(ctx context.Context, b Box) ([]Envelope, error)
	Org(ctx context.Context, id string) (identity.Org, error)
}

// Blind takes a commitment into the transaction that decided at that time and
// returns the log's signed promise to publish it.
type Blind interface {
	Commit(tx ledger.CommitTx, at time.Time, commitment [32]byte) (promise string, err error)
}

// Service is the use-cases. Nothing that it is given of a report is kept open,
// and every []byte of it is the caller's to wipe.
type Service struct {
	Store  Store
	Blind  Blind
	Clock  calendar.Clock
	Secret []byte // of the server; codes are looked up by what follows from it
}

// About is who a report is about, in the words of the form.
type About string

const (
	VillageCadre  About = "village"    // 村组干部
	TownshipCadre About = "township"   // 乡镇干部
	BidderAbout   About = "bidder"     // 竞买人、承租方、施工单位
	Supervisor    About = "supervisor" // 纪检、监委会等监督人员
	Unsure        About = "unsure"     // 不清楚
)

var aboutLabels = map[About]string{VillageCadre: "村干部、村民小组长", TownshipCadre: "乡镇的干部", BidderAbout: "竞买人、承租方、施工单位",
	Supervisor: "监督人员（村监委会成员、纪检监察干部）", Unsure: "不清楚"}

// Abouts lists the choices in the order of the form.
func Abouts() []About { return []About{VillageCadre, TownshipCadre, BidderAbout, Supervisor, Unsure} }

// Label is the choice's name on the screen.
func (a About) Label() string { return aboutLabels[a] }

// Category is what a report is about in the matter.
type Category string

// Categories lists the choices in the order of the form.
func Categories() []Category {
	return []Category{"land", "works", "money", "allowance", "favour", "other"}
}

var categoryLabels = map[Category]string{"land": "土地、鱼塘、店铺的发包和出租", "works": "修路、修渠等工程", "money": "集体的钱和账目",
	"allowance": "补贴、低保、救助", "favour": "吃拿卡要、优亲厚友", "other": "其他"}

// Label is the category's name on the screen.
func (c Category) Label() string { return categoryLabels[c] }
