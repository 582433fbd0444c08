package share

import (
	"fmt"
	"slices"
	"strings"

	"sunlot/trading"
)

// Kind names what is passed on.
func (s share) Kind() string {
	switch s.Room.Lot.State {
	case trading.Bidding:
		return "竞价直播"
	case trading.Awarded:
		return "成交结果"
	case trading.Failed:
		if s.Room.Award != nil {
			return s.Room.Lot.Label()
		}
		return "未成交（流标）"
	}
	return s.Side.Say().Act + "公告"
}

// Address is the page of the stage.
func (s share) Address() string {
	switch s.Room.Lot.State {
	case trading.Bidding:
		return s.Origin + "/lots/" + s.Room.Lot.ID
	case trading.Awarded, trading.Failed:
		return s.Origin + "/lots/" + s.Room.Lot.ID + "/result"
	}
	return s.Origin + "/tenders/" + s.ID
}

// Message is the text for the village's chat group.
func (s share) Message() string {
	lines := []string{"【" + s.Kind() + "】" + s.AssetName}
	if s.Number != "" { // lettings from before there were numbers have none
		lines = append(lines, "项目编号："+s.Number)
	}
	lines = append(lines, "标的："+s.thing())
	lines = append(lines, s.standing()...)
	return strings.Join(append(lines, s.Kind()+"："+s.Address()), "\n")
}

// thing is what the tender is about, and for how long where it is let.
func (s share) thing() string {
	thing := s.AssetName + "，" + s.Basis().Says()
	if s.Side == trading.Let {
		thing += fmt.Sprintf("，租期 %d 年", s.Years)
	}
	return thing
}

// standing is the lines that differ from stage to stage.
func (s share) standing() []string {
	l := s.Room.Lot
	price := s.Unit.Price(l.Price())
	switch {
	case l.Closing(s.Now):
		return []string{"竞价时间已到，正在截止，核对已收到的报价"}
	case l.State == trading.Bidding && l.Board.Bids == 0:
		return []string{"起始价：" + price + "，暂无报价", "竞价截止：" + written(l.Board.EndsAt) + s.after("，")}
	case l.State == trading.Bidding:
		return []string{"当前价：" + price + "（" + written(s.Now) + "）",
			"竞价截止：" + written(l.Board.EndsAt) + s.after("，")}
	case l.State == trading.Failed && s.Room.Award != nil:
		return []string{"异议成立，成交结果已撤销，保证金原路退回"}
	case l.State == trading.Failed:
		return []string{"没有成交，保证金原路退回"}
	case l.State == trading.Awarded && s.Room.Award != nil:
		return s.result(*s.Room.Award)
	}
	lines := []string{"起始价：" + s.Unit.Price(s.StartPrice), "报名截止：" + written(s.RegisterUntil),
		"开始竞价：" + written(s.OpensAt)}
	if !s.Firm {
		lines = append(lines, "节假日安排尚未公布，日期可能变动")
	}
	return lines
}

// result names the winner by number: a chat keeps what a page may take down.
func (s share) result(a trading.Award) []string {
	lines := []string{"成交价：" + a.Unit.Price(a.Price), "成交人：竞买号 " + a.Number}
	if a.Side == trading.Let {
		lines = slices.Insert(lines, 1, "年租金："+a.Yearly.Yuan()+" 元")
	}
	if a.State != trading.Publicised {
		return append(lines, a.Label())
	}
	until := "公示期：至" + writtenUntil(a.PublicUntil) + "，有异议请在网页上提出"
	if !a.Firm {
		until += "（节假日安排尚未公布，日期可能变动）"
	}
	return append(lines, until)
}

// fact is one line of the picture.
type fact struct{ Label, Value string }

// Facts is what the picture says: its lines, told apart by their labels.
func (s share) Facts() []fact {
	var facts []fact
	if s.Number != "" {
		facts = append(facts, fact{"项目编号", s.Number})
	}
	facts = append(facts, fact{"标的", s.AssetName + "，" + s.Basis().Says()})
	if s.Side == trading.Let {
		facts = append(facts, fact{"租期", fmt.Sprintf("%d 年", s.Years)})
	}
	for _, line := range s.standing() {
		label, value, ok := strings.Cut(line, "：")
		if !ok {
			label, value = "说明", line
		}
		facts = append(facts, fact{label, value})
	}
	return facts
}

// after is what the mode says of its end.
func (s share) after(stop string) string {
	if s.Room.Mode.Brief == "" {
		return ""
	}
	return stop + s.Room.Mode.Brief
}
