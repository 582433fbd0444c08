package bidding_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sunlot/admin/admintest"
	"sunlot/admin/bidding"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	cases "sunlot/trading/bidding"
	"sunlot/trading/statement"
	"sunlot/trading/tradingtest"
)

func open(t *testing.T) (*admintest.Office, *bidding.Screens) {
	o := admintest.New(t)
	room := &bidding.Screens{Kit: o.Kit, Bidding: o.Bidding}
	room.Register()
	o.Desk(cases.Duties...)
	return o, room
}

func TestARegistrationIsDecided(t *testing.T) {
	o, _ := open(t)
	lot := o.Tender(trading.Announced).Lot
	first, second := o.Bidder("bidder1", trading.MemberFirst), o.Bidder("bidder2", "")
	o.Enter(lot, first, second)
	station := o.As(o.Station)
	at := "/office/registrations/" + first.Entry
	station.Get("/office/registrations").Shows("竞买人bidder1", "竞买人bidder2", "共 2 条")
	station.Get("/office/registrations?lot="+lot).Shows(`<input type="hidden" name="lot" value="`+lot+`">`, "清除条件")
	station.Get("/office/registrations?lot=" + event.NewID()).Shows("没有找到")
	station.Get(at).Shows(first.Account, "13800000000", "优先权证明", "与报名人户名、账号一致的保证金")
	o.Pay(lot, first)
	station.Get("/office").Shows(`href="` + at + `"`)
	station.Get(at).Shows("审核通过").Lacks("与报名人户名、账号一致的保证金")
	station.Send(at+"/qualify", "version", "1").Refuses(http.StatusUnprocessableEntity, `id="f-seen"`)
	station.Send(at+"/qualify", "version", "1", "seen", "yes", "grant", "yes").LeadsTo(at)
	station.Get(at).Shows("竞买号", "已确认，第 1 顺位", "办理经过", "乡镇经管站工作人员")

	at = "/office/registrations/" + second.Entry
	station.Send(at+"/refuse", "version", "1").
		Refuses(http.StatusUnprocessableEntity, `id="f-reason"`, "<details class=\"sheet\" open>")
	station.Send(at+"/refuse", "version", "1", "reason", "账号不是本人的").LeadsTo(at)
	station.Get(at).Shows("未通过的理由：账号不是本人的")
	o.As(o.Clerk).Get("/office/registrations").Refuses(http.StatusForbidden)
	o.As(o.Leader).Get(at).Refuses(http.StatusForbidden)
	file := station.Get("/office/registrations?as=csv")
	file.Shows("标的,竞买人,竞买号,状态,手机号码,账号", "竞买人bidder2").
		Lacks(second.Account, "13800000000") // a file shows the last digits alone
}

func TestABanksStatementIsImported(t *testing.T) {
	o, _ := open(t)
	lot := o.Tender(trading.Announced).Lot
	bidder := o.Bidder("bidder1", "")
	o.Enter(lot, bidder)
	station := o.As(o.Station)
	line := o.Line(bidder, lot)
	stray := statement.Line{Serial: "S-9", PaidAt: o.Clock.Now(), Payer: "路人", Account: "6222000000009999",
		Amount: 12345, Memo: "不知道"}
	for name, bad := range map[string][]byte{
		"empty":      {},
		"a photo":    {0xff, 0xd8, 0xff, 0xe0},
		"no columns": []byte("甲，乙\n1,2\n"),
	} {
		t.Run(name, func(t *testing.T) {
			station.Upload("/office/deposits", "statement", bad).
				Refuses(http.StatusUnprocessableEntity, `href="#f-statement"`)
		})
	}
	station.Send("/office/deposits").Refuses(http.StatusUnprocessableEntity, "请选择一份银行流水（CSV）")
	take := func() string {
		return "/office/imports/" + station.Upload("/office/deposits", "statement", tradingtest.Statement(line, stray)).
			LeadsTo("/office/imports/")
	}
	first := take()
	station.Get(first).Shows("入账 2", "核对 1 笔", "路人", "已核对", "附言里没有转账附言码", "共 2 条")
	station.Get(first + "?state=known").Shows("没有找到")
	station.Get(first+"?as=csv").Shows("行,结果,说明,日期,流水号,户名,金额", "2,入账,已核对")
	station.Get(take()).Shows("入账 0", "已有 2") // the same again pays nothing in again
	station.Get("/office/imports").Shows("共 2 条", `href="`+first+`"`)
	station.Get("/office/imports?as=csv").Shows("导入时间,账户,行数,入账,已有,冲回,不处理,拒收")
	o.As(o.Leader).Get(first).Refuses(http.StatusForbidden)
	station.Get("/office/deposits").Shows("路人", "竞买人bidder1", "共 2 条")
	station.Get("/office/deposits?as=csv").Shows("标的,户名,账号,金额（元）,状态,流水号", "123.45").Lacks("6222000000009999")
}

