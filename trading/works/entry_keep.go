package works

import (
	"context"
	"slices"
	"time"

	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// RecordStage enters what was done in a stage, with its papers. Earlier stages
// need not be there: what is missing is shown, not hidden by refusing the truth.
func (s *Service) RecordStage(ctx context.Context, who identity.Actor, requestID, project string,
	form EntryForm) (string, error) {
	scope, once, err := casework.Begin(who, ProjectOpen, "project.record", requestID, []any{project, form})
	if err != nil {
		return "", err
	}
	if err := form.check(s.Days.Today()); err != nil {
		return "", err
	}
	return s.Store.WriteProject(ctx, once, func(tx Tx) (string, error) {
		p, err := tx.Project(project, scope)
		if err != nil {
			return "", err
		}
		if !p.Public() {
			return "", fault.New(fault.Conflict, "项目“%s”，不能登记", p.Label())
		}
		if err := privacy.Check(tx, p.Path, form); err != nil {
			return "", err
		}
		before, err := tx.Entries(p.ID)
		if err != nil {
			return "", err
		}
		if err := p.takes(form, before); err != nil {
			return "", err
		}
		if err := again(form, before); err != nil {
			return "", err
		}
		r := Entry{
			ID:         event.NewID(),
			Project:    p.ID,
			Path:       p.Path,
			State:      Recorded,
			Version:    1,
			EntryForm:  form,
			RecordedBy: who.PersonID,
		}
		r.RecordedAt, err = tx.Lock(p.Stream())
		if err != nil {
			return "", err
		}
		if err := attach(tx, who, r, false); err != nil {
			return "", err
		}
		if err := keepEntry(tx, "", p, r, who.PersonID); err != nil {
			return "", err
		}
		p.plan(append(before, r))
		p.Version++
		if err := keep(tx, p.State, p, who.PersonID); err != nil {
			return "", err
		}
		return r.ID, casework.NoteAct(tx, who, ProjectOpen, p.Stream(), p.Path, "project.recorded", r.named(before))
	})
}

// maxEntries is more than any small work has.
const maxEntries = 200

// again refuses a stage that is there already and happens only once. What was left
// out may be done yet.
func again(form EntryForm, before []Entry) error {
	if len(before) >= maxEntries {
		return fault.New(fault.Conflict, "这个项目的登记已有%d条", maxEntries)
	}
	spec, _ := SpecOf(form.Stage)
	if form.Corrects != "" {
		return nil
	}
	for _, r := range Standing(before) {
		if r.Skipped && (r.State == EntryConfirmed || r.Corrects != "") && !form.Skipped {
			continue
		}
		if r.Stage == form.Stage && !r.Dropped() && (!spec.Many || r.Skipped || form.Skipped) {
			return fault.New(fault.Conflict, "“%s”已经登记过，%s", spec.Label, r.Label()).On("stage")
		}
	}
	return nil
}

// ConfirmEntry makes an entry public: the committee has compared it with the
// paper. Who typed it in cannot. Papers, sums and the event are committed together.
func (s *Service) ConfirmEntry(ctx context.Context, who identity.Actor, requestID, id string,
	form ConfirmForm) (string, error) {
	scope, once, err := casework.Begin(who, ProjectConfirm, "project.check", requestID, []any{id, form})
	if err != nil {
		return "", err
	}
	if err := form.check(); err != nil {
		return "", err
	}
	return s.Store.WriteProject(ctx, once, func(tx Tx) (string, error) {
		r, p, at, err := waiting(tx, who, scope, id, form.Version, EntryConfirmed)
		if err != nil {
			return "", err
		}
		r.ConfirmedBy, r.ConfirmedAt = who.PersonID, at
		if err := privacy.Check(tx, p.Path, r.EntryForm); err != nil {
			return "", err
		}
		if err := attach(tx, who, r, true); err != nil {
			return "", err
		}
		all, err := others(tx, r)
		if err != nil {
			return "", err
		}
		if err := p.takes(r.EntryForm, without(all, r.ID)); err != nil {
			return "", err
		}
		from := p.State
		if err := p.count(all); err != nil {
			return "", err
		}
		if err := p.record(tx, &r, all); err != nil {
			return "", err
		}
		if err := keepEntry(tx, Recorded, p, r, who.PersonID); err != nil {
			return "", err
		}
		if err := keep(tx, from, p, who.PersonID); err != nil {
			return "", err
		}
		return r.ID, casework.NoteAct(tx, who, ProjectConfirm, p.Stream(), p.Path, r.kind(), r.named(all))
	})
}

// record writes the entry's event.
func (p Project) record(tx Tx, r *Entry, all []Entry) error {
	facts := StagedFacts{
		Entry:   r.ID,
		Stage:   r.Stage,
		Skipped: r.Skipped,
		On:      r.On,
		Sum:     r.Amount(),
		Photos:  append([]string{}, r.Photos...),
		Files:   append([]string{}, r.Files...),
		Sums:    SumsFacts(p.Sums),

		Corrects: numberOf(all, r.Corrects),
	}
	e, err := tx.Record(p.Stream(), r.kind(), facts, []byte(r.Note))
	r.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	return err
}

// kind is the event that the entry becomes.
func (r Entry) kind() string {
	if r.Skipped {
		return "project.skipped"
	}
	spec, _ := SpecOf(r.Stage)
	return spec.Event
}

// ReturnEntry gives an entry back; the clerk enters it anew.
func (s *Service) ReturnEntry(ctx context.Context, who identity.Actor, requestID, id string,
	back casework.Return) (string, error) {
	scope, once, err := casework.Begin(who, ProjectConfirm, "project.reject", requestID, []any{id, back})
	if err != nil {
		return "", err
	}
	if err := back.Check(); err != nil {
		return "", err
	}
	return s.Store.WriteProject(ctx, once, func(tx Tx) (string, error) {
		r, p, _, err := waiting(tx, who, scope, id, back.Version, EntryReturned)
		if err != nil {
			return "", err
		}
		r.Mend = back.Reasons
		if err := keepEntry(tx, Recorded, p, r, who.PersonID); err != nil {
			return "", err
		}
		all, err := others(tx, r)
		if err != nil {
			return "", err
		}
		p.plan(all)
		if err := keep(tx, p.State, p, who.PersonID); err != nil {
			return "", err
		}
		return r.ID, casework.NoteAct(tx, who, ProjectConfirm, p.Stream(), p.Path, "project.rejected", back.Reasons)
	})
}

// waiting loads an entry that waits for the committee, with its project, and
// moves it on.
func waiting(tx Tx, who identity.Actor, scope identity.Scope, id string, version int,
	to casework.State) (Entry, Project, time.Time, error) {
	r, p, err := entryOf(tx, scope, id)
	if err != nil {
		return r, p, time.Time{}, err
	}
	if err := casework.SameVersion(r.Version, version); err != nil {
		return r, p, time.Time{}, err
	}
	if err := who.Second("登记的人不能核实同一条登记", r.RecordedBy); err != nil {
		return r, p, time.Time{}, err
	}
	if err := EntryLifecycle.Move(&r.State, to); err != nil {
		return r, p, time.Time{}, err
	}
	r.Version++
	p.Version++
	at, err := tx.Lock(p.Stream())
	return r, p, at, err
}

// entryOf loads an entry with its project, which is locked: the entry is as it is now.
func entryOf(tx Tx, scope identity.Scope, id string) (Entry, Project, error) {
	r, err := tx.Entry(id, scope)
	if err != nil {
		return r, Project{}, err
	}
	p, err := tx.Project(r.Project, scope)
	if err == nil {
		r, err = tx.Entry(id, scope)
	}
	return r, p, err
}

// without is the entries but the one.
func without(all []Entry, id string) []Entry {
	return slices.DeleteFunc(slices.Clone(all), func(e Entry) bool { return e.ID == id })
}

// others is the project's entries with this one as it is now.
func others(tx Tx, r Entry) ([]Entry, error) {
	all, err := tx.Entries(r.Project)
	for i := range all {
		if all[i].ID == r.ID {
			all[i] = r
		}
	}
	return all, err
}
