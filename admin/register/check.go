package register

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/admin"
	"sunlot/trading"
	"sunlot/web"
)

// assetCheck shows what was typed before it goes to the committee, in the order of the form.
func (s *Screens) assetCheck(c *fiber.Ctx, form admin.FormID, page assetPage, a trading.AssetForm) error {
	rent := admin.Sum("last_rent", "上一期租金", a.LastRent, a.LastUnit.Label())
	if rent.Value == "" {
		rent.Value = "此前未出租"
	}
	check := admin.Check{
		Title:   "核对资产登记",
		Warning: "送出后由村务监督委员会核实，核实后立即公开并写入公开日志，不能撤回。上一承租人的姓名不公开。",
		Button:  "核对无误，送村务监督委员会核实",
		Answers: []admin.Answer{
			{Field: "owner", Label: "所有权人", Value: web.LabelOf(page.Owners, a.Owner)},
			{Field: "acting", Label: "经办的集体经济组织", Value: web.LabelOf(page.Actings, a.Acting)},
			{Field: "assembly", Label: "决策会议", Value: web.LabelOf(page.Assemblies, a.Assembly)},
			{Field: "name", Label: "资产名称", Value: a.Name},
			{Field: "kind", Label: "资产类别", Value: a.Kind.Label()},
			{Field: "location", Label: "坐落位置", Value: a.Location},
			{Field: "area", Label: "总面积或者数量", Value: a.Says()},
			{Field: "plots", Label: "地块和四至", Value: plotsText(a.Plots)},
			{Field: "use", Label: "允许用途", Value: a.Use},
			{Field: "title", Label: "权属情况", Value: a.Title},
			rent,
			{Field: "last_ends", Label: "上一租期届满日", Value: web.Date(a.LastEnds)},
			{Field: "last_tenant", Label: "上一承租人（不公开）", Value: a.LastTenant},
			{Field: "photos", Label: "现场照片", Photos: a.Photos},
		},
	}
	if page.Typed["last_lot"] != "" { // those are the last contract's, not the form's
		for i := range check.Answers {
			if strings.HasPrefix(check.Answers[i].Field, "last_") {
				check.Answers[i].Value = ""
			}
		}
	}
	return s.Kit.Check(c, form, check, map[string][]string{"photos": a.Photos})
}

// plotsText is the plots, a line each.
func plotsText(plots []trading.Plot) string {
	var lines []string
	for _, p := range plots {
		lines = append(lines, fmt.Sprintf("%s，%s 亩：东至%s，南至%s，西至%s，北至%s", p.Name, p.Area.Mu(), p.East,
			p.South, p.West, p.North))
	}
	return strings.Join(lines, "\n")
}
