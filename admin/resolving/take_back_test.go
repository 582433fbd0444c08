package resolving_test

import (
	"net/http"
	"testing"

	"sunlot/internal/event"
)

// TestWhatWasSentIsTakenBack on the pages: by its sender, until the committee has decided.
func TestWhatWasSentIsTakenBack(t *testing.T) {
	o, asset := open(t)
	id, err := o.Resolving.RecordResolution(t.Context(), o.Clerk, event.NewID(), o.ResolutionForm(asset))
	if err != nil {
		t.Fatal(err)
	}
	at := "/office/resolutions/" + id
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	clerk.Send(at+"/submit", "version", "1").LeadsTo(at)
	committee.Get(at).Lacks("/take-back")
	clerk.Get("/office").Shows("已送出，等别人办", `href="`+at+`"`, "在村务监督委员会成员处", "第 1 天")
	clerk.Get("/office?kind=sent").Shows(`href="` + at + `"`)
	committee.Get("/office").Lacks("已送出，等别人办")
	clerk.Get(at).Shows(at + "/take-back")
	clerk.Send(at+"/take-back", "version", "2").LeadsTo(at)
	clerk.Get(at).Shows("登记中", at+"/edit").Lacks("/take-back")
	clerk.Send(at+"/submit", "version", "3").LeadsTo(at)
	committee.Send(at+"/confirm", "version", "4").LeadsTo(at)
	clerk.Send(at+"/take-back", "version", "4").Refuses(http.StatusConflict, "“已核实”，不能收回")
}
