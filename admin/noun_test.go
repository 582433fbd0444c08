package admin_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/admin/admintest"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading/tradingtest"
	"sunlot/web"
)

// A room of barns, as somebody would add one: nothing in the kit of the offices
// knows of it, and the desk has its link, its duties and its unfinished forms.
type barns struct {
	kit  *admin.Kit
	mine string // the id of the one barn
}

var (
	barnMend = identity.NewAction("barn.mend", "修谷仓", identity.Clerk)
	mendDuty = &casework.DutyKind{Name: "barn", Label: "修谷仓", Act: barnMend, Ladder: casework.Usual}
)

func (b *barns) Register() {
	mend := web.Needs(barnMend)
	b.kit.Get("/office/barns/:id/edit", mend, b.form)
	b.kit.Post("/office/barns/:id", mend, b.save)
	b.kit.Links(admin.Link{Label: "谷仓", Address: "/office/barns", Acts: []*identity.Action{barnMend}})
	b.kit.DutyPages(map[string]string{mendDuty.Name: "/office/barns/:id"})
	b.kit.Forms(admin.DraftForm{
		Noun:  "barns",
		Act:   barnMend,
		Label: "修谷仓",
		Title: "roof",
		May: func(_ context.Context, _ identity.Actor, _, id string) error {
			if id != b.mine {
				return fault.New(fault.NotFound, "没有找到这个谷仓")
			}
			return nil
		},
		Again: func(c *fiber.Ctx, _ admin.FormID, d identity.Draft, wrong error) error {
			return c.Status(http.StatusUnprocessableEntity).SendString(d.Value("roof") + ":" + fault.MessageOf(wrong))
		},
	})
}

func (b *barns) form(c *fiber.Ctx) error {
	draft, kept, err := b.kit.DraftOf(c, admin.FormOf("barns", c.Params("id"), ""))
	if err != nil {
		return err
	}
	if kept != nil {
		return c.SendString("填着：" + kept.Text("roof"))
	}
	return c.SendString("接着填：" + draft.GoOn)
}

func (b *barns) save(c *fiber.Ctx) error {
	b.kit.Finished(c, admin.FormOf("barns", c.Params("id"), ""))
	return b.kit.Done(c, "/office", "修好了")
}

// rains is the act that makes the duty.
func (b *barns) rains(t *testing.T, o *admintest.Office) {
	t.Helper()
	tradingtest.Must(t, storetest.Act(t, o.DB, func(tx storetest.TradeTx) error {
		return tx.Owe(mendDuty, casework.Duty{
			Noun:  event.Of("barn", b.mine),
			Path:  o.Clerk.Memberships[0].Path,
			Title: "漏雨的谷仓",
			Due:   "2026-11-20",
		})
	}))
}

func open(t *testing.T) (*admintest.Office, *barns) {
	o := admintest.New(t)
	room := &barns{kit: o.Kit, mine: event.NewID()}
	room.Register()
	room.rains(t, o)
	o.Desk(mendDuty)
	return o, room
}

func TestANounOfItsOwnStandsOnTheDesk(t *testing.T) {
	o, room := open(t)
	desk := o.As(o.Clerk).Get("/office")
	desk.Shows(`<a href="/office/barns">谷仓</a>`, `href="/office/barns/`+room.mine+`"`, "漏雨的谷仓", "1 件已逾期", "已逾期 3 天",
		"最晚 2026年11月20日")
	o.As(o.Clerk).Get("/office?kind=barn").Shows("漏雨的谷仓")
	o.As(o.Leader).Get("/office").Shows("暂无待办事项").Lacks("谷仓")
	o.As(o.Administrator).Get("/office").Lacks("谷仓", "待办事项")
}

func TestAnUnfinishedFormIsKeptForItsWriterAlone(t *testing.T) {
	o, room := open(t)
	clerk, other := o.As(o.Clerk), o.As(o.OtherClerk)
	form, page := "barns/"+room.mine, "/office/barns/"+room.mine+"/edit"
	clerk.Send("/office/drafts", "draft", form, "roof", "瓦").LeadsTo("/office")
	clerk.Get("/office").Shows("修谷仓：瓦", `href="`+page+`?draft=yes"`)
	clerk.Get(page).Shows("接着填：" + page + "?draft=yes")
	clerk.Get(page + "?draft=yes").Shows("填着：瓦")
	other.Get("/office").Lacks("修谷仓：瓦")
	other.Get(page+"?draft=yes").Shows("接着填：").Lacks("瓦", "?draft=yes")

	clerk.Send("/office/drafts/drop", "draft", form).LeadsTo(page)
	clerk.Get("/office").Lacks("修谷仓：瓦")
	clerk.Send("/office/drafts", "draft", form, "roof", "草").LeadsTo("/office")
	clerk.Send("/office/barns/" + room.mine).LeadsTo("/office") // sent: nothing is left unfinished
	clerk.Get("/office").Lacks("修谷仓：草")
}

func TestOnlyAFormThatThereIsIsKept(t *testing.T) {
	o, _ := open(t)
	clerk := o.As(o.Clerk)
	for _, form := range []string{"", "barns", "mills/new", "barns/new/" + event.NewID(), "barns/" + event.NewID(),
		"barns/../x"} {
		clerk.Send("/office/drafts", "draft", form, "roof", "瓦").Refuses(http.StatusNotFound)
		clerk.Send("/office/drafts/drop", "draft", form).Refuses(http.StatusNotFound)
	}
	o.As(o.Leader).Send("/office/drafts", "draft", "barns/new").Refuses(http.StatusForbidden)
}
