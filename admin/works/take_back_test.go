package works_test

import (
	"net/http"
	"testing"

	"sunlot/internal/event"
)

// TestWhatWasSentIsTakenBack on the pages: a project by whoever entered it, who goes on from
// what he had typed.
func TestWhatWasSentIsTakenBack(t *testing.T) {
	o := open(t)
	id, err := o.Works.OpenProject(t.Context(), o.Clerk, event.NewID(), o.ProjectForm(o.Item()))
	if err != nil {
		t.Fatal(err)
	}
	at := "/office/projects/" + id
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	committee.Get(at).Lacks("/take-back")
	clerk.Get(at).Shows(at + "/take-back")
	clerk.Send(at+"/take-back", "version", "1").LeadsTo(at)
	clerk.Get(at).Shows("已收回", "/office/projects/new?like="+id, "改正后重新登记").Lacks("/take-back", "按退回理由")
	committee.Get(at).Lacks("核实并公开")
	clerk.Send(at+"/take-back", "version", "2").Refuses(http.StatusConflict, "“已收回”，不能收回")
	clerk.Get("/office/projects?state=taken_back").Shows(at)
}
