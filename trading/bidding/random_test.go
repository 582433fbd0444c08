package bidding_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/mode"
	"sunlot/trading/statement"
	"sunlot/trading/tradingtest"
)

// someScenarios are enough to notice what is wrong at once; SUNLOT_SCENARIOS asks for more.
const someScenarios = 40

// TestTheBooksBalance plays what can happen to the money of a lot, at random:
// imports late, early, twice, out of order and by several stations, payments
// reversed, refused, masked, matched by hand, refunded and sent back.
func TestTheBooksBalance(t *testing.T) {
	n := someScenarios
	if said, err := strconv.Atoi(os.Getenv("SUNLOT_SCENARIOS")); err == nil {
		n = said
	}
	const inOneDatabase = 500
	from, _ := strconv.Atoi(os.Getenv("SUNLOT_FIRST_SCENARIO")) // to play one again
	for first := from; first < n; first += inOneDatabase {
		clock := &tradingtest.Clock{}
		clock.Set(tradingtest.Monday)
		v := tradingtest.New(t, storetest.Open(t, store.Config{Dir: t.TempDir(), Clock: clock}), clock)
		pattern := v.Tender(trading.Announced)
		people := []*tradingtest.Bidder{v.Bidder("jia", ""), v.Bidder("yii", ""), v.Bidder("bin", "")}
		for seed := first; seed < min(first+inOneDatabase, n) && !t.Failed(); seed++ {
			clock.Set(tradingtest.Monday.Add(time.Hour))
			tradingtest.Must(t, v.DB.Beat(t.Context(), time.Hour)) // a slow machine is no outage
			s := &scenario{Village: v, t: t, rand: rand.New(rand.NewPCG(uint64(seed), 7)), seed: seed, people: people}
			s.begin(pattern)
			s.play()
		}
		tradingtest.Balance(t, v.DB)
	}
	t.Logf("%d scenarios", n)
}

// scenario is one lot with an account of its own.
type scenario struct {
	*tradingtest.Village
	t       *testing.T
	rand    *rand.Rand
	seed    int
	people  []*tradingtest.Bidder
	tender  trading.Tender
	account string
	entries []string
	rows    []bankRow
	done    []string // what was done, to be told when the books do not balance
}

// bankRow is what the bank has: an amount that came or went.
type bankRow struct {
	statement.Line
	kind statement.Kind
	out  bool // of a payment: the money has left again
}

// begin makes a lot of the pattern, with three registrations and an account.
func (s *scenario) begin(pattern trading.Tender) {
	ctx := s.t.Context()
	var err error
	s.account, err = s.Bidding.OpenAccount(ctx, s.Station, event.NewID(), bidding.AccountForm{
		Number: fmt.Sprintf("3700%012d", s.seed),
		Name:   "专户",
	})
	tradingtest.Must(s.t, err)
	s.tender = pattern
	s.tender.ID = event.NewID()
	s.tender.Lot = event.NewID()
	s.tender.Version = 1
	l := s.Village.Lot(pattern.Lot)
	l.ID = s.tender.Lot
	l.Tender = s.tender.ID
	l.Code = statement.NewCode()
	l.State = trading.Listed
	l.Board = mode.Board{OpensAt: pattern.OpensAt, EndsAt: pattern.OpensAt}
	tradingtest.Must(s.t, s.DB.WorkLot(ctx, func(tx bidding.LotTx) error {
		rows := tx.(interface {
			SaveTender(t trading.Tender) error
			AddLot(l trading.Lot) error
			SaveRegistration(r trading.Registration) error
		})
		if err := rows.SaveTender(s.tender); err != nil {
			return err
		}
		if err := rows.AddLot(l); err != nil {
			return err
		}
		if _, err := tx.Lock(l.Stream()); err != nil {
			return err
		}
		for i, b := range s.people {
			r := trading.Registration{
				ID:       event.NewID(),
				PersonID: b.PersonID,
				Name:     b.Name,
				Path:     l.Path,
				State:    trading.Registered,
				Version:  1,
				RegistrationForm: trading.RegistrationForm{
					As:      trading.AsOutsider,
					Lot:     l.ID,
					Phone:   "13800000000",
					Account: b.Account,
					Agreed:  true,
				},
				RegisteredAt: s.Clock.Now(),
				Commitment:   strings.Repeat(fmt.Sprint(i), 64),
			}
			if err := rows.SaveRegistration(r); err != nil {
				return err
			}
			s.entries = append(s.entries, r.ID)
		}
		return nil
	}))
}

