package tendering

import (
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/trading"
	"sunlot/web"
)

// TestReviewTellsWhatIsOther: each line has what it was when the draft last went
// back and what was asked then; an earlier return no longer counts.
func TestReviewTellsWhatIsOther(t *testing.T) {
	now := trading.Tender{TenderForm: trading.TenderForm{StartPrice: 42000, Step: 1000, Years: 5,
		StartsOn: "2027-01-15"}}
	acts := []casework.Act{
		{Reasons: []fault.Field{{Name: "租期", Message: "太长"}}},
		{},
		{Reasons: []fault.Field{{Name: "起始价", Message: "低于底价"}}},
	}
	lines, changed := reviewOf(now, acts)
	if changed != 0 || find(lines, "start_price").Asked != "低于底价" || find(lines, "years").Asked != "" {
		t.Errorf("%d %+v", changed, lines)
	}
	before := now.TenderForm
	before.StartPrice = 40000
	now.Back = &before
	lines, changed = reviewOf(now, acts)
	price := find(lines, "start_price")
	if changed != 1 || !price.Changed || price.Before != "400.00 元/亩·年" || price.Value != "420.00 元/亩·年" {
		t.Errorf("%d %+v", changed, price)
	}
	if step := find(lines, "step"); step.Changed || step.Before != "" {
		t.Errorf("%+v", step)
	}
}

func find(lines []web.ReviewField, name string) web.ReviewField {
	for _, line := range lines {
		if line.Name == name {
			return line
		}
	}
	return web.ReviewField{}
}

// TestEveryTermIsReviewed: what is asked for in the form stands in the review.
func TestEveryTermIsReviewed(t *testing.T) {
	form := trading.TenderForm{StartPrice: 40000, Step: 1000, DepositPercent: 10, Years: 5, NoticeDays: 10,
		RentDue: "03-01"}
	for _, text := range form.Texts() {
		*text.Value = text.Label
	}
	page := tenderPage{Typed: web.Typed{}}
	page.fill(form)
	lines := linesOf(trading.Tender{TenderForm: form})
	for name := range page.Typed {
		if name != "resolution" && name != "starts_on" &&
			find(lines, name).Name == "" { // the term's line has its first day
			t.Errorf("%s is in the form and not in the review", name)
		}
	}
}
