package tendering_test

import (
	"net/http"
	"testing"

	"sunlot/trading"
)

// TestANoticeIsCheckedBeforeItIsPublished: each term with its label, the sums in words, and
// the button that publishes; whoever comes late is told what has changed.
func TestANoticeIsCheckedBeforeItIsPublished(t *testing.T) {
	o := open(t)
	n := o.Tender(trading.Approved)
	at := "/office/tenders/" + n.ID
	clerk, leader := o.As(o.Clerk), o.As(o.Leader)
	clerk.Get(at).Shows(`href="`+at+`/announce"`, "下一步：核对后发布").Lacks(`action="` + at + `/announce"`)
	clerk.Get(at+"/announce").Shows("核对公告", "还没有发布", "起始价", "400.00 元/亩·年", "大写：肆佰元整", "保证金",
		"现在发布，报名截止", "特别提示", `action="`+at+`/announce"`, `name="version" value="4"`, "核对无误，发布公告").
		Lacks(">修改<")
	leader.Get(at + "/announce").Refuses(http.StatusForbidden)
	o.As(o.OtherClerk).Get(at + "/announce").Refuses(http.StatusNotFound)
	leader.Send(at+"/return", "version", "4", "reason_fees", "写明由谁承担").LeadsTo(at)
	clerk.Send(at+"/announce", "version", "4").Refuses(http.StatusConflict, "内容已被他人修改")
	if gone := clerk.Get(at + "/announce"); gone.Status != http.StatusSeeOther || gone.Location != at {
		t.Errorf("what was returned can be published: %d %s", gone.Status, gone.Location)
	}
}
