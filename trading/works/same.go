package works

import (
	"context"
	"fmt"
	"slices"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

// sameIn says which other stages of the entries show one of the photos of e: the
// same bytes cannot have been taken of both.
func sameIn(entries []Entry, e Entry) (stages []Stage) {
	for _, other := range entries {
		elsewhere := other.Stage != e.Stage || other.Project != e.Project
		if other.ID == e.ID || other.Dropped() || !elsewhere || slices.Contains(stages, other.Stage) {
			continue
		}
		if slices.ContainsFunc(other.Photos, func(sha string) bool { return slices.Contains(e.Photos, sha) }) {
			stages = append(stages, other.Stage)
		}
	}
	return stages
}

// doubts says in words which photos serve two stages, and whether everything was
// entered on one day.
func doubts(entries []Entry) (all []string) {
	for _, e := range entries {
		for _, stage := range sameIn(entries, e) {
			if place(stage) > place(e.Stage) {
				line := fmt.Sprintf("“%s”和“%s”用了同一张照片", e.Stage.Label(), stage.Label())
				if !slices.Contains(all, line) {
					all = append(all, line)
				}
			}
		}
	}
	days, stages := map[calendar.Date]bool{}, map[Stage]bool{}
	for _, e := range entries {
		if !e.RecordedAt.IsZero() {
			days[calendar.DateOf(e.RecordedAt)] = true
			stages[e.Stage] = true
		}
	}
	if len(days) == 1 && len(stages) >= manyStages {
		all = append(all, fmt.Sprintf("已登记的 %d 个环节都是在同一天登记的", len(stages)))
	}
	return all
}

// manyStages is how many stages are not entered on one day as they happen.
const manyStages = 4

// SeeSame says in words, to those who handle an entry, which other stages of this
// project and of the village's others have one of its photos.
func (s *Service) SeeSame(ctx context.Context, who identity.Actor, id string) ([]string, error) {
	e, p, err := s.SeeEntry(ctx, who, id)
	if err != nil || len(e.Photos) == 0 {
		return nil, err
	}
	projects, _, err := s.Store.Projects(ctx, casework.Query{
		Scope: identity.Scope{p.Path},
		Page:  identity.Page{Number: 1, Size: identity.MaxPage},
	})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, other := range projects {
		ids = append(ids, other.ID)
	}
	all, err := s.Store.Entries(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var said []string
	for _, other := range projects {
		of := slices.DeleteFunc(slices.Clone(all), func(r Entry) bool { return r.Project != other.ID })
		for _, stage := range sameIn(of, e) {
			where := "本项目"
			if other.ID != p.ID {
				where = "项目“" + other.Name + "”"
			}
			said = append(said, fmt.Sprintf("有照片和%s的“%s”完全相同", where, stage.Label()))
		}
	}
	return said, nil
}