// play takes random steps, and then carries the lot to its end.
func (s *scenario) play() {
	steps := []struct {
		name   string
		weight int
		take   func()
	}{
		{"pay", 6, s.pay}, {"import", 6, s.importSome}, {"reverse", 2, s.reverse}, {"qualify", 4, s.qualify},
		{"refuse", 1, s.refuse}, {"pull", 1, s.pull}, {"refund", 3, s.refund}, {"send back", 1, s.sendBack},
		{"type", 2, s.typeRefund}, {"confirm", 2, s.confirm}, {"reject", 1, s.reject}, {"by hand", 2, s.byHand},
		{"wait", 3, s.wait},
	}
	weights := 0
	for _, step := range steps {
		weights += step.weight
	}
	for range 6 + s.rand.IntN(20) {
		at := s.rand.IntN(weights)
		for _, step := range steps {
			if at -= step.weight; at < 0 {
				s.done = append(s.done, step.name)
				step.take()
				break
			}
		}
		s.pass(time.Duration(s.rand.IntN(300)) * time.Second)
	}
	s.end()
}

func (s *scenario) pass(d time.Duration) {
	s.Clock.Set(s.Clock.Now().Add(d))
	l := s.Village.Lot(s.tender.Lot)
	var err error
	switch now := s.Clock.Now(); {
	case l.State == trading.Listed && !now.Before(l.Board.OpensAt):
		err = s.Bidding.OpenLot(s.t.Context(), l.ID)
	case l.State == trading.Bidding && !now.Before(l.ClosesAt()):
		err = s.Bidding.CloseLot(s.t.Context(), l.ID)
	case l.State == trading.Awarded:
		err = s.Bidding.SettleAward(s.t.Context(), l.ID)
	}
	tradingtest.Must(s.t, err)
}

// wait moves the clock to the next thing that happens, with a bid while there is bidding.
func (s *scenario) wait() {
	l := s.Village.Lot(s.tender.Lot)
	to := s.Clock.Now().Add(24 * time.Hour)
	switch l.State {
	case trading.Listed:
		to = l.Board.OpensAt
		if s.rand.IntN(2) == 0 && s.Clock.Now().Before(l.RegisterUntil) {
			to = l.RegisterUntil
		}
	case trading.Bidding:
		s.Bid(s.people[s.rand.IntN(3)], l.ID, s.Clock.Now(), 41000, false)
		to = s.Village.Lot(l.ID).ClosesAt()
	case trading.Awarded:
		if a, err := s.DB.Award(s.t.Context(), l.ID); err == nil {
			to = a.SettlesAt()
		}
	}
	s.pass(max(0, to.Sub(s.Clock.Now())))
}

// pay is a payment as people make them: their own or another's, whole or not,
// with the code or without, written in one way or another.
func (s *scenario) pay() {
	l, b := s.Village.Lot(s.tender.Lot), s.people[s.rand.IntN(3)]
	line := statement.Line{
		Serial:  fmt.Sprintf("P%dx%d", s.seed, len(s.rows)/2), // the same number comes again on another day
		PaidAt:  s.Clock.Now(),
		Payer:   b.Name,
		Account: b.Account,
		Amount:  l.Deposit,
		Memo:    l.Code + " 保证金",
	}
	switch s.rand.IntN(10) {
	case 0:
		line.Payer = "他人"
	case 1:
		line.Amount--
	case 2:
		line.Memo = "保证金"
	case 3:
		line.Payer = strings.Join(strings.Split(line.Payer, ""), "\u3000")
	case 4:
		line.Account = line.Account[:4] + "****" + line.Account[len(line.Account)-4:]
	case 5:
		line.Account = ""
	}
	for _, r := range s.rows { // no bank gives a number twice on a day
		if r.Serial == line.Serial && r.Day() == line.Day() {
			line.Serial = fmt.Sprintf("P%dx%dx%d", s.seed, len(s.rows), s.rand.IntN(1000))
		}
	}
	s.rows = append(s.rows, bankRow{Line: line, kind: statement.In})
}

// payment is a payment whose money is on the account, or no row.
func (s *scenario) payment(in func(bankRow) bool) *bankRow {
	var some []*bankRow
	for i := range s.rows {
		if r := &s.rows[i]; r.kind == statement.In && in(*r) {
			some = append(some, r)
		}
	}
	if len(some) == 0 {
		return nil
	}
	return some[s.rand.IntN(len(some))]
}

func (s *scenario) reverse() {
	of := s.payment(func(r bankRow) bool { return !r.out })
	if of == nil {
		return
	}
	of.out = true
	line := of.Line
	line.PaidAt = s.Clock.Now().Add(time.Second)
	line.Memo = []string{"冲正 " + of.Memo, "退汇 " + of.Memo, "冲正 原流水 " + of.Serial}[s.rand.IntN(3)]
	line.Serial = fmt.Sprintf("C%dx%d", s.seed, len(s.rows))
	s.rows = append(s.rows, bankRow{Line: line, kind: statement.Undone})
}

