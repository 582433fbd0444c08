package county

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/web"
	"sunlot/web/table"
)

type accountsPage struct {
	admin.ListPage[proposalRow]
	Handed identity.Handed // of the proposal just confirmed: shown once
	For    string
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
	if table.Asked(c) {
		return s.proposalList().File(c, s.now())
	}
	page, err := s.accountsPage(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "office/county/accounts", page)
}

func (s *Screens) accountsPage(c *fiber.Ctx) (page accountsPage, err error) {
	page.ListPage, err = s.proposalList().Page(c, s.Kit)
	return page, err
}

// proposals are those that the person may see, as they stand now.
func (s *Screens) proposals(ctx context.Context, who identity.Actor) (rows []proposalRow, err error) {
	all, err := s.Admin.Proposals(ctx, who)
	for _, p := range all {
		rows = append(rows, proposalRow{
			Proposal: p,
			Now:      p.At(s.now()),
			Mine:     p.ProposedBy == who.PersonID,
			Self:     p.Person == who.PersonID,
		})
	}
	return rows, err
}

func (s *Screens) proposalList() admin.List[proposalRow] {
	type row = proposalRow
	var states []web.Choice
	for _, state := range []identity.ProposalState{identity.Proposed, identity.Confirmed, identity.Refused,
		identity.Withdrawn, identity.Lapsed} {
		states = append(states, web.Choice{Value: string(state), Label: state.Label()})
	}
	return admin.List[row]{
		Path:   "/office/accounts",
		Name:   "账号变更",
		Hint:   "姓名、登录名、单位",
		States: states,
		Sorts: []web.Choice{
			{Value: "waiting", Label: "待确认的在前"},
			{Value: "newest", Label: "最新提出在前"},
			{Value: "name", Label: "按姓名"},
		},
		Read: s.readProposals,
		Columns: []table.Column[row]{
			table.Text("变更", func(p row) string { return p.Act.Label() }),
			table.Text("姓名", func(p row) string { return p.Name }),
			table.Text("登录名", func(p row) string { return p.Login }),
			table.Text("单位", func(p row) string { return p.OrgName }),
			table.Text("岗位", func(p row) string { return p.Role.Label() }),
			table.Text("状态", func(p row) string { return p.Now.Label() }),
			table.Moment("提出时间", func(p row) time.Time { return p.ProposedAt }),
			table.Moment("办结时间", func(p row) time.Time { return p.DecidedAt }),
		},
	}
}

// readProposals is a page of them: what waits is little, and what is over is not kept long.
func (s *Screens) readProposals(ctx context.Context, who identity.Actor,
	q casework.Query) ([]proposalRow, int, error) {
	all, err := s.proposals(ctx, who)
	if err != nil {
		return nil, 0, err
	}
	all = slices.DeleteFunc(all, func(p proposalRow) bool {
		found := strings.Contains(strings.ToLower(p.Name+" "+p.Login+" "+p.OrgName), strings.ToLower(q.Text))
		return !found || len(q.States) > 0 && string(q.States[0]) != string(p.Now)
	})
	slices.SortStableFunc(all, func(a, b proposalRow) int {
		switch {
		case q.Sort == "name":
			return cmp.Or(cmp.Compare(a.Name, b.Name), b.ProposedAt.Compare(a.ProposedAt))
		case q.Sort == "waiting" && a.Open() != b.Open():
			if a.Open() {
				return -1
			}
			return 1
		}
		return b.ProposedAt.Compare(a.ProposedAt)
	})
	at := q.Page.Clip()
	from := min((at.Number-1)*at.Size, len(all))
	return all[from:min(from+at.Size, len(all))], len(all), nil
}

func (s *Screens) now() time.Time { return s.Admin.Clock.Now() }

// waiting counts what waits for the reader's confirmation.
func (s *Screens) waiting(c *fiber.Ctx) (n int, err error) {
	all, err := s.proposals(c.UserContext(), web.Actor(c))
	for _, row := range all {
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
