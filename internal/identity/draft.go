package identity

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

// The limits of what is kept for somebody who has not finished a form.
const (
	DraftBytes = 256 << 10           // of one form's values as JSON
	MaxDrafts  = 50                  // of one person
	DraftFor   = 30 * 24 * time.Hour // after which a draft is gone
)

// Draft is what a person has typed into a form and not sent yet. It is nobody
// else's, and no event tells of it.
type Draft struct {
	Form    string // which form of which noun, such as tenders/new/ and an asset's id
	Typed   map[string][]string
	SavedAt time.Time
}

// Value is the first value of a field.
func (d Draft) Value(name string) string {
	if all := d.Typed[name]; len(all) > 0 {
		return all[0]
	}
	return ""
}

// DraftStore keeps drafts.
type DraftStore interface {
	// KeepDraft keeps or replaces the person's draft of a form. It answers
	// fault.Conflict for one more than most.
	KeepDraft(ctx context.Context, person string, d Draft, most int) error
	// DraftOf answers fault.NotFound when there is none.
	DraftOf(ctx context.Context, person, form string) (Draft, error)
	// DraftsOf lists a person's own, the last saved first.
	DraftsOf(ctx context.Context, person string) ([]Draft, error)
	// DropDraft is no error when there is none.
	DropDraft(ctx context.Context, person, form string) error
	// DropDrafts drops everybody's that were saved by then.
	DropDrafts(ctx context.Context, until time.Time) error
}

// Drafts is the use-cases of what is not finished yet.
type Drafts struct {
	Store DraftStore
	Clock calendar.Clock
}

// Keep keeps what the actor has typed into a form so far.
func (s *Drafts) Keep(ctx context.Context, who Actor, form string, typed map[string][]string) (Draft, error) {
	if !who.SignedIn() {
		return Draft{}, fault.New(fault.Unauthenticated, "请先登录")
	}
	body, err := json.Marshal(typed)
	if err != nil {
		return Draft{}, err
	}
	if len(body) > DraftBytes {
		return Draft{}, fault.New(fault.Invalid, "内容太长，存不下：最多约8万字。请先删去一些，或直接提交")
	}
	d := Draft{Form: form, Typed: typed, SavedAt: s.Clock.Now()}
	return d, s.Store.KeepDraft(ctx, who.PersonID, d, MaxDrafts)
}

// Find is the actor's draft of a form, or fault.NotFound.
func (s *Drafts) Find(ctx context.Context, who Actor, form string) (Draft, error) {
	d, err := s.Store.DraftOf(ctx, who.PersonID, form)
	if err == nil && s.lapsed(d) {
		return Draft{}, fault.New(fault.NotFound, "没有暂存内容")
	}
	return d, err
}

// Own lists the actor's drafts, the last saved first.
func (s *Drafts) Own(ctx context.Context, who Actor) ([]Draft, error) {
	list, err := s.Store.DraftsOf(ctx, who.PersonID)
	var own []Draft
	for _, d := range list {
		if !s.lapsed(d) {
			own = append(own, d)
		}
	}
	return own, err
}

// Drop throws the actor's draft of a form away.
func (s *Drafts) Drop(ctx context.Context, who Actor, form string) error {
	return s.Store.DropDraft(ctx, who.PersonID, form)
}

// sweepEvery is how long a draft may stay after its time.
const sweepEvery = time.Hour

// Run throws lapsed drafts away until ctx ends. What was typed may name people:
// it does not wait for somebody to keep another draft.
func (s *Drafts) Run(ctx context.Context) {
	every := time.NewTicker(sweepEvery)
	defer every.Stop()
	for {
		if err := s.Store.DropDrafts(ctx, s.Clock.Now().Add(-DraftFor)); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "drafts: the lapsed ones could not be dropped, will try again", "err", err)
		}
		select {
		case <-every.C:
		case <-ctx.Done():
			return
		}
	}
}

func (s *Drafts) lapsed(d Draft) bool { return !s.Clock.Now().Before(d.SavedAt.Add(DraftFor)) }
