package share

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"sunlot/internal/casework"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/mode"
)

// beijing is an instant of December 2026 by Beijing's clock.
func beijing(day, hour, minute int) time.Time {
	return time.Date(2026, 12, day, hour-8, minute, 0, 0, time.UTC)
}

// shareOf is the notice of a tea garden that has come to a state.
func shareOf(state casework.State, change ...func(*share)) share {
	s := share{Now: beijing(1, 9, 12), Origin: "https://sunlot.example.cn"}
	s.Tender = trading.Tender{
		ID:            "t1",
		Number:        "云溪2026-0007",
		OwnerName:     "青塘村",
		AssetName:     "东坡茶园",
		Area:          2150,
		Firm:          true,
		TenderForm:    trading.TenderForm{Title: "东坡茶园出租", StartPrice: 30000, Years: 5},
		RegisterUntil: beijing(7, 17, 0),
		OpensAt:       beijing(8, 9, 0),
	}
	s.Room.Mode = mode.About{Brief: "最后五分钟内有人报价就顺延"}
	s.Room.Lot = trading.Lot{ID: "l1", State: state, Terms: mode.Terms{Start: 30000},
		Board: mode.Board{EndsAt: beijing(8, 10, 30)}}
	for _, f := range change {
		f(&s)
	}
	return s
}

func led(s *share) {
	s.Room.Lot.Board.Bids, s.Room.Lot.Board.Leading = 3, mode.Offer{Bidder: "8002", Price: 43050}
}

func awarded(state casework.State) func(*share) {
	return func(s *share) {
		led(s)
		s.Room.Award = &trading.Award{
			State:       state,
			Number:      "8002",
			Name:        "成交人甲",
			Price:       43050,
			Yearly:      925575,
			PublicUntil: beijing(15, 17, 30),
			Firm:        true,
		}
	}
}

func loose(s *share) { s.Firm = false }

var passedOn = map[string]struct {
	share           share
	message, speech string
}{
	"a notice": {shareOf(trading.Listed),
		"【出租公告】东坡茶园\n项目编号：云溪2026-0007\n标的：东坡茶园，21.50 亩，租期 5 年\n起始价：300.00 元/亩·年\n报名截止：2026年12月7日星期一下午5:00\n" +
			"开始竞价：2026年12月8日星期二上午9:00\n出租公告：https://sunlot.example.cn/tenders/t1",
		"各位村民请注意，青塘村的东坡茶园公开出租。面积二十一点五亩，租期五年，起始价每亩每年三百元。报名到十二月七日下午五点截止，十二月八日上午九点开始网上竞价。"},
	"dates that may move, after the registration": {shareOf(trading.Listed, loose,
		func(s *share) { s.Now = s.RegisterUntil }),
		"【出租公告】东坡茶园\n项目编号：云溪2026-0007\n标的：东坡茶园，21.50 亩，租期 5 年\n起始价：300.00 元/亩·年\n报名截止：2026年12月7日星期一下午5:00\n" +
			"开始竞价：2026年12月8日星期二上午9:00\n节假日安排尚未公布，日期可能变动\n出租公告：https://sunlot.example.cn/tenders/t1",
		"各位村民请注意，青塘村的东坡茶园公开出租。面积二十一点五亩，租期五年，起始价每亩每年三百元。报名已经截止，十二月八日上午九点开始网上竞价。节假日安排还没有公布，日期可能变动。"},
	"an opening": {shareOf(trading.Bidding),
		"【竞价直播】东坡茶园\n项目编号：云溪2026-0007\n标的：东坡茶园，21.50 亩，租期 5 年\n起始价：300.00 元/亩·年，暂无报价\n竞价截止：2026年12月8日星期二上午" +
			"10:30，最后五分钟内有人报价就顺延\n" +
			"竞价直播：https://sunlot.example.cn/lots/l1",
		"各位村民请注意，青塘村的东坡茶园正在网上竞价。起始价每亩每年三百元，暂无报价。竞价到十二月八日上午十点半截止，最后五分钟内有人报价就顺延。"},
	"a lead": {shareOf(trading.Bidding, led),
		"【竞价直播】东坡茶园\n项目编号：云溪2026-0007\n标的：东坡茶园，21.50 亩，租期 5 年\n当前价：430.50 元/亩·年（2026年12月1日星期二上午9:12）\n竞价截止：2026年" +
			"12月8日星期二上午10:30，" +
			"最后五分钟内有人报价就顺延\n竞价直播：https://sunlot.example.cn/lots/l1",
		"各位村民请注意，青塘村的东坡茶园正在网上竞价。到十二月一日上午九点十二分，最高价每亩每年四百三十元五角。竞价到十二月八日上午十点半截止，最后五分钟内有人报价就顺延。"},
	"a result": {shareOf(trading.Awarded, awarded(trading.Publicised)),
		"【成交结果】东坡茶园\n项目编号：云溪2026-0007\n标的：东坡茶园，21.50 亩，租期 5 年\n成交价：430.50 元/亩·年\n年租金：9,255.75 元\n成交人：竞买号 8002\n" +
			"公示期：至2026年12月15日星期二下午5:30，有异议请在网页上提出\n成交结果：https://sunlot.example.cn/lots/l1/result",
		"各位村民请注意，青塘村的东坡茶园网上竞价已经成交。成交价每亩每年四百三十元五角，年租金九千二百五十五元七角五分。公示到十二月十五日下午五点半，有异议的请在公示期内提出。"},
	"a contract": {shareOf(trading.Awarded, awarded(trading.Contracted)),
		"【成交结果】东坡茶园\n项目编号：云溪2026-0007\n标的：东坡茶园，21.50 亩，租期 5 年\n成交价：430.50 元/亩·年\n年租金：9,255.75 元\n成交人：竞买号 8002\n已签合" +
			"同\n" +
			"成交结果：https://sunlot.example.cn/lots/l1/result",
		"各位村民请注意，青塘村的东坡茶园网上竞价已经成交。成交价每亩每年四百三十元五角，年租金九千二百五十五元七角五分。已签合同。"},
	"no result": {shareOf(trading.Failed),
		"【未成交（流标）】东坡茶园\n项目编号：云溪2026-0007\n标的：东坡茶园，21.50 亩，租期 5 年\n没有成交，保证金原路退回\n未成交（流标）：" +
			"https://sunlot.example.cn/lots/l1/result",
		"各位村民请注意，青塘村的东坡茶园网上竞价没有成交，保证金原路退回。"},
}