// due are the payments that are to go back.
func (s *scenario) due(states ...casework.State) []trading.Deposit {
	list, _, err := s.DB.Deposits(s.t.Context(), casework.Query{
		Scope:  identity.Everywhere,
		States: states,
		Text:   fmt.Sprintf("P%dx", s.seed),
		Page:   identity.Page{Number: 1, Size: identity.MaxPage},
	})
	tradingtest.Must(s.t, err)
	var mine []trading.Deposit
	for _, d := range list {
		if d.Receiving == s.account {
			mine = append(mine, d)
		}
	}
	return mine
}

func (s *scenario) some(states ...casework.State) (d trading.Deposit, found bool) {
	if all := s.due(states...); len(all) > 0 {
		return all[s.rand.IntN(len(all))], true
	}
	return d, false
}

// refund is the bank's row of a refund that is due.
func (s *scenario) refund() {
	d, found := s.some(trading.RefundDue, trading.RefundNoted)
	if !found {
		return
	}
	of := s.payment(func(r bankRow) bool { return !r.out && r.Serial == d.Serial && r.Day() == d.Day() })
	if of == nil {
		return
	}
	of.out = true
	line := of.Line
	line.PaidAt = s.Clock.Now().Add(time.Second)
	line.Serial, line.Memo = fmt.Sprintf("R%dx%d", s.seed, len(s.rows)), "退保证金"
	s.rows = append(s.rows, bankRow{Line: line, kind: statement.Out})
}

// sendBack is the bank's row of a refund that did not arrive.
func (s *scenario) sendBack() {
	d, found := s.some(trading.Refunded)
	if !found {
		return
	}
	of := s.payment(func(r bankRow) bool { return r.out && r.Serial == d.Serial && r.Day() == d.Day() })
	if of == nil {
		return
	}
	of.out = false
	line := of.Line
	line.PaidAt = s.Clock.Now().Add(time.Second)
	line.Serial, line.Memo = fmt.Sprintf("B%dx%d", s.seed, len(s.rows)), "退汇"
	s.rows = append(s.rows, bankRow{Line: line, kind: statement.Back})
}

// file is a statement of rows, in one of the ways in which banks write them.
func (s *scenario) file(rows []bankRow) []byte {
	var b strings.Builder
	b.WriteString("流水号,交易时间,对方户名,对方账号,借方金额,贷方金额,附言\n")
	for _, r := range rows {
		amount := strings.ReplaceAll(r.Amount.Yuan(), ",", "")
		debit, credit := "", amount
		switch {
		case r.kind == statement.Out, r.kind == statement.Undone && len(r.Serial)%2 == 0:
			debit, credit = amount, ""
		case r.kind == statement.Undone:
			credit = "-" + amount
		}
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s,%s\n", r.Serial, r.PaidAt.In(calendar.Beijing).Format(time.DateTime),
			r.Payer,
			r.Account, debit, credit, r.Memo)
	}
	return []byte(b.String())
}

// importSome takes some of the rows in, from anywhere, in any order, by anybody.
func (s *scenario) importSome() {
	if len(s.rows) == 0 {
		return
	}
	rows := append([]bankRow{}, s.rows...)
	if s.rand.IntN(3) == 0 {
		s.rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}
	from := s.rand.IntN(len(rows))
	s.take(rows[from : from+1+s.rand.IntN(len(rows)-from)])
}

func (s *scenario) take(rows []bankRow) bidding.Import {
	who := []identity.Actor{s.Station, s.Colleague, s.County}[s.rand.IntN(3)]
	id, err := s.Bidding.ImportStatement(s.t.Context(), who, event.NewID(), bidding.StatementForm{
		Account: s.account,
		File:    s.file(rows),
	})
	if err != nil {
		s.t.Fatalf("scenario %d, %v: %v", s.seed, s.done, err)
	}
	i, err := s.Bidding.SeeImport(s.t.Context(), who, id)
	tradingtest.Must(s.t, err)
	if i.Refused() > 0 || i.Total != i.Taken()+i.Known()+i.Reversed()+i.Skipped() || i.DoneAt.IsZero() {
		s.t.Errorf("scenario %d: %+v", s.seed, i)
	}
	return i
}

// refused says that an act was carried out or refused in words.
func (s *scenario) refused(err error) {
	if !tradingtest.Untouched(err) {
		s.t.Errorf("scenario %d, %v: %v", s.seed, s.done, err)
	}
}

