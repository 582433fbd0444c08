package power_test

import (
	"net/http"
	"strconv"
	"testing"

	"sunlot/admin/admintest"
	"sunlot/admin/power"
	cases "sunlot/disclosure/power"
	"sunlot/internal/event"
	"sunlot/trading/tradingtest"
)

func open(t *testing.T) *admintest.Office {
	o := admintest.New(t)
	(&power.Screens{Kit: o.Kit, Items: o.Items}).Register()
	o.Desk(cases.Duties...)
	return o
}

// fields is the item as somebody types it in; rows that were not used are empty.
func fields(more ...string) []string {
	f := tradingtest.ItemForm()
	all := []string{
		"number", f.Number, "name", f.Name, "category", string(f.Category), "responsible", f.Responsible,
		"scope", f.Scope,
		"rights", f.Rights, "discloses", f.Discloses, "until", f.Until, "risks", f.Risks, "complain", f.Complain,
		"basis_title", "", "basis_article", "", "basis_title", f.Basis[0].Title, "basis_article", f.Basis[0].Article,
	}
	for _, step := range f.Steps {
		days := ""
		if step.Days > 0 {
			days = strconv.Itoa(step.Days)
		}
		all = append(all, "step_name", step.Name, "step_who", step.Who, "step_days", days,
			"step_leaves", step.Leaves, "step_stage", string(step.Stage))
	}
	all = append(all, "step_name", "", "step_who", "", "step_days", "", "step_leaves", "", "step_stage", "")
	return append(all, more...)
}

func other(name, value string) []string {
	all := fields()
	for i := 0; i < len(all); i += 2 {
		if all[i] == name {
			all[i+1] = value
		}
	}
	return all
}

func TestAnItemIsDraftedAndPublished(t *testing.T) {
	o := open(t)
	station, leader := o.As(o.Station), o.As(o.Leader)
	station.Get("/office/items").Shows("还没有事项")
	station.Get("/office/items/new").Shows("起草小微权力事项", "不是工程", "第3行步骤").Lacks("第4行步骤")
	id := station.Send("/office/items", fields()...).LeadsTo("/office/items/")
	at := "/office/items/" + id
	i, err := o.Items.SeeItem(t.Context(), o.Station, id)
	if err != nil || i.Draft == nil || len(i.Draft.Basis) != 1 || len(i.Draft.Steps) != 2 ||
		i.Draft.Steps[1].Days != 10 {
		t.Fatalf("an empty row is none: %+v %v", i.Draft, err)
	}
	station.Get(at+"/edit").Shows(`value="GC-01"`, `value="10"`, "第5行步骤").Lacks("第6行步骤")
	station.Send(at, append(other("risks", "先干后批"), "version", "1")...).LeadsTo(at)
	station.Get(at).Shows("先干后批").Lacks("公布这一版")
	leader.Get("/office").Shows(`href="` + at + `"`)
	leader.Get(at).Shows("公布这一版", "先干后批")
	leader.Send(at+"/publish", "version", "1").Refuses(http.StatusConflict, "内容已被他人修改", "先干后批")
	leader.Send(at+"/publish", "version", "2").LeadsTo("/items/" + id)
	leader.Get("/office").Lacks(`href="` + at + `"`)
	station.Get("/office/items?q=GC-01").Shows(`href="`+at+`"`, "第 1 版")
	station.Get("/office/items?q=别的").Shows("没有找到")
	station.Get(at).Shows("起草新版")
}

func TestWhoDraftedAnItemDoesNotPublishIt(t *testing.T) {
	o := open(t)
	station := o.As(o.Station)
	id := station.Send("/office/items", fields()...).LeadsTo("/office/items/")
	station.Send("/office/items/"+id+"/publish", "version", "1").Refuses(http.StatusForbidden)
	o.As(o.Clerk).Get("/office/items/" + id).Refuses(http.StatusForbidden)
	station.Get("/office/items/" + event.NewID()).Refuses(http.StatusNotFound)
}

func TestWhatCannotBeReadIsSaidAndKept(t *testing.T) {
	o := open(t)
	station := o.As(o.Station)
	page := station.Send("/office/items", other("step_days", "三天")...)
	page.Refuses(http.StatusUnprocessableEntity, `href="#f-steps"`, `value="三天"`, "村民委员会组织法")
	page = station.Send("/office/items", other("number", "")...)
	page.Refuses(http.StatusUnprocessableEntity, `href="#f-number"`, "预算书")
}