func TestAStrayDepositGoesBack(t *testing.T) {
	o, _ := open(t)
	stray := statement.Line{Serial: "S-9", PaidAt: o.Clock.Now(), Payer: "路人", Account: "6222000000009999",
		Amount: 12345, Memo: "不知道"}
	station := o.As(o.Station)
	station.Upload("/office/deposits", "statement", tradingtest.Statement(stray)).LeadsTo("/office/imports/")
	all, _, err := o.Bidding.SeeDeposits(t.Context(), o.Station, firstPage())
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v %v", all, err)
	}
	at := "/office/deposits/" + all[0].ID
	station.Get("/office").Shows(`href="/office/deposits?state=received"`)
	station.Send(at+"/reject", "version", "7").Refuses(http.StatusConflict, "内容已被他人修改", "路人")
	station.Send(at+"/reject", "version", "1").LeadsTo("/office/deposits")
	station.Get("/office").Shows(`href="/office/deposits?state=due"`)
	alone := station.Send(at+"/refund", "version", "2", "trace", "")
	alone.Refuses(http.StatusUnprocessableEntity, `href="#f-trace"`, "路人").
		Lacks("共 1 条") // only the one whose form was wrong
	station.Send(at+"/refund", "version", "2", "trace", "T-1").LeadsTo("/office/deposits")
	station.Get("/office").Shows(`href="` + at + `"`)
	station.Get(at).Shows("T-1", "您是登记人")
	station.Send(at+"/refunded", "version", "3").Refuses(http.StatusForbidden, "须由另一人复核")
	o.As(o.Colleague).Get(at).Shows("与银行回单一致")
	o.As(o.Colleague).Send(at+"/unrefunded", "version", "3").LeadsTo(at)
	station.Send(at+"/refund", "version", "4", "trace", "T-1").LeadsTo("/office/deposits")
	o.As(o.Colleague).Send(at+"/refunded", "version", "5").LeadsTo(at)
	station.Get("/office/deposits").Shows("已原路退回", "T-1")
	station.Send("/office/deposits/"+event.NewID()+"/refund", "version", "1", "trace", "T-2").
		Refuses(http.StatusNotFound)
}

// TestAPaymentIsMatchedByHand by two persons, each from the payment's page.
func TestAPaymentIsMatchedByHand(t *testing.T) {
	o, _ := open(t)
	lot := o.Tender(trading.Announced).Lot
	bidder := o.Bidder("bidder1", "")
	o.Enter(lot, bidder)
	station, line := o.As(o.Station), o.Line(bidder, lot)
	line.Payer = "曾用名"
	station.Upload("/office/deposits", "statement", tradingtest.Statement(line)).LeadsTo("/office/imports/")
	all, _, err := o.Bidding.SeeDeposits(t.Context(), o.Station, firstPage())
	tradingtest.Must(t, err)
	at := "/office/deposits/" + all[0].ID
	station.Get(at).Shows("人工核对", "竞买人bidder1", "户名、账号与报名人不一致")
	station.Send(at+"/hand", "version", "1", "registration", bidder.Entry, "reason", "").
		Refuses(http.StatusUnprocessableEntity, `href="#f-reason"`, `value="`+bidder.Entry+`" selected`)
	station.Send(at+"/hand", "version", "1", "registration", bidder.Entry, "reason", "户口簿载明曾用名").LeadsTo(at)
	station.Get(at).Shows("您是提出人", "户口簿载明曾用名")
	station.Send(at+"/match", "version", "2").Refuses(http.StatusForbidden, "另一人复核")
	colleague := o.As(o.Colleague)
	colleague.Get("/office").Shows(`href="` + at + `"`)
	colleague.Send(at+"/unmatch", "version", "2").LeadsTo(at)
	station.Send(at+"/hand", "version", "3", "registration", bidder.Entry, "reason", "户口簿载明曾用名").LeadsTo(at)
	colleague.Send(at+"/match", "version", "4").LeadsTo(at)
	colleague.Get(at).Shows("已核对", "办理经过", "提出人工核对")
}

