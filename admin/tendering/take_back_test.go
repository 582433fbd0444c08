package tendering_test

import (
	"net/http"
	"testing"

	"sunlot/trading"
)

// TestWhatWasSentIsTakenBack on the pages: the button is the sender's alone and stands there
// only while the station has not decided; who comes too late is told so.
func TestWhatWasSentIsTakenBack(t *testing.T) {
	o := open(t)
	n := o.Tender(trading.Submitted)
	at := "/office/tenders/" + n.ID
	clerk, station := o.As(o.Clerk), o.As(o.Station)
	station.Get(at).Lacks("/take-back")
	clerk.Get(at).Shows("收回后，对方的待办里不再有这一件", at+"/take-back")
	clerk.Send(at+"/take-back", "version", "2").LeadsTo(at)
	clerk.Get(at).Shows("起草中", "提交乡镇经管站审核", "收回修改").Lacks("/take-back")
	station.Send(at+"/check", "version", "2").Refuses(http.StatusConflict)
	clerk.Send(at+"/submit", "version", "3").LeadsTo(at)
	station.Send(at+"/check", "version", "4").LeadsTo(at)
	clerk.Send(at+"/take-back", "version", "4").Refuses(http.StatusConflict, "不能收回", "待审批")
	clerk.Get(at).Lacks("/take-back")
}
