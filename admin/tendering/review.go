package tendering

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/casework"
	"sunlot/trading"
	"sunlot/web"
)

// reviewOf lists a draft line by line, each with what it was and what was asked
// when it was last returned, and counts the lines that are other now.
func reviewOf(t trading.Tender, acts []casework.Act) (lines []web.ReviewField, changed int) {
	lines = linesOf(t)
	asked := map[string]string{}
	for _, a := range acts {
		if len(a.Reasons) == 0 {
			continue
		}
		asked = map[string]string{} // the last return counts
		for _, r := range a.Reasons {
			asked[r.Name] = r.Message
		}
	}
	for i := range lines {
		lines[i].Asked = asked[lines[i].Label]
	}
	if t.Back == nil {
		return lines, 0
	}
	then := t
	then.TenderForm = *t.Back
	for i, before := range linesOf(then) {
		if before.Value != lines[i].Value {
			lines[i].Before, lines[i].Changed = before.Value, true
			changed++
		}
	}
	return lines, changed
}

// linesOf are the terms, each as a line.
func linesOf(t trading.Tender) []web.ReviewField {
	say := t.Side.Say()
	deposit := fmt.Sprintf("%s 元（%s的%d%%）", t.Deposit().Yuan(), say.First, t.DepositPercent)
	lines := []web.ReviewField{
		{Name: "start_price", Label: "起始价", Value: t.Unit.Price(t.StartPrice)},
		{Name: "step", Label: "加价幅度", Value: t.Unit.Price(t.Step)},
		{Name: "deposit_percent", Label: "保证金", Value: deposit},
		{Name: "notice_days", Label: "公告期", Value: fmt.Sprintf("%d 个工作日", t.NoticeDays)},
		{Name: "inspection_on", Label: "现场看样日", Value: web.Date(t.InspectionOn)},
		{Name: "priority_notified", Label: "通知优先权人", Value: web.Date(t.PriorityNotified)},
		{Name: "priority_unreached", Label: "无法通知的理由", Value: t.PriorityUnreached},
	}
	if t.Side == trading.Sell {
		lines = append(lines, web.ReviewField{Name: "starts_on", Label: say.StartsOn, Value: web.Date(t.StartsOn)})
	} else {
		term := fmt.Sprintf("%d 年，%s 至 %s", t.Years, web.Date(t.StartsOn), web.Date(t.EndsOn()))
		lines = append(lines, web.ReviewField{Name: "years", Label: "租期", Value: term},
			web.ReviewField{Name: "rent_due", Label: "每年租金缴纳日", Value: web.Yearly(t.RentDue)})
	}
	for _, text := range t.Texts() {
		lines = append(lines, web.ReviewField{Name: text.Field, Label: text.Label, Value: *text.Value})
	}
	return lines
}

// remarks are the reasons for a return that stand in the review's form.
func remarks(c *fiber.Ctx) web.Typed {
	kept := web.Typed{}
	for name, values := range web.AllValues(c) {
		if strings.HasPrefix(name, "reason_") && strings.TrimSpace(values[0]) != "" {
			kept[name] = values[0]
		}
	}
	return kept
}
