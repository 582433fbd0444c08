package resolving_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"sunlot/admin/admintest"
	"sunlot/admin/resolving"
	"sunlot/internal/identity"
	"sunlot/trading"
	cases "sunlot/trading/resolving"
	"sunlot/trading/rolls"
	"sunlot/trading/tradingtest"
)

func open(t *testing.T) (o *admintest.Office, asset string) {
	o = admintest.New(t)
	(&resolving.Screens{
		Kit:       o.Kit,
		Pack:      o.Pack,
		Directory: o.Directory,
		Assets:    o.Assets,
		Resolving: o.Resolving,
	}).Register()
	o.Desk(cases.Duties...)
	return o, o.Asset()
}

// fields is the vote as somebody types it in, with lines that were not used.
func fields(o *admintest.Office, asset string, more ...string) []string {
	f := o.ResolutionForm(asset)
	all := []string{"asset", asset, "years", "5", "floor_price", "400", "unit", "mu_year", "outsiders", "yes",
		"priorities", "member,former_lessee"}
	for _, step := range f.Steps {
		all = append(all, "step_"+step.Key, string(step.On))
	}
	for _, v := range f.Votes {
		all = append(all, "vote_name", v.Name, "vote_person", v.Person, "vote_choice", string(v.Choice))
	}
	all = append(all, "vote_name", "", "vote_person", "", "vote_choice", "", "sign_in", f.SignIn[0],
		"minutes", f.Minutes[0])
	return append(all, more...)
}