func (s *scenario) entry() trading.Registration {
	r, err := s.DB.Registration(s.t.Context(), s.entries[s.rand.IntN(3)], identity.Everywhere)
	tradingtest.Must(s.t, err)
	return r
}

func (s *scenario) qualify() {
	r := s.entry()
	_, err := s.Bidding.Qualify(s.t.Context(), s.Station, event.NewID(), r.ID,
		bidding.Decision{Version: r.Version, Seen: true, Reason: "已核对"})
	s.refused(err)
}

func (s *scenario) refuse() {
	r := s.entry()
	_, err := s.Bidding.RefuseRegistration(s.t.Context(), s.Station, event.NewID(), r.ID,
		bidding.Decision{Version: r.Version, Reason: "不符"})
	s.refused(err)
}

func (s *scenario) pull() {
	r := s.entry()
	for _, b := range s.people {
		if b.PersonID == r.PersonID {
			_, err := s.Bidding.PullRegistration(s.t.Context(), b.Actor, event.NewID(), r.ID, r.Version, s.Clock.Now())
			s.refused(err)
		}
	}
}

func (s *scenario) typeRefund() {
	if d, found := s.some(trading.RefundDue); found {
		_, err := s.Bidding.RefundDeposit(s.t.Context(), s.Station, event.NewID(), d.ID,
			bidding.RefundForm{Version: d.Version, Trace: fmt.Sprintf("T%d", s.rand.IntN(20))})
		s.refused(err)
	}
}

func (s *scenario) confirm() {
	if d, found := s.some(trading.RefundNoted); found {
		take := s.Bidding.ConfirmRefund
		if s.rand.IntN(3) == 0 {
			take = s.Bidding.DenyRefund
		}
		_, err := take(s.t.Context(), s.Colleague, event.NewID(), d.ID, d.Version)
		s.refused(err)
	}
}

func (s *scenario) reject() {
	if d, found := s.some(trading.Received); found {
		_, err := s.Bidding.RejectDeposit(s.t.Context(), s.Station, event.NewID(), d.ID, d.Version)
		s.refused(err)
	}
}

func (s *scenario) byHand() {
	d, found := s.some(trading.Received)
	if !found {
		return
	}
	_, err := s.Bidding.ProposeMatch(s.t.Context(), s.Station, event.NewID(), d.ID, bidding.HandForm{
		Version:      d.Version,
		Registration: s.entry().ID,
		Reason:       "户口簿载明",
	})
	s.refused(err)
	if err == nil && s.rand.IntN(4) > 0 {
		_, err := s.Bidding.ConfirmMatch(s.t.Context(), s.Colleague, event.NewID(), d.ID, d.Version+1)
		s.refused(err)
	}
}

// end takes everything in twice, carries the lot to its end, takes everything in
// once more, and looks at the books after each.
func (s *scenario) end() {
	if len(s.rows) > 0 {
		s.take(s.rows)
		if i := s.take(s.rows); i.Taken()+i.Reversed() > 0 {
			s.t.Errorf("scenario %d, %v: the same again takes %+v", s.seed, s.done, i)
		}
	}
	for range 4 {
		s.wait()
	}
	if len(s.rows) > 0 {
		s.take(s.rows)
	}
	s.once()
	s.stuck()
	if s.t.Failed() {
		s.t.Fatalf("scenario %d: %v", s.seed, s.done)
	}
}

// once: every payment that the bank has is there, and once.
func (s *scenario) once() {
	there := map[string]int{}
	for _, d := range s.due() {
		there[d.Serial+string(d.Day())]++
	}
	for _, r := range s.rows {
		if n := there[r.Serial+string(r.Day())]; r.kind == statement.In && n != 1 {
			s.t.Errorf("scenario %d: the payment %s is there %d times", s.seed, r.Serial, n)
		}
	}
}

// stuck: when the lot is over, what is held is the winner's, and nothing waits that names the lot.
func (s *scenario) stuck() {
	l := s.Village.Lot(s.tender.Lot)
	if l.State != trading.Failed && l.State != trading.Awarded {
		s.t.Errorf("scenario %d: the lot is %s", s.seed, l.State)
	}
	a, _ := s.DB.Award(s.t.Context(), l.ID)
	for _, d := range s.due(trading.Matched, trading.Held, trading.Received) {
		if d.Lot == l.ID && (d.Registration == "" || d.Registration != a.Registration) {
			s.t.Errorf("scenario %d, %v: the lot is over and %s is %s: %+v", s.seed, s.done, d.Serial, d.State, d)
		}
	}
}
