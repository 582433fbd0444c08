package public

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/web"
)

// share is what a village passes on of a notice, as things stand at Now.
type share struct {
	trading.Tender
	Room   bidding.Room
	Now    time.Time
	Origin string // before the path of every address
}

// share shows the texts and the picture to pass on, to everybody.
func (s *Screens) share(c *fiber.Ctx) error {
	page, err := s.shared(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "share/show", page)
}

// card draws the picture to pass on. It leads to the notice, which stays true at
// every stage.
func (s *Screens) card(c *fiber.Ctx) error {
	page, err := s.shared(c)
	if err != nil {
		return err
	}
	picture, err := drawCard(page.Origin + "/tenders/" + page.ID)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	c.Set(fiber.HeaderContentType, "image/png")
	return c.Send(picture)
}

// shared refuses what is not announced: it has no lot yet.
func (s *Screens) shared(c *fiber.Ctx) (share, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	page := share{Now: s.Days.Clock.Now(), Origin: s.Kit.Absolute("")}
	var err error
	if page.Tender, err = s.Tendering.SeeTender(ctx, who, c.Params("id")); err != nil {
		return page, err
	}
	page.Room, err = s.Bidding.SeeRoom(ctx, who, page.ID)
	return page, err
}

// Kind names what is passed on.
func (s share) Kind() string {
	switch s.Room.Lot.State {
	case trading.Bidding:
		return "竞价直播"
	case trading.Awarded:
		return "成交结果"
	case trading.Failed:
		return "流标结果"
	}
	return "出租公告"
}

// Address is the page of the stage.
func (s share) Address() string {
	switch s.Room.Lot.State {
	case trading.Bidding:
		return s.Origin + "/lots/" + s.ID
	case trading.Awarded, trading.Failed:
		return s.Origin + "/lots/" + s.ID + "/result"
	}
	return s.Origin + "/tenders/" + s.ID
}

// Message is the text for the village's chat group.
func (s share) Message() string {
	lines := []string{"【" + s.Kind() + "】" + s.Title,
		fmt.Sprintf("标的:%s,%s 亩,租期 %d 年", s.AssetName, s.Area.Mu(), s.Years)}
	lines = append(lines, s.standing()...)
	return strings.Join(append(lines, s.Kind()+":"+s.Address()), "\n")
}

// standing is the lines that differ from stage to stage.
func (s share) standing() []string {
	l := s.Room.Lot
	price := l.Price().Yuan() + " 元/亩·年"
	switch {
	case l.State == trading.Bidding && l.Board.Bids == 0:
		return []string{"起始价:" + price + ",还没有人报价", "竞价截止:" + written(l.Board.EndsAt) + ",最后五分钟内有人报价就顺延"}
	case l.State == trading.Bidding:
		return []string{"当前价:" + price + "(" + written(s.Now) + ")", "竞价截止:" + written(l.Board.EndsAt) + ",最后五分钟内有人报价就顺延"}
	case l.State == trading.Failed:
		return []string{"没有成交,保证金原路退回"}
	case l.State == trading.Awarded && s.Room.Award != nil:
		return s.result(*s.Room.Award)
	}
	lines := []string{"起始价:" + s.StartPrice.Yuan() + " 元/亩·年", "报名截止:" + written(s.RegisterUntil), "开始竞价:" + written(s.OpensAt)}
	if !s.Firm {
		lines = append(lines, "放假安排尚未公布,日期可能变动")
	}
	return lines
}

// result names the winner by number: a chat keeps what a page may take down.
func (s share) result(a trading.Award) []string {
	lines := []string{"成交价:" + a.Price.Yuan() + " 元/亩·年", "一年租金:" + a.Yearly.Yuan() + " 元", "成交人:竞买号 " + a.Number}
	if a.State != trading.Publicised {
		return append(lines, a.Label())
	}
	until := "公示期:至" + writtenUntil(a.PublicUntil) + ",有异议请在网页上提出"
	if !a.Firm {
		until += "(放假安排尚未公布,日期可能变动)"
	}
	return append(lines, until)
}

// speechLimit is how many characters the loudspeaker reads in about a minute.
const speechLimit = 200

// fact is one line of the picture.
type fact struct{ Label, Value string }

// Facts is what the picture says: its lines, told apart by their labels.
func (s share) Facts() []fact {
	facts := []fact{{"标的", s.AssetName + "," + s.Area.Mu() + " 亩"}, {"租期", fmt.Sprintf("%d 年", s.Years)}}
	for _, line := range s.standing() {
		label, value, ok := strings.Cut(line, ":")
		if !ok {
			label, value = "说明", line
		}
		facts = append(facts, fact{label, value})
	}
	return facts
}

// Speech is the text for the village's loudspeaker, at most speechLimit
// characters of which all can be said.
func (s share) Speech() string {
	const call = "各位村民请注意,"
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
	price := "每亩每年" + spokenSum(l.Price())
	switch {
	case l.State == trading.Bidding && l.Board.Bids == 0:
		return "正在网上竞价。起始价" + price + ",还没有人报价。竞价到" + spokenTime(l.Board.EndsAt) + "截止,最后五分钟内有人报价就顺延。"
	case l.State == trading.Bidding:
		return "正在网上竞价。到" + spokenTime(s.Now) + ",最高价" + price + "。竞价到" + spokenTime(l.Board.EndsAt) + "截止,最后五分钟内有人报价就顺延。"
	case l.State == trading.Failed:
		return "网上竞价没有成交,保证金原路退回。"
	case l.State == trading.Awarded && s.Room.Award != nil:
		return "网上竞价已经成交。" + spokenResult(*s.Room.Award)
	}
	return s.spokenNotice()
}

func (s share) spokenNotice() string {
	text := "公开出租。面积" + spokenArea(s.Area) + "亩,租期" + counted(int64(s.Years)) + "年,起始价每亩每年" + spokenSum(s.StartPrice) + "。"
	if s.Now.Before(s.RegisterUntil) {
		text += "报名到" + spokenTime(s.RegisterUntil) + "截止,"
	} else {
		text += "报名已经截止,"
	}
	text += spokenTime(s.OpensAt) + "开始网上竞价。"
	if !s.Firm {
		text += "放假安排还没有公布,日期可能变动。"
	}
	return text
}

func spokenResult(a trading.Award) string {
	text := "成交价每亩每年" + spokenSum(a.Price) + ",一年租金" + spokenSum(a.Yearly) + "。"
	switch {
	case a.State != trading.Publicised:
		return text + a.Label() + "。"
	case !a.Firm:
		return text + "公示到" + spokenUntil(a.PublicUntil) + ",放假安排还没有公布,日期可能变动。有异议的请在公示期内提出。"
	}
	return text + "公示到" + spokenUntil(a.PublicUntil) + ",有异议的请在公示期内提出。"
}
