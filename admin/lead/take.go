package lead

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"filippo.io/age"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// How often the mailbox is emptied, and how many envelopes are held at once: one
// may have 12 MB.
const (
	emptyEvery = 2 * time.Second
	handful    = 4
)

// answerDays is within how many working days a report is to be answered
// ("《纪检监察机关处理检举控告工作规则》": named reports are acknowledged within 15).
const answerDays = 15

// Run empties the mailbox and delivers answers until ctx ends. It logs that
// something failed, never what it was about.
func (s *Service) Run(ctx context.Context) {
	every := time.NewTicker(emptyEvery)
	defer every.Stop()
	for {
		if err := s.Work(ctx); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "reading room: the mailbox could not be worked, will try again", "err", err)
		}
		select {
		case <-every.C:
		case <-ctx.Done():
			return
		}
	}
}

// Work takes what waits in the mailbox for each office and delivers what waits
// here. A step that was done before its process died is done again without harm,
// and one that fails keeps no other from being done.
func (s *Service) Work(ctx context.Context) error {
	offices, err := s.Store.LeadOffices(ctx, identity.Everywhere)
	if err != nil {
		return err
	}
	var failed []error
	for _, o := range offices {
		failed = append(failed, s.empty(ctx, o))
	}
	return errors.Join(append(failed, s.deliver(ctx))...)
}

// mostAnswers is how many answers are delivered in one round.
const mostAnswers = 20

func (s *Service) deliver(ctx context.Context) error {
	waiting, err := s.Store.Outgoing(ctx, mostAnswers)
	if err != nil {
		return err
	}
	var failed []error
	for _, e := range waiting {
		err := s.Mailbox.Deliver(ctx, e)
		if err == nil {
			err = s.Store.Delivered(ctx, e.ID)
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// empty takes all of an office's envelopes, a handful at a time.
func (s *Service) empty(ctx context.Context, o Office) error {
	for after := ""; ; {
		waiting, err := s.Mailbox.Waiting(ctx, o.Recipient, after, handful)
		if err != nil || len(waiting) == 0 {
			return err
		}
		after = waiting[len(waiting)-1].ID
		if err := s.keep(ctx, o, waiting); err != nil {
			return err
		}
	}
}

// keep keeps envelopes here first, and only then drops them there. One that
// cannot be taken stays there and keeps no other from being taken.
func (s *Service) keep(ctx context.Context, o Office, waiting []mailbox.Envelope) error {
	key, err := s.Keys.Identity(o.Recipient)
	if err != nil {
		return err
	}
	var kept []string
	for _, e := range waiting {
		err := s.take(ctx, o, key, e)
		if fault.CodeOf(err) == fault.NotFound {
			continue // something added to a report that is still in the box
		}
		if err != nil {
			slog.ErrorContext(ctx, "reading room: an envelope cannot be taken and stays in the mailbox", "err", err)
			continue
		}
		kept = append(kept, e.ID)
	}
	return s.Mailbox.Drop(ctx, o.Recipient, kept)
}

func (s *Service) take(ctx context.Context, o Office, key age.Identity, e mailbox.Envelope) error {
	l, err := mailbox.Open(e.Body, key)
	if err != nil {
		return err
	}
	once := event.Request{Kind: "envelope.take", ID: e.ID, Digest: event.Hash(e.Body)}
	if l.Reporter == "" {
		_, err = s.Store.WriteLead(ctx, once, func(tx Tx) (string, error) { return e.Box, s.added(tx, o, e) })
		return err
	}
	years, err := s.Store.Years(ctx)
	if err != nil {
		return err
	}
	r := Report{
		ID:         e.Box,
		Office:     o.OrgID,
		State:      mailbox.Received,
		Version:    1,
		About:      l.About,
		Category:   l.Category,
		Place:      l.PlaceName,
		Named:      len(l.Contact) > 0,
		Reporter:   l.Reporter,
		ReceivedAt: l.At,
	}
	r.AnswerBy, _ = calendar.Published.With(years...).AddWorkingDays(calendar.DateOf(l.At), answerDays)
	_, err = s.Store.WriteLead(ctx, once, func(tx Tx) (string, error) { return r.ID, s.received(tx, r, e) })
	return err
}

func (s *Service) received(tx Tx, r Report, e mailbox.Envelope) error {
	at, err := tx.Lock(r.Stream())
	if err != nil {
		return err
	}
	r.ChangedAt = at
	if err := tx.SaveReport(r); err != nil {
		return err
	}
	if err := tx.AddLeadEntry(Entry{ID: e.ID, Report: r.ID, Kind: Written, At: e.MadeAt, Body: e.Body}); err != nil {
		return err
	}
	if _, err := tx.Record(r.Stream(), "report.received", struct{}{}, nil); err != nil {
		return err
	}
	return s.tell(tx, r, at, nil)
}

// added keeps what the reporter wrote later; what was finished is in hand again.
func (s *Service) added(tx Tx, o Office, e mailbox.Envelope) error {
	r, err := tx.LeadReport(e.Box)
	if err != nil {
		return err
	}
	if r.Office != o.OrgID { // whose key could not open it: the whole report would not open any more
		return errors.New("lead: an addition is sealed to another office than its report")
	}
	at, err := tx.Lock(r.Stream())
	if err != nil {
		return err
	}
	if err := tx.AddLeadEntry(Entry{ID: e.ID, Report: r.ID, Kind: Added, At: e.MadeAt, Body: e.Body}); err != nil {
		return err
	}
	r.Version, r.ChangedAt = r.Version+1, at
	if r.State == mailbox.Finished {
		if err := r.move(mailbox.InHand); err != nil {
			return err
		}
		if err := s.tell(tx, r, at, nil); err != nil {
			return err
		}
	}
	if err := tx.SaveReport(r); err != nil {
		return err
	}
	_, err = tx.Record(r.Stream(), "report.added", struct{}{}, nil)
	return err
}

// tell seals where the report stands, and perhaps some words, to its reporter.
// The time is in the letter: that a report was received is told seconds after it
// was sent, and the mailbox is not to know more than the hour.
func (s *Service) tell(tx Tx, r Report, at time.Time, text []byte) error {
	sealed, err := mailbox.Seal(mailbox.Letter{At: at, State: r.State, Text: text}, r.Reporter)
	if err != nil {
		return err
	}
	return tx.AddOutgoing(mailbox.Envelope{
		ID:        event.NewID(),
		Box:       r.ID,
		Recipient: r.Reporter,
		MadeAt:    at.UTC().Truncate(time.Hour),
		Body:      sealed,
	})
}
