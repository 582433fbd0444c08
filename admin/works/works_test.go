package works_test

import (
	"net/http"
	"testing"

	"sunlot/admin/admintest"
	"sunlot/admin/works"
	"sunlot/internal/event"
	"sunlot/trading/tradingtest"
	cases "sunlot/trading/works"
)

func open(t *testing.T) *admintest.Office {
	o := admintest.New(t)
	(&works.Screens{
		Kit:       o.Kit,
		Directory: o.Directory,
		Items:     o.Items,
		Resolving: o.Resolving,
		Works:     o.Works,
	}).Register()
	o.Desk(cases.Duties...)
	return o
}

// fields is the footbridge as somebody types it in.
func fields(o *admintest.Office, item string) []string {
	f := o.ProjectForm(item)
	all := []string{"village", f.Village, "item", item, "name", f.Name, "place", f.Place, "scope", f.Scope,
		"estimate", "130000", "split", f.Split}
	for _, planned := range f.Plan {
		all = append(all, "plan_on_"+string(planned.Stage), string(planned.On))
		if planned.Sum > 0 {
			all = append(all, "plan_sum_"+string(planned.Stage), planned.Sum.Yuan())
		}
	}
	return all
}

func TestAProjectIsOpenedAndConfirmed(t *testing.T) {
	o := open(t)
	item := o.Item()
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	clerk.Get("/office/projects/new").Shows("青塘村村民委员会", "GC-01 村级小型工程发包", "预算计划金额").Lacks("松坪村村民委员会", "设计计划金额")
	id := clerk.Send("/office/projects", fields(o, item)...).LeadsTo("/office/projects/")
	at := "/office/projects/" + id
	clerk.Get(at).Shows("三组人行桥", "130,000.00", "128,000.00").Lacks("核实并公开")
	committee.Get("/office").Shows(`href="` + at + `"`)
	committee.Send(at+"/confirm", "version", "1").Refuses(http.StatusUnprocessableEntity, `href="#f-clean"`)
	committee.Send(at+"/confirm", "version", "1", "clean", "yes").LeadsTo(at)
	clerk.Get("/office/projects?state=underway").Shows("三组人行桥", `href="`+at+`"`)
	clerk.Get("/office/projects?state=proposed").Shows("没有").Lacks("三组人行桥")
	o.As(o.OtherClerk).Get(at).Refuses(http.StatusNotFound)
}

func TestAReturnedProjectIsProposedAnew(t *testing.T) {
	o := open(t)
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	id := clerk.Send("/office/projects", fields(o, o.Item())...).LeadsTo("/office/projects/")
	at := "/office/projects/" + id
	committee.Send(at+"/return", "version", "1").Refuses(http.StatusUnprocessableEntity, "请至少写明一处")
	committee.Send(at+"/return", "version", "1", "reason_estimate", "与预算书不符").LeadsTo(at)
	clerk.Get(at).Shows("估算金额", "与预算书不符", `href="/office/projects/new?like=`+id+`"`)
	clerk.Get("/office/projects/new?like="+id).
		Shows(`value="三组人行桥"`, `value="130,000.00"`, `value="2026-12-01"`, `value="128,000.00"`)
}

func TestWhatCannotBeReadIsSaidAndKept(t *testing.T) {
	o := open(t)
	clerk := o.As(o.Clerk)
	item := o.Item()
	for name, field := range map[string]string{"estimate": "estimate", "plan_on_need": "plan",
		"plan_sum_budget": "plan"} {
		all := fields(o, item)
		for i := 0; i < len(all); i += 2 {
			if all[i] == name {
				all[i+1] = "不知道"
			}
		}
		clerk.Send("/office/projects", all...).
			Refuses(http.StatusUnprocessableEntity, `href="#f-`+field+`"`, `value="不知道"`, "三组人行桥")
	}
}