// TestWhatIsPassedOn holds both texts of every stage, word by word.
func TestWhatIsPassedOn(t *testing.T) {
	for name, c := range passedOn {
		t.Run(name, func(t *testing.T) {
			if got := c.share.Message(); got != c.message {
				t.Errorf("the message is\n%s\nwant\n%s", got, c.message)
			}
			if got := c.share.Speech(); got != c.speech {
				t.Errorf("the speech is\n%s\nwant\n%s", got, c.speech)
			}
		})
	}
}

// TestTheLongestSpeech gives every stage the longest names and sums, with signs
// that have no sound: it keeps the limit, says some of both names, and the whole
// of the news.
func TestTheLongestSpeech(t *testing.T) {
	extreme := func(s *share, asset string) {
		s.OwnerName, s.AssetName = strings.Repeat("青塘", 30), asset
		s.Area, s.Years, s.StartPrice, s.Firm = money.AreaLimit-1, 29, money.Limit-1, false
		s.RegisterUntil, s.OpensAt, s.Now = beijing(27, 12, 59), beijing(28, 12, 57), beijing(27, 12, 58)
		s.Room.Lot.Terms.Start, s.Room.Lot.Board.EndsAt = money.Limit-1, beijing(28, 12, 57)
		s.Room.Lot.Board.Leading.Price = money.Limit - 1
		if a := s.Room.Award; a != nil {
			a.Price, a.Yearly, a.PublicUntil, a.Firm = money.Limit-1, 1e15-1, beijing(28, 12, 57), false
		}
	}
	for name, c := range passedOn {
		extreme(&c.share, strings.Repeat("东坡", 30))
		if n := utf8.RuneCountInString(c.share.Speech()); n > speechLimit {
			t.Errorf("%s: %d characters of names without a pause", name, n)
		}
		extreme(&c.share, strings.Repeat("东坡（1）", 12))
		text := c.share.Speech()
		if n := utf8.RuneCountInString(text); n > speechLimit || n != c.share.SpeechLength() {
			t.Errorf("%s: %d characters, said to be %d", name, n, c.share.SpeechLength())
		}
		if !strings.Contains(text, "青塘青塘青塘") || !strings.Contains(text, "的东坡，一，东坡") ||
			!strings.HasSuffix(text, c.share.news()) {
			t.Errorf("%s: too much is cut: %s", name, text)
		}
		if i := strings.IndexFunc(text,
			func(r rune) bool { return r != '，' && r != '。' && !unicode.Is(unicode.Han, r) }); i >= 0 {
			t.Errorf("%s: cannot be said from %q", name, text[i:])
		}
	}
}

func TestThePictureSaysWhatTheMessageSays(t *testing.T) {
	for _, state := range []casework.State{trading.Listed, trading.Bidding, trading.Failed} {
		s := shareOf(state)
		facts := s.Facts()
		for _, f := range facts {
			if f.Label == "" || f.Value == "" || !strings.Contains(s.Message(), f.Value) {
				t.Errorf("%s: %v is not in %s", state, f, s.Message())
			}
		}
		if len(facts) < 3 {
			t.Errorf("%s: only %v", state, facts)
		}
	}
}
