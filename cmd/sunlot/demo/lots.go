package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
)

// demoBidder is a bidder by what he is to the village; none is real.
type demoBidder struct {
	login, name string
	claim       trading.Priority
}

// Bidders are for visitors: they may bid in the live lot.
var Bidders = []demoBidder{{"bidder1", "本组村民甲", trading.MemberFirst}, {"bidder2", "外村种植户乙", ""}}

// scriptBidders bid by themselves.
var scriptBidders = []demoBidder{{"script1", "邻村养殖户丙", ""}, {"script2", "镇上合作社丁", ""},
	{"script3", "本组村民戊", trading.MemberFirst}}

// pond is the finished lot.
var pond = story{
	clerk:       "clerk2",
	supervision: "supervision2",
	group:       "松坪村第一村民小组",
	collective:  "松坪村经济合作社",
	asset: trading.AssetForm{Name: "松坪一组山塘", Kind: trading.WaterLand, Location: "松坪村西沟", Area: 1820, Use: "水产养殖，不得污染水源",
		Title: "村民小组农民集体所有，无权属争议，无抵押", LastRent: 28000, LastTenant: "上一承租方",
		Plots: []trading.Plot{{Name: "山塘", Area: 1820, East: "山路", South: "坝", West: "林地", North: "山脊"}}},
	title:      "松坪一组山塘经营权出租公告",
	floor:      30000,
	start:      32000,
	step:       500,
	years:      5,
	priorities: []trading.Priority{trading.MemberFirst},
}

// liveStories are let one after another, one of them always live.
var liveStories = []story{
	liveStory("板栗园", trading.FarmLand, 3200, 36000), liveStory("河滩旱地", trading.FarmLand, 2680, 42000),
	liveStory("果园", trading.FarmLand, 1960, 52000),
}

func liveStory(name string, kind trading.AssetKind, area money.Area, start money.Fen) story {
	return story{
		clerk:       "clerk2",
		supervision: "supervision2",
		group:       "松坪村第一村民小组",
		collective:  "松坪村经济合作社",
		asset: trading.AssetForm{
			Name:       "松坪一组" + name,
			Kind:       kind,
			Location:   "松坪村南岭",
			Area:       area,
			Use:        "按原用途种植和管护，不得改变农业用途",
			Title:      "村民小组农民集体所有，无权属争议，无抵押",
			LastRent:   start - 4000,
			LastTenant: "上一承租方",
			Plots:      []trading.Plot{{Name: name, Area: area, East: "村道", South: "溪", West: "林地", North: "山路"}},
		},
		title:      "松坪一组" + name + "经营权出租公告",
		floor:      start - 2000,
		start:      start,
		step:       100,
		years:      5,
		priorities: []trading.Priority{trading.MemberFirst},
	}
}

