package demo

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"sunlot/disclosure/power"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/works"
)

// WorksItem is how the township lets its villages give out a small work. The
// county is fictional; the articles are real, the days are the township's own.
var WorksItem = power.ItemForm{
	Number: "GC-01", Name: "村级小型工程发包（15万元以下）", Category: "works",
	Basis: []power.Basis{
		{Title: "中华人民共和国村民委员会组织法（2018修正，现行条号待核）", Article: "第二十四条"},
		{Title: "中华人民共和国村民委员会组织法（2018修正，现行条号待核）", Article: "第三十条"},
		{Title: "示范县村级小型工程参数（本县设定）"},
	},
	Responsible: "村民委员会；村务监督委员会监督",
	Scope:       "估算15万元以下（含15万元）的村内道路、小桥、水渠、路灯等公益工程。更大的工程由乡镇另行组织。",
	Rights:      "可以在会议上对是否建设、建设什么提出意见；可以看图纸、预算、合同、变更、验收和付款的材料；可以到场看抽取和验收；发现偷工减料、多付钱可以投诉。",
	Steps: []power.ItemStep{
		{Name: "提出需求、开会决议", Who: "村民会议或村民代表会议", Leaves: "会议决议书", Stage: works.NeedStage},
		{Name: "设计", Who: "村民委员会", Days: 15, Leaves: "设计图或做法说明", Stage: works.DesignStage},
		{Name: "编制预算", Who: "村民委员会", Days: 10, Leaves: "预算书", Stage: works.BudgetStage},
		{Name: "资格审查后随机抽取", Who: "村民委员会，村监委会到场", Days: 15, Leaves: "资格审查和抽取的记录", Stage: works.TenderStage},
		{Name: "签订合同", Who: "村民委员会", Days: 10, Leaves: "施工合同", Stage: works.ContractStage},
		{Name: "施工", Who: "施工单位", Leaves: "施工照片", Stage: works.BuildStage},
		{Name: "变更签证", Who: "村民委员会和村监委会", Leaves: "变更签证单", Stage: works.VariationStage},
		{Name: "验收", Who: "村监委会和村民代表", Days: 10, Leaves: "验收报告", Stage: works.AcceptanceStage},
		{Name: "决算", Who: "村民委员会", Days: 20, Leaves: "决算书", Stage: works.FinalStage},
		{Name: "付款", Who: "村集体经济组织", Days: 10, Leaves: "付款凭证", Stage: works.PaymentStage},
	},
	Discloses: "每一步的日期、金额和材料，计划和实际的差别，缺少的材料。",
	Until:     "每一步核实后立即公开，长期保留。",
	Risks:     "化整为零规避限额；未经民主决策擅自决定；不按规定抽取、直接指定施工单位；先施工后补办手续；变更增加造价未办签证；未经验收付款。",
	Complain:  "向村务监督委员会反映；云溪镇纪委办公电话 0000-0000001。",
}

// workStory is a small work of the demonstration. Days count from its opening, as
// working days where the county has weeks.
type workStory struct {
	clerk, supervision, village string
	name, place, scope          string
	estimate                    money.Fen
	split                       string // why it is let apart from others like it
	plan                        []deed
	done                        []deed
}

// deed is a stage as planned or as done.
type deed struct {
	stage       works.Stage
	day         int
	yuan        money.Fen
	note, party string
	photo       bool
	bare        bool // no document was handed in
}

// gully is the one work of a county that has just been founded for a test.
var gully = workStory{clerk: "clerk2", supervision: "supervision2", village: "松坪村村民委员会",
	name: "松坪一组排水沟", place: "松坪村南岭，一组晒场旁", scope: "新建排水沟80米，宽0.4米、深0.5米，混凝土浇筑。", estimate: 3_600_000,
	plan: []deed{{stage: works.NeedStage}, {
		stage: works.BudgetStage,
		day:   20,
		yuan:  35_000,
	}, {stage: works.AcceptanceStage, day: 75}},
	done: []deed{{stage: works.NeedStage, note: "村民代表会议同意修排水沟。", photo: true}}}

