package demo

import (
	"context"
	"fmt"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
)

// founded is how many working days before the demonstration's day the county begins.
const founded = -128

// county is all that has happened when a visitor comes, each case on its days. Day 0
// is the one on which the live lot has opened.
func (s *script) county() []tale {
	all := []tale{
		s.items(founded + 5), s.works(bridge, founded+9), s.works(road, -17), s.works(lamps, -6),
		s.ownKept(founded + 7), s.waitingRoll, s.shed,
		s.let(pond, -23, pondsHour, "script3", unrefunded, true), s.let(shop, -26, shopsHour, "script2", "", false),
		s.failed(warehouse, -13), s.waitsForCommittee(dryingGround, 0), s.sentBack(nursery, 1),
		s.waitsForLeader(school, 1), s.waitsForStation(orchard, 2), s.decided(bamboo, 3),
		s.registering(reservoir, -4), s.noticed(cedars, -2), s.noticed(TeaGarden, -1), s.live(liveStories[0], -11),
	}
	for i, st := range []story{pond, shop, school, reservoir, bamboo} { // one of each assembly
		all = append(all, s.kept(st, founded+8+i))
	}
	for _, l := range letters {
		all = append(all, s.reported(l))
	}
	return all
}

// waits is a tale's until by day of the diary.
func (s *script) waits(until func(time.Time) error) func(day, hour, minute int) error {
	return func(day, hour, minute int) error { return until(s.diary.at(day, hour, minute)) }
}

// bid carries a story to its opening.
func (s *script) bid(ctx context.Context, st story, published int, ahead [len(unhurried)]int, logins []string,
	until func(time.Time) error) (trading.Lot, error) {
	id, err := s.announced(ctx, st, st.pace(s.diary, published, ahead, until))
	if err != nil {
		return trading.Lot{}, fmt.Errorf("%s: %w", st.title, err)
	}
	lot, err := s.Data.Trading.Lot(ctx, id, identity.Everywhere)
	if err != nil {
		return lot, err
	}
	if err := s.admit(ctx, st, lot, logins, published, s.waits(until)); err != nil {
		return lot, fmt.Errorf("%s: %w", st.title, err)
	}
	if err := until(lot.Board.OpensAt); err != nil {
		return lot, err
	}
	return s.open(ctx, id)
}

// all are a story's bidders and the visitors.
func (st story) all() []string {
	return append([]string{Bidders[0].login, Bidders[1].login}, st.bidders...)
}

// live is the lot for which a visitor may bid: opened this morning.
func (s *script) live(st story, published int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		lot, err := s.bid(ctx, st, published, unhurried, st.all(), until)
		if err != nil {
			return err
		}
		return s.raise(ctx, lot)
	}
}

// let is a lot that found its tenant, to the contract and the first rent, which one of
// them has not paid. The other's loser has not got his deposit back.
func (s *script) let(st story, published int, hour []offer, winner, forgotten string, pays bool) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		logins := st.bidders
		if st.town == nil {
			logins = st.all()
		}
		lot, err := s.bid(ctx, st, published, unhurried, logins, until)
		if err != nil {
			return err
		}
		if err := s.auction(ctx, lot, hour, until); err != nil {
			return fmt.Errorf("%s: %w", st.title, err)
		}
		opened, wait := published+11, s.waits(until)
		if !pays {
			if err := s.objected(ctx, st, lot.ID, opened, wait); err != nil {
				return fmt.Errorf("%s: %w", st.title, err)
			}
		}
		if err := s.signed(ctx, st, lot.ID, winner, opened+4, wait); err != nil {
			return fmt.Errorf("%s: %w", st.title, err)
		}
		at := func(hour, minute int) error { return wait(opened+6, hour, minute) }
		if err := s.refunded(ctx, st.of(), lot.ID, at, forgotten); err != nil || !pays {
			return err
		}
		return s.paid(ctx, st, lot.ID, winner, opened+8, wait)
	}
}

// objected has a villager object to a result and the station answer before it is settled.
func (s *script) objected(ctx context.Context, st story, lot string, opened int,
	wait func(int, int, int) error) error {
	if err := wait(opened+1, 10, 35); err != nil {
		return err
	}
	id, err := s.Bidding.Object(ctx, identity.Actor{}, event.NewID(), trading.ObjectionForm{
		Lot:    lot,
		Target: trading.AtVillage,
		Name:   "村民壬",
		Phone:  "13800000099",
		Text:   "公告写店铺面积80平方米，我量过没有这么多，租金是不是多算了？请说明按什么面积算租金。",
	}, s.Clock.Now())
	if err != nil {
		return fmt.Errorf("objection: %w", err)
	}
	if err := wait(opened+2, 14, 45); err != nil {
		return err
	}
	_, err = s.Bidding.AnswerObjection(ctx, s.Actors[st.of().station], event.NewID(), id, trading.AnswerForm{
		Version: 1,
		Outcome: trading.Not,
		Answer:  "经管站和村监委会到现场量过：店铺和后面的天井合计80平方米，与公告一致。测量记录可到经管站查看。",
	})
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	return nil
}

