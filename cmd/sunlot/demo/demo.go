// Package demo is the fictional county: a clock that can be set, its people and
// cases, and the script that keeps a lot live. A real county's program never
// imports it.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/cmd/sunlot/house"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/identitydb"
	"sunlot/trading"
	"sunlot/trading/tendering"
	"sunlot/web"
)

// Offset is the setting that keeps how far the demonstration's clock is ahead.
const Offset = "demonstration_offset_ms"

// Clock is the machine's clock, set ahead. It never goes back.
type Clock struct{ Ahead atomic.Int64 }

func (d *Clock) Now() time.Time {
	return time.Now().UTC().Add(time.Duration(d.Ahead.Load()))
}

// Run runs a fictional county whose clock can be set.
func Run(ctx context.Context, c house.Config, out io.Writer) error {
	if c.LeadsAddr == "" && c.Addr == ":8080" {
		c.LeadsAddr, c.LeadsURL = ":8081", "http://localhost:8081"
	}
	named(&c)
	doors, err := house.OpenDoors(c)
	if err != nil {
		return err
	}
	defer doors.Close()
	clock, ring := &Clock{}, house.Bell{}
	db, err := house.OpenDB(ctx, c, clock, ring.Ring)
	if err != nil {
		return err
	}
	if err := Mark(ctx, db, clock); err != nil {
		return errors.Join(err, db.Close())
	}
	d := &Demonstration{DB: db, Clock: clock}
	h, err := house.Build(ctx, c, db, clock, &ring, d.banner)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	d.Open(h)
	r, err := openRoom(ctx, c, h.Data.Mailbox, clock)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	script, err := newScript(ctx, h, d, r)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	fmt.Fprintf(out, "晒标 Sunlot 演示（示范数据）：%s\n登录名和密码：\n", c.URL)
	for _, p := range People {
		fmt.Fprintf(out, "  %-12s %s  %s\n", p.login, Password, p.name)
	}
	for _, b := range Bidders {
		fmt.Fprintf(out, "  %-12s %s  %s\n", b.login, Password, b.name)
	}
	fmt.Fprint(out, "密码相同的还有：")
	for i, p := range neighbours {
		fmt.Fprintf(out, "%s%s（%s）", []string{"", "、"}[min(i, 1)], p.login, p.name)
	}
	fmt.Fprintln(out)
	if r != nil {
		fmt.Fprintf(out, "受理室（反映问题由这里打开）：%s\n", c.LeadsURL)
		for _, p := range Officers {
			fmt.Fprintf(out, "  %-12s %s  %s\n", p.login, Password, p.name)
		}
		code, found, err := db.Setting(ctx, reportCode)
		if err != nil {
			return errors.Join(err, db.Close())
		}
		if found {
			fmt.Fprintf(out, "一件已答复的反映，查询码：%s（%s/report 上用它看答复）\n", code, c.URL)
		}
	}
	ctx, stop := context.WithCancel(ctx)
	h.Loops.Go(func() { script.run(ctx) })
	err = house.Serve(ctx, doors, h, r)
	stop()
	return err
}

// named says who runs the fictional county, as far as the configuration does not.
func named(c *house.Config) {
	for to, name := range map[*string]string{
		&c.Body.Sponsor:    "示范县农业农村局（示范）",
		&c.Body.Undertaker: "云溪镇经管站（示范）",
		&c.Body.Hotline:    "0000-0000001（示范）",
	} {
		if *to == "" {
			*to = name
		}
	}
}

// Mark marks an empty database as a demonstration's and sets its clock. A
// real county's database is refused.
func Mark(ctx context.Context, db *store.DB, clock *Clock) error {
	_, marked, err := db.Setting(ctx, house.DemonstrationMark)
	if err != nil {
		return err
	}
	if !marked {
		if _, total, err := identitydb.On(db).
			Orgs(ctx, identity.Everywhere, "", identity.Page{}.Clip()); err != nil || total > 0 {
			return errors.Join(err,
				errors.New("this database holds a county's own data; demo needs an empty one (SUNLOT_DATA or "+
					"SUNLOT_DSN)"))
		}
		return db.SetSetting(ctx, house.DemonstrationMark, "yes")
	}
	ahead, found, err := db.Setting(ctx, Offset)
	if err != nil || !found {
		return err
	}
	ms, err := strconv.ParseInt(ahead, 10, 64)
	clock.Ahead.Store(ms * int64(time.Millisecond))
	return err
}