// bridge is finished from need to final account, with one variation.
var bridge = workStory{clerk: "clerk", supervision: "supervision", village: "青塘村村民委员会",
	name: "青塘村三组人行桥", place: "青塘村三组，溪口渡头", scope: "新建人行桥一座，长18米、宽2.2米，钢筋混凝土，两侧栏杆高1.1米。", estimate: 13_000_000,
	plan: []deed{{stage: works.NeedStage}, {stage: works.DesignStage, day: 7}, {
		stage: works.BudgetStage,
		day:   12,
		yuan:  128_000,
	}, {stage: works.TenderStage, day: 20},
		{
			stage: works.ContractStage,
			day:   24,
			yuan:  125_000,
		}, {stage: works.BuildStage, day: 52}, {stage: works.AcceptanceStage, day: 58},
		{stage: works.FinalStage, day: 66, yuan: 125_000}, {stage: works.PaymentStage, day: 72, yuan: 125_000}},
	done: []deed{
		{stage: works.NeedStage, note: "村民代表会议应到31人，到会27人，同意26人。原木桥已成危桥，不能通行。", photo: true},
		{stage: works.DesignStage, day: 6, note: "乡镇技术员到现场测量，出图3张。"},
		{stage: works.BudgetStage, day: 12, yuan: 126_800, note: "按图纸列出材料和人工，村监委会核过单价。"},
		{stage: works.TenderStage, day: 19, note: "5家报名，资格审查通过4家，当场随机抽取1家，村监委会和村民代表到场。", photo: true},
		{stage: works.ContractStage, day: 23, yuan: 119_600, note: "工期30天，缺陷责任期1年。", party: "云溪镇惠民建筑工程有限公司"},
		{stage: works.BuildStage, day: 40, note: "桥墩浇筑完成。", photo: true},
		{stage: works.VariationStage, day: 44, yuan: 8_400, note: "桥头护坡加长6米，村监委会到场量过。"},
		{stage: works.BuildStage, day: 55, note: "桥面和栏杆完工。", photo: true},
		{stage: works.AcceptanceStage, day: 60, note: "村监委会和5名村民代表到场，量长宽、看栏杆，合格。", photo: true},
		{stage: works.FinalStage, day: 67, yuan: 127_950, note: "按合同和变更签证结算，少做的栏杆扣50元。"},
		{stage: works.PaymentStage, day: 72, yuan: 127_950, note: "从村集体账户转到施工单位账户。"},
	}}

// road is under way: it was let before anybody handed in a budget, which is late.
var road = workStory{
	clerk: "clerk", supervision: "supervision", village: "青塘村村民委员会",
	name: "青塘村二组机耕路硬化", place: "青塘村二组，村部到大田坂", scope: "硬化机耕路200米，宽3米，厚0.15米，C25混凝土。",
	estimate: 9_800_000, split: "桥在三组、路在二组，不相连，分两次由村民代表会议决定。",
	plan: []deed{
		{stage: works.NeedStage}, {stage: works.DesignStage, day: 4}, {stage: works.BudgetStage, day: 13, yuan: 96_000},
		{stage: works.TenderStage, day: 14}, {stage: works.ContractStage, day: 16, yuan: 94_000},
		{stage: works.BuildStage, day: 38}, {stage: works.AcceptanceStage, day: 43},
		{stage: works.PaymentStage, day: 55, yuan: 94_000},
	},
	done: []deed{
		{stage: works.NeedStage, note: "村民代表会议同意硬化机耕路。", photo: true},
		{stage: works.DesignStage, day: 4, note: "做法说明1份。预算请镇里的造价员编，造价员在外培训，回来后补。"},
		{stage: works.TenderStage, day: 12, note: "3家报名，资格审查通过3家，随机抽取1家。", bare: true},
		{stage: works.ContractStage, day: 14, yuan: 94_600, note: "工期25天。", party: "云溪镇通达建设工程有限公司"},
	},
}

// lamps are just begun, in a third village.
var lamps = workStory{
	clerk: "clerk3", supervision: "supervision3", village: "石桥村村民委员会",
	name: "石桥村村道路灯", place: "石桥村村口到小学", scope: "安装太阳能路灯30盏，灯杆高6米。", estimate: 5_400_000,
	plan: []deed{
		{stage: works.NeedStage}, {stage: works.DesignStage, day: 5}, {stage: works.BudgetStage, day: 14, yuan: 52_000},
		{stage: works.TenderStage, day: 24}, {stage: works.AcceptanceStage, day: 50},
	},
	done: []deed{
		{stage: works.NeedStage, note: "村民代表会议应到28人，到会24人，同意24人。", photo: true},
		{stage: works.DesignStage, day: 5, note: "标出30个灯位，图1张。", photo: true},
	},
}

