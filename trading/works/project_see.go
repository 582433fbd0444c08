package works

import (
	"context"
	"slices"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// SeeProject returns a project and its entries: to the public once it is
// confirmed, with the confirmed entries; to the officials of the place all.
func (s *Service) SeeProject(ctx context.Context, who identity.Actor, id string) (Project, []Entry, error) {
	p, err := s.Store.Project(ctx, id, identity.Everywhere)
	if err != nil {
		return p, nil, err
	}
	official := who.May(identity.OfficeRead, p.Path)
	if !p.Public() && !official {
		return Project{}, nil, fault.New(fault.NotFound, noProject)
	}
	all, err := s.Store.Entries(ctx, p.ID)
	linked(all)
	if !official {
		p = p.masked()
		all = public(all)
	}
	return p, all, err
}

// SeeDeeds lists by project what everybody may know of each: the entries of
// those projects that are public.
func (s *Service) SeeDeeds(ctx context.Context, projects []Project) (map[string][]Entry, error) {
	var ids []string
	for _, p := range projects {
		if p.Public() {
			ids = append(ids, p.ID)
		}
	}
	all, err := s.Store.Entries(ctx, ids...)
	deeds := map[string][]Entry{}
	for _, e := range public(all) {
		deeds[e.Project] = append(deeds[e.Project], e)
	}
	return deeds, err
}

// public is the confirmed ones of the entries, without the persons.
func public(all []Entry) []Entry {
	all = slices.DeleteFunc(all, func(e Entry) bool { return e.State != EntryConfirmed })
	for i := range all {
		all[i].RecordedBy, all[i].ConfirmedBy = "", ""
	}
	return all
}

const noProject = "没有找到这个项目"

// masked is the project as the public sees it.
func (p Project) masked() Project {
	p.ProposedBy = ""
	p.ConfirmedBy = ""
	p.Mend = nil
	return p
}

// SeeProjects lists projects: to the public the confirmed ones, which is what a
// village builds; to an official everything in the scope.
func (s *Service) SeeProjects(ctx context.Context, who identity.Actor, q casework.Query) ([]Project, int, error) {
	official := len(q.Scope) > 0
	for _, place := range q.Scope {
		official = official && who.May(identity.OfficeRead, place)
	}
	if !official {
		q.States = slices.DeleteFunc(slices.Clone(q.States), func(st casework.State) bool {
			return !slices.Contains(PublicStates(), st)
		})
		if len(q.States) == 0 {
			q.States = PublicStates()
		}
		q.Public = true
	}
	if q.Scope == nil {
		q.Scope = identity.Everywhere
	}
	list, total, err := s.Store.Projects(ctx, q)
	for i := range list {
		if !official {
			list[i] = list[i].masked()
		}
	}
	return list, total, err
}

// SeeCorrected returns what an entry corrects, as it was confirmed, to those who
// handle it; nil when it corrects none.
func (s *Service) SeeCorrected(ctx context.Context, who identity.Actor, e Entry) (*Entry, error) {
	if e.Corrects == "" {
		return nil, nil
	}
	wrong, _, err := s.SeeEntry(ctx, who, e.Corrects)
	return &wrong, err
}

// SeeEntry returns one entry with its project to those who handle it.
func (s *Service) SeeEntry(ctx context.Context, who identity.Actor, id string) (Entry, Project, error) {
	scope, err := who.Can(identity.OfficeRead)
	if err != nil {
		return Entry{}, Project{}, err
	}
	e, err := s.Store.Entry(ctx, id, scope)
	if err != nil {
		return e, Project{}, err
	}
	p, err := s.Store.Project(ctx, e.Project, scope)
	if err != nil {
		return e, p, err
	}
	all, err := s.Store.Entries(ctx, e.Project)
	linked(all)
	for _, r := range all {
		if r.ID == e.ID {
			e = r
		}
	}
	return e, p, err
}

// SeeProjectTrail lists the steps of a project with names, for its officials.
func (s *Service) SeeProjectTrail(ctx context.Context, who identity.Actor, p Project) ([]casework.Act, error) {
	if !who.May(identity.OfficeRead, p.Path) {
		return nil, nil
	}
	return s.Store.Acts(ctx, p.Stream())
}

// ProjectFor returns a project to the clerk who goes on with it.
func (s *Service) ProjectFor(ctx context.Context, who identity.Actor, id string) (Project, error) {
	scope, err := who.Can(ProjectOpen)
	if err != nil {
		return Project{}, err
	}
	return s.Store.Project(ctx, id, scope)
}
