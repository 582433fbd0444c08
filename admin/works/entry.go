package works

import (
	"context"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/identity"
	"sunlot/trading/works"
	"sunlot/web"
)

// entryPage is the form of what was done in a stage.
type entryPage struct {
	Project works.Project
	Typed   web.Typed
	Stages  []web.Choice
	Former  []web.Choice // what may be corrected
	Photos  []string
	Files   []string
}

func (s *Screens) entryPage(c *fiber.Ctx) (entryPage, error) {
	page := entryPage{Typed: web.Typed{}}
	var err error
	page.Project, err = s.Works.ProjectFor(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return page, err
	}
	_, entries, err := s.Works.SeeProject(c.UserContext(), web.Actor(c), page.Project.ID)
	for _, e := range works.Correctable(entries) {
		page.Former = append(page.Former, web.Choice{Value: e.ID, Label: formerLabel(e)})
	}
	for _, spec := range works.Specs() {
		choice := web.Choice{Value: string(spec.Stage), Label: spec.Label}
		if spec.Sum != "" {
			choice.Label += "（填" + spec.Sum + "）"
		}
		page.Stages = append(page.Stages, choice)
	}
	return page, err
}

// formerLabel tells an entry apart from the others of its stage.
func formerLabel(e works.Entry) string {
	label := fmt.Sprintf("第 %d 项 %s %s", e.Event.Seq, e.Stage.Label(), e.On)
	if e.Skipped {
		return label + " 未办理"
	}
	if e.Sum > 0 {
		label += " " + e.Amount().Yuan() + " 元"
	}
	return label
}

// entryNew draws the form; ?stage= chooses the stage, ?like= begins with what a
// returned entry had, ?corrects= with what a wrong one has.
func (s *Screens) entryNew(c *fiber.Ctx) error {
	page, err := s.entryPage(c)
	if err != nil {
		return err
	}
	page.Typed["stage"] = c.Query("stage", string(page.Project.Next))
	wrong := c.Query("corrects")
	if like := c.Query("like", wrong); like != "" {
		e, _, err := s.Works.SeeEntry(c.UserContext(), web.Actor(c), like)
		if err != nil {
			return err
		}
		page.Typed = web.Typed{"stage": string(e.Stage), "on": string(e.On), "note": e.Note, "party": e.Party,
			"skipped": yes(e.Skipped), "less": yes(e.Less), "corrects": e.Corrects}
		if wrong != "" {
			page.Typed["corrects"] = wrong
		}
		if e.Sum > 0 {
			page.Typed["sum"] = e.Sum.Yuan()
		}
		page.Photos, page.Files = e.Photos, e.Files
	}
	return s.Kit.Page(c, "office/works/entry_form", page)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// addFile takes a document in for the form.
func (s *Screens) addFile(ctx context.Context, who identity.Actor, raw []byte) (string, error) {
	f, err := s.Works.AddFile(ctx, who, raw)
	return f.SHA256, err
}

func (s *Screens) entryRecord(c *fiber.Ctx) error {
	page, err := s.entryPage(c)
	if err != nil {
		return err
	}
	r := web.Read(c)
	form := works.EntryForm{
		Stage:   works.Stage(r.Text("stage")),
		Skipped: r.Yes("skipped"),
		On:      r.Day("on", "办理日期"),
		Sum:     r.YuanOrNone("sum", "金额"),
		Less:    r.Yes("less"),
		Party:   r.Text("party"),
		Note:    r.Text("note"),
		Photos:  r.Photos(s.Kit.Library, "photos"),
		Files:   r.Files("files", s.addFile),

		Corrects: r.Text("corrects"),
	}
	page.Typed = r.Typed
	page.Photos, page.Files = form.Photos, form.Files
	if admin.Mends(c) {
		return s.Kit.Page(c, "office/works/entry_form", page)
	}
	id, err := s.Works.RecordStage(admin.Trying(c, r), web.Actor(c), r.RequestID(), page.Project.ID, form)
	if admin.Tried(err) {
		papers := map[string][]string{"photos": form.Photos, "files": form.Files}
		return s.Kit.Check(c, "", entryCheck(page, form), papers)
	}
	if err != nil {
		return s.Kit.Again(c, r.All(err), "office/works/entry_form", page)
	}
	same, err := s.Works.SeeSame(c.UserContext(), web.Actor(c), id)
	if err != nil {
		return err
	}
	if len(same) > 0 {
		return s.Kit.Done(c, "/office/entries/"+id, "已登记，请核对照片："+strings.Join(same, "；"))
	}
	return s.Kit.Done(c, "/office/projects/"+page.Project.ID, "已登记，等村务监督委员会核实后公开")
}

// entryReview is what the committee compares with the paper.
var entryReview = []web.ReviewField{
	{Name: "corrects", Label: "更正哪一项"}, {Name: "stage", Label: "环节"}, {Name: "on", Label: "日期"},
	{Name: "sum", Label: "金额"}, {Name: "party", Label: "施工单位"}, {Name: "note", Label: "办理情况"},
	{Name: "photos", Label: "照片"}, {Name: "files", Label: "文件"},
}

type entryView struct {
	Entry   works.Entry
	Project works.Project
	Photos  []web.Photo
	Review  []web.ReviewField
	Typed   web.Typed
	Own     bool
	Wrong   *works.Entry // what it corrects
	Same    []string     // photos that are another stage's, in words
}

func (s *Screens) entry(c *fiber.Ctx) error {
	view, err := s.entryView(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/works/entry", view)
}

func (s *Screens) entryView(c *fiber.Ctx, kept web.Typed) (entryView, error) {
	e, p, err := s.Works.SeeEntry(c.UserContext(), web.Actor(c), c.Params("id"))
	if err != nil {
		return entryView{}, err
	}
	same, err := s.Works.SeeSame(c.UserContext(), web.Actor(c), e.ID)
	if err != nil {
		return entryView{}, err
	}
	photos, err := s.Kit.Gallery(c, e.Photos, e.Stage.Label())
	if err != nil {
		return entryView{}, err
	}
	wrong, err := s.Works.SeeCorrected(c.UserContext(), web.Actor(c), e)
	return entryView{
		Wrong:   wrong,
		Same:    same,
		Entry:   e,
		Project: p,
		Photos:  photos,
		Review:  entryReview,
		Typed:   kept,
		Own:     e.RecordedBy == web.Actor(c).PersonID,
	}, err
}

func (s *Screens) entryAgain(c *fiber.Ctx, err error, kept web.Typed) error {
	view, viewErr := s.entryView(c, kept)
	if viewErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/works/entry", view)
}

func (s *Screens) entryConfirm(c *fiber.Ctx) error {
	r := web.Read(c)
	form := works.ConfirmForm{Version: r.Version(), Clean: r.Yes("clean")}
	id, err := s.Works.ConfirmEntry(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), form)
	if err != nil {
		return s.entryAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/entries/"+id, "已核实并公开，已写入公开日志")
}

func (s *Screens) entryTakeBack(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Works.TakeBackEntry(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	if err != nil {
		return s.entryAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/entries/"+id, "已收回，可以改正后重新登记")
}

func (s *Screens) entryReturn(c *fiber.Ctx) error {
	r := web.Read(c)
	back := r.Reasons(entryReview)
	id, err := s.Works.ReturnEntry(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), back)
	if err != nil {
		return s.entryAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/entries/"+id, "已退回经办人")
}
