package verify

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading"
)

// compareResolution holds a resolution against the roll that its log names, and what the
// server shows of it against its log.
func (s site) compareResolution(ctx context.Context, stream event.Stream, report *ledger.Report) ([]string, error) {
	var wrong []string
	var last trading.ConfirmedFacts
	which := fmt.Sprintf("决议 %s（%s）", stream.ID(), stream)
	for _, entry := range report.Streams[stream] {
		last = trading.ConfirmedFacts{}
		if json.Unmarshal(entry.Event.Facts, &last) != nil {
			return append(wrong, which+"：记录无法读取"), nil
		}
		for _, says := range s.unlikeRoll(entry.Event.At, last) {
			wrong = append(wrong, which+"："+says)
		}
	}
	var shown struct {
		HeldOn calendar.Date     `json:"held_on"`
		Roll   trading.RollTaken `json:"roll"`
		Count  trading.Count     `json:"count"`
		Lawful bool              `json:"lawful"`
		Form   struct {
			Years      int       `json:"years"`
			FloorPrice money.Fen `json:"floor_price"`
		} `json:"form"`
	}
	if err := s.show(ctx, "/api/v1/resolutions/"+stream.ID(), &shown); err != nil {
		return append(wrong, which+"：日志中有决议，页面上却没有"), ignoreMissing(err)
	}
	if shown.HeldOn != last.HeldOn || shown.Roll.Event != last.Roll || shown.Roll.From != last.RollFrom {
		wrong = append(wrong, which+"：页面上的会议日期或名册与日志不符")
	}
	if shown.Count != last.Count || shown.Lawful != last.Lawful {
		wrong = append(wrong, which+"：页面上的票数或结论与日志不符")
	}
	if shown.Form.Years != last.Years || shown.Form.FloorPrice != last.FloorPrice {
		wrong = append(wrong, which+"：页面上的租期或底价与日志不符")
	}
	return wrong, nil
}

// unlikeRoll says in what a vote, confirmed at that time, differs from the roll by which
// it was judged, and whether another roll was in force.
func (s site) unlikeRoll(at time.Time, vote trading.ConfirmedFacts) (wrong []string) {
	if vote.HeldOn > calendar.DateOf(at.Add(slack)) {
		wrong = append(wrong, fmt.Sprintf("会议在 %s，核实却在这以前", vote.HeldOn))
	}
	roll := s.rolls[vote.Roll]
	if roll == nil {
		return append(wrong, "日志中没有它所依据的应到人员名册")
	}
	if roll.Count != vote.Count.Due {
		wrong = append(wrong, fmt.Sprintf("应到 %d 人，名册上是 %d 人", vote.Count.Due, roll.Count))
	}
	if c := vote.Count; min(c.For, c.Against, c.Abstain) < 0 ||
		max(c.For, c.Against, c.Abstain, c.Present) > c.Due || c.Present != c.For+c.Against+c.Abstain {
		wrong = append(wrong, "到会人数与票数、应到人数不符")
	}
	asset := s.assets[vote.Asset]
	if asset.Assembly != vote.Assembly {
		wrong = append(wrong, "资产登记的决策会议是另一个")
	}
	if roll.Assembly != vote.Assembly || !s.decides(asset, roll.Org) {
		wrong = append(wrong, "所依据的是别的会议的名册")
	}
	if roll.From != vote.RollFrom || roll.From > vote.HeldOn || roll.at.After(at) {
		wrong = append(wrong, fmt.Sprintf("名册 %s 起用，会议在 %s，那时它没有核对或者没有起用", roll.From, vote.HeldOn))
	}
	other := s.bodies[roll.body()].inForce(vote.HeldOn, at)
	if other != nil && other.ref != roll.ref && other.supersedes(*roll, vote.HeldOn) {
		wrong = append(wrong, fmt.Sprintf("会议那天有效的是 %s 起用的另一版名册（%s）", other.From, other.ref.Stream))
	}
	return wrong
}
