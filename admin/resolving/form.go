package resolving

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/trading"
	"sunlot/web"
)

// voteRows is how many empty lines the list of members has room for.
const voteRows = 8

type resolutionPage struct {
	ID         string
	Draft      admin.DraftView
	Asset      trading.Asset
	Typed      web.Typed
	Steps      []stepLine
	Votes      []trading.Vote
	Choices    []web.Choice
	Priorities []web.Choice
	SignIn     []string
	Minutes    []string
	Member     string
}

type stepLine struct{ Key, Label, Value string }

func (s *Screens) resolutionNew(c *fiber.Ctx) error {
	page, err := s.resolutionPage(c, c.Query("asset"))
	if err != nil {
		return err
	}
	people, err := s.Directory.Representatives(c.UserContext(), web.Actor(c), page.Asset.Path)
	if err != nil {
		return err
	}
	for _, p := range people {
		page.Votes = append(page.Votes, trading.Vote{Name: p.Name, Person: p.ID})
	}
	page.Votes = append(page.Votes, make([]trading.Vote, voteRows)...)
	page.steps(s, nil)
	return s.resolutionOpen(c, page)
}

// resolutionOpen draws the form, with what was kept when the person goes on with that.
func (s *Screens) resolutionOpen(c *fiber.Ctx, page resolutionPage) error {
	draft, kept, err := s.Kit.DraftOf(c, admin.FormOf(noun, page.ID, page.Asset.ID))
	if err != nil {
		return err
	}
	if page.Draft = draft; kept != nil {
		s.resolutionKept(kept, &page)
	}
	return s.Kit.Page(c, "office/resolving/form", page)
}

// resolutionKept fills the page from a draft.
func (s *Screens) resolutionKept(kept *web.Reader, page *resolutionPage) {
	page.Steps = nil
	kept.Version()
	s.resolutionForm(kept, page)
}

// resolutionPage begins the form for an asset in the clerk's places.
func (s *Screens) resolutionPage(c *fiber.Ctx, assetID string) (resolutionPage, error) {
	a, err := s.Assets.AssetFor(c.UserContext(), web.Actor(c), trading.ResolutionRecord, assetID)
	if err != nil {
		return resolutionPage{}, err
	}
	page := resolutionPage{Asset: a, Typed: web.Typed{"asset": a.ID}, Member: s.Pack.Assemblies[a.Assembly].Member,
		Priorities: []web.Choice{{Value: "none", Label: "没有优先权"}, {Value: "member", Label: "只有本集体经济组织成员"},
			{Value: "member,former_lessee", Label: "本集体经济组织成员第一,原承租人第二"}}}
	for _, choice := range trading.Choices {
		page.Choices = append(page.Choices, web.Choice{Value: string(choice.Choice), Label: choice.Label})
	}
	return page, nil
}

func (p *resolutionPage) steps(s *Screens, done []trading.StepDone) {
	for _, step := range s.Pack.Procedure {
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

// resolutionForm reads the form; lines without a name and without a choice are room that was not used.
func (s *Screens) resolutionForm(r *web.Reader, page *resolutionPage) trading.ResolutionForm {
	form := trading.ResolutionForm{Asset: page.Asset.ID, Years: r.Number("years", "租期"), FloorPrice: r.Yuan("floor_price"), Outsiders: r.Yes("outsiders")}
	switch r.Text("priorities") {
	case "member":
		form.Priorities = []trading.Priority{trading.MemberFirst}
	case "member,former_lessee":
		form.Priorities = []trading.Priority{trading.MemberFirst, trading.FormerLessee}
	case "none":
	default:
		r.Wrong.Add("priorities", "请选择优先权")
	}
	for _, step := range s.Pack.Procedure {
		if !step.After {
			form.Steps = append(form.Steps, trading.StepDone{Key: step.Key, On: r.Day("step_" + step.Key)})
			page.Steps = append(page.Steps, stepLine{step.Key, step.Label, r.Typed["step_"+step.Key]})
		}
	}
	names, persons, choices := r.Values("vote_name"), r.Values("vote_person"), r.Values("vote_choice")
	for i, name := range names {
		v := trading.Vote{Name: name}
		if i < len(persons) {
			v.Person = persons[i]
		}
		if i < len(choices) {
			v.Choice = trading.Choice(choices[i])
		}
		if v.Name != "" || v.Choice != "" {
			form.Votes = append(form.Votes, v)
		}
	}
	page.Votes = append(append([]trading.Vote{}, form.Votes...), make([]trading.Vote, voteRows)...)
	form.SignIn, form.Minutes = r.Photos(s.Kit.Library, "sign_in"), r.Photos(s.Kit.Library, "minutes")
	page.SignIn, page.Minutes = form.SignIn, form.Minutes
	for name, value := range r.Typed {
		page.Typed[name] = value
	}
	return form
}

func (s *Screens) resolutionRecord(c *fiber.Ctx) error {
	return s.resolutionSave(c, "", c.FormValue("asset"))
}

func (s *Screens) resolutionAmend(c *fiber.Ctx) error {
	have, err := s.Resolving.ResolutionFor(c.UserContext(), web.Actor(c), trading.ResolutionRecord, c.Params("id"))
	if err != nil {
		return err
	}
	return s.resolutionSave(c, have.ID, have.Asset)
}

func (s *Screens) resolutionSave(c *fiber.Ctx, id, assetID string) error {
	page, err := s.resolutionPage(c, assetID)
	if err != nil {
		return err
	}
	page.ID, page.Draft.Form = id, admin.FormOf(noun, id, assetID)
	r := web.Read(c)
	form, version := s.resolutionForm(r, &page), r.Version()
	page.Typed["version"] = r.Typed["version"]
	if err := r.Wrong.Err(); err != nil {
		return s.Kit.Again(c, err, "office/resolving/form", page)
	}
	if id == "" {
		id, err = s.Resolving.RecordResolution(c.UserContext(), web.Actor(c), r.RequestID(), form)
	} else {
		id, err = s.Resolving.AmendResolution(c.UserContext(), web.Actor(c), r.RequestID(), id, version, form)
	}
	if err != nil {
		return s.Kit.Again(c, err, "office/resolving/form", page)
	}
	s.Kit.Finished(c, page.Draft.Form)
	return s.Kit.Done(c, "/office/resolutions/"+id, "已保存,请核对后提交村务监督委员会")
}

func (s *Screens) resolutionEdit(c *fiber.Ctx) error {
	have, err := s.Resolving.ResolutionFor(c.UserContext(), web.Actor(c), trading.ResolutionRecord, c.Params("id"))
	if err != nil {
		return err
	}
	page, err := s.resolutionPage(c, have.Asset)
	if err != nil {
		return err
	}
	page.ID, page.SignIn, page.Minutes = have.ID, have.SignIn, have.Minutes
	page.Votes = append(have.Votes, make([]trading.Vote, voteRows)...)
	page.steps(s, have.Steps)
	page.Typed["years"], page.Typed["floor_price"] = fmt.Sprint(have.Years), have.FloorPrice.Yuan()
	page.Typed["version"], page.Typed["priorities"] = fmt.Sprint(have.Version), []string{"none", "member", "member,former_lessee"}[min(len(have.Priorities), 2)]
	if have.Outsiders {
		page.Typed["outsiders"] = "yes"
	}
	return s.resolutionOpen(c, page)
}
