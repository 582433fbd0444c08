package amending_test

import (
	"net/http"
	"testing"

	"sunlot/admin/admintest"
	"sunlot/admin/amending"
	"sunlot/internal/calendar"
	cases "sunlot/trading/amending"
	"sunlot/trading/rules"
	"sunlot/trading/tradingtest"
)

func open(t *testing.T) *admintest.Office {
	o := admintest.New(t)
	(&amending.Screens{Kit: o.Kit, Pack: o.Pack, Amending: o.Amending, Standings: o.Standings}).Register()
	o.Desk(cases.Duties...)
	return o
}

// TestAFigureIsChangedByTwo: a form with faults comes back as it was typed; who
// proposed cannot confirm; confirmed it may be withdrawn until a day before.
func TestAFigureIsChangedByTwo(t *testing.T) {
	o := open(t)
	first, second := o.As(o.Administrator), o.As(o.SecondAdministrator)
	first.Get("/office/amendments").Shows("还没有登记过参数改动", "工程质量保证金，合同价的", "最早为"+string(o.Amending.Earliest()))
	first.Get("/office/amendments?key=contract.sign_days").
		Shows(`<option value="contract.sign_days" selected>公示期满后签订合同，不超过（现为5个工作日）</option>`)
	from := o.Days.Today().AddDays(3)
	form := func(value string, from calendar.Date) []string {
		return []string{"key", "contract.sign_days", "value", value, "from", string(from),
			"title", "示范县农村产权流转交易管理办法", "article", "第八条", "reason", "合同要先由乡镇审核"}
	}
	first.Send("/office/amendments", form("7天", o.Days.Today())...).
		Refuses(http.StatusUnprocessableEntity, "改动要先公开满一天", `value="7天"`)
	first.Send("/office/amendments", form("5", from)...).
		Refuses(http.StatusUnprocessableEntity, "那天已经是5个工作日，不用改动")
	id := first.Send("/office/amendments", form("7", from)...).LeadsTo("/office/amendments/")
	at := "/office/amendments/" + id
	first.Get(at).Shows("5 个工作日", "7 个工作日", "待确认", "请另一位管理员确认", "撤回登记").Lacks("我已查看文件原文")
	second.Get("/office").Shows(`href="`+at+`"`, "确认规则参数的改动")
	second.Get(at).Shows("我已查看文件原文", "不通过", "《示范县农村产权流转交易管理办法》第八条（本县设定）")
	second.Send(at+"/decide", "version", "1", "agree", "yes").Refuses(http.StatusUnprocessableEntity, "请自己查看文件原文")
	first.Send(at+"/decide", "version", "1", "agree", "yes", "read", "yes").
		Refuses(http.StatusForbidden, "登记改动的人不能自己确认")
	second.Send(at+"/decide", "version", "1", "agree", "yes", "read", "yes").LeadsTo(at)
	first.Get("/office/amendments").Shows("已确认", "5 个工作日改为7 个工作日")
	first.Send(at+"/withdraw", "version", "2").Refuses(http.StatusUnprocessableEntity, "请填写理由")
	o.Clock.Set(from.AddDays(-1).At(9, 0))
	first.Get(at).Lacks("撤回改动")
	first.Send(at+"/withdraw", "version", "2", "reason", "文件没有印发").Refuses(http.StatusConflict, "施行前一天起不能撤回")
	o.As(o.Station).Get("/office/amendments").Refuses(http.StatusForbidden, "")
}

// TestAChangeThatIsDeclinedChangesNothing, nor one that is withdrawn in time; what is
// too near is said before somebody tries.
func TestAChangeThatIsDeclinedChangesNothing(t *testing.T) {
	o := open(t)
	first, second := o.As(o.Administrator), o.As(o.SecondAdministrator)
	propose := func() string {
		return "/office/amendments/" + first.Send("/office/amendments", "key", "runner_up.ask", "value", "0",
			"from", string(o.Amending.Earliest().AddDays(1)), "title", "示范县参数表", "article", "附件1",
			"reason", "不再询问").LeadsTo("/office/amendments/")
	}
	at := propose()
	first.Get(at).Shows("<dd>是</dd>", "<dd>否</dd>", "《示范县参数表》附件1（本县设定）")
	second.Send(at+"/decide", "version", "1", "reason", "文件没有这一条").LeadsTo(at)
	first.Get(at).Shows("未通过", "文件没有这一条").Lacks("撤回改动")
	at = propose()
	second.Send(at+"/decide", "version", "1", "agree", "yes", "read", "yes").LeadsTo(at)
	first.Get(at).Shows("撤回改动")
	first.Send(at+"/withdraw", "version", "2", "reason", "文件没有印发").LeadsTo(at)
	first.Get(at).Shows("施行前撤回", "文件没有印发")
	at = propose()
	o.Clock.Set(o.Clock.Now().AddDate(0, 0, 2))
	second.Get(at).Shows("离施行日期太近").Lacks("我已查看文件原文")
	second.Send(at+"/decide", "version", "1", "agree", "yes", "read", "yes").
		Refuses(http.StatusConflict, "请不通过，再重新登记")
}

// TestWhatIsNotSetIsAskedFor: an administrator of a county without figures of its own
// sees which are missing, each with the way to set it.
func TestWhatIsNotSetIsAskedFor(t *testing.T) {
	o := admintest.New(t)
	bare, err := rules.Find("national-default")
	if err != nil {
		t.Fatal(err)
	}
	(&amending.Screens{
		Kit:       o.Kit,
		Pack:      tradingtest.Under(bare),
		Amending:  o.Amending,
		Standings: o.Standings,
	}).Register()
	o.As(o.Administrator).Get("/office/amendments").
		Shows("待本县设定", `成交结果公示期：<a href="/office/amendments?key=result.publicity_days#f-new">登记</a>`,
			"签订合同，不超过（现为待本县设定）")
}