// calling is when a work's people do their part: which day that of a deed is, and
// until waits for its hour.
type calling struct {
	day   func(n int) calendar.Date
	until func(day, hour, minute int) error
}

// works is a small work that was opened on that day of the diary.
func (s *script) works(st workStory, opened int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		if err := until(s.diary.at(opened, 9, 35)); err != nil { // the item is in force by then
			return err
		}
		err := s.build(ctx, st, s.worksItem, calling{
			day:   func(n int) calendar.Date { return s.diary.day(opened + n) },
			until: func(n, hour, minute int) error { return until(s.diary.at(opened+n, hour, minute)) },
		})
		if err != nil {
			return fmt.Errorf("%s: %w", st.name, err)
		}
		return nil
	}
}

// item drafts and publishes the item of small works.
func (s *Seeder) item(ctx context.Context) (string, error) {
	id, err := s.Items.DraftItem(ctx, s.Actors["station"], event.NewID(), "", WorksItem)
	if err != nil {
		return "", err
	}
	return s.Items.PublishItem(ctx, s.Actors["leader"], event.NewID(), id, 1)
}

// build opens a project and does its deeds, each on its day; the committee confirms
// in the afternoon what the clerk has typed in the morning.
func (s *Seeder) build(ctx context.Context, st workStory, item string, c calling) error {
	if err := c.until(0, 9, 40); err != nil {
		return err
	}
	form := works.ProjectForm{
		Village:  s.Orgs[st.village],
		Item:     item,
		Name:     st.name,
		Place:    st.place,
		Scope:    st.scope,
		Estimate: st.estimate,
		Split:    st.split,
	}
	for _, d := range st.plan {
		form.Plan = append(form.Plan, works.Planned{Stage: d.stage, On: c.day(d.day), Sum: d.yuan * 100})
	}
	id, err := s.Works.OpenProject(ctx, s.Actors[st.clerk], event.NewID(), form)
	if err != nil {
		return err
	}
	if err := c.until(0, 11, 15); err != nil {
		return err
	}
	if _, err := s.Works.ConfirmProject(ctx, s.Actors[st.supervision], event.NewID(), id, works.ConfirmForm{
		Version: 1,
		Clean:   true,
	}); err != nil {
		return err
	}
	for _, d := range st.done {
		if err := s.deed(ctx, st, id, d, c); err != nil {
			return fmt.Errorf("%s: %w", d.stage, err)
		}
	}
	return nil
}

// deed records what was done in a stage and has it confirmed.
func (s *Seeder) deed(ctx context.Context, st workStory, project string, d deed, c calling) error {
	if err := c.until(d.day, 14, 5); err != nil {
		return err
	}
	clerk := s.Actors[st.clerk]
	form := works.EntryForm{Stage: d.stage, On: c.day(d.day), Sum: d.yuan * 100, Note: d.note, Party: d.party}
	if d.photo {
		drawn, err := s.Photos(ctx, clerk, trading.Equipment, fmt.Sprintf("%s %s %d", st.name, d.stage, d.day), 1)
		if err != nil {
			return err
		}
		form.Photos = drawn
	}
	if !d.bare && d.stage != works.BuildStage {
		f, err := s.Works.AddFile(ctx, clerk, Paper(fmt.Sprintf("Sunlot demonstration, %s, %s", d.stage, project)))
		if err != nil {
			return err
		}
		form.Files = []string{f.SHA256}
	}
	id, err := s.Works.RecordStage(ctx, clerk, event.NewID(), project, form)
	if err != nil {
		return err
	}
	if err := c.until(d.day, 16, 10); err != nil {
		return err
	}
	_, err = s.Works.ConfirmEntry(ctx, s.Actors[st.supervision], event.NewID(), id, works.ConfirmForm{
		Version: 1,
		Clean:   true,
	})
	return err
}

// Paper is a PDF of one page with one line on it.
func Paper(line string) []byte {
	text := fmt.Sprintf("BT /F1 14 Tf 60 760 Td (%s) Tj ET", line)
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 " +
			"R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	var at []int
	for i, object := range objects {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return out.Bytes()
}
