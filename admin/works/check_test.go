package works_test

import (
	"net/http"
	"testing"

	cases "sunlot/trading/works"
)

// TestWorksAreCheckedBeforeTheyAreSent: a project and what was done, each answer with its way
// back; nothing is kept by it.
func TestWorksAreCheckedBeforeTheyAreSent(t *testing.T) {
	o := open(t)
	clerk := o.As(o.Clerk)
	typed := fields(o, o.Item())
	clerk.Send("/office/projects", append(typed, "act", "check")...).Shows("核对工程项目", "130,000.00 元",
		"大写：壹拾叁万元整", `formaction="/office/projects#f-scope"`, "决议", "纸质", "核对无误，提交村监委会核实")
	clerk.Get("/office/projects").Shows("还没有项目")
	clerk.Send("/office/projects", append(typed, "act", "mend")...).Shows("登记工程项目", `value="130000"`)
	at := "/office/projects/" + clerk.Send("/office/projects", typed...).LeadsTo("/office/projects/")
	o.As(o.Supervision).Send(at+"/confirm", "version", "1", "clean", "yes").LeadsTo(at)
	entry := []string{"stage", string(cases.BudgetStage), "on", "2026-11-20", "sum", "1280", "note", "县定额",
		"photos", o.Photo(o.Clerk, 3)}
	clerk.Send(at+"/entries", append(entry, "act", "check")...).Shows("核对办理情况", "预算", "1,280.00 元",
		"大写：壹仟贰佰捌拾元整", `name="photos" value=`, `formaction="`+at+`/entries#f-sum"`)
	o.As(o.Supervision).Get(at).Lacks("待核实的登记")
	clerk.Send(at+"/entries", append(entry, "act", "mend")...).Shows("登记办理情况", "县定额", `name="photos" value=`)
	clerk.Send(at+"/entries", "stage", "budget", "act", "check").
		Refuses(http.StatusUnprocessableEntity, "办理日期", "预算")
	clerk.Send(at+"/entries", entry...).LeadsTo(at)
	o.As(o.Supervision).Get(at).Shows("待核实的登记")
}
