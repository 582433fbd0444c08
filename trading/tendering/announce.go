package tendering

import (
	"context"
	"fmt"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/mode"
	"sunlot/trading/register"
	"sunlot/trading/rules"
)

// biddingRules says in plain words how the lot will be won.
func biddingRules(pack rules.Pack, unit money.Unit) []string {
	return []string{
		fmt.Sprintf("公开增价竞价（递增报价），单位为%s，价高者得；同价的，先报价者优先。", unit.Label()),
		fmt.Sprintf("自由竞价%s（%s）。", pack.FreeSeconds.Joined(), pack.FreeSeconds.Source),
		fmt.Sprintf("最后%s内收到报价的，竞价截止时间顺延至收到之后%s，次数不限（%s）。",
			pack.ExtendWindow.Joined(), pack.ExtendSeconds.Joined(), pack.ExtendWindow.Source),
		fmt.Sprintf("每次加价不少于加价幅度，最多为加价幅度的%d倍（%s）。", pack.StepMaxMultiple.Value(), pack.StepMaxMultiple.Source),
		fmt.Sprintf("所有服务器都不能收报价的时间，全部补回：竞价截止时间顺延同样长，恢复以后至少还有%s可以报价。",
			pack.ExtendSeconds.Joined()),
		"时间以服务器收到报价的时间为准，截止以前收到的都算；报价一经收到不能撤回。",
	}
}

// AnnounceTender publishes the approved notice. The notice's term, the document
// and the ledger leaf are committed together or not at all.
func (s *Service) AnnounceTender(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, TenderAnnounce, "tender.announce", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx Tx) (string, error) {
		t, err := tx.Tender(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(t.Version, version); err != nil {
			return "", err
		}
		if err := trading.TenderLifecycle.Move(&t.State, trading.Announced); err != nil {
			return "", err
		}
		err = casework.Second(tx, who, t.Stream(), "审批人不能发布自己批准的公告", "tender.approved")
		if err != nil {
			return "", err
		}
		return t.ID, s.announce(ctx, tx, who, scope, &t)
	})
}

func (s *Service) announce(ctx context.Context, tx Tx, who identity.Actor, scope identity.Scope,
	t *trading.Tender) error {
	a, r, err := s.foundation(tx, scope, t, t.TenderForm)
	if err != nil {
		return err
	}
	t.AnnouncedAt, err = tx.Lock(t.Stream())
	if err != nil {
		return err
	}
	days, err := s.Days.Calendar(ctx)
	if err != nil {
		return err
	}
	year := t.AnnouncedAt.In(calendar.Beijing).Year()
	township, n, err := tx.NextNumber(t.Path, year)
	if err != nil {
		return err
	}
	t.Number = trading.NumberOf(township, year, n)
	t.Lot = event.NewID()
	pack := s.Pack()
	if err := checkTender(t.TenderForm, pack); err != nil {
		return err
	}
	term := TermOf(pack, days, t.AnnouncedAt, t.NoticeDays)
	if err := checkTerm(pack, t.TenderForm, t.AnnouncedAt, term); err != nil {
		return err
	}
	t.Rules = pack.Edition()
	t.RegisterUntil = term.RegisterUntil
	t.OpensAt = term.OpensAt
	t.Firm = term.Firm
	t.Area, t.Measure = a.Area, a.Measure
	t.Steps.AnnouncedBy = who.PersonID
	others, err := tx.TendersOf(a.ID)
	if err != nil {
		return err
	}
	t.Document, err = privacy.Publish(tx, t.Path, noticeOf(pack, a, r, *t))
	if err != nil {
		return err
	}
	acts, err := tx.Acts(t.Stream())
	if err != nil {
		return err
	}
	facts := tenderFacts(pack, a, r, *t, attemptFacts(*t, others), acts)
	e, err := tx.Record(t.Stream(), "tender.announced", facts, nil)
	if err != nil {
		return err
	}
	t.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	t.Version++
	if err := tx.SaveTender(*t); err != nil {
		return err
	}
	if err := s.Lots.List(tx, *t); err != nil {
		return err
	}
	if err := tx.Occupy(register.Occupancy{Lot: t.Lot, Asset: a.ID, From: t.StartsOn, To: t.EndsOn()}); err != nil {
		return err
	}
	if err := Leads.Moved(tx, trading.Approved, t.State, duty(*t), who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, TenderAnnounce, t.Stream(), t.Path, "tender.announced", nil)
}

func tenderFacts(pack rules.Pack, a trading.Asset, r trading.Resolution, t trading.Tender,
	attempt trading.AttemptFacts, acts []casework.Act) trading.AnnouncedFacts {
	facts := trading.AnnouncedFacts{
		Number: t.Number, Lots: []string{t.Lot},
		Asset: a.Event, Resolution: r.Event, Document: t.Document, Mode: mode.Usual,
		Side: t.Side, Area: t.Area, Measure: t.Measure, Unit: t.Unit,
		StartPrice: t.StartPrice, Step: t.Step, Deposit: t.Deposit(), YearlyRent: t.Yearly(),
		LastRent: a.LastRent, LastUnit: a.LastUnit,
		Years: t.Years, StartsOn: t.StartsOn, RentDue: t.RentDue, NoticeDays: t.NoticeDays,
		RegisterUntil: event.Stamp(t.RegisterUntil), OpensAt: event.Stamp(t.OpensAt),
		RulePack: pack.ID, RuleVersion: pack.Version, AttemptFacts: attempt,
	}
	for _, done := range acts {
		facts.Steps = append(facts.Steps, trading.StepTaken{Step: done.Kind, Role: done.Role, At: event.Stamp(done.At)})
	}
	return facts
}

// PostTender shows that the paper notice hangs on the village board.
func (s *Service) PostTender(ctx context.Context, who identity.Actor, requestID, id, photo string) (string, error) {
	scope, once, err := casework.Begin(who, TenderAnnounce, "tender.post", requestID, []any{id, photo})
	if err != nil {
		return "", err
	}
	var f fault.Form
	casework.CheckPhotos(&f, "board_photo", "公告栏照片", []string{photo}, 1)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.Store.WriteTender(ctx, once, func(tx Tx) (string, error) {
		t, err := tx.Tender(id, scope)
		if err != nil {
			return "", err
		}
		if t.State != trading.Announced || t.BoardPhoto != "" {
			return "", fault.New(fault.Conflict, "只有已发布、还没有公告栏照片的公告可以补照片")
		}
		t.PostedAt, err = tx.Lock(t.Stream())
		if err != nil {
			return "", err
		}
		if err := casework.AttachPhotos(tx, who, t.Path, "board_photo", []string{photo}, true); err != nil {
			return "", err
		}
		t.BoardPhoto = photo
		t.Version++
		if err := tx.SaveTender(t); err != nil {
			return "", err
		}
		_, err = tx.Record(t.Stream(), "tender.posted", trading.PostedFacts{Photo: photo}, nil)
		if err != nil {
			return "", err
		}
		return t.ID, casework.NoteAct(tx, who, TenderAnnounce, t.Stream(), t.Path, "tender.posted", nil)
	})
}
