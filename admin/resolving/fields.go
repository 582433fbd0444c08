package resolving

import (
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/web"
)

type stepLine struct{ Key, Label, Value string }

func (p *resolutionPage) steps(s *Screens, done []trading.StepDone) {
	for _, step := range s.Pack().Procedure {
		line := stepLine{Key: step.Key, Label: step.Label}
		for _, d := range done {
			if d.Key == step.Key {
				line.Value = string(d.On)
			}
		}
		if !step.After {
			p.Steps = append(p.Steps, line)
		}
	}
}

// resolutionForm reads the form and keeps it for another drawing.
func (s *Screens) resolutionForm(r *web.Reader, page *resolutionPage) trading.ResolutionForm {
	form := trading.ResolutionForm{
		Asset:      page.Asset.ID,
		FloorPrice: r.Yuan("floor_price", "底价"),
		Outsiders:  r.Yes("outsiders"),
	}
	form.Side = trading.SideOf(only(r, page.Sides, "side", "请选择出租还是出让"))
	form.Unit = money.UnitOf(only(r, page.Units, "unit", "请选择计价单位"))
	if form.Side == trading.Let || r.Text("years") != "" {
		form.Years = r.Number("years", "租期")
	}
	switch r.Text("priorities") {
	case "member":
		form.Priorities = []trading.Priority{trading.MemberFirst}
	case "member,former_lessee":
		form.Priorities = []trading.Priority{trading.MemberFirst, trading.FormerLessee}
	case "none":
	default:
		r.Wrong.Add("priorities", "请选择优先权")
	}
	for _, step := range s.Pack().Procedure {
		if !step.After {
			form.Steps = append(form.Steps, trading.StepDone{Key: step.Key, On: r.Day("step_"+step.Key, step.Label)})
			page.Steps = append(page.Steps, stepLine{step.Key, step.Label, r.Typed["step_"+step.Key]})
		}
	}
	form.Votes = voteForm(r)
	page.Votes = form.Votes
	form.SignIn, form.Minutes = r.Photos(s.Kit.Library, "sign_in"), r.Photos(s.Kit.Library, "minutes")
	page.SignIn, page.Minutes = form.SignIn, form.Minutes
	for name, value := range r.Typed {
		page.Typed[name] = value
	}
	return form
}

// only is the choice that the form asks for, and the one that there is where it does not ask.
func only(r *web.Reader, choices []web.Choice, field, ask string) string {
	if len(choices) == 1 {
		return choices[0].Value
	}
	chosen := r.Text(field)
	if chosen == "" {
		r.Wrong.Add(field, "%s", ask)
	}
	return chosen
}

// voteForm reads the members and their votes; a line without a name and without
// a choice is room that was not used. Who has no choice of his own has voted as the rest.
func voteForm(r *web.Reader) []trading.Vote {
	persons, choices := r.Values("vote_person"), r.Values("vote_choice")
	rest := trading.Choice(r.Text("vote_rest"))
	var votes []trading.Vote
	for i, name := range r.Values("vote_name") {
		v := trading.Vote{Name: name}
		if i < len(persons) {
			v.Person = persons[i]
		}
		if i < len(choices) {
			v.Choice = trading.Choice(choices[i])
		}
		if v.Name != "" && v.Choice == "" {
			v.Choice = rest
		}
		if v.Name != "" || v.Choice != "" {
			votes = append(votes, v)
		}
	}
	return votes
}
