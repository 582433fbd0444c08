package admin

import (
	"context"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/web"
)

// tenders, assets, registrations, results and objections are the office's lists.
func (s *Screens) tenders(c *fiber.Ctx) error { return show(s, c, s.tenderList(), "office/tenders") }
func (s *Screens) assets(c *fiber.Ctx) error  { return show(s, c, s.assetList(), "office/assets") }
func (s *Screens) registrations(c *fiber.Ctx) error {
	return show(s, c, s.registrationList(), "office/registrations")
}
func (s *Screens) results(c *fiber.Ctx) error { return show(s, c, s.resultList(), "office/results") }
func (s *Screens) objections(c *fiber.Ctx) error {
	return show(s, c, s.objectionList(), "office/objections")
}

func (s *Screens) tenderList() list[trading.Tender] {
	type row = trading.Tender
	return list[row]{path: "/office/tenders", name: "交易", hint: "标题、资产、所有权人",
		states: statesOf(trading.TenderStates(), func(st casework.State) string { return row{State: st}.Label() }),
		sorts:  []web.Choice{{Value: "newest", Label: "最新在前"}, {Value: "deadline", Label: "报名截止在前"}, {Value: "price", Label: "起始价从低到高"}},
		read: func(ctx context.Context, who identity.Actor, q casework.Query) ([]row, int, error) {
			q, err := inOffice(who, identity.OfficeRead, q)
			if err != nil {
				return nil, 0, err
			}
			return s.Tendering.SeeTenders(ctx, who, q)
		},
		columns: []column[row]{
			text("标题", func(t row) string { return t.Title }), text("资产", func(t row) string { return t.AssetName }),
			text("所有权人", func(t row) string { return t.OwnerName }), text("办理状态", row.Label), text("竞价状态", row.Stage),
			yuan("起始价(元/亩·年)", func(t row) money.Fen { return t.StartPrice }), area("面积(亩)", func(t row) money.Area { return t.Area }),
			{"租期(年)", true, func(t row) string { return fmt.Sprint(t.Years) }},
			moment("发布时间", func(t row) time.Time { return t.AnnouncedAt }), moment("报名截止", func(t row) time.Time { return t.RegisterUntil }),
			moment("开始竞价", func(t row) time.Time { return t.OpensAt }),
		}}
}

func (s *Screens) assetList() list[trading.Asset] {
	type row = trading.Asset
	var kinds []web.Choice
	for _, k := range trading.AssetKinds {
		kinds = append(kinds, web.Choice{Value: string(k.Kind), Label: k.Label})
	}
	return list[row]{path: "/office/assets", name: "资产", hint: "名称、坐落、所有权人", filter: "类别", states: kinds,
		sorts: []web.Choice{{Value: "name", Label: "按名称"}, {Value: "newest", Label: "最新登记在前"}, {Value: "area", Label: "面积从大到小"}},
		read: func(ctx context.Context, who identity.Actor, q casework.Query) ([]row, int, error) {
			q, err := inOffice(who, identity.OfficeRead, q)
			if err != nil {
				return nil, 0, err
			}
			if len(q.States) > 0 { // what this list is narrowed by
				q.Kind, q.States = string(q.States[0]), nil
			}
			return s.Assets.SeeAssets(ctx, who, q)
		},
		columns: []column[row]{
			text("名称", func(a row) string { return a.Name }), text("类别", func(a row) string { return a.Kind.Label() }),
			text("所有权人", func(a row) string { return a.OwnerName }), text("代行主体", func(a row) string { return a.ActingName }),
			text("坐落", func(a row) string { return a.Location }), area("面积(亩)", func(a row) money.Area { return a.Area }),
			yuan("上一期租金(元/亩·年)", func(a row) money.Fen { return a.LastRent }), text("上一租期届满日", func(a row) string { return string(a.LastEnds) }),
			moment("登记时间", func(a row) time.Time { return a.RegisteredAt }),
		}}
}

