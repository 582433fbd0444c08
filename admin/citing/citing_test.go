package citing_test

import (
	"net/http"
	"testing"

	"sunlot/admin/admintest"
	"sunlot/admin/citing"
	cases "sunlot/trading/citing"
)

// TestAnArticleIsLookedUpByTwo: the duty leads to the form with the article
// chosen; who entered cannot confirm; confirmed it is said everywhere and may be
// taken back.
func TestAnArticleIsLookedUpByTwo(t *testing.T) {
	o := admintest.New(t)
	(&citing.Screens{Kit: o.Kit, Citing: o.Citing, Standings: o.Standings}).Register()
	o.Desk(cases.Duties...)
	if err := o.Citing.Ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	first, second := o.As(o.Administrator), o.As(o.SecondAdministrator)
	article := o.Pack().Assemblies["village_representatives"].Quorum.Source.ID()
	first.Get("/office").Shows("核对修订后的条号", "/office/citations?article="+article)
	first.Get("/office/citations?article="+article).
		Shows("第二十六条（施行至2025-12-31；现行条号待核）", "村民代表会议到会三分之二以上", "还没有登记过条号",
			`<option value="`+article+`" selected>`)
	form := []string{"cites", article, "edition", "2025修正", "from", "2026-01-01", "article", "30条"}
	first.Send("/office/citations", form...).
		Refuses(http.StatusUnprocessableEntity, "请照法条写条号", "请逐项对照", `value="30条"`)
	form[len(form)-1] = "第三十条"
	id := first.Send("/office/citations", append(form, "same", "yes")...).LeadsTo("/office/citations/")
	at := "/office/citations/" + id
	first.Get("/office").Lacks("?article=" + article)
	first.Get(at).Shows("2025修正第三十条", "待确认", "请另一位管理员确认", "撤回登记").Lacks("我已自己逐项对照")
	second.Get("/office").Shows(`href="` + at + `"`)
	second.Get(at).Shows("我已自己逐项对照", "不通过")
	second.Send(at+"/decide", "version", "1", "agree", "yes").Refuses(http.StatusUnprocessableEntity, "请自己逐项对照")
	second.Send(at+"/decide", "version", "1", "agree", "yes", "same", "yes").LeadsTo(at)
	first.Get("/office/citations").Shows("2026-01-01起为2025修正第三十条，数值核对一致", "已核对")
	first.Send(at+"/end", "version", "2").Refuses(http.StatusUnprocessableEntity, "请填写理由")
	first.Send(at+"/end", "version", "2", "reason", "看错了款").LeadsTo(at)
	first.Get(at).Shows("已收回", "看错了款")
	first.Get("/office/citations").Shows("第二十六条（施行至2025-12-31；现行条号待核）")
	o.As(o.Station).Get("/office/citations").Refuses(http.StatusForbidden, "")
}
