package demo

import (
	"context"
	"fmt"
	"time"

	"sunlot/admin/lead"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// reportCode is the setting that keeps the code of the report that was answered, for a
// visitor to read the answer with. Nobody real wrote it; of a real report no code is kept.
const reportCode = "demonstration_report_code"

// reply is what an office says to a reporter on some day.
type reply struct {
	day   int
	state mailbox.State
	text  string
}

// letter is a report of the demonstration and what became of it; none is real.
type letter struct {
	day                 int
	about               mailbox.About
	category            mailbox.Category
	place, officer, txt string
	replies             []reply
}

// letters are all that the reading room has: one has been answered, one is in hand,
// two have come in.
var letters = []letter{
	{
		day: -19, about: mailbox.VillageCadre, category: "works", place: "青塘村村民委员会", officer: "zhenjiwei",
		txt: "三组人行桥的栏杆做得比图纸上矮，少做的有没有扣钱？请查一查。",
		replies: []reply{
			{-17, mailbox.InHand, "已收到，正在向村监委会调阅验收和决算材料。"},
			{-9, mailbox.Finished, "经核对决算书并到场量过：栏杆有一段少做，决算时已扣50元，见该工程“决算”一栏。未发现多付工程款。感谢您的监督。"},
		},
	},
	{
		day: -10, about: mailbox.BidderAbout, category: "land", place: "松坪村村民委员会", officer: "jiwei",
		txt:     "听说有人在竞价前找别的竞买人商量不要加价，是哪一处不清楚，请留意。",
		replies: []reply{{-7, mailbox.InHand, "已收到，正在核对近期各场竞价的报价记录。"}},
	},
	{
		day: -4, about: mailbox.TownshipCadre, category: "favour", place: "云溪镇", officer: "jiwei",
		txt: "去镇里办事，窗口说经办的人不在，去了三次都没有办成。",
	},
	{
		day: -2, about: mailbox.VillageCadre, category: "money", place: "松坪村村民委员会", officer: "zhenjiwei",
		txt: "一组晒谷场出租的钱有没有进集体的账，公开栏上没有看到。",
	},
}

// reported has a report sealed, taken by its office and answered.
func (s *script) reported(l letter) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		if s.room == nil {
			return nil
		}
		if err := until(s.diary.at(l.day, 11, 40)); err != nil {
			return err
		}
		taken, err := s.Mailbox.Take(ctx, "", event.NewID(), mailbox.Report{
			About:    l.about,
			Category: l.category,
			Place:    s.Orgs[l.place],
			Text:     []byte(l.txt),
		})
		if err != nil {
			return fmt.Errorf("report: %w", err)
		}
		if err := s.Blind.TickIfDue(ctx); err != nil {
			return err
		}
		if err := s.room.Lead.Work(ctx); err != nil {
			return err
		}
		officer, err := (officers{s.room}).actor(ctx, l.officer)
		if err != nil {
			return err
		}
		for i, r := range l.replies {
			if err := s.replied(ctx, officer, taken, i+1, r, until); err != nil {
				return fmt.Errorf("answer to a report: %w", err)
			}
		}
		return nil
	}
}

func (s *script) replied(ctx context.Context, officer identity.Actor, taken mailbox.Taken, version int, r reply,
	until func(time.Time) error) error {
	if err := until(s.diary.at(r.day, 16, 20)); err != nil {
		return err
	}
	if _, err := s.room.Lead.Answer(ctx, officer, event.NewID(), taken.Box.ID, lead.AnswerForm{
		Version: version,
		State:   r.state,
		Text:    r.text,
	}); err != nil {
		return err
	}
	if r.state == mailbox.Finished {
		if err := s.DB.SetSetting(ctx, reportCode, taken.Code); err != nil {
			return err
		}
	}
	return s.room.Lead.Work(ctx)
}
