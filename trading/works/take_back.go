package works

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

// TakeBackProject ends a proposal that the supervision committee has not begun with. The
// clerk proposes it anew.
func (s *Service) TakeBackProject(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, ProjectOpen, "project.take_back", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteProject(ctx, once, func(tx Tx) (string, error) {
		p, err := tx.Project(id, scope)
		if err != nil {
			return "", err
		}
		if err := ProjectLifecycle.TakesBack(who, p.ProposedBy, p.State, ProjectProposed); err != nil {
			return "", err
		}
		if err := casework.SameVersion(p.Version, version); err != nil {
			return "", err
		}
		if err := ProjectLifecycle.Move(&p.State, ProjectTakenBack); err != nil {
			return "", err
		}
		p.Version++
		if err := keep(tx, ProjectProposed, p, who.PersonID); err != nil {
			return "", err
		}
		return p.ID, casework.NoteAct(tx, who, ProjectOpen, p.Stream(), p.Path, "project.taken_back", nil)
	})
}

// TakeBackEntry ends an entry that the supervision committee has not begun with. The clerk
// enters it anew: until then its stage is not done.
func (s *Service) TakeBackEntry(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, ProjectOpen, "entry.take_back", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteProject(ctx, once, func(tx Tx) (string, error) {
		r, p, err := entryOf(tx, scope, id)
		if err != nil {
			return "", err
		}
		if err := EntryLifecycle.TakesBack(who, r.RecordedBy, r.State, Recorded); err != nil {
			return "", err
		}
		if err := casework.SameVersion(r.Version, version); err != nil {
			return "", err
		}
		if err := EntryLifecycle.Move(&r.State, EntryTakenBack); err != nil {
			return "", err
		}
		r.Version++
		p.Version++
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
		return r.ID, casework.NoteAct(tx, who, ProjectOpen, p.Stream(), p.Path, "project.entry_taken_back", nil)
	})
}
