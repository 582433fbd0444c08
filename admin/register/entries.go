package register

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/trading"
	"sunlot/web"
	"sunlot/web/table"
)

// entryReview is what the supervision committee compares with what the village owns.
var entryReview = []web.ReviewField{
	{Name: "parties", Label: "所有权人、经办的集体经济组织和决策会议"}, {Name: "name", Label: "名称和类别"}, {Name: "place", Label: "坐落和面积、数量"},
	{Name: "plots", Label: "地块和四至"}, {Name: "use", Label: "允许用途"}, {Name: "title", Label: "权属情况"},
	{Name: "last", Label: "上一期租金和届满日"}, {Name: "photos", Label: "现场照片"},
}

func (s *Screens) entries(c *fiber.Ctx) error {
	return admin.Show(s.Kit, c, s.entryList(), "office/register/entries")
}

func (s *Screens) entryList() admin.List[trading.AssetDraft] {
	type row = trading.AssetDraft
	return admin.List[row]{
		Path: "/office/asset-drafts",
		Name: "资产登记核实",
		Hint: "名称、所有权人",
		States: web.StatesOf([]casework.State{
			trading.AssetSubmitted, trading.AssetReturned, trading.AssetConfirmed, trading.AssetWithdrawn,
		}, trading.AssetDraftLifecycle.Label),
		Sorts: []web.Choice{{Value: "newest", Label: "最近送核实在前"}},
		Read:  s.Assets.SeeAssetDrafts,
		Case:  func(d row) string { return d.ID },
		Columns: []table.Column[row]{
			table.Text("名称", func(d row) string { return d.Name }),
			table.Text("事项", row.What),
			table.Text("所有权人", func(d row) string { return d.OwnerName }),
			table.Text("状态", row.Label),
			table.Moment("送核实时间", func(d row) time.Time { return d.SentAt }),
			table.Moment("核实时间", func(d row) time.Time { return d.ConfirmedAt }),
		},
	}
}

// line is one field of what was entered, beside what the register has now.
type line struct {
	Label, Text, Now string
	Changed          bool
}

type entryView struct {
	Entry  trading.AssetDraft
	Lines  []line
	Now    *trading.Asset // what a waiting correction corrects
	Plots  bool           // the correction changes them
	Photos []web.Photo
	Review []web.ReviewField
	Typed  web.Typed
	Waits  []casework.Waiting
	Own    bool // the viewer entered it and cannot confirm it
}

// entry shows an entry to its clerk and to the committee.
func (s *Screens) entry(c *fiber.Ctx) error {
	view, err := s.entryView(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/register/entry", view)
}

func (s *Screens) entryView(c *fiber.Ctx) (entryView, error) {
	who := web.Actor(c)
	d, err := s.Assets.SeeAssetDraft(c.UserContext(), who, c.Params("id"))
	if err != nil {
		return entryView{}, err
	}
	view := entryView{
		Entry:  d,
		Review: entryReview,
		Typed:  web.Typed{},
		Own:    who.PersonID == d.EnteredBy || who.PersonID == d.SentBy,
	}
	if d.Corrects() && d.State != trading.AssetConfirmed {
		a, err := s.Assets.SeeAsset(c.UserContext(), who, d.Asset)
		if err != nil {
			return view, err
		}
		view.Now = &a
	}
	s.compare(&view)
	waits, err := s.Kit.Pipeline(c, d.ID)
	if err != nil {
		return view, err
	}
	view.Waits = waits[d.ID]
	view.Photos, err = s.Kit.Gallery(c, d.Photos, "现场照片")
	return view, err
}

// compare fills in what was entered, field by field.
func (s *Screens) compare(view *entryView) {
	d := view.Entry
	view.Lines = s.lines(d.AssetForm, d.OwnerName, d.ActingName)
	if view.Now == nil {
		return
	}
	now := s.lines(view.Now.AssetForm, view.Now.OwnerName, view.Now.ActingName)
	for i := range view.Lines {
		view.Lines[i].Now = now[i].Text
		view.Lines[i].Changed = view.Lines[i].Text != now[i].Text
	}
	view.Plots = !slices.Equal(d.Plots, view.Now.Plots)
}

func (s *Screens) lines(form trading.AssetForm, owner, acting string) []line {
	rent := "此前未出租"
	if form.LastRent > 0 {
		rent = form.LastPrice()
	}
	return []line{
		{Label: "名称", Text: form.Name},
		{Label: "类别", Text: form.Kind.Label()},
		{Label: "所有权人", Text: owner},
		{Label: "经办的集体经济组织", Text: acting},
		{Label: "决策会议", Text: s.Pack().Assemblies[form.Assembly].Label},
		{Label: "坐落", Text: form.Location},
		{Label: form.Measure.Name(), Text: form.Says()},
		{Label: "允许用途", Text: form.Use},
		{Label: "权属情况", Text: form.Title},
		{Label: "上一期租金", Text: rent},
		{Label: "上一租期届满日", Text: string(form.LastEnds)},
		{Label: "上一承租人（不公开）", Text: form.LastTenant},
	}
}

func (s *Screens) entryConfirm(c *fiber.Ctx) error {
	r := web.Read(c)
	asset, err := s.Assets.ConfirmAsset(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	if err != nil {
		return s.entryAgain(c, err, web.Typed{})
	}
	return s.Kit.Done(c, "/assets/"+asset, "已核实，资产登记已公开并写入公开日志")
}

func (s *Screens) entryReturn(c *fiber.Ctx) error {
	r := web.Read(c)
	back := r.Reasons(entryReview)
	id, err := s.Assets.ReturnAsset(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), back)
	if err != nil {
		return s.entryAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/asset-drafts/"+id, "已退回经办人修改")
}

func (s *Screens) entryWithdraw(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Assets.WithdrawAsset(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
	if err != nil {
		return s.entryAgain(c, err, web.Typed{})
	}
	return s.Kit.Done(c, "/office/asset-drafts/"+id, "已撤回，这份登记没有公开")
}

func (s *Screens) entryAgain(c *fiber.Ctx, err error, kept web.Typed) error {
	view, viewErr := s.entryView(c)
	if viewErr != nil {
		return err
	}
	view.Typed = kept
	return s.Kit.Again(c, err, "office/register/entry", view)
}
