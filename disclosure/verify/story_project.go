package verify

import (
	"encoding/json"
	"fmt"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/power"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/trading/works"
)

// worksStories tells the micro-power items' and the small works' stories.
func worksStories(report *ledger.Report) []string {
	var lines []string
	for _, stream := range sorted(report.Streams) {
		noun, known := map[string]string{"item": "小微权力事项", "project": "工程项目"}[stream.Noun()]
		if !known {
			continue
		}
		lines = append(lines, "", noun+" "+stream.ID())
		for _, entry := range report.Streams[stream] {
			lines = append(lines, fmt.Sprintf("  [%d] %s ", entry.Index, entry.Event.At.In(calendar.Beijing).Format("2006-01-02 15:04:05"))+tellWorks(entry.Event))
		}
	}
	return lines
}

// tellWorks is an event of an item or a project in plain words.
func tellWorks(e event.Event) string {
	switch e.Kind {
	case "item.published":
		if f, err := power.ReadEdition(e); err == nil {
			return fmt.Sprintf("公布第 %d 版:编号 %s,%d 步,文件 %s", f.Edition, safe(f.Number), f.Steps, safe(f.Document))
		}
	case "project.opened":
		var f works.OpenedFacts
		if json.Unmarshal(e.Facts, &f) == nil {
			return fmt.Sprintf("项目公开:估算 %s 元(限额 %s 元),按事项 %s/%d 办理,文件 %s", f.Estimate.Yuan(), f.Limit.Yuan(), safe(string(f.Item.Stream)), f.Item.Seq, safe(f.Document))
		}
	default:
		var f works.StagedFacts
		if json.Unmarshal(e.Facts, &f) != nil {
			break
		}
		if spec, known := works.SpecOf(f.Stage); known {
			return toldStage(spec, f)
		}
	}
	return safe(e.Kind)
}

func toldStage(spec works.Spec, f works.StagedFacts) string {
	if f.Skipped {
		return "跳过:" + spec.Label
	}
	words := fmt.Sprintf("%s,%s", spec.Label, safe(string(f.On)))
	if spec.Sum != "" {
		words += fmt.Sprintf(":%s 元", f.Sum.Yuan())
	}
	return words + fmt.Sprintf(",文件 %d 份、照片 %d 张;合同价加变更 %s 元,已付 %s 元", len(f.Files), len(f.Photos), (f.Sums.Contract+f.Sums.Varied).Yuan(), f.Sums.Paid.Yuan())
}
