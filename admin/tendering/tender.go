package tendering

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rules"
	"sunlot/trading/tendering"
	"sunlot/web"
)

type tenderView struct {
	tendering.Review
	Lines       []web.ReviewField
	Changed     int // lines since the last return
	Assembly    rules.Assembly
	Steps       []web.Step // of the decision
	Photos      []web.Photo
	Trail       []web.Moment
	Supplements []trading.Supplement
	Proof       *web.Proof
	Typed       web.Typed
	Waits       []casework.Waiting
	Handled     bool   // the viewer handled the case and cannot approve it
	Sent        bool   // by the viewer, who may take it back
	Person      string // the viewer
}

// tender is one page for everybody at the desks: the draft, what the program
// has checked, the trail, and the buttons that the viewer may press.
func (s *Screens) tender(c *fiber.Ctx) error {
	view, err := s.tenderView(c, c.Params("id"))
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/tendering/tender", view)
}

func (s *Screens) tenderView(c *fiber.Ctx, id string) (tenderView, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	review, err := s.Tendering.SeeReview(ctx, who, id)
	if err != nil {
		return tenderView{}, err
	}
	t := review.Tender
	pack, err := rules.At(review.Resolution.Rules, s.Pack())
	if err != nil {
		return tenderView{}, err
	}
	view := tenderView{
		Review:   review,
		Typed:    web.Typed{},
		Assembly: pack.Assemblies[review.Resolution.Assembly],
		Steps:    web.Procedure(review.Resolution.Procedure(pack)),
	}
	view.Photos, err = s.Kit.Gallery(c, review.Asset.Photos, review.Asset.Name)
	if err != nil {
		return view, err
	}
	view.Person = who.PersonID
	view.Sent = t.State == trading.Submitted && t.Steps.SubmittedBy == who.PersonID
	acts, err := s.Tendering.SeeTrail(ctx, who, t)
	if err != nil {
		return view, err
	}
	view.Trail = s.Kit.Trail(acts)
	view.Handled = slices.Contains(casework.Hands(acts, tendering.Handled...), who.PersonID)
	view.Lines, view.Changed = reviewOf(t, acts)
	view.Supplements, err = s.Tendering.SeeSupplements(ctx, who, t.ID)
	if err != nil {
		return view, err
	}
	waits, err := s.Kit.Pipeline(c, t.ID)
	if err != nil {
		return view, err
	}
	view.Waits = waits[t.ID]
	view.Proof, err = s.badge(c, t)
	return view, err
}

func (s *Screens) badge(c *fiber.Ctx, t trading.Tender) (*web.Proof, error) {
	return web.Badge(c, s.Standings, t.Event)
}

type tenderStep func(ctx context.Context, who identity.Actor, requestID, id string, version int) (string, error)

// step is a button that takes a tender on.
func (s *Screens) step(take tenderStep, message string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := web.Read(c)
		if kept := remarks(c); len(kept) > 0 {
			err := fault.New(fault.Invalid, "已填写退回理由，不能点通过。需要退回的，请点“退回修改”；需要通过的，请先清空理由").On("reasons")
			return s.tenderAgain(c, c.Params("id"), err, kept)
		}
		id, err := take(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version())
		if err != nil {
			return s.tenderAgain(c, c.Params("id"), err, web.Typed{})
		}
		return s.Kit.Done(c, "/office/tenders/"+id, message)
	}
}

func (s *Screens) tenderAgain(c *fiber.Ctx, id string, err error, kept web.Typed) error {
	view, viewErr := s.tenderView(c, id)
	if viewErr != nil {
		return err
	}
	view.Typed = kept
	return s.Kit.Again(c, err, "office/tendering/tender", view)
}

func (s *Screens) tenderReturn(c *fiber.Ctx) error {
	id := c.Params("id")
	t, err := s.tenderView(c, id)
	if err != nil {
		return err
	}
	r := web.Read(c)
	back := r.Reasons(t.Lines)
	if _, err := s.Tendering.ReturnTender(c.UserContext(), web.Actor(c), r.RequestID(), id, back); err != nil {
		return s.tenderAgain(c, id, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/tenders/"+id, "已退回经办人修改")
}

// tenderPost takes the photo of the paper notice on the village board.
func (s *Screens) tenderPost(c *fiber.Ctx) error {
	id, r := c.Params("id"), web.Read(c)
	photos := r.Photos(s.Kit.Library, "board_photo")
	if err := r.Wrong.Err(); err != nil {
		return s.tenderAgain(c, id, err, r.Typed)
	}
	photo := ""
	if len(photos) > 0 {
		photo = photos[len(photos)-1]
	}
	if _, err := s.Tendering.PostTender(c.UserContext(), web.Actor(c), r.RequestID(), id, photo); err != nil {
		return s.tenderAgain(c, id, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/tenders/"+id, "公告栏照片已公开")
}