// bidders opens the bidders' accounts.
func (s *script) bidders(ctx context.Context) error {
	for _, all := range [][]demoBidder{Bidders, scriptBidders} {
		for _, b := range all {
			_, err := s.Admin.Join(ctx, event.NewID(), identity.JoinForm{
				Name:     b.name,
				Login:    b.login,
				Password: Password,
			})
			if err != nil {
				return fmt.Errorf("%s: %w", b.login, err)
			}
			s.Actors[b.login], err = s.actor(ctx, b.login)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// opened carries a story to its opening: notice, registrations, deposits,
// qualification; the clock jumps to the opening.
func (s *script) opened(ctx context.Context, st story) (trading.Lot, error) {
	id, err := s.announced(ctx, st)
	if err != nil {
		return trading.Lot{}, err
	}
	lot, err := s.Data.Trading.Lot(ctx, id, identity.Everywhere)
	if err != nil {
		return lot, err
	}
	if err := s.admitted(ctx, lot); err != nil {
		return lot, err
	}
	if err := s.Blind.TickIfDue(ctx); err != nil {
		return lot, err
	}
	if err := s.jump(ctx, lot.Board.OpensAt); err != nil {
		return lot, err
	}
	if err := s.Bidding.OpenLot(ctx, id); err != nil {
		return lot, err
	}
	return s.Data.Trading.Lot(ctx, id, identity.Everywhere)
}

// admitted registers all bidders, imports their deposits and qualifies them.
func (s *script) admitted(ctx context.Context, lot trading.Lot) error {
	statement := strings.Builder{}
	statement.WriteString("流水号,交易时间,对方户名,对方账号,收入金额,附言\n")
	var entries []string
	all := append(append([]demoBidder{}, Bidders...), scriptBidders...)
	for i, b := range all {
		form := trading.RegistrationForm{
			Lot:     lot.ID,
			Phone:   fmt.Sprintf("1380000000%d", i),
			Account: fmt.Sprintf("62220000000%04d", i),
			Agreed:  true,
			As:      trading.AsOutsider,
			Claim:   b.claim,
		}
		if b.claim == trading.MemberFirst {
			form.As = trading.AsMember
		}
		if b.claim != "" {
			photos, err := s.Photos(ctx, s.Actors[b.login], trading.Equipment, b.login, 1)
			if err != nil {
				return err
			}
			form.Proof = photos
		}
		id, err := s.Bidding.Register(ctx, s.Actors[b.login], event.NewID(), form, s.Clock.Now())
		if err != nil {
			return fmt.Errorf("%s: %w", b.login, err)
		}
		entries = append(entries, id)
		fmt.Fprintf(&statement, "%s,%s,%s,%s,%s,%s\n", event.NewID(), s.Clock.Now().In(calendar.Beijing).
			Format(time.DateTime),
			b.name, form.Account, strings.ReplaceAll(lot.Deposit.Yuan(), ",", ""), lot.Code)
	}
	if _, err := s.Bidding.ImportStatement(ctx, s.Actors["station"], event.NewID(),
		bidding.StatementForm{File: []byte(statement.String())}); err != nil {
		return err
	}
	for i, id := range entries {
		d := bidding.Decision{Version: 1, Seen: true, Grant: all[i].claim != ""}
		if _, err := s.Bidding.Qualify(ctx, s.Actors["station"], event.NewID(), id, d); err != nil {
			return fmt.Errorf("%s: %w", all[i].login, err)
		}
	}
	return nil
}

// finished carries the pond from its notice to the first year's rent: the member
// matches the leading price in the last minutes and wins.
func (s *script) finished(ctx context.Context) error {
	lot, err := s.opened(ctx, pond)
	if err != nil {
		return fmt.Errorf("pond: %w", err)
	}
	if err := s.auction(ctx, lot); err != nil {
		return fmt.Errorf("pond: %w", err)
	}
	a, err := s.Data.Trading.Award(ctx, lot.ID)
	if err != nil {
		return err
	}
	if err := s.jump(ctx, a.PublicUntil.Add(9*time.Hour)); err != nil {
		return err
	}
	if err := s.Bidding.SettleAward(ctx, lot.ID); err != nil {
		return err
	}
	if _, err := s.Contracts.Offer(ctx, s.Actors[pond.clerk], event.NewID(), lot.ID); err != nil {
		return err
	}
	if _, err := s.Contracts.Sign(ctx, s.Actors["script3"], event.NewID(), lot.ID, contracts.SignForm{
		Version: 1,
		Agreed:  true,
	}); err != nil {
		return err
	}
	if err := s.refunded(ctx, lot.ID); err != nil {
		return err
	}
	_, err = s.Contracts.Receive(ctx, s.Actors["station"], event.NewID(), lot.ID, contracts.VoucherForm{
		Number:     1,
		Amount:     a.Yearly,
		ReceivedOn: s.Days.Today(),
		Serial:     "RENT-" + event.NewID(),
		Account:    "622200000000004",
	})
	return err
}

// unrefunded is whose deposit the station forgot: it shows what overdue looks like.
const unrefunded = "镇上合作社丁"

// refunded pays a finished lot's deposits back, but for the forgotten one.
func (s *script) refunded(ctx context.Context, lot string) error {
	all, _, err := s.Bidding.SeeDeposits(ctx, s.Actors["station"], casework.Query{
		Parent: lot,
		Page:   identity.Page{}.Clip(),
	})
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.State != trading.RefundDue || d.Payer == unrefunded {
			continue
		}
		form := bidding.RefundForm{Version: d.Version, Trace: "TUI-" + event.NewID()}
		if _, err := s.Bidding.RefundDeposit(ctx, s.Actors["station"], event.NewID(), d.ID, form); err != nil {
			return fmt.Errorf("refund of %s: %w", d.Payer, err)
		}
		if _, err := s.Bidding.ConfirmRefund(ctx, s.Actors["stationb"], event.NewID(), d.ID, d.Version+1); err != nil {
			return fmt.Errorf("refund of %s: %w", d.Payer, err)
		}
	}
	return nil
}

// auction plays the pond's hour.
func (s *script) auction(ctx context.Context, lot trading.Lot) error {
	start := lot.Board.OpensAt
	for _, b := range []struct {
		who   string
		after time.Duration
		yuan  money.Fen
		match bool
	}{
		{"script1", 2 * time.Minute, 320, false}, {"script2", 5 * time.Minute, 325, false},
		{"script1", 9 * time.Minute, 340, false},
		{"script3", 15 * time.Minute, 345, false}, {"script2", 27 * time.Minute, 360, false},
		{"script1", 41 * time.Minute, 370, false},
		{"script2", 53 * time.Minute, 380, false}, {"script1", 57 * time.Minute, 395, false},
		{"script2", 60 * time.Minute, 410, false},
		{"script3", 63*time.Minute + 20*time.Second, 410, true},
	} {
		if err := s.jump(ctx, start.Add(b.after)); err != nil {
			return err
		}
		_, err := s.Bidding.PlaceBid(ctx, s.Actors[b.who], event.NewID(), trading.BidForm{
			Lot:   lot.ID,
			Price: b.yuan * 100,
			Match: b.match,
		}, s.Clock.Now())
		if err != nil {
			return err
		}
	}
	if err := s.jump(ctx, start.Add(69*time.Minute)); err != nil {
		return err
	}
	return s.Bidding.CloseLot(ctx, lot.ID)
}
