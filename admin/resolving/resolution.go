package resolving

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rules"
	"sunlot/web"
)

// resolutionReview is what the supervision committee compares with the paper.
var resolutionReview = []web.ReviewField{
	{Name: "steps", Label: "各步骤日期"}, {Name: "votes", Label: "人员和表决"}, {Name: "terms", Label: "决议内容"},
	{Name: "sign_in", Label: "签到表照片"}, {Name: "minutes", Label: "会议记录照片"},
}

type resolutionView struct {
	Resolution trading.Resolution
	Assembly   rules.Assembly
	Steps      []web.Step
	SignIn     []web.Photo
	Minutes    []web.Photo
	Review     []web.ReviewField
	Typed      web.Typed
	Waits      []casework.Waiting
	Own        bool // the viewer typed it in and cannot confirm it
	Sent       bool // by the viewer, who may take it back
}

// resolution shows a record to those who handle it.
func (s *Screens) resolution(c *fiber.Ctx) error {
	view, err := s.resolutionView(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/resolving/resolution", view)
}

func (s *Screens) resolutionView(c *fiber.Ctx) (resolutionView, error) {
	who := web.Actor(c)
	r, err := s.Resolving.SeeResolution(c.UserContext(), who, c.Params("id"))
	if err != nil {
		return resolutionView{}, err
	}
	if !who.May(identity.OfficeRead, r.Path) {
		return resolutionView{}, admin.NotHere("份决议")
	}
	pack, err := rules.At(r.Rules, s.Pack())
	if err != nil {
		return resolutionView{}, err
	}
	view := resolutionView{
		Resolution: r,
		Assembly:   pack.Assemblies[r.Assembly],
		Steps:      web.Procedure(r.Procedure(pack)),
		Review:     resolutionReview,
		Typed:      web.Typed{},
		Own:        who.PersonID == r.RecordedBy || who.PersonID == r.SubmittedBy,
		Sent:       who.PersonID == r.SubmittedBy,
	}
	waits, err := s.Kit.Pipeline(c, r.ID)
	if err != nil {
		return view, err
	}
	view.Waits = waits[r.ID]
	view.SignIn, err = s.Kit.Gallery(c, r.SignIn, "签到表")
	if err != nil {
		return view, err
	}
	view.Minutes, err = s.Kit.Gallery(c, r.Minutes, "会议记录")
	if err != nil {
		return view, err
	}
	return view, nil
}

func (s *Screens) resolutionSubmit(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Resolving.SubmitResolution(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	return s.resolutionDone(c, id, err, "已提交村务监督委员会核实")
}

func (s *Screens) resolutionTakeBack(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Resolving.TakeBackResolution(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	return s.resolutionDone(c, id, err, "已收回，可以修改")
}

func (s *Screens) resolutionWithdraw(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Resolving.WithdrawResolution(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	return s.resolutionDone(c, id, err, "已撤回，可以另外登记一份")
}

func (s *Screens) resolutionConfirm(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Resolving.ConfirmResolution(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	return s.resolutionDone(c, id, err, "已核实，票数已公开并写入公开日志")
}

func (s *Screens) resolutionReturn(c *fiber.Ctx) error {
	r := web.Read(c)
	back := r.Reasons(resolutionReview)
	id, err := s.Resolving.ReturnResolution(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), back)
	if err != nil {
		return s.resolutionAgain(c, err, r.Typed)
	}
	return s.resolutionDone(c, id, nil, "已退回经办人修改")
}

func (s *Screens) resolutionDone(c *fiber.Ctx, id string, err error, message string) error {
	if err != nil {
		return s.resolutionAgain(c, err, web.Typed{})
	}
	return s.Kit.Done(c, "/office/resolutions/"+id, message)
}

func (s *Screens) resolutionAgain(c *fiber.Ctx, err error, kept web.Typed) error {
	view, viewErr := s.resolutionView(c)
	if viewErr != nil {
		return err
	}
	view.Typed = kept
	return s.Kit.Again(c, err, "office/resolving/resolution", view)
}