func load(t *testing.T, o *admintest.Office, id string) trading.Resolution {
	t.Helper()
	r, err := o.DB.Resolution(t.Context(), id, identity.Everywhere)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAResolutionIsRecordedAndConfirmed(t *testing.T) {
	o, asset := open(t)
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	blank := "/office/resolutions/new?asset=" + asset
	clerk.Get(blank).Shows("登记决议", "第三组鱼塘及旱地", "没有核对过的应到人员名册", `href="/office/rolls/new"`).
		Lacks("请选择</option>")
	o.Due()
	clerk.Get(blank).Shows("户代表26的表决", "2026年1月1日 起用的一版，共 26 人", "daibiao不在这一版名册上")
	id := clerk.Send("/office/resolutions", fields(o, asset)...).LeadsTo("/office/resolutions/")
	r := load(t, o, id)
	if len(r.Votes) != 26 || r.Votes[0].Person != o.Representative.PersonID || len(r.Priorities) != 2 ||
		!r.Outsiders || len(r.Steps) != 5 {
		t.Fatalf("an unused line is no member: %+v", r)
	}
	edit := clerk.Get("/office/resolutions/" + id + "/edit")
	edit.Shows(`value="400.00"`, `value="2026-11-10"`, "户代表26", `name="version" value="1"`)
	clerk.Send("/office/resolutions/"+id, fields(o, asset, "version", "1")...).LeadsTo("/office/resolutions/" + id)
	clerk.Send("/office/resolutions/"+id+"/submit", "version", "2").LeadsTo("/office/resolutions/" + id)
	committee.Get("/office").Shows(`href="/office/resolutions/` + id + `"`)
	committee.Get("/office/resolutions/"+id).Shows("与纸质记录一致，确认核实", "26 人", "24 人（要求", "户代表1")
	clerk.Get("/office/resolutions/"+id).Shows("26 人", "24 人（要求").Lacks("与纸质记录一致，确认核实")
	committee.Send("/office/resolutions/"+id+"/confirm", "version", "3").LeadsTo("/office/resolutions/" + id)
	committee.Get("/office").Lacks(`href="/office/resolutions/` + id + `"`)
	o.As(o.OtherSupervision).Get("/office/resolutions/" + id).Refuses(http.StatusNotFound)
}

// TestAResolutionIsShownByTheRulesOfItsDay: what was judged under one edition of the
// rules is shown by it when there is another.
func TestAResolutionIsShownByTheRulesOfItsDay(t *testing.T) {
	o := admintest.New(t)
	screens := &resolving.Screens{
		Kit:       o.Kit,
		Pack:      o.Pack,
		Directory: o.Directory,
		Assets:    o.Assets,
		Resolving: o.Resolving,
	}
	screens.Register()
	o.Desk(cases.Duties...)
	id := o.Resolution(o.ResolutionForm(o.Asset()))
	if r := load(t, o, id); r.Rules != o.Pack().Edition() {
		t.Fatalf("it was judged by %+v", r.Rules)
	}
	old := o.Pack().Procedure[0].Label
	next := o.Pack()
	next.Version = 2
	next.Procedure = slices.Clone(next.Procedure)
	next.Procedure[0].Label = "新规定的一步"
	screens.Pack = tradingtest.Under(next)
	o.As(o.Clerk).Get("/office/resolutions/" + id).Shows(old).Lacks("新规定的一步")
}

func TestAResolutionGoesBackWithReasons(t *testing.T) {
	o, asset := open(t)
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	id := clerk.Send("/office/resolutions", fields(o, asset)...).LeadsTo("/office/resolutions/")
	clerk.Send("/office/resolutions/"+id+"/submit", "version", "1").LeadsTo("/office/resolutions/" + id)
	committee.Send("/office/resolutions/"+id+"/return", "version", "2").
		Refuses(http.StatusUnprocessableEntity, "请至少写明一处")
	committee.Send("/office/resolutions/"+id+"/return", "version", "2", "reason_votes", "第9人没有来").
		LeadsTo("/office/resolutions/" + id)
	if r := load(t, o, id); r.State != trading.ResolutionReturned {
		t.Errorf("%s", r.State)
	}
	clerk.Get("/office").Shows(`href="/office/resolutions/` + id + `"`)
}

func TestWhatCannotBeReadIsSaidAndKept(t *testing.T) {
	o, asset := open(t)
	clerk := o.As(o.Clerk)
	for name, bad := range map[string]string{"years": "五年", "floor_price": "四百", "step_decide": "十日",
		"priorities": "亲戚"} {
		all := fields(o, asset)
		for i := 0; i < len(all); i += 2 {
			if all[i] == name {
				all[i+1] = bad
			}
		}
		page := clerk.Send("/office/resolutions", all...)
		page.Refuses(http.StatusUnprocessableEntity, `href="#f-`+name+`"`, "户代表26")
	}
	o.As(o.OtherClerk).Send("/office/resolutions", fields(o, asset)...).Refuses(http.StatusNotFound)
}

func TestAnUnfinishedResolutionIsKept(t *testing.T) {
	o, asset := open(t)
	clerk := o.As(o.Clerk)
	form := "resolutions/new/" + asset
	page := "/office/resolutions/new?asset=" + asset
	clerk.Send("/office/drafts", fields(o, asset, "draft", form)...).LeadsTo("/office")
	clerk.Get("/office").Shows("登记决议", `href="`+page+`&amp;draft=yes"`)
	clerk.Get(page+"&draft=yes").Shows("户代表26", `value="400"`, `value="2026-11-10"`)
	clerk.Send("/office/drafts/drop", "draft", form).LeadsTo(page)
	clerk.Get("/office").Lacks("暂存的表单")

	id := clerk.Send("/office/resolutions", fields(o, asset)...).LeadsTo("/office/resolutions/")
	clerk.Send("/office/drafts", fields(o, asset, "draft", "resolutions/"+id)...).LeadsTo("/office")
	clerk.Get("/office/resolutions/" + id + "/edit?draft=yes").Shows("户代表26")
	for _, foreign := range []string{"resolutions/new", "resolutions/" + asset, "tenders/" + id} {
		clerk.Send("/office/drafts", fields(o, asset, "draft", foreign)...).Refuses(http.StatusNotFound)
	}
	long := fields(o, asset, "vote_name", strings.Repeat("很", identity.DraftBytes/3), "draft", form)
	clerk.Send("/office/drafts", long...).Refuses(http.StatusUnprocessableEntity, "户代表26")
}

// TestWhoOpensAResolution: its village's offices read it, another village's do
// not find it, and only who records may change it.
func TestWhoOpensAResolution(t *testing.T) {
	o, asset := open(t)
	id := o.As(o.Clerk).Send("/office/resolutions", fields(o, asset)...).LeadsTo("/office/resolutions/")
	page := "/office/resolutions/" + id
	o.As(o.Clerk).Get(page).Shows("第三组鱼塘及旱地")
	o.As(o.Supervision).Get(page + "/edit").Refuses(http.StatusForbidden)
	o.As(o.OtherClerk).Get(page + "/edit").Refuses(http.StatusNotFound)
	o.As(o.OtherClerk).Get("/office/resolutions/new?asset=" + asset).Refuses(http.StatusNotFound)
	o.As(o.OtherClerk).Send(page+"/submit", "version", "1").Refuses(http.StatusNotFound)
	o.As(o.Clerk).Send(page+"/confirm", "version", "1").Refuses(http.StatusForbidden)
	o.As(o.Supervision).Send(page+"/submit", "version", "1").Refuses(http.StatusForbidden)
}

// TestAListOfVotesIsKeptAsTyped: a wrong line comes back with all the others.
func TestAListOfVotesIsKeptAsTyped(t *testing.T) {
	o, asset := open(t)
	clerk := o.As(o.Clerk)
	clerk.Send("/office/resolutions",
		fields(o, asset, "vote_name", "路过的人", "vote_person", "", "vote_choice", "for")...).
		Refuses(http.StatusUnprocessableEntity, `href="#f-votes"`, "户代表26", "路过的人不在", `value="400"`)
	clerk.Send("/office/resolutions",
		fields(o, asset, "vote_name", "户代表", "vote_person", "", "vote_choice", "maybe")...).
		Refuses(http.StatusUnprocessableEntity, `href="#f-votes"`, "请为每个人选择")
}

// TestTheLinesAreThoseOfTheDay: another day has another roll; what was typed stays with the
// names that are on both, and an account is found by the name that nobody shares.
func TestTheLinesAreThoseOfTheDay(t *testing.T) {
	o, asset := open(t)
	clerk := o.As(o.Clerk)
	typed := fields(o, asset)
	later := o.RollForm("2026-11-05", 25)
	later.Members[0].Name = "daibiao"
	later.Members[1] = rolls.Member{Name: "户代表2", Note: "东头"}
	later.Members = append(later.Members, rolls.Member{Name: "户代表2", Note: "西头"})
	o.Roll(later)
	page := clerk.Send("/office/resolutions", typed...)
	page.Refuses(http.StatusUnprocessableEntity, `href="#f-votes"`, "户代表1不在2026-11-05起用的名册上")
	if !strings.Contains(page.Body, "户代表2（西头）的表决") || strings.Contains(page.Body, "户代表26的表决") ||
		!strings.Contains(page.Body, `value="`+o.Representative.PersonID+`"`) ||
		strings.Contains(page.Body, "不在这一版名册上，查不到") {
		t.Errorf("the lines are not the roll's: %s", page.Body)
	}
	for i := range typed {
		if typed[i] == "step_decide" {
			typed[i+1] = "2025-12-31"
		}
	}
	page = clerk.Send("/office/resolutions", typed...)
	page.Refuses(http.StatusUnprocessableEntity, "2025-12-31没有核对过的应到人员名册", "登记名册")
	if !strings.Contains(page.Body, `type="hidden" name="vote_name" value="户代表26"`) {
		t.Error("what was typed is lost where no roll is in force")
	}
}

// TestAResolutionIsWithdrawn by its clerk, with a button that others do not have, as long
// as nobody has confirmed it.
func TestAResolutionIsWithdrawn(t *testing.T) {
	o, asset := open(t)
	o.Due()
	clerk, committee := o.As(o.Clerk), o.As(o.Supervision)
	id := clerk.Send("/office/resolutions", fields(o, asset)...).LeadsTo("/office/resolutions/")
	at := "/office/resolutions/" + id
	clerk.Send(at+"/submit", "version", "1").LeadsTo(at)
	committee.Get(at).Lacks("撤回这份决议")
	clerk.Get(at).Shows("撤回这份决议")
	clerk.Send(at+"/withdraw", "version", "1").Refuses(http.StatusConflict, "内容已被他人修改")
	clerk.Send(at+"/withdraw", "version", "2").LeadsTo(at)
	clerk.Get(at).Shows("已撤回").Lacks("撤回这份决议", `href="`+at+`/edit"`)
	committee.Get(at).Lacks("与纸质记录一致")
	committee.Send(at+"/confirm", "version", "3").Refuses(http.StatusConflict)
}

// TestWhoHasNoVoteOfHisOwnHasVotedAsTheRest: most vote alike, so the clerk types what differs.
func TestWhoHasNoVoteOfHisOwnHasVotedAsTheRest(t *testing.T) {
	o, asset := open(t)
	clerk := o.As(o.Clerk)
	typed := fields(o, asset)
	given := 0
	for i, field := range typed {
		if field == "vote_choice" && i+1 < len(typed) {
			given++
			typed[i+1] = map[int]string{1: "against", 2: "absent"}[given]
		}
	}
	clerk.Send("/office/resolutions", typed...).
		Refuses(http.StatusUnprocessableEntity, `href="#f-votes"`, "请为每个人选择", `name="vote_rest"`)
	clerk.Send("/office/resolutions", append(typed, "vote_rest", "maybe")...).
		Refuses(http.StatusUnprocessableEntity, `href="#f-votes"`, "请为每个人选择")
	id := clerk.Send("/office/resolutions", append(typed, "vote_rest", "for")...).LeadsTo("/office/resolutions/")
	counted := map[trading.Choice]int{}
	for _, v := range load(t, o, id).Votes {
		counted[v.Choice]++
	}
	if counted[trading.Against] != 1 || counted[trading.Absent] != 1 || counted[trading.For] != 24 {
		t.Errorf("%v", counted)
	}
}