func (s *Screens) registrationList() list[trading.Registration] {
	type row = trading.Registration
	return list[row]{path: "/office/registrations", name: "竞买报名", hint: "标的、竞买人、竞买号", of: "lot",
		states: statesOf(trading.RegistrationStates(), func(st casework.State) string { return row{State: st}.Label() }),
		sorts:  []web.Choice{{Value: "deadline", Label: "报名截止在前"}, {Value: "newest", Label: "最新报名在前"}},
		read:   s.Bidding.SeeRegistrations,
		columns: []column[row]{
			text("标的", func(r row) string { return r.LotTitle }), text("竞买人", func(r row) string { return r.Name }),
			text("竞买号", func(r row) string { return r.Number }), text("状态", row.Label),
			text("手机号码", func(r row) string { return trading.Masked(r.Phone) }), text("账号", func(r row) string { return trading.Masked(r.Account) }),
			moment("报名时间", func(r row) time.Time { return r.RegisteredAt }), moment("审核时间", func(r row) time.Time { return r.DecidedAt }),
		}}
}

func (s *Screens) depositList() list[trading.Deposit] {
	type row = trading.Deposit
	return list[row]{path: "/office/deposits", name: "保证金", hint: "标的、户名、流水号、附言",
		states: statesOf(trading.DepositStates(), func(st casework.State) string { return row{State: st}.Label() }),
		sorts:  []web.Choice{{Value: "due", Label: "待退的在前"}, {Value: "newest", Label: "最新到账在前"}, {Value: "amount", Label: "金额从大到小"}},
		read:   s.Bidding.SeeDeposits,
		columns: []column[row]{
			text("标的", func(d row) string { return d.LotTitle }), text("户名", func(d row) string { return d.Payer }),
			text("账号", func(d row) string { return trading.Masked(d.Account) }), yuan("金额(元)", func(d row) money.Fen { return d.Amount }),
			text("状态", row.Label), text("流水号", func(d row) string { return d.Serial }), moment("到账时间", func(d row) time.Time { return d.PaidAt }),
			text("最晚退还日", func(d row) string { return string(d.RefundBy) }), moment("退还时间", func(d row) time.Time { return d.RefundedAt }),
			text("说明", func(d row) string { return d.Problem }),
		}}
}

func (s *Screens) resultList() list[trading.Award] {
	type row = trading.Award
	return list[row]{path: "/office/results", name: "成交和租金", hint: "标的、成交人",
		states: statesOf(trading.AwardStates(), func(st casework.State) string { return row{State: st}.Label() }),
		sorts:  []web.Choice{{Value: "newest", Label: "最新成交在前"}, {Value: "yearly", Label: "年租金从高到低"}},
		read: func(ctx context.Context, who identity.Actor, q casework.Query) ([]row, int, error) {
			q, err := inOffice(who, identity.OfficeRead, q)
			if err != nil {
				return nil, 0, err
			}
			return s.Bidding.SeeAwards(ctx, who, q)
		},
		columns: []column[row]{
			text("标的", func(a row) string { return a.LotTitle }), text("成交人", func(a row) string { return a.Name }),
			text("竞买号", func(a row) string { return a.Number }), text("状态", row.Label),
			yuan("成交价(元/亩·年)", func(a row) money.Fen { return a.Price }), area("面积(亩)", func(a row) money.Area { return a.Area }),
			yuan("一年租金(元)", func(a row) money.Fen { return a.Yearly }), yuan("全期租金(元)", func(a row) money.Fen { return a.Whole }),
			yuan("每年比起始价多(元)", row.OverStart), moment("成交时间", func(a row) time.Time { return a.AwardedAt }),
			moment("公示期至", func(a row) time.Time { return a.PublicUntil }),
		}}
}

func (s *Screens) objectionList() list[trading.Objection] {
	type row = trading.Objection
	return list[row]{path: "/office/objections", name: "异议", hint: "标的、内容",
		states: statesOf([]casework.State{trading.Raised, trading.Answered}, func(st casework.State) string { return row{State: st}.Label() }),
		sorts:  []web.Choice{{Value: "waiting", Label: "待答复的在前"}, {Value: "newest", Label: "最新提出在前"}, {Value: "oldest", Label: "最早提出在前"}},
		read:   s.Bidding.OfficeObjections,
		columns: []column[row]{
			text("标的", func(o row) string { return o.Title }), text("状态", row.Label), moment("提出时间", func(o row) time.Time { return o.RaisedAt }),
			text("最晚答复日", func(o row) string { return string(o.AnswerBy) }), text("异议内容", func(o row) string { return o.ObjectionForm.Text }),
			text("公开的内容", func(o row) string { return o.Public }), text("答复", func(o row) string { return o.Answer }),
			moment("答复时间", func(o row) time.Time { return o.AnsweredAt }),
		}}
}
