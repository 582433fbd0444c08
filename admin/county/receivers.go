package county

import (
	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/identity"
	"sunlot/web"
)

// receiversPage lists the offices that open sealed reports, with their keys.
type receiversPage struct {
	Offices []receiverRow
	Places  []web.Choice // the county and its townships
	Typed   web.Typed
}

type receiverRow struct {
	mailbox.Office
	Mine  bool // proposed by the reader, who may not confirm it
	Proof *web.Proof
}

func (s *Screens) receivers(c *fiber.Ctx) error {
	page, err := s.receiversPage(c, web.Typed{})
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/county/receivers", page)
}

func (s *Screens) receiversPage(c *fiber.Ctx, kept web.Typed) (receiversPage, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	page := receiversPage{Typed: kept}
	scope, err := who.Can(mailbox.OfficeKey)
	if err != nil {
		return page, err
	}
	offices, err := s.Mailbox.Offices(ctx, who)
	if err != nil {
		return page, err
	}
	for _, o := range offices {
		row := receiverRow{Office: o, Mine: o.ProposedBy == who.PersonID}
		row.Proof, err = web.Badge(c, s.Standings, o.Event)
		if err != nil {
			return page, err
		}
		page.Offices = append(page.Offices, row)
	}
	places, err := s.Directory.Orgs(ctx, scope, identity.County, identity.Township)
	for _, o := range places {
		page.Places = append(page.Places, web.Choice{Value: o.ID, Label: o.Name})
	}
	return page, err
}

func (s *Screens) receiverPropose(c *fiber.Ctx) error {
	r := web.Read(c)
	form := mailbox.OfficeForm{Org: r.Text("org"), Name: r.Text("name"), Recipient: r.Text("recipient")}
	if _, err := s.Mailbox.ProposeOffice(c.UserContext(), web.Actor(c), r.RequestID(), form); err != nil {
		return s.receiversAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/receivers", "已登记，请另一位管理员与受理单位核对后确认")
}

func (s *Screens) receiverConfirm(c *fiber.Ctx) error {
	r := web.Read(c)
	if _, err := s.Mailbox.ConfirmOffice(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id")); err != nil {
		return s.receiversAgain(c, err, r.Typed)
	}
	return s.Kit.Done(c, "/office/receivers", "公钥已确认并公开，今后的反映用它加密")
}

func (s *Screens) receiversAgain(c *fiber.Ctx, err error, kept web.Typed) error {
	page, pageErr := s.receiversPage(c, kept)
	if pageErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/county/receivers", page)
}