func TestWhatWasDoneIsRecordedAndConfirmed(t *testing.T) {
	o := open(t)
	project := o.Project()
	at := "/office/projects/" + project
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	clerk.Get("/office").Shows(`href="` + at + `"`)
	clerk.Get(at+"/record").Shows("登记办理情况", `<option value="need" selected>`, "预算（填预算）")
	wrong := clerk.Upload(at+"/entries", "files_new", []byte("no document"), "stage", "need", "on", "2026-11-20",
		"note", "会议同意")
	wrong.Refuses(http.StatusUnprocessableEntity, `href="#f-files"`, "会议同意")
	said := clerk.Upload(at+"/entries", "files_new", tradingtest.PDF(1), "stage", "need", "on", "前天", "note", "会议同意")
	said.Refuses(http.StatusUnprocessableEntity, `href="#f-on"`, `name="files" value="`) // the document is not lost
	clerk.Upload(at+"/entries", "files_new", tradingtest.PDF(1), "stage", "need", "on", "2026-11-20", "note", "会议同意").
		LeadsTo(at)

	_, entries, err := o.Works.SeeProject(t.Context(), o.Clerk, project)
	if err != nil || len(entries) != 1 || len(entries[0].Files) != 1 {
		t.Fatalf("%+v %v", entries, err)
	}
	entry := "/office/entries/" + entries[0].ID
	clerk.Get(entry).Shows("会议同意", "SHA-256 "+entries[0].Files[0])
	committee.Get("/office").Shows(`href="` + entry + `"`)
	committee.Send(entry+"/confirm", "version", "1").Refuses(http.StatusUnprocessableEntity, `href="#f-clean"`)
	committee.Send(entry+"/confirm", "version", "1", "clean", "yes").LeadsTo(entry)
	clerk.Get(at + "/record").Shows(`<option value="budget" selected>`)
	clerk.Get("/office/entries/" + event.NewID()).Refuses(http.StatusNotFound)
}

func TestAReturnedEntryIsRecordedAnew(t *testing.T) {
	o := open(t)
	project := o.Project()
	at := "/office/projects/" + project
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	clerk.Send(at+"/entries", "stage", "budget", "on", "2026-11-21", "sum", "128000", "note", "预算书已编", "files",
		o.File(o.Clerk, 2)).LeadsTo(at)
	id := waiting(t, o)
	committee.Send("/office/entries/"+id+"/return", "version", "1", "reason_sum", "预算书写的是12万").
		LeadsTo("/office/entries/" + id)
	clerk.Get("/office/entries/"+id).Shows("预算书写的是12万", "改正后重新登记")
	clerk.Get(at+"/record?like="+id).Shows(`<option value="budget" selected>`, `value="128,000.00"`, "预算书已编",
		`name="files" value="`)
}

// waiting is the one entry that waits for the committee.
func waiting(t *testing.T, o *admintest.Office) string {
	t.Helper()
	duties := o.Waits(o.Supervision)
	if len(duties) != 1 {
		t.Fatalf("%+v", duties)
	}
	return duties[0].Case
}

// TestAWrongEntryIsCorrected: the clerk chooses what was wrong, and the committee
// sees both, one above the other.
func TestAWrongEntryIsCorrected(t *testing.T) {
	o := open(t)
	project := o.Project()
	at := "/office/projects/" + project
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	clerk.Send(at+"/entries", "stage", "budget", "on", "2026-11-21", "sum", "1280000", "note", "预算书已编", "files",
		o.File(o.Clerk, 2)).LeadsTo(at)
	wrong := waiting(t, o)
	committee.Send("/office/entries/"+wrong+"/confirm", "version", "1", "clean", "yes").
		LeadsTo("/office/entries/" + wrong)
	clerk.Get(at).Shows(`href="/office/entries/`+wrong+`"`, "已核实的登记")
	clerk.Get("/office/entries/" + wrong).Shows(at + "/record?corrects=" + wrong)
	clerk.Get(at+"/record?corrects="+wrong).Shows(`<option value="`+wrong+`" selected>`,
		"第 2 项 预算 2026-11-21 1,280,000.00 元", `value="1,280,000.00"`)
	clerk.Send(at+"/entries", "corrects", wrong, "stage", "design", "on", "2026-11-21", "note", "更正").
		Refuses(http.StatusConflict, `href="#f-corrects"`)
	clerk.Send(at+"/entries", "corrects", wrong, "stage", "budget", "on", "2026-11-21", "sum", "128000", "note",
		"金额多写了一个零").LeadsTo(at)
	right := waiting(t, o)
	committee.Get("/office/entries/"+right).Shows("要更正的登记", "1,280,000.00", "128,000.00", "更正第 2 项")
	committee.Send("/office/entries/"+right+"/confirm", "version", "1", "clean", "yes").
		LeadsTo("/office/entries/" + right)
	clerk.Get("/office/entries/" + wrong).Shows("已被第 3 项更正，不再计算").Lacks("登记更正")
	clerk.Get(at).Shows("第 2 项“预算”")
}
