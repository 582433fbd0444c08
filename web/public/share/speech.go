package share

import (
	"strings"
	"unicode/utf8"

	"sunlot/trading"
)

// speechLimit is how many characters the loudspeaker reads in about a minute.
const speechLimit = 200

// Speech is the text for the village's loudspeaker, at most speechLimit
// characters of which all can be said.
func (s share) Speech() string {
	const call = "各位村民请注意，"
	news := s.news()
	left := speechLimit - utf8.RuneCountInString(call+news)
	owner, asset := spokenName(s.OwnerName), spokenName(s.AssetName)
	if owner == "" || strings.HasPrefix(asset, owner) {
		return call + cut(asset, left) + news
	}
	owner = cut(owner, left/2) + "的"
	return call + owner + cut(asset, left-utf8.RuneCountInString(owner)) + news
}

// SpeechLength counts the characters to be read.
func (s share) SpeechLength() int { return utf8.RuneCountInString(s.Speech()) }

// news is what is said after the name.
func (s share) news() string {
	l := s.Room.Lot
	price := s.Unit.Spoken() + spokenSum(l.Price())
	switch {
	case l.Closing(s.Now):
		return "网上竞价时间已到，正在截止，核对已收到的报价。"
	case l.State == trading.Bidding && l.Board.Bids == 0:
		return "正在网上竞价。起始价" + price + "，暂无报价。竞价到" + spokenTime(l.Board.EndsAt) + "截止" + s.after("，") + "。"
	case l.State == trading.Bidding:
		return "正在网上竞价。到" + spokenTime(s.Now) + "，最高价" + price + "。竞价到" + spokenTime(l.Board.EndsAt) +
			"截止" + s.after("，") + "。"
	case l.State == trading.Failed && s.Room.Award != nil:
		return "有人提出的异议成立，成交结果已撤销，保证金原路退回。"
	case l.State == trading.Failed:
		return "网上竞价没有成交，保证金原路退回。"
	case l.State == trading.Awarded && s.Room.Award != nil:
		return "网上竞价已经成交。" + spokenResult(*s.Room.Award)
	}
	return s.spokenNotice()
}

func (s share) spokenNotice() string {
	text := "公开" + s.Side.Say().Act + "。" + s.Measure.Name() + spokenArea(s.Area) + s.Measure.Label() + "，"
	if s.Side == trading.Let {
		text += "租期" + counted(int64(s.Years)) + "年，"
	}
	text += "起始价" + s.Unit.Spoken() + spokenSum(s.StartPrice) + "。"
	if s.Now.Before(s.RegisterUntil) {
		text += "报名到" + spokenTime(s.RegisterUntil) + "截止，"
	} else {
		text += "报名已经截止，"
	}
	text += spokenTime(s.OpensAt) + "开始网上竞价。"
	if !s.Firm {
		text += "节假日安排还没有公布，日期可能变动。"
	}
	return text
}

func spokenResult(a trading.Award) string {
	text := "成交价" + a.Unit.Spoken() + spokenSum(a.Price)
	if a.Side == trading.Let {
		text += "，年租金" + spokenSum(a.Yearly)
	}
	text += "。"
	switch {
	case a.State != trading.Publicised:
		return text + a.Label() + "。"
	case !a.Firm:
		return text + "公示到" + spokenUntil(a.PublicUntil) + "，节假日安排还没有公布，日期可能变动。有异议的请在公示期内提出。"
	}
	return text + "公示到" + spokenUntil(a.PublicUntil) + "，有异议的请在公示期内提出。"
}