// TestWhatTheBankTookBack is shown, explained and settled.
func TestWhatTheBankTookBack(t *testing.T) {
	o, _ := open(t)
	bidder := o.Bidder("bidder1", "")
	lot := o.Open(bidder)
	line := o.Line(bidder, lot.ID)
	station := o.As(o.Station)
	line.Amount = -line.Amount
	strange := line
	strange.Serial, strange.Amount = "S-strange", -7
	station.Upload("/office/deposits", "statement", tradingtest.Statement(line, strange)).LeadsTo("/office/imports/")
	station.Get("/office").Shows("处理被冲正的保证金", "核对银行冲正")
	list := station.Get("/office/withdrawals?state=open")
	list.Shows("S-strange", "没有找到它冲回的到账", "共 1 条")
	open, _, err := o.Bidding.SeeWithdrawals(t.Context(), o.Station, casework.Query{
		States: []casework.State{cases.WithdrawalOpen},
		Page:   identity.Page{Number: 1, Size: identity.MaxPage},
	})
	tradingtest.Must(t, err)
	at := "/office/withdrawals/" + open[0].ID
	station.Send(at, "version", "1", "reason", "").Refuses(http.StatusUnprocessableEntity, `href="#f-reason"`)
	station.Send(at, "version", "1", "reason", "手续费冲回").LeadsTo("/office/withdrawals")
	station.Get("/office/withdrawals").Shows("核对结果：手续费冲回", "共 2 条")
	station.Get("/office/withdrawals?as=csv").Shows("种类,状态,时间,户名", "银行冲正,已对应")
	all, _, err := o.Bidding.SeeDeposits(t.Context(), o.Station, firstPage())
	tradingtest.Must(t, err)
	at = "/office/deposits/" + all[0].ID
	station.Get(at).Shows("竞买人没有保证金")
	station.Send(at+"/settle", "version", "3", "reason", "").
		Refuses(http.StatusUnprocessableEntity, `href="#f-reason"`)
	station.Send(at+"/settle", "version", "3", "reason", "已电话通知").LeadsTo(at)
	station.Get(at).Shows("已被银行冲正", "已电话通知").Lacks("怎样处理的")
}

// TestAnAccountIsRegistered once; two accounts ask which one a file is of.
func TestAnAccountIsRegistered(t *testing.T) {
	o, _ := open(t)
	station := o.As(o.Station)
	station.Get("/office/deposit-accounts").Shows("云溪镇经管站保证金专户")
	station.Send("/office/deposit-accounts", "number", "12", "name", "").
		Refuses(http.StatusUnprocessableEntity, `href="#f-number"`, `href="#f-name"`)
	station.Send("/office/deposit-accounts", "number", "36009999 0000", "name", "第二专户").
		LeadsTo("/office/deposit-accounts")
	station.Send("/office/deposit-accounts", "number", "360099990000", "name", "又一个").
		Refuses(http.StatusConflict, "这个账号已经登记")
	station.Get("/office/deposits").Shows("哪个账户的流水", "第二专户 ****0000")
	station.Upload("/office/deposits", "statement", tradingtest.Statement()).
		Refuses(http.StatusUnprocessableEntity, `href="#f-account"`)
}

