// Package lead is the receiving offices' own house: sealed reports come in, are
// read, answered and finished. It has a database, a listener and keys of its
// own, and runs on another machine when the county wants it so. The public
// program knows nothing of it but the mailbox between them.
//
// Its events go to its own log, which is private: who opened what, and when.
package lead

import (
	"context"
	"slices"
	"time"

	"filippo.io/age"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Office receives reports; its private key is in the keyring.
type Office struct {
	OrgID     string
	Name      string
	Path      identity.Path
	Recipient string
	MadeAt    time.Time
}

// Report is a sealed report that has come in, as far as it stands open: what the
// list shows. What was written stays sealed to the office.
type Report struct {
	ID         string // that of its box
	Office     string // org id of the one office that reads it
	State      mailbox.State
	Version    int
	About      mailbox.About
	Category   mailbox.Category
	Place      string
	Named      bool   // the reporter says how to reach him
	Reporter   string // the age recipient for answers
	ReceivedAt time.Time
	AnswerBy   calendar.Date
	ChangedAt  time.Time
}

// Stream is the report's events in the private log.
func (r Report) Stream() event.Stream { return event.Of("report", r.ID) }

// Open says whether there is still something to do.
func (r Report) Open() bool { return r.State != mailbox.Finished }

// Late says whether the day of the answer has passed.
func (r Report) Late(today calendar.Date) bool {
	return r.Open() && r.AnswerBy != "" && r.AnswerBy < today
}

// moves is the lifecycle of a report. What is finished is taken up again when
// the reporter adds something to it.
var moves = map[mailbox.State][]mailbox.State{
	mailbox.Received: {mailbox.InHand, mailbox.Finished},
	mailbox.InHand:   {mailbox.Finished},
	mailbox.Finished: {mailbox.InHand},
}

// States lists the states in the order of the lifecycle.
func States() []mailbox.State {
	return []mailbox.State{mailbox.Received, mailbox.InHand, mailbox.Finished}
}

func (r *Report) move(to mailbox.State) error {
	if r.State == to {
		return nil // an answer that changes nothing
	}
	for _, next := range moves[r.State] {
		if next == to {
			r.State = to
			return nil
		}
	}
	return fault.New(fault.Conflict, "当前为“%s”，不能转为“%s”", r.State.Label(), to.Label()).On("state")
}

// Kind says whose words an entry holds.
type Kind string

const (
	Written  Kind = "report" // the report itself
	Added    Kind = "added"  // by the reporter, later
	Answered Kind = "answer" // by the office
)

// Entry is one piece of writing in a report's matter, sealed to the office.
type Entry struct {
	ID     string
	Report string
	Kind   Kind
	At     time.Time
	Body   []byte
}

// Tx is what the acts need of a transaction.
type Tx interface {
	event.Recorder
	Org(id string, in identity.Scope) (identity.Org, error)
	// LeadReport finds a report and locks it, or fault.NotFound.
	LeadReport(id string) (Report, error)
	// SaveReport inserts version 1 and updates later ones.
	SaveReport(r Report) error
	AddLeadEntry(e Entry) error
	// AddOutgoing keeps an answer until the mailbox has it.
	AddOutgoing(e mailbox.Envelope) error
	// AddLeadOffice answers fault.Conflict on field "org" when it has a key.
	AddLeadOffice(o Office) error
}

// Query asks for a page of the list.
type Query struct {
	Offices []string        // org ids
	States  []mailbox.State // none means all
	Text    string          // part of the place's name
	Page    identity.Page
}

// Store keeps what the reading room has.
type Store interface {
	// WriteLead runs fn in one transaction; the same request again gives the first answer.
	WriteLead(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	// LeadReports lists the newest first.
	LeadReports(ctx context.Context, q Query) ([]Report, int, error)
	// FindLeadReport answers fault.NotFound when there is none.
	FindLeadReport(ctx context.Context, id string) (Report, error)
	// LeadEntries lists a page of a report's, oldest first, without their bodies,
	// of which each may have 12 MB, and how many there are.
	LeadEntries(ctx context.Context, report string, at identity.Page) ([]Entry, int, error)
	// LeadEntry is one of a report's with its body, or fault.NotFound.
	LeadEntry(ctx context.Context, report, id string) (Entry, error)
	LeadOffices(ctx context.Context, in identity.Scope) ([]Office, error)
	// Outgoing lists answers that wait to be delivered, at most limit.
	Outgoing(ctx context.Context, limit int) ([]mailbox.Envelope, error)
	Delivered(ctx context.Context, id string) error
	Years(ctx context.Context) ([]calendar.Year, error)
}

// Mailbox is the public program's, seen from here.
type Mailbox interface {
	// Waiting lists up to limit envelopes for a recipient in the order of their
	// ids, beginning after one.
	Waiting(ctx context.Context, recipient, after string, limit int) ([]mailbox.Envelope, error)
	// Drop takes away what has been kept here. The same again is no error.
	Drop(ctx context.Context, recipient string, ids []string) error
	// Deliver puts an answer into its box; the same again is no error.
	Deliver(ctx context.Context, e mailbox.Envelope) error
}

// Keys is the offices' private keys.
type Keys interface {
	// Make keeps a new key and returns its recipient.
	Make() (string, error)
	// Identity finds the key of a recipient.
	Identity(recipient string) (age.Identity, error)
}

// Service is the use-cases.
type Service struct {
	Store   Store
	Mailbox Mailbox
	Keys    Keys
	Clock   calendar.Clock
}

// MakeKey gives an office its key. The public half is then entered in the public
// program, by two persons.
func (s *Service) MakeKey(ctx context.Context, who identity.Actor, requestID, org string) (string, error) {
	scope, once, err := casework.Begin(who, mailbox.OfficeKey, "key.make", requestID, org)
	if err != nil {
		return "", err
	}
	return s.Store.WriteLead(ctx, once, func(tx Tx) (string, error) {
		o, err := tx.Org(org, scope)
		if fault.CodeOf(err) == fault.NotFound || err == nil && o.Kind != identity.Department {
			err = fault.New(fault.Invalid, "请选择受理单位").On("org")
		}
		if err != nil {
			return "", err
		}
		stream := event.Of("office", o.ID)
		at, err := tx.Lock(stream)
		if err != nil {
			return "", err
		}
		recipient, err := s.Keys.Make()
		if err != nil {
			return "", err
		}
		if _, err := tx.Record(stream, "office.keyed", struct {
			Recipient string `json:"recipient"`
		}{recipient}, nil); err != nil {
			return "", err
		}
		return recipient, tx.AddLeadOffice(Office{OrgID: o.ID, Path: o.Path, Recipient: recipient, MadeAt: at})
	})
}

// Keyed says whether the organisation has a key, so that reports are sealed to it.
func (s *Service) Keyed(ctx context.Context, org string) (bool, error) {
	all, err := s.Store.LeadOffices(ctx, identity.Everywhere)
	return slices.ContainsFunc(all, func(o Office) bool { return o.OrgID == org }), err
}

// Offices lists the offices with a key in the actor's places.
func (s *Service) Offices(ctx context.Context, who identity.Actor) ([]Office, error) {
	scope, err := who.Can(mailbox.OfficeKey)
	if err != nil {
		return nil, err
	}
	return s.Store.LeadOffices(ctx, scope)
}
