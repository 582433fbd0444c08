package tendering

import (
	"fmt"

	"sunlot/trading"
	"sunlot/web"
)

func (p *tenderPage) fill(form trading.TenderForm) {
	for _, t := range form.Texts() {
		p.Typed[t.Field] = *t.Value
	}
	for name, value := range map[string]string{
		"resolution": form.Resolution, "rent_due": form.RentDue, "starts_on": string(form.StartsOn),
		"inspection_on": string(form.InspectionOn), "priority_notified": string(form.PriorityNotified),
		"priority_unreached": form.PriorityUnreached,
	} {
		p.Typed[name] = value
	}
	if form.StartPrice > 0 {
		p.Typed["start_price"] = form.StartPrice.Yuan()
	}
	if form.Step > 0 {
		p.Typed["step"] = form.Step.Yuan()
	}
	for name, n := range map[string]int{
		"deposit_percent": form.DepositPercent,
		"years":           form.Years,
		"notice_days":     form.NoticeDays,
	} {
		if n > 0 {
			p.Typed[name] = fmt.Sprint(n)
		}
	}
}

// yearsOf is the term of a lease; a sale's form has none.
func yearsOf(r *web.Reader) int {
	if r.Text("years") == "" {
		return 0
	}
	return r.Number("years", "租期")
}

func (s *Screens) tenderForm(r *web.Reader, page *tenderPage) trading.TenderForm {
	form := trading.TenderForm{
		Asset:            page.Asset.ID,
		Resolution:       r.Text("resolution"),
		StartPrice:       r.Yuan("start_price", "起始价"),
		Step:             r.Yuan("step", "加价幅度"),
		DepositPercent:   r.Number("deposit_percent", "保证金比例"),
		Years:            yearsOf(r),
		NoticeDays:       r.Number("notice_days", "公告期"),
		StartsOn:         r.Day("starts_on", "租期起始日"),
		RentDue:          r.Text("rent_due"),
		InspectionOn:     r.Day("inspection_on", "看样日"),
		PriorityNotified: r.Day("priority_notified", "通知优先权人的日期"),

		PriorityUnreached: r.Text("priority_unreached"),
	}
	page.Typed["resolution"] = form.Resolution
	form.Side, form.Unit = page.vote().Side, page.vote().Unit
	for _, t := range form.Texts() {
		*t.Value = r.Text(t.Field)
	}
	for name, value := range r.Typed {
		page.Typed[name] = value
	}
	return form
}