func TestAnObjectionIsAnsweredInPublic(t *testing.T) {
	o, _ := open(t)
	bidder := o.Bidder("bidder1", "")
	lot := o.Open(bidder)
	_, err := o.Bid(bidder, lot.ID, lot.Board.OpensAt.Add(time.Minute), 41000, false)
	tradingtest.Must(t, err)
	o.Clock.Set(lot.Board.EndsAt.Add(time.Minute))
	tradingtest.Must(t, o.Bidding.CloseLot(t.Context(), lot.ID))
	form := trading.ObjectionForm{Lot: lot.ID, Target: trading.AtVillage, Name: "村民甲",
		Phone: "13900000000", Text: "看样日没有通知我（村民甲）"}
	id, err := o.Bidding.Object(t.Context(), identity.Actor{}, event.NewID(), form, o.Clock.Now())
	tradingtest.Must(t, err)
	station, at := o.As(o.Station), "/office/objections/"+id
	station.Get("/office").Shows(`href="` + at + `"`)
	station.Get("/office/objections").Shows("看样日没有通知我", "共 1 条")
	station.Get(at).Shows("村民甲，13900000000", "看样日没有通知我（村民甲）")
	again := station.Send(at, "version", "1", "outcome", "upheld", "answer", "", "withheld", "写了姓名")
	again.Refuses(http.StatusUnprocessableEntity, `href="#f-answer"`, "写了姓名")
	answer := []string{"version", "1", "outcome", "partly", "answer", "11月25日已张贴通知", "withheld", "写了姓名"}
	station.Send(at, append(answer, "act", "check")...).Shows("核对答复", "异议部分成立", "不能撤回",
		`formaction="`+at+`#f-answer"`, "核对无误，公开答复")
	station.Send(at, append(answer, "act", "mend")...).Shows("11月25日已张贴通知", "下一步：核对答复")
	station.Get(at).Lacks("11月25日已张贴通知")
	station.Send(at, answer...).LeadsTo("/office/objections")
	station.Get(at).Shows("11月25日已张贴通知", "异议部分成立").Lacks("下一步：核对答复", "下一步：核对决定")
	leader := o.As(o.Leader)
	leader.Get("/office").Shows(`href="` + at + `"`)
	leader.Get(at).Shows("11月25日已张贴通知", "下一步：核对决定").Lacks("13900000000")
	leader.Send(at+"/decision", "version", "2", "ruling", "keep", "reason", "").
		Refuses(http.StatusUnprocessableEntity, `href="#f-reason"`)
	leader.Send(at+"/decision", "version", "2", "ruling", "keep", "reason", "已通知", "act", "check").
		Shows("核对决定", "提交后立即公开，不能修改")
	leader.Send(at+"/decision", "version", "2", "ruling", "void", "reason", "重新组织看样", "act", "check").
		Shows("核对决定", "复核以前可以撤回")
	leader.Send(at+"/decision", "version", "2", "ruling", "void", "reason", "重新组织看样").LeadsTo("/office/objections")
	leader.Get(at).Shows("待复核", "重新组织看样").Lacks("下一步：核对决定", "同意撤销成交结果")
	station.Get(at).Lacks("重新组织看样", "撤销")
	committee := o.As(o.Supervision)
	committee.Get("/office").Shows(`href="`+at+`"`, "复核撤销成交结果")
	committee.Get(at).Shows("复核撤销成交结果", "重新组织看样", "同意撤销成交结果").Lacks("13900000000")
	leader.Send(at+"/second", "version", "3", "agree", "yes").Refuses(http.StatusForbidden)
	committee.Send(at+"/second", "version", "3").Refuses(http.StatusUnprocessableEntity, `href="#f-reason"`)
	committee.Send(at+"/second", "version", "3", "reason", "通知过").LeadsTo("/office/objections")
	leader.Get(at).Shows("监督委员会退回的理由", "通知过", "下一步：核对决定")
	leader.Send(at+"/decision", "version", "4", "ruling", "void", "reason", "重新组织看样").LeadsTo("/office/objections")
	committee.Send(at+"/second", "version", "5", "agree", "yes").LeadsTo("/office/objections")
	leader.Get("/office/objections?state=decided").Shows("看样日没有通知我")
	leader.Get(at).Shows("纠正：撤销成交结果", "重新组织看样").Lacks("下一步：核对决定", "同意撤销成交结果")
	station.Get("/office/objections?state=raised").Shows("没有找到")
	station.Get("/office/objections?as=csv").Shows("标的,针对,状态,提出时间,最晚答复日", "11月25日已张贴通知")
}