// signed settles a result when its days of publicity have passed and has both sign.
func (s *script) signed(ctx context.Context, st story, lot, winner string, settled int,
	wait func(int, int, int) error) error {
	if err := wait(settled, 9, 5); err != nil {
		return err
	}
	if err := s.Bidding.SettleAward(ctx, lot); err != nil {
		return err
	}
	if err := wait(settled, 10, 40); err != nil {
		return err
	}
	if _, err := s.Contracts.Offer(ctx, s.Actors[st.clerk], event.NewID(), lot); err != nil {
		return err
	}
	if err := wait(settled+1, 15, 10); err != nil {
		return err
	}
	_, err := s.Contracts.Sign(ctx, s.Actors[winner], event.NewID(), lot, contracts.SignForm{Version: 1, Agreed: true})
	return err
}

// paid records the first year's rent.
func (s *script) paid(ctx context.Context, st story, lot, winner string, day int,
	wait func(int, int, int) error) error {
	if err := wait(day, 11, 20); err != nil {
		return err
	}
	a, err := s.Data.Trading.Award(ctx, lot)
	if err != nil {
		return err
	}
	_, err = s.Contracts.Receive(ctx, s.Actors[st.of().station], event.NewID(), lot, contracts.VoucherForm{
		Number:     1,
		Amount:     a.Yearly,
		ReceivedOn: s.Days.Today(),
		Serial:     "RENT-" + event.NewID(),
		Account:    accountOf(winner),
	})
	return err
}

// failed is a lot for which nobody registered.
func (s *script) failed(st story, published int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		id, err := s.announced(ctx, st, st.pace(s.diary, published, unhurried, until))
		if err != nil {
			return fmt.Errorf("%s: %w", st.title, err)
		}
		lot, err := s.Data.Trading.Lot(ctx, id, identity.Everywhere)
		if err != nil {
			return err
		}
		if err := until(lot.Board.OpensAt); err != nil {
			return err
		}
		return s.Bidding.OpenLot(ctx, id)
	}
}

// noticed is a lot that is open for registration.
func (s *script) noticed(st story, published int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		_, err := s.announced(ctx, st, st.pace(s.diary, published, unhurried, until))
		return err
	}
}

// registering is one for which the script's bidders have registered; the last of them
// waits for the station.
func (s *script) registering(st story, published int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		id, err := s.announced(ctx, st, st.pace(s.diary, published, unhurried, until))
		if err != nil {
			return fmt.Errorf("%s: %w", st.title, err)
		}
		lot, err := s.Data.Trading.Lot(ctx, id, identity.Everywhere)
		if err != nil {
			return err
		}
		last := st.bidders[len(st.bidders)-1]
		return s.admit(ctx, st, lot, st.bidders, published, s.waits(until), last)
	}
}

// waitsForCommittee is a story whose resolution the committee has still to look at.
func (s *script) waitsForCommittee(st story, published int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		p := st.pace(s.diary, published+5, unhurried, until)
		asset, err := s.registered(ctx, st, p)
		if err != nil {
			return fmt.Errorf("%s: %w", st.title, err)
		}
		if err := p.until(records); err != nil {
			return err
		}
		_, err = s.submitted(ctx, st, asset)
		return err
	}
}

// decided is a story whose notice nobody has begun to draft.
func (s *script) decided(st story, published int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		_, _, err := s.resolved(ctx, st, st.pace(s.diary, published, unhurried, until))
		return err
	}
}

// waitsForStation is a story whose draft has been handed in.
func (s *script) waitsForStation(st story, published int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		_, err := s.drafted(ctx, st, st.pace(s.diary, published, unhurried, until))
		return err
	}
}

// waitsForLeader is one that the station has checked.
func (s *script) waitsForLeader(st story, published int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		p := st.pace(s.diary, published, unhurried, until)
		id, err := s.drafted(ctx, st, p)
		if err != nil {
			return fmt.Errorf("%s: %w", st.title, err)
		}
		if err := p.until(checks); err != nil {
			return err
		}
		return s.check(ctx, st, id)
	}
}

// sentBack is one that the station returned with a reason.
func (s *script) sentBack(st story, published int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		p := st.pace(s.diary, published, unhurried, until)
		id, err := s.drafted(ctx, st, p)
		if err != nil {
			return fmt.Errorf("%s: %w", st.title, err)
		}
		if err := p.until(checks); err != nil {
			return err
		}
		_, err = s.Tendering.ReturnTender(ctx, s.Actors[st.of().station], event.NewID(), id, casework.Return{
			Version: 2,
			Reasons: []fault.Field{
				{Name: "对交易有重大影响的信息", Message: "去年的苗木还有一部分没有移走，请写明由谁、在什么时候移走。"},
				{Name: "特别提示", Message: "请写明取水的渠道每年冬修停水一个月。"},
			},
		})
		return err
	}
}
