package works_test

import (
	"strings"
	"testing"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/power"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/trading/works"
)

// anotherItem is worksItem under a number of its own.
func anotherItem() power.ItemForm {
	form := demo.WorksItem
	form.Number = "ZC-09"
	return form
}

// TestAWorkIsReadByAll: the page and the API show plan beside deed, name what is
// missing and what does not fit, and lead to the item and back.
func TestAWorkIsReadByAll(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		id, today := r.OurWork(true), r.Days.Today()
		r.Confirmed(id, works.EntryForm{
			Stage: works.ContractStage,
			On:    today.AddDays(-40),
			Sum:   11_960_000,
			Party: "惠民建筑公司",
			Note:  "工期30天",
		})
		r.Confirmed(id, works.EntryForm{Stage: works.PaymentStage, On: today.AddDays(-3), Sum: 12_000_000, Note: "转账"})
		nobody := r.Nobody()
		for path, words := range map[string][]string{
			"/projects/" + id: {"三组人行桥", "缺：预算（预算书）", "缺：施工合同", "缺：验收（验收报告）", "还没有验收，已付款 120,000.00 元",
				"付款比合同价（含变更）多 400.00 元",
				"惠民建筑公司", "多付", "400.00", "/items/" + r.ItemID(), "核实并公开：合同"},
			"/items/" + r.ItemID():        {"村民权利", "第 1 版", "/projects/" + id, "缺环节 7 步", "缺材料 2 步"},
			"/items":                      {"村级小型工程发包"},
			"/items?category=works&q=GC":  {"村级小型工程发包"},
			"/items?category=assets":      {"没有找到"},
			"/projects":                   {"三组人行桥", "松坪一组排水沟"},
			"/projects?q=%E6%A1%A5":       {"三组人行桥"},
			"/projects?state=finished":    {"没有找到"},
			"/projects?page=99&q=nowhere": {"没有找到"},
		} {
			page := nobody.Get(path)
			for _, word := range words {
				if page.StatusCode != 200 || !strings.Contains(page.Body, word) {
					t.Errorf("%s: %d, without %q", path, page.StatusCode, word)
				}
			}
		}
		var got struct {
			State          string
			Sums           struct{ Paid, Outstanding int64 }
			Gaps, Warnings []string
			Entries        []struct{ Stage string }
		}
		nobody.Get("/api/v1/projects/"+id).Into(t, &got)
		if got.State != "underway" || got.Sums.Paid != 12_000_000 || got.Sums.Outstanding != -40_000 ||
			len(got.Warnings) != 2 || len(got.Entries) != 2 || len(got.Gaps) < 6 {
			t.Errorf("the API says %+v", got)
		}
	})
}

// TestWhatIsNotConfirmedIsNotFound: a proposal, an entry that waits or was
// returned, its document and a draft of an item are on no page of the public or
// of the neighbour.
func TestWhatIsNotConfirmedIsNotFound(t *testing.T) {
	r := housetest.OnSQLite(t)
	clerk, ctx := r.Actor("clerk"), t.Context()
	proposal, open := r.OurWork(false), r.OurWork(true)
	file, err := r.Works.AddFile(ctx, clerk, demo.Paper("unconfirmed"))
	r.Ok(err)
	entry, err := r.Works.RecordStage(ctx, clerk, event.NewID(), open, works.EntryForm{
		Stage: works.BudgetStage,
		On:    r.Days.Today(),
		Sum:   1,
		Note:  "尚未核实的说明",
		Files: []string{file.SHA256},
	})
	r.Ok(err)
	returned := r.Typed("clerk", open)
	_, err = r.Works.ReturnEntry(ctx, r.Actor("supervision"), event.NewID(), returned, casework.Return{
		Version: 1,
		Reasons: []fault.Field{{Name: "日期", Message: "退回的理由"}},
	})
	r.Ok(err)
	item, err := r.Items.DraftItem(ctx, r.Actor("station"), event.NewID(), "", anotherItem())
	r.Ok(err)
	pdf := "/files/" + file.SHA256 + ".pdf"
	for _, who := range []*housetest.Client{r.Nobody(), r.Browser("clerk2"), r.Browser("daibiao")} {
		for _, path := range []string{"/projects/" + proposal, "/api/v1/projects/" + proposal, pdf,
			"/items/" + item, "/api/v1/items/" + item} {
			if a := who.Get(path); a.StatusCode != 404 {
				t.Errorf("%s: %d, want 404", path, a.StatusCode)
			}
		}
		for _, path := range []string{"/projects", "/projects/" + open, "/api/v1/projects",
			"/api/v1/projects/" + open, "/items", "/api/v1/items"} {
			a := who.Get(path)
			for _, word := range []string{proposal, entry, returned, item, "尚未核实的说明", "退回的理由", file.SHA256,
				clerk.PersonID, clerk.Name} {
				if a.StatusCode != 200 || strings.Contains(a.Body, word) {
					t.Errorf("%s: %d, shows %q", path, a.StatusCode, word)
				}
			}
		}
	}
	if a := r.Browser("clerk2").Get("/office/entries/" + entry); a.StatusCode != 404 {
		t.Errorf("the neighbour's clerk reads the entry: %d", a.StatusCode)
	}
	if a := r.Browser("supervision").Get("/office/entries/" + entry); a.StatusCode != 200 ||
		!strings.Contains(a.Body, "尚未核实的说明") {
		t.Errorf("the committee does not read the entry: %d", a.StatusCode)
	}
	_, err = r.Works.ConfirmEntry(ctx, r.Actor("supervision"), event.NewID(), entry, works.ConfirmForm{
		Version: 1,
		Clean:   true,
	})
	r.Ok(err)
	a := r.Nobody().Get(pdf)
	if a.StatusCode != 200 || a.Body != string(demo.Paper("unconfirmed")) ||
		!strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") ||
		a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("the document: %d %v", a.StatusCode, a.Header)
	}
}