func TestTheNextOpeningIsTold(t *testing.T) {
	o, room := open(t)
	where := identity.Scope{"/"}
	if next, err := room.NextOpening(t.Context(), o.Clerk, where); next != nil || err != nil {
		t.Errorf("%+v %v", next, err)
	}
	tender := o.Tender(trading.Announced)
	next, err := room.NextOpening(t.Context(), o.Clerk, where)
	if err != nil || next == nil || next.Address != "/tenders/"+tender.ID || !next.At.Equal(tender.OpensAt) ||
		next.Title == "" {
		t.Errorf("%+v %v", next, err)
	}
}

func firstPage() casework.Query { return casework.Query{Page: identity.Page{}} }

// TestABiddersDeskLeadsToTheRoom: while the bidding that one may take part in comes or
// runs, the own desk leads there; nobody else's does.
func TestABiddersDeskLeadsToTheRoom(t *testing.T) {
	r := housetest.OnSQLite(t)
	winner, stranger := r.Bidder(), r.Bidder()
	a := r.Auction(r.Desks(), winner, r.Bidder())
	desk := func(login string) housetest.Answer { return r.Browser(login).Get("/office") }
	housetest.Says(t, desk(winner.Login), "我的竞价", "开始竞价")
	r.Opened(a.Lot)
	running := desk(winner.Login)
	housetest.Says(t, running, "我的竞价", "竞价中")
	if !strings.Contains(running.Body, `href="/lots/`+a.Lot+`"`) {
		t.Error("the desk does not lead to the room")
	}
	housetest.Silent(t, desk(stranger.Login), "我的竞价")
	r.Closed(a.Lot)
	housetest.Silent(t, desk(winner.Login), "我的竞价")
}

// TestAStatementOfAnUnknownBank: its columns are told once, with the file again, and remembered.
func TestAStatementOfAnUnknownBank(t *testing.T) {
	o, _ := open(t)
	lot := o.Tender(trading.Announced).Lot
	bidder := o.Bidder("bidder1", "")
	o.Enter(lot, bidder)
	station := o.As(o.Station)
	line := o.Line(bidder, lot)
	file := func(serial string) []byte {
		return fmt.Appendf(nil, "业务编码,记录时刻,往来人,往来号码,进项,结存余额,说明\n%s,%s,%s,%s,%s,9.00,%s\n", serial,
			line.PaidAt.Add(8*time.Hour).Format(time.DateTime), line.Payer, line.Account,
			strings.ReplaceAll(line.Amount.Yuan(), ",", ""), line.Memo)
	}
	asked := station.Upload("/office/deposits", "statement", file("U-1"))
	asked.Refuses(http.StatusUnprocessableEntity, "没有找到表头", "还不认识", "第 5 列 进项（如 ", `name="column_serial"`)
	key := regexp.MustCompile(`name="header" value="(\w+)"`).FindStringSubmatch(asked.Body)[1]
	said := []string{"header", key, "column_serial", "0", "column_time", "1", "column_payer", "2",
		"column_account", "3", "column_credit", "5", "column_memo", "6"}
	station.Upload("/office/deposits", "statement", file("U-1"), said...).
		Refuses(http.StatusUnprocessableEntity, `href="#f-column_credit"`, "余额不是收支的金额", "还不认识")
	said[11] = "4"
	station.Upload("/office/deposits", "statement", tradingtest.Statement(line), said...).
		Refuses(http.StatusUnprocessableEntity, "与刚才说明的不同")
	shown := station.Upload("/office/deposits", "statement", file("U-1"), said...)
	shown.Refuses(http.StatusUnprocessableEntity, `href="#f-seen"`, "收入 1 笔", line.Payer, "读得对")
	said = append(said, "seen", readingIn(shown))
	station.Upload("/office/deposits", "statement", file("U-0"), said...).
		Refuses(http.StatusUnprocessableEntity, `href="#f-seen"`) // another file was looked at
	other := slices.Clone(said)
	other[9], other[13] = other[13], other[9]
	station.Upload("/office/deposits", "statement", file("U-1"), other...).
		Refuses(http.StatusUnprocessableEntity, `href="#f-seen"`) // by other columns
	station.Get("/office/imports").Shows("没有")
	first := station.Upload("/office/deposits", "statement", file("U-1"), said...).LeadsTo("/office/imports/")
	station.Get("/office/imports/"+first).Shows("入账 1", "核对 1 笔")
	second := station.Upload("/office/deposits", "statement", file("U-2")).LeadsTo("/office/imports/")
	station.Get("/office/imports/" + second).Shows("入账 1")
	station.Get("/office/deposit-accounts").Shows("记住了 1 种银行流水的表头")
	forget := regexp.MustCompile(`(?s)(/office/deposit-accounts/\w+/forget)".*?name="version" value="(\d+)"`).
		FindStringSubmatch(station.Get("/office/deposit-accounts").Body)
	o.As(o.Leader).Send(forget[1], "version", forget[2]).Refuses(http.StatusForbidden)
	station.Send(forget[1], "version", "99").Refuses(http.StatusConflict, "已有变化")
	station.Send(forget[1], "version", forget[2]).LeadsTo("/office/deposit-accounts")
	station.Upload("/office/deposits", "statement", file("U-3")).
		Refuses(http.StatusUnprocessableEntity, "还不认识")
}

