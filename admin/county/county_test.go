package county_test

import (
	"net/http"
	"regexp"
	"testing"

	"filippo.io/age"

	"sunlot/admin/admintest"
	"sunlot/admin/county"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

func open(t *testing.T) *admintest.Office {
	o := admintest.New(t)
	(&county.Screens{
		Kit:       o.Kit,
		Directory: o.Directory,
		Admin:     o.Admin,
		Mailbox: &mailbox.Service{Store: o.DB, Blind: o.Blind, Clock: o.Clock,
			Secret: []byte("a secret of the tests")},
		Standings: o.Standings,
	}).Register()
	o.Desk()
	return o
}

func TestAnOrganisationIsRegisteredBelowAnother(t *testing.T) {
	o := open(t)
	admin := o.As(o.Administrator)
	admin.Get("/office").Shows(`href="/office/orgs"`, `href="/office/people"`, `href="/office/receivers"`,
		`href="/office/calendar"`)
	admin.Get("/office/orgs").Shows("先在上面的列表里找到上级单位", "云溪镇经管站")
	admin.Get("/office/orgs?q=松坪").Shows("松坪村经济合作社").Lacks("青塘村经济合作社")
	admin.Get("/office/orgs?parent="+o.VillageOrg).Shows("上级单位：<b>青塘村村民委员会</b>", "村民小组").
		Lacks(`<option value="township">`)
	admin.Get("/office/orgs?parent=" + o.Collective).Shows("青塘村经济合作社之下不能再设单位")
	again := admin.Send("/office/orgs", "parent", o.VillageOrg, "kind", "villager_group", "name", "")
	again.Refuses(http.StatusUnprocessableEntity, `href="#f-name"`, "上级单位：<b>青塘村村民委员会</b>")
	admin.Send("/office/orgs", "parent", o.VillageOrg, "kind", "villager_group", "name", "青塘村第四村民小组").
		LeadsTo("/office/orgs")
	admin.Get("/office/orgs?q=第四").Shows("青塘村第四村民小组")
	o.As(o.Leader).Get("/office/orgs").Refuses(http.StatusForbidden)
}

var password = regexp.MustCompile(`<code>([a-z0-9-]{19})</code>`)

// TestAOneTimePasswordIsShownOnce: it stands on the answer and on no page after it.
func TestAOneTimePasswordIsShownOnce(t *testing.T) {
	o := open(t)
	admin := o.As(o.Administrator)
	admin.Get("/office/people?org="+o.Collective).Shows("在 <b>青塘村经济合作社</b> 分配岗位和开通账号", "村集体经办人").
		Lacks("乡镇分管领导</option>")
	admin.Send("/office/people", "org", o.Collective, "name", "新经办", "login", "有汉字", "role", "clerk").
		Refuses(http.StatusUnprocessableEntity, `href="#f-login"`, `value="新经办"`)
	shown := admin.Send("/office/people", "org", o.Group, "name", "新代表", "login", "newone", "role", "representative")
	m := password.FindStringSubmatch(shown.Shows("一次性密码，只显示这一次", "newone").Body)
	if m == nil {
		t.Fatal("no password is shown")
	}
	admin.Get("/office/people?q=newone").Shows("新代表").Lacks(m[1])
	people, _, err := o.Admin.People(t.Context(), o.Administrator, "newone", "", identity.Page{}.Clip())
	if err != nil || len(people) != 1 {
		t.Fatal(people, err)
	}
	reset := admin.Send("/office/people/"+people[0].ID+"/password", "login", "newone").Shows("一次性密码，只显示这一次")
	if again := password.FindStringSubmatch(reset.Body); again == nil || again[1] == m[1] {
		t.Errorf("%v after %v", again, m)
	}
}

func TestRolesAreGivenAndEnded(t *testing.T) {
	o := open(t)
	admin := o.As(o.Administrator)
	give := "/office/people/" + o.Clerk.PersonID + "/roles"
	admin.Send(give, "org", o.OtherCollective, "role", "leader").
		Refuses(http.StatusUnprocessableEntity, "没有“乡镇分管领导”这一岗位")
	admin.Send(give, "org", o.Group, "role", "supervision").
		Refuses(http.StatusUnprocessableEntity, "没有“村务监督委员会成员”这一岗位")
	admin.Send(give, "org", o.VillageOrg, "role", "supervision").
		Refuses(http.StatusConflict, "不能同时任青塘村村民委员会的村务监督委员会成员")
	admin.Send(give, "org", o.OtherCollective, "role", "clerk").LeadsTo("/office/accounts")
	admin.Get("/office/people?q=clerk").Lacks("岗位已分配")
	admin.Send("/office/people/"+o.Representative.PersonID+"/roles", "org", o.OtherGroup, "role", "representative").
		LeadsTo("/office/people")
	admin.Get("/office/people?q=daibiao").Shows("岗位已分配，立即生效", "松坪村第一村民小组 · 村民代表")
	admin.Send("/office/roles/" + o.Clerk.Memberships[0].ID + "/end").LeadsTo("/office/people")
	admin.Send("/office/roles/"+o.Clerk.Memberships[0].ID+"/end").Refuses(http.StatusConflict, "这一岗位已经结束")
	admin.Send("/office/roles/"+o.Administrator.Memberships[0].ID+"/end").Refuses(http.StatusForbidden, "不能结束自己的岗位")
}

func TestAYearOfHolidaysIsRead(t *testing.T) {
	o := open(t)
	admin := o.As(o.Administrator)
	admin.Get("/office/calendar").Shows("2026 年")
	form := []string{"year", "2027", "source", "国办发明电〔2026〕9号",
		"holidays", "2027-01-01 2027-01-03\n\n2027-02-05", "worked", "2027-02-20\n2027-02-21"}
	admin.Send("/office/calendar", form...).LeadsTo("/office/calendar")
	admin.Get("/office/calendar").Shows("等另一位管理员照通知再登记一次", "2027 年，等另一位管理员", "由您登记",
		"2027年1月1日 至 2027年1月3日；2027年2月5日 至 2027年2月5日", "2027年2月20日、2027年2月21日")
	admin.Send("/office/calendar", form...).Refuses(http.StatusConflict, "请另一位管理员照通知也登记一次")
	second := o.As(o.SecondAdministrator)
	second.Get("/office/calendar").Shows("由另一位管理员登记").Lacks("2027年2月5日", "9号")
	second.Send("/office/calendar", form...).LeadsTo("/office/calendar")
	second.Get("/office/calendar").Shows("两位管理员的登记一致", "2027 年", "2027年1月1日 至 2027年1月3日；2027年2月5日 至 2027年2月5日").
		Lacks("等另一位管理员</h2>")
	bad := admin.Send("/office/calendar", "year", "明年", "source", "通知", "holidays", "2028-01-01", "worked", "")
	bad.Refuses(http.StatusUnprocessableEntity, `href="#f-year"`, `value="明年"`, "2028-01-01")
}

func TestAReceivingOfficesKeyTakesTwoAdministrators(t *testing.T) {
	o := open(t)
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	countyOrg := o.Administrator.Memberships[0].OrgID
	first, other := o.As(o.Administrator), o.As(o.SecondAdministrator)
	first.Get("/office/receivers").Shows("尚未登记受理单位", "云溪镇").Lacks("青塘村村民委员会")
	wrong := first.Send("/office/receivers", "org", countyOrg, "name", "县纪委信访室", "recipient", "age1wrong")
	wrong.Refuses(http.StatusUnprocessableEntity, `href="#f-recipient"`, `value="县纪委信访室"`)
	first.Send("/office/receivers", "org", countyOrg, "name", "县纪委信访室", "recipient", key.Recipient().String()).
		LeadsTo("/office/receivers")
	first.Get("/office/receivers").Shows("由您登记，等另一位管理员确认").Lacks("确认启用")
	confirm := regexp.MustCompile(`/office/receivers/([a-z2-7]+)/confirm`)
	m := confirm.FindStringSubmatch(other.Get("/office/receivers").Shows("确认启用").Body)
	first.Send("/office/receivers/" + m[1] + "/confirm").Refuses(http.StatusForbidden)
	other.Send("/office/receivers/" + m[1] + "/confirm").LeadsTo("/office/receivers")
	other.Get("/office/receivers").Shows("公钥已确认并公开", "确认 ").Lacks("确认启用")
	other.Send("/office/receivers/" + event.NewID() + "/confirm").Refuses(http.StatusNotFound)
}