// Demonstration is the settable clock's screens.
type Demonstration struct {
	DB        *store.DB
	Clock     *Clock
	tendering *tendering.Service
	script    *script // nil in a county that a test founds
}

// Open declares the routes of the settable clock.
func (d *Demonstration) Open(h *house.House) {
	d.tendering = h.Tendering
	h.Kit.Post("/demo/stage", web.Public, d.nextStage(h.Kit))
	h.Kit.Get("/api/demo/clock", web.Public, d.readClock)
	h.Kit.Post("/api/demo/clock", web.Public, d.setClock)
}

// next is the next instant at which something happens: an inspection, the end
// of a registration, an opening.
func (d *Demonstration) next(ctx context.Context) (time.Time, string, error) {
	now := d.Clock.Now()
	var first time.Time
	says := ""
	list, _, err := d.tendering.SeeTenders(ctx, identity.Actor{}, casework.Query{
		Scope:  identity.Everywhere,
		States: []casework.State{trading.Announced},
		Sort:   "deadline",
		Page:   identity.Page{Number: 1, Size: identity.MaxPage},
	})
	for _, t := range list {
		for _, stage := range []struct {
			at   time.Time
			says string
		}{{t.InspectionOn.At(9, 0), "现场看样"}, {t.RegisterUntil, "报名截止"}, {t.OpensAt, "开始竞价"}} {
			if stage.at.After(now) && (first.IsZero() || stage.at.Before(first)) {
				first, says = stage.at, stage.says+"："+t.Title
			}
		}
	}
	return first, says, err
}

func (d *Demonstration) banner(ctx context.Context) (*web.Banner, error) {
	_, says, err := d.next(ctx)
	if err == nil && says == "" && d.script != nil {
		var st story
		st, _, err = d.script.offered(ctx)
		if st.title != "" {
			says = opensSays + st.title
		}
	}
	return &web.Banner{Text: "示范数据", Next: says, Stage: "/demo/stage"}, err
}

// opensSays stands before the title of a notice whose bidding begins.
const opensSays = "开始竞价："

// set moves the clock forward to an instant.
func (d *Demonstration) set(ctx context.Context, to time.Time) error {
	ahead := time.Until(to)
	if ahead < time.Duration(d.Clock.Ahead.Load()) {
		return fault.New(fault.Conflict, "演示时钟只能向前拨").On("now")
	}
	if ahead > 50*365*24*time.Hour {
		return fault.New(fault.Invalid, "演示时钟最多拨到50年以后").On("now")
	}
	if err := d.DB.SetSetting(ctx, Offset, strconv.FormatInt(ahead.Milliseconds(), 10)); err != nil {
		return err
	}
	d.Clock.Ahead.Store(int64(ahead))
	return nil
}

func (d *Demonstration) nextStage(kit *web.Kit) fiber.Handler {
	return func(c *fiber.Ctx) error {
		at, says, err := d.next(c.UserContext())
		if err != nil {
			return err
		}
		if at.IsZero() {
			return d.another(c, kit)
		}
		if err := d.set(c.UserContext(), at); err != nil {
			return err
		}
		return kit.Done(c, web.Next(c.FormValue("back")), "演示时钟已拨到："+says)
	}
}

// another begins the script's next story: nothing else is to come.
func (d *Demonstration) another(c *fiber.Ctx, kit *web.Kit) error {
	title := ""
	if d.script != nil {
		var err error
		title, err = d.script.nextStory(c.UserContext())
		if err != nil {
			return err
		}
	}
	if title == "" {
		return kit.Done(c, web.Next(c.FormValue("back")), "没有下一阶段")
	}
	return kit.Done(c, web.Next(c.FormValue("back")), "演示时钟已拨到："+opensSays+title)
}

type clockBody struct {
	Now time.Time `json:"now"`
}

func (d *Demonstration) readClock(c *fiber.Ctx) error { return c.JSON(clockBody{d.Clock.Now()}) }

func (d *Demonstration) setClock(c *fiber.Ctx) error {
	var body clockBody
	if err := c.BodyParser(&body); err != nil || body.Now.IsZero() {
		return fault.New(fault.Invalid, "请给出时间，例如 2026-11-24T01:00:00Z").On("now")
	}
	if err := d.set(c.UserContext(), body.Now); err != nil {
		return err
	}
	return d.readClock(c)
}
