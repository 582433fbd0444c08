package county

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/web"
)

type accountsPage struct {
	Proposals []proposalRow
	Handed    identity.Handed // of the proposal just confirmed: shown once
	For       string
}

type proposalRow struct {
	identity.Proposal
	Now  identity.ProposalState
	Mine bool // proposed by the reader, who may only take it back
	Self bool // about the reader's own account
}

// Open says whether it still waits.
func (r proposalRow) Open() bool { return r.Now == identity.Proposed }

func (s *Screens) accounts(c *fiber.Ctx) error {
	page, err := s.accountsPage(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/county/accounts", page)
}

func (s *Screens) accountsPage(c *fiber.Ctx) (page accountsPage, err error) {
	who := web.Actor(c)
	all, err := s.Admin.Proposals(c.UserContext(), who)
	for _, p := range all {
		page.Proposals = append(page.Proposals, proposalRow{
			Proposal: p,
			Now:      p.At(s.now()),
			Mine:     p.ProposedBy == who.PersonID,
			Self:     p.Person == who.PersonID,
		})
	}
	return page, err
}

func (s *Screens) now() time.Time { return s.Admin.Clock.Now() }

// waiting counts what waits for the reader's confirmation.
func (s *Screens) waiting(c *fiber.Ctx) (n int, err error) {
	page, err := s.accountsPage(c)
	for _, row := range page.Proposals {
		if row.Open() && !row.Mine && !row.Self {
			n++
		}
	}
	return n, err
}

func (s *Screens) accountConfirm(c *fiber.Ctx) error {
	r := web.Read(c)
	handed, err := s.Admin.ConfirmAccount(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"))
	page, pageErr := s.accountsPage(c)
	if pageErr != nil {
		return pageErr
	}
	if err != nil {
		return s.Kit.Again(c, err, "office/county/accounts", page)
	}
	if handed.Code == "" {
		return s.Kit.Done(c, "/office/accounts", "已确认，账号变更已生效")
	}
	page.Handed, page.For = handed, r.Text("login")
	return s.Kit.Page(c, "office/county/accounts", page)
}

func (s *Screens) accountDrop(c *fiber.Ctx) error {
	r := web.Read(c)
	state, err := s.Admin.DropAccount(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"))
	if err == nil {
		return s.Kit.Done(c, "/office/accounts", "账号变更"+state.Label())
	}
	page, pageErr := s.accountsPage(c)
	if pageErr != nil {
		return err
	}
	return s.Kit.Again(c, err, "office/county/accounts", page)
}
