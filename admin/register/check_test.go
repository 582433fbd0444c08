package register_test

import (
	"net/http"
	"testing"
)

// TestAnAssetIsCheckedBeforeItIsSent: every answer stands on a page with its label and a way
// back to its field; nothing is sent by it, nothing is lost, and who sends twice sends once.
func TestAnAssetIsCheckedBeforeItIsSent(t *testing.T) {
	o := open(t)
	clerk := o.As(o.Clerk)
	clerk.Get("/office/assets/new").Shows("下一步：核对", `name="act" value="check"`)
	typed := other(fields(o), "use", "种植水稻，\n不建房")
	check := clerk.Send("/office/assets", append(typed, "act", "check")...)
	check.Shows("核对资产登记", "还没有送出", "青塘村第三村民小组", "第三组鱼塘及旱地", "38.60 亩", "不建房", "大写：叁佰伍拾元整",
		"鱼塘，28.60 亩：东至路", "2026年12月31日", `formaction="/office/assets#f-area"`, "修改<span",
		`name="last_tenant" value=`, `type="hidden" name="photos"`, "核对无误，送村务监督委员会核实", "不能撤回").
		Lacks(`name="act" value="check"`, `type="hidden" name="act"`)
	o.As(o.Supervision).Get("/office/asset-drafts").Lacks("第三组鱼塘及旱地")
	clerk.Get("/office").Shows("资产登记：第三组鱼塘及旱地", "/office/assets/new?draft=yes")

	clerk.Send("/office/assets", append(typed, "act", "mend")...).
		Shows(`id="f-area"`, `value="38.60"`, "不建房", `name="photos" value=`, "下一步：核对")
	clerk.Send("/office/assets", append(other(fields(o), "area", "三十"), "act", "check")...).
		Refuses(http.StatusUnprocessableEntity, "总面积", `name="act" value="check"`)
	clerk.Send("/office/assets", append(other(fields(o), "area", "39"), "act", "check")...).
		Refuses(http.StatusUnprocessableEntity, "总面积")
	o.As(o.Station).Send("/office/assets", append(typed, "act", "check")...).Refuses(http.StatusForbidden)

	entry := clerk.Send("/office/assets", typed...).LeadsTo("/office/asset-drafts/")
	clerk.Get("/office").Lacks("/office/assets/new?draft=yes")
	clerk.Send("/office/assets", append(typed, "act", "check")...).
		Refuses(http.StatusConflict) // what stands in the way is told before anything is sent
	path := "/office/asset-drafts/" + entry
	clerk.Send(path, append(typed, "version", "1", "act", "check")...).Shows("核对资产登记", `name="version" value="1"`)
	o.As(o.Supervision).Send(path+"/return", "version", "1", "reason_title", "请写明有没有抵押").LeadsTo(path)
	clerk.Send(path, append(typed, "version", "1")...).Refuses(http.StatusConflict, "内容已被他人修改")
}
