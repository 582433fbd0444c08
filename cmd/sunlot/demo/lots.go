package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
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
	{"script3", "本组村民戊", trading.MemberFirst}, {"script4", "外镇养殖户癸", ""}}

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

// open opens a lot whose hour has come.
func (s *script) open(ctx context.Context, id string) (trading.Lot, error) {
	if err := s.Bidding.OpenLot(ctx, id); err != nil {
		return trading.Lot{}, err
	}
	return s.Data.Trading.Lot(ctx, id, identity.Everywhere)
}

// who is a bidder by login.
func who(login string) demoBidder {
	for _, b := range append(slices.Clone(Bidders), scriptBidders...) {
		if b.login == login {
			return b
		}
	}
	return demoBidder{}
}

// accountOf is a bidder's bank account.
func accountOf(login string) string {
	return fmt.Sprintf("622200000%06d", slices.Index(everybody(), login))
}

// entered is somebody who has registered, and what his deposit's line in the
// bank's statement says.
type entered struct {
	demoBidder
	id, line string
}

// register has a bidder register; he pays at once.
func (s *script) register(ctx context.Context, lot trading.Lot, login string, priorities bool) (entered, error) {
	b := who(login)
	form := trading.RegistrationForm{
		Lot:     lot.ID,
		Phone:   fmt.Sprintf("138%08d", slices.Index(everybody(), login)),
		Account: accountOf(login),
		Agreed:  true,
		As:      trading.AsOutsider,
	}
	if b.claim != "" && priorities {
		form.As, form.Claim = trading.AsMember, b.claim
		photos, err := s.Photos(ctx, s.Actors[login], trading.Equipment, login+" "+lot.Code, 1)
		if err != nil {
			return entered{}, err
		}
		form.Proof = photos
	}
	id, err := s.Bidding.Register(ctx, s.Actors[login], event.NewID(), form, s.Clock.Now())
	if err != nil {
		return entered{}, fmt.Errorf("%s: %w", login, err)
	}
	b.claim = form.Claim
	line := fmt.Sprintf("%s,%s,%s,%s,%s,%s\n", event.NewID(), s.Clock.Now().In(calendar.Beijing).Format(time.DateTime),
		b.name, form.Account, strings.ReplaceAll(lot.Deposit.Yuan(), ",", ""), lot.Code)
	return entered{b, id, line}, nil
}

// admit has bidders register on the second and third day of the notice, imports their
// deposits then and qualifies them, but for those who are still to wait for the station.
func (s *script) admit(ctx context.Context, st story, lot trading.Lot, logins []string, published int,
	wait func(day, hour, minute int) error, waiting ...string) error {
	statement := "流水号,交易时间,对方户名,对方账号,收入金额,附言\n"
	var all []entered
	for i, login := range logins {
		if err := wait(published+2+i/3, []int{9, 11, 14}[i%3], 22+st.minutes()); err != nil {
			return err
		}
		e, err := s.register(ctx, lot, login, len(st.priorities) > 0 && st.town == nil)
		if err != nil {
			return err
		}
		all, statement = append(all, e), statement+e.line
	}
	station := s.Actors[st.of().station]
	if err := wait(published+3, 15, 10+st.minutes()%9); err != nil {
		return err
	}
	if err := s.Blind.TickIfDue(ctx); err != nil {
		return err
	}
	if _, err := s.Bidding.ImportStatement(ctx, station, event.NewID(),
		bidding.StatementForm{File: []byte(statement)}); err != nil {
		return err
	}
	for i, e := range all {
		if slices.Contains(waiting, e.login) {
			continue
		}
		if err := wait(published+3, 15, 30+5*i); err != nil {
			return err
		}
		d := bidding.Decision{Version: 1, Seen: true, Grant: e.claim != ""}
		if _, err := s.Bidding.Qualify(ctx, station, event.NewID(), e.id, d); err != nil {
			return fmt.Errorf("%s: %w", e.login, err)
		}
	}
	return nil
}

// unrefunded is whose refund was sent back, since its number was wrong, and was not done
// again: it shows what overdue looks like.
const unrefunded = "镇上合作社丁"

// refunded pays a lot's deposits back: one of the station notes in the morning what the
// other confirms in the afternoon, or sends back.
func (s *script) refunded(ctx context.Context, t town, lot string, wait func(hour, minute int) error,
	forgotten string) error {
	first, second := s.Actors[t.station], s.Actors[t.second]
	all, _, err := s.Bidding.SeeDeposits(ctx, first, casework.Query{Parent: lot, Page: identity.Page{}.Clip()})
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(d trading.Deposit) bool {
		return d.State != trading.RefundDue
	})
	for i, d := range all {
		if err := wait(9, 40+4*i); err != nil {
			return err
		}
		form := bidding.RefundForm{Version: d.Version, Trace: "TUI-" + event.NewID()}
		if _, err := s.Bidding.RefundDeposit(ctx, first, event.NewID(), d.ID, form); err != nil {
			return fmt.Errorf("refund of %s: %w", d.Payer, err)
		}
	}
	for i, d := range all {
		if err := wait(15, 20+4*i); err != nil {
			return err
		}
		decide := s.Bidding.ConfirmRefund
		if d.Payer == forgotten {
			decide = s.Bidding.DenyRefund
		}
		if _, err := decide(ctx, second, event.NewID(), d.ID, d.Version+1); err != nil {
			return fmt.Errorf("refund of %s: %w", d.Payer, err)
		}
	}
	return nil
}

// offer is a bid of somebody, so long after the opening.
type offer struct {
	who   string
	after time.Duration
	yuan  money.Fen
	match bool
}

// pondsHour is the pond's: the member matches the leading price in the last minutes
// and wins.
var pondsHour = []offer{
	{"script1", 2 * time.Minute, 320, false}, {"script2", 5 * time.Minute, 325, false},
	{"script1", 9 * time.Minute, 340, false}, {"script3", 15 * time.Minute, 345, false},
	{"script2", 27 * time.Minute, 360, false}, {"script1", 41 * time.Minute, 370, false},
	{"script2", 53 * time.Minute, 380, false}, {"script1", 57 * time.Minute, 395, false},
	{"script2", 60 * time.Minute, 410, false}, {"script3", 63*time.Minute + 20*time.Second, 410, true},
}

// shopsHour is the shop's, whose two bidders soon have it between them.
var shopsHour = []offer{
	{"script2", 3 * time.Minute, 12, false}, {"script1", 8 * time.Minute, 13, false},
	{"script2", 21 * time.Minute, 15, false}, {"script1", 34 * time.Minute, 16, false},
	{"script2", 46 * time.Minute, 17, false},
}

// auction plays an hour and closes the lot.
func (s *script) auction(ctx context.Context, lot trading.Lot, offers []offer, until func(time.Time) error) error {
	start := lot.Board.OpensAt
	for _, b := range offers {
		if err := until(start.Add(b.after)); err != nil {
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
	if err := until(start.Add(69 * time.Minute)); err != nil {
		return err
	}
	return s.Bidding.CloseLot(ctx, lot.ID)
}