// TestWorksOnTheDesk: what is planned waits for the clerk with its day, what is
// typed in for the committee, a draft for the leader.
func TestWorksOnTheDesk(t *testing.T) {
	r := housetest.OnSQLite(t)
	r.OurWork(false)
	open := r.OurWork(true)
	r.Typed("clerk", open)
	_, err := r.Items.DraftItem(t.Context(), r.Actor("station"), event.NewID(), "", anotherItem())
	r.Ok(err)
	for login, words := range map[string][]string{
		"clerk":        {"登记工程环节", "三组人行桥：预算", "2026年12月1日"},
		"supervision":  {"核实工程项目", "核实工程登记", "三组人行桥：需求和决议"},
		"leader":       {"公布小微权力事项", "ZC-09"},
		"supervision2": {"暂无待办事项"},
	} {
		page := r.Browser(login).Get("/office")
		for _, word := range words {
			if !strings.Contains(page.Body, word) {
				t.Errorf("the desk of %s does not say %q", login, word)
			}
		}
	}
}

// TestACorrectionIsReadOnBothEntries: the page, its trail and the API show what is
// corrected and what corrects it, and the sums of the one that stands.
func TestACorrectionIsReadOnBothEntries(t *testing.T) {
	r := housetest.OnSQLite(t)
	id, today := r.OurWork(true), r.Days.Today()
	wrong := works.EntryForm{Stage: works.VariationStage, On: today, Sum: 9_960_000, Note: "护坡加长"}
	r.Confirmed(id, wrong)
	_, entries, err := r.Works.SeeProject(t.Context(), r.Actor("clerk"), id)
	r.Ok(err)
	wrong.Corrects, wrong.Sum, wrong.Note = entries[0].ID, 996_000, "护坡加长，金额更正"
	r.Confirmed(id, wrong)
	page := r.Nobody().Get("/projects/" + id)
	for _, word := range []string{"已被第 3 项更正，不再计算", "更正第 2 项", "99,600.00", "9,960.00",
		"核实并公开：变更签证（更正第 2 项）", "核实并公开：变更签证（已被第 3 项更正，不再计算）"} {
		if !strings.Contains(page.Body, word) {
			t.Errorf("the page lacks %q", word)
		}
	}
	var got struct {
		Sums    struct{ Varied int64 }
		Entries []struct {
			Corrects    int64
			CorrectedBy int64 `json:"corrected_by"`
		}
	}
	r.Nobody().Get("/api/v1/projects/"+id).Into(t, &got)
	if got.Sums.Varied != 996_000 || len(got.Entries) != 2 || got.Entries[0].CorrectedBy != 3 ||
		got.Entries[1].Corrects != 2 {
		t.Errorf("the API says %+v", got)
	}
}