// readingIn is what the page's box says has been looked at.
func readingIn(p admintest.Page) string {
	return regexp.MustCompile(`name="seen" value="(\w+)"`).FindStringSubmatch(p.Body)[1]
}

// TestColumnsAreToldForOneAccount: what was told of one account's bank governs no other, and what
// brought nothing is not remembered.
func TestColumnsAreToldForOneAccount(t *testing.T) {
	o, _ := open(t)
	station := o.As(o.Station)
	file := func(rows string) []byte {
		return []byte("业务编码,记录时刻,往来人,往来号码,进项,出项,说明\n" + rows)
	}
	income := "U-1,2026-11-20 09:30:00,路人,6222000000009999,12.00,,不知道\n"
	key := regexp.MustCompile(`name="header" value="(\w+)"`).
		FindStringSubmatch(station.Upload("/office/deposits", "statement", file(income)).Body)[1]
	said := []string{"header", key, "column_serial", "0", "column_time", "1", "column_payer", "2",
		"column_account", "3", "column_credit", "4", "column_debit", "5", "column_memo", "6"}
	tell := func(file []byte) {
		t.Helper()
		seen := readingIn(station.Upload("/office/deposits", "statement", file, said...))
		station.Upload("/office/deposits", "statement", file, append(said, "seen", seen)...).LeadsTo("/office/imports/")
	}
	expense := "U-9,2026-11-20 09:30:00,路人,6222000000009999,,12.00,不知道\n"
	tell(file(expense))
	station.Upload("/office/deposits", "statement", file(income)).
		Refuses(http.StatusUnprocessableEntity, "还不认识")
	tell(file(income))
	station.Upload("/office/deposits", "statement", file(income)).LeadsTo("/office/imports/")
	station.Send("/office/deposit-accounts", "number", "360099990000", "name", "第二专户").
		LeadsTo("/office/deposit-accounts")
	station.Upload("/office/deposits", "statement", file(income)).
		Refuses(http.StatusUnprocessableEntity, `href="#f-account"`, "请先选择是哪个账户的")
	second := regexp.MustCompile(`<option value="(\w+)">第二专户`).FindStringSubmatch(station.Get("/office/deposits").Body)
	station.Upload("/office/deposits", "statement", file(income), "account", second[1]).
		Refuses(http.StatusUnprocessableEntity, "还不认识")
}
