package works

import (
	"fmt"
	"strings"

	"sunlot/admin"
	"sunlot/trading/works"
	"sunlot/web"
)

// confirmed is what becomes of what is entered here.
const confirmed = "送出后由村务监督委员会核实，核实后立即公开并写入公开日志，不能撤回。"

// projectCheck is a proposal as it was typed, in the order of the form.
func projectCheck(page projectPage, form works.ProjectForm) admin.Check {
	resolution := web.LabelOf(page.Resolutions, form.Resolution)
	if form.Resolution == "" {
		resolution = "纸质"
	}
	var plan []string
	for _, p := range form.Plan {
		line := p.Stage.Label()
		if p.On != "" {
			line += "，" + web.Date(p.On)
		}
		if p.Sum > 0 {
			line += fmt.Sprintf("，%s 元（%s）", p.Sum.Yuan(), p.Sum.Capital())
		}
		plan = append(plan, line)
	}
	return admin.Check{
		Title:   "核对工程项目",
		Warning: confirmed,
		Button:  "核对无误，提交村监委会核实",
		Answers: []admin.Answer{
			{Field: "village", Label: "哪个村", Value: web.LabelOf(page.Villages, form.Village)},
			{Field: "item", Label: "按哪个小微权力事项办", Value: web.LabelOf(page.Items, form.Item)},
			{Field: "resolution", Label: "决议", Value: resolution},
			{Field: "name", Label: "项目名称", Value: form.Name},
			{Field: "place", Label: "建设地点", Value: form.Place},
			{Field: "scope", Label: "建设内容", Value: form.Scope},
			admin.Sum("estimate", "估算金额", form.Estimate, "元"),
			{Field: "split", Label: "分开办的理由", Value: form.Split},
			{Field: "plan", Label: "计划", Value: strings.Join(plan, "\n")},
		},
	}
}

// entryCheck is an entry as it was typed, in the order of the form.
func entryCheck(page entryPage, form works.EntryForm) admin.Check {
	sum := admin.Sum("sum", "金额", form.Sum, "元")
	if form.Less {
		sum.Value = "减少或者退回 " + sum.Value
	}
	stage := form.Stage.Label()
	if form.Skipped {
		stage += "（本环节不办理）"
	}
	return admin.Check{
		Title:   "核对办理情况",
		Warning: confirmed,
		Button:  "核对无误，提交村监委会核实",
		Answers: []admin.Answer{
			{Field: "corrects", Label: "更正哪一项", Value: web.LabelOf(page.Former, form.Corrects)},
			{Field: "stage", Label: "环节", Value: stage},
			{Field: "on", Label: "办理日期", Value: web.Date(form.On)},
			sum,
			{Field: "party", Label: "施工单位", Value: form.Party},
			{Field: "note", Label: "办理情况", Value: form.Note},
			{Field: "photos", Label: "照片", Photos: form.Photos},
			{Field: "files", Label: "文件（PDF）", Files: form.Files},
		},
	}
}
