package tradingdb_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/mode"
	"sunlot/trading/statement"
	"sunlot/trading/tendering"
)

// lotTx is every transaction of what follows a notice at once.
type lotTx interface {
	bidding.ListingTx
	tendering.Tx
	bidding.RegistrationTx
	bidding.StatementTx
	bidding.LotTx
	contracts.Tx
}

// work runs fn as an act of the clock.
func work(t testing.TB, db *storetest.DB, fn func(lotTx) error) error {
	t.Helper()
	return db.WorkLot(t.Context(), func(tx bidding.LotTx) error { return fn(tx.(lotTx)) })
}

func pondLot() trading.Lot {
	return trading.Lot{
		ID:     "l1",
		Tender: "n1",
		Place:  1,
		Path:   "/c/t1/v1/g1/",
		Code:   "BDABCDEFGH",
		State:  trading.Listed,
		Mode:   mode.Usual,
		Basis:  trading.Basis{Size: 3860, Years: 5},
		Terms: mode.Ascending{
			Start:     40000,
			Step:      1000,
			MostSteps: 10,
			Free:      mode.Seconds(time.Hour),
			Window:    mode.Seconds(5 * time.Minute),
			Extend:    mode.Seconds(4 * time.Minute),
		}.Terms(),
		Deposit:       154400,
		RegisterUntil: storetest.Minute.Add(-time.Hour),
		Board:         mode.Board{OpensAt: storetest.Minute, EndsAt: storetest.Minute},
	}
}

func registration(n int) trading.Registration {
	return trading.Registration{
		ID:           fmt.Sprintf("q%d", n),
		PersonID:     []string{"clerk1", "rep1", "rep2", "clerk2", "past"}[n],
		Name:         "示范",
		Path:         "/c/t1/",
		State:        trading.Registered,
		Version:      1,
		RegisteredAt: storetest.Minute.Add(time.Duration(n) * time.Second),
		Commitment:   storetest.Hash('c'),
		Salt:         storetest.Hash('5'),
		Promise:      "promise\n",
		RegistrationForm: trading.RegistrationForm{Lot: "l1", Phone: "13800000000", Account: fmt.Sprintf("6222%08d", n),
			Claim: trading.MemberFirst, Proof: []string{storetest.Hash('p')}, Agreed: true},
	}
}

func payment(n int) trading.Deposit {
	return trading.Deposit{
		ID:         fmt.Sprintf("d%d", n),
		Path:       "/c/t1/",
		Receiving:  "b1",
		State:      trading.Received,
		Version:    1,
		ImportedBy: "clerk1",
		Problem:    "附言里没有转账附言码",
		Line: statement.Line{
			Serial:  fmt.Sprintf("S%d", n),
			PaidAt:  storetest.Minute.Add(time.Duration(n) * time.Second),
			Payer:   "示范",
			Account: fmt.Sprintf("6222%08d", n),
			Amount:  154400,
			Memo:    "BDABCDEFGH 保证金",
		},
	}
}

func award() trading.Award {
	return trading.Award{
		Lot:          "l1",
		Tender:       "n1",
		Path:         "/c/t1/v1/g1/",
		State:        trading.Publicised,
		Version:      1,
		Registration: "q1",
		PersonID:     "rep1",
		Number:       "1234",
		Name:         "示范",
		Priority:     true,
		Price:        41000,
		Yearly:       1582600,
		Whole:        7913000,
		LastYearly:   1351000,
		StartYearly:  1544000,
		Basis:        trading.Basis{Size: 3860, Years: 5},
		AwardedAt:    storetest.Minute,
		PublicUntil:  storetest.Minute.Add(72 * time.Hour),
		Firm:         true,
		Event:        event.Ref{Stream: "lot:l1", Seq: 4},
	}
}

func objection() trading.Objection {
	return trading.Objection{
		ID:       "o1",
		Path:     "/c/t1/v1/g1/",
		State:    trading.Raised,
		Version:  1,
		RaisedAt: storetest.Minute,
		AnswerBy: "2026-11-28",
		ObjectionForm: trading.ObjectionForm{Lot: "l1", Target: trading.AtVillage, Name: "某人", Phone: "13900000000",
			Text: "价格低"},
		Event: event.Ref{Stream: "lot:l1", Seq: 5},
	}
}

func lease() contracts.Contract {
	return contracts.Contract{
		Lot:      "l1",
		Tender:   "n1",
		Path:     "/c/t1/v1/g1/",
		State:    contracts.Offered,
		Version:  1,
		Number:   "SL-1",
		Lessor:   "东村经济合作社",
		Lessee:   "示范",
		PersonID: "rep1",
		Bidder:   "1234",
		Price:    41000,
		Basis:    trading.Basis{Size: 3860, Years: 5},
		Yearly:   1582600,
		Whole:    7913000,
		StartsOn: "2027-01-01",
		EndsOn:   "2031-12-31",
		Use:      "养殖",
		Document: storetest.Hash('x'),
		SignBy:   "2026-12-20",
	}
}

// keep is work on the lot n1 and what came into the accounts, whose streams are locked.
func keep(t testing.TB, db *storetest.DB, fn func(lotTx) error) error {
	t.Helper()
	return work(t, db, func(tx lotTx) error {
		for _, s := range []event.Stream{"account:b1", "account:b2", "lot:l1", "lot:n9"} {
			if _, err := tx.Lock(s); err != nil {
				return err
			}
		}
		return fn(tx)
	})
}

// eachLot runs on the pond's lot with three registrations, of rep1, rep2 and clerk2.
func eachLot(t *testing.T, run func(t *testing.T, db *storetest.DB, clock *storetest.HandClock)) {
	t.Helper()
	eachTrade(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		storetest.Must(t, keep(t, db, func(tx lotTx) error {
			return errors.Join(tx.SaveAccount(receiving("b1", "36001234567890")),
				tx.SaveAccount(receiving("b2", "36001234567891")), tx.AddLot(pondLot()),
				tx.SaveRegistration(registration(1)), tx.SaveRegistration(registration(2)),
				tx.SaveRegistration(registration(3)))
		}))
		run(t, db, clock)
	})
}

func TestWhatFollowsANoticeComesBackAsItWent(t *testing.T) {
	t.Parallel()
	eachLot(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		l, r, d, a, o, c := pondLot(), registration(1), payment(1), award(), objection(), lease()
		p := []contracts.Payment{{
			Lot:    "l1",
			Number: 1,
			DueOn:  "2026-12-30",
			Due:    1582600,
		}, {Lot: "l1", Number: 2, DueOn: "2028-03-01", Due: 1582600}}
		v := contracts.Voucher{
			ID:         "u1",
			Lot:        "l1",
			RecordedBy: "clerk1",
			RecordedAt: storetest.Minute,
			Event:      event.Ref{Stream: "contract:l1", Seq: 3},
			VoucherForm: contracts.VoucherForm{
				Number:     1,
				Amount:     5,
				ReceivedOn: "2026-12-29",
				Serial:     "Z1",
				Account:    "6222",
				Photo:      storetest.Hash('f'),
			},
		}
		l.Title, l.OwnerName = "门前塘", "东村一组"
		r.LotTitle = l.Title
		a.LotTitle = l.Title
		c.Title = l.Title
		save := func() {
			t.Helper()
			storetest.Must(t, keep(t, db, func(tx lotTx) error {
				_, errL := tx.Lot("l1", storetest.East)
				return errors.Join(errL, tx.SaveLot(l), tx.SaveRegistration(r), tx.SaveDeposit(d), tx.SaveAward(a),
					tx.SaveObjection(o), tx.SaveContract(c))
			}))
		}
		r.Version = 2
		save()
		storetest.Must(t, work(t, db, func(tx lotTx) error { return errors.Join(tx.AddSchedule(p), tx.AddVoucher(v)) }))
		check := func() {
			t.Helper()
			gotL, err1 := db.Lot(t.Context(), "l1", storetest.East)
			gotR, err2 := db.Registration(t.Context(), "q1", storetest.East)
			gotD, err3 := db.Deposit(t.Context(), "d1", storetest.East)
			gotA, err4 := db.Award(t.Context(), "l1")
			gotO, err5 := db.Objection(t.Context(), "o1", storetest.East)
			gotC, err6 := db.Contract(t.Context(), "l1")
			storetest.Must(t, errors.Join(err1, err2, err3, err4, err5, err6))
			storetest.Same(t, "lot", gotL, l)
			storetest.Same(t, "registration", gotR, r)
			storetest.Same(t, "deposit", gotD, d)
			storetest.Same(t, "award", gotA, a)
			storetest.Same(t, "objection", gotO, o)
			storetest.Same(t, "contract", gotC, c)
		}
		check()
		later := storetest.Minute.Add(time.Hour)
		l.State = trading.Bidding
		l.Bidders = 2
		l.Event = event.Ref{Stream: "lot:l1", Seq: 1}
		l.RegisterUntil = later
		l.Board = mode.Board{
			OpensAt: later,
			EndsAt:  later.Add(time.Hour),
			Bids:    3,
			Leading: mode.Offer{Bidder: "1234", Rank: 1, Price: 41000, Match: true, At: later},
			Own:     `{"round":2}`,
		}
		l.Next, l.Ticks = later.Add(time.Minute), 2
		r.State = trading.Qualified
		r.Version = 3
		r.Rank = 1
		r.Number = "1234"
		r.DecidedBy = "clerk1"
		r.DecidedAt = later
		r.Reason = "齐全"
		r.Claim = ""
		r.Proof = nil
		d.State = trading.Refunded
		d.Version = 2
		d.Lot = "l1"
		d.LotTitle = l.Title
		d.Registration = "q1"
		d.Problem = ""
		d.MatchedAt = later
		d.HeldAt = later
		d.DueAt = later
		d.RefundBy = "2026-12-07"
		d.RefundedAt = later
		d.RefundedBy = "clerk1"
		d.RefundTrace = "R1"
		a.State = trading.Settled
		a.Version = 2
		a.SettledAt = later
		a.Priority = false
		o.State = trading.Answered
		o.Version = 2
		o.Public = "价格低"
		o.Withheld = "有个人信息"
		o.Outcome = trading.Founded
		o.Ruling = trading.Void
		o.Reason = "重新组织"
		o.DecideBy = "2026-12-01"
		o.DecidedAt = later
		o.DecidedBy = "clerk1"
		o.Answer = "符合决议"
		o.AnsweredAt = later
		o.AnsweredBy = "clerk1"
		o.Event.Seq = 6
		c.State = contracts.Signed
		c.Version = 2
		c.OfferedBy = "clerk1"
		c.OfferedAt = later
		c.SignedAt = later
		c.Event = event.Ref{
			Stream: "contract:l1",
			Seq:    2,
		}
		save()
		check()
		p[0].Received = 5
		storetest.Must(t, work(t, db, func(tx lotTx) error {
			gotC, err1 := tx.Contract("l1", storetest.East)
			gotP, err2 := tx.Payment("l1", 1)
			gotA, err3 := tx.Award("l1")
			storetest.Same(t, "contract", gotC, c)
			storetest.Same(t, "payment", gotP, contracts.Payment{
				Lot:    "l1",
				Number: 1,
				DueOn:  "2026-12-30",
				Due:    1582600,
			})
			storetest.Same(t, "award", gotA, a)
			return errors.Join(err1, err2, err3, tx.SavePayment(p[0]))
		}))
		gotP, err1 := db.Schedule(t.Context(), "l1")
		gotV, err2 := db.Vouchers(t.Context(), "l1")
		storetest.Must(t, errors.Join(err1, err2))
		storetest.Same(t, "schedule", gotP, p)
		storetest.Same(t, "vouchers", gotV, []contracts.Voucher{v})
		n, err := db.Tender(t.Context(), "n1", storetest.East)
		if err != nil || n.Lot != "l1" || n.LotState != trading.Bidding || n.LeadingPrice != 41000 ||
			!n.EndsAt.Equal(later.Add(time.Hour)) {
			t.Errorf("the tender does not tell of its lot: %v", n)
		}
	})
}

func TestBiddingConstraints(t *testing.T) {
	t.Parallel()
	eachLot(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		numbered := func(n, version int) trading.Registration {
			r := registration(n)
			r.Version = version
			r.State = trading.Qualified
			r.Number = "1234"
			return r
		}
		matched := func(n int) trading.Deposit {
			d := payment(n)
			d.State = trading.Matched
			d.Lot = "l1"
			d.Registration = "q1"
			return d
		}
		other := letting()
		other.ID = "n2"
		storetest.Must(t, keep(t, db, func(tx lotTx) error {
			return errors.Join(tx.SaveTender(other), tx.SaveRegistration(numbered(1, 2)),
				tx.SaveDeposit(matched(1)), tx.SaveAward(award()), tx.SaveContract(lease()),
				tx.AddSchedule([]contracts.Payment{{Lot: "l1", Number: 1}}),
				tx.AddVoucher(contracts.Voucher{
					ID:          "u1",
					Lot:         "l1",
					VoucherForm: contracts.VoucherForm{Number: 1, Serial: "Z1"},
				}))
		}))
		again := func(n int, id string) trading.Registration { r := registration(n); r.ID = id; return r }
		voucher := func(number int, serial string) contracts.Voucher {
			return contracts.Voucher{
				ID:          "u2",
				Lot:         "l1",
				VoucherForm: contracts.VoucherForm{Number: number, Serial: serial},
			}
		}
		for name, c := range map[string]struct {
			save func(lotTx) error
			want fault.Code // empty: a mistake of the program, which the database refuses
		}{
			"a second registration that stands": {func(tx lotTx) error {
				return tx.SaveRegistration(again(1, "q9"))
			}, fault.Conflict},
			"a bidder's number of another": {func(tx lotTx) error {
				return tx.SaveRegistration(numbered(2, 2))
			}, fault.Conflict},
			"a registration in no lot": {func(tx lotTx) error {
				r := registration(4)
				r.Lot = "n9"
				return tx.SaveRegistration(r)
			}, ""},
			"a second deposit": {func(tx lotTx) error {
				return tx.SaveDeposit(matched(2))
			}, fault.Conflict},
			"a serial of the same account and day": {func(tx lotTx) error {
				d := payment(2)
				d.Serial = " s1"
				return tx.SaveDeposit(d)
			}, fault.Conflict},
			"a code of another lot": {func(tx lotTx) error {
				l := pondLot()
				l.ID = "n2"
				return tx.AddLot(l)
			}, ""},
			"a lot without a tender": {func(tx lotTx) error {
				l := pondLot()
				l.ID, l.Code = "n3", "BDX"
				return tx.AddLot(l)
			}, ""},
			"a second lot of the tender": {func(tx lotTx) error {
				l := pondLot()
				l.Code = "BDX"
				return tx.AddLot(l)
			}, ""},
			"a second award":    {func(tx lotTx) error { return tx.SaveAward(award()) }, ""},
			"a second contract": {func(tx lotTx) error { return tx.SaveContract(lease()) }, ""},
			"a payment twice": {func(tx lotTx) error {
				return tx.AddSchedule([]contracts.Payment{{
					Lot:    "l1",
					Number: 1,
				}})
			}, ""},
			"the bank's number again": {func(tx lotTx) error {
				return tx.AddVoucher(voucher(1, "Z1"))
			}, fault.Conflict},
			"rent of no payment":       {func(tx lotTx) error { return tx.AddVoucher(voucher(2, "Z2")) }, ""},
			"a lot that is not locked": {func(tx lotTx) error { return tx.SaveLot(pondLot()) }, ""},
			"a registration whose lot is not locked": {func(tx lotTx) error {
				return tx.SaveRegistration(again(1, "q8"))
			}, ""},
			"a deposit of which nothing is locked": {func(tx lotTx) error { return tx.SaveDeposit(payment(9)) }, ""},
			"a payment that is not locked": {func(tx lotTx) error {
				return tx.SavePayment(contracts.Payment{
					Lot:    "l1",
					Number: 1,
				})
			}, ""},
			"an outdated deposit": {func(tx lotTx) error {
				d := matched(1)
				d.Version = 3
				return tx.SaveDeposit(d)
			}, fault.Conflict},
		} {
			run := keep
			if strings.Contains(name, "locked") {
				run = work
			}
			if err := run(t, db, c.save); err == nil || fault.CodeOf(err) != c.want &&
				!(c.want == "" && fault.CodeOf(err) == fault.Internal) {
				t.Errorf("%s: %v", name, err)
			}
		}
		pulled := numbered(1, 3)
		pulled.State = trading.RegistrationPulled
		elsewhere := payment(2)
		elsewhere.Receiving, elsewhere.Serial = "b2", "S1"
		tomorrow := payment(3)
		tomorrow.Serial, tomorrow.PaidAt = "S1", tomorrow.PaidAt.AddDate(0, 0, 1)
		storetest.Must(t, keep(t, db, func(tx lotTx) error {
			return errors.Join(tx.SaveRegistration(pulled), tx.SaveRegistration(again(1, "q9")),
				tx.SaveDeposit(elsewhere), tx.SaveDeposit(tomorrow), tx.AddVoucher(voucher(1, "Z2")))
		}))
		if r, err := db.RegistrationIn(t.Context(), "l1", "rep1"); err != nil || r.ID != "q9" {
			t.Errorf("the registration that stands: %v, %v", r.ID, err)
		}
	})
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	t.Parallel()
	eachLot(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		storetest.Must(t, keep(t, db, func(tx lotTx) error {
			return errors.Join(tx.SaveDeposit(payment(1)), tx.SaveAward(award()), tx.SaveObjection(objection()),
				tx.SaveContract(lease()))
		}))
		storetest.Must(t, work(t, db, func(tx lotTx) error {
			for _, id := range []string{"", "none", "村", "n 1", strings.Repeat("n", 70), "l1", "q1", "d1", "o1"} {
				ctx := t.Context()
				_, lot := db.Lot(ctx, id, storetest.West)
				_, lotIn := tx.Lot(id, storetest.West)
				_, code := tx.LotByCode("BDABCDEFGH"+id, storetest.East)
				_, coded := tx.LotByCode("BDABCDEFGH", storetest.West)
				_, registration := db.Registration(ctx, id, storetest.West)
				_, registrationIn := tx.Registration(id, storetest.West)
				_, of := tx.RegistrationOf(id, "past")
				_, in := db.RegistrationIn(ctx, id, "past")
				_, imported := tx.Import(id, storetest.East)
				_, importedOf := db.ImportByID(ctx, id, storetest.East)
				_, account := tx.Account(id)
				_, withdrawn := tx.WithdrawalByID(id, storetest.East)
				_, deposit := db.Deposit(ctx, id, storetest.West)
				_, depositIn := tx.Deposit(id, storetest.West)
				_, depositOf := tx.DepositOf(id)
				_, award := db.Award(ctx, "x"+id)
				_, awardIn := tx.Award("x" + id)
				_, objection := db.Objection(ctx, id, storetest.West)
				_, objectionIn := tx.Objection(id, storetest.West)
				_, contract := db.Contract(ctx, "x"+id)
				_, contractIn := tx.Contract(id, storetest.West)
				_, rent := tx.Payment(id, 1)
				for i, err := range []error{lot, lotIn, code, coded, registration, registrationIn, of, in, imported,
					importedOf, account, withdrawn,
					deposit, depositIn, depositOf, award,
					awardIn, objection, objectionIn, contract, contractIn, rent} {
					if fault.CodeOf(err) != fault.NotFound && !(i == 2 && id == "") {
						t.Errorf("%q: look-up %d: %v", id, i, err)
					}
				}
			}
			return nil
		}))
	})
}

func depositID(d trading.Deposit) string { return d.ID }

func TestListsOfWhatFollowsANotice(t *testing.T) {
	t.Parallel()
	eachLot(t, func(t *testing.T, db *storetest.DB, clock *storetest.HandClock) {
		due := func(n int, by string) trading.Deposit {
			d := payment(n)
			d.State, d.RefundBy = trading.RefundDue, "2026-12-0"+"7"
			if by != "" {
				d.RefundBy = "2026-12-01"
			}
			return d
		}
		known := payment(4)
		known.State = trading.Matched
		known.Lot = "l1"
		known.Registration = "q2"
		o := objection()
		storetest.Must(t, keep(t, db, func(tx lotTx) error {
			return errors.Join(tx.SaveDeposit(payment(1)), tx.SaveDeposit(due(2, "")),
				tx.SaveDeposit(due(3, "soon")), tx.SaveDeposit(known), tx.SaveDeposit(payment(5)))
		}))
		ctx := t.Context()
		check := func(what, got string, err error, want string) {
			t.Helper()
			if err != nil || got != want {
				t.Errorf("%s: %q, want %q, %v", what, got, want, err)
			}
		}
		deposits, _, err := db.Deposits(ctx, casework.Query{Scope: storetest.East})
		check("deposits", storetest.IDs(deposits, depositID), err, "d3 d2 d5 d4 d1")
		deposits, _, err = db.Deposits(ctx, casework.Query{Scope: storetest.East, Parent: "l1"})
		check("a lot's deposits", storetest.IDs(deposits, depositID), err, "d4")
		deposits, _, err = db.Deposits(ctx, casework.Query{
			Scope:  storetest.East,
			Text:   "s2",
			States: []casework.State{trading.RefundDue},
		})
		check("searched deposits", storetest.IDs(deposits, depositID), err, "d2")
		deposits, _, err = db.Deposits(ctx, casework.Query{Scope: storetest.West})
		check("deposits elsewhere", storetest.IDs(deposits, depositID), err, "")
		registered := func(r trading.Registration) string { return r.ID }
		registrations, _, err := db.Registrations(ctx, casework.Query{Scope: storetest.East, Parent: "l1"})
		check("registrations", storetest.IDs(registrations, registered), err, "q1 q2 q3")
		registrations, _, err = db.RegistrationsOf(ctx, "rep2", identity.Page{})
		check("own registrations", storetest.IDs(registrations, registered), err, "q2")
		deposits, err = db.DepositsOf(ctx, "q2")
		check("a registration's deposits", storetest.IDs(deposits, depositID), err, "d4")
		storetest.Must(t, work(t, db, func(tx lotTx) error {
			waiting, err := tx.Unmatched("b1", "", 10)
			check("unmatched", storetest.IDs(waiting, depositID), err, "d1 d5")
			waiting, err = tx.Unmatched("b1", "d1", 10)
			check("unmatched after one", storetest.IDs(waiting, depositID), err, "d5")
			same, err := tx.Payments("b1", 154400, payment(3).PaidAt)
			check("of the same sum until then", storetest.IDs(same, depositID), err, "d3 d2 d1")
			of, err := tx.Deposits("l1")
			check("a lot's deposits", storetest.IDs(of, depositID), err, "d4")
			all, err := tx.Registrations("l1")
			check("a lot's registrations", storetest.IDs(all, registered), err, "q1 q2 q3")
			seen, err := tx.KnownPayment("b1", payment(1).Line)
			check("known", seen.ID, err, "d1")
			_, err = tx.KnownPayment("b2", payment(1).Line)
			check("known to another account", string(fault.CodeOf(err)), nil, "not_found")
			return errors.Join(tx.SaveAward(award()), tx.SaveObjection(o), tx.SaveContract(lease()))
		}))
		lots, _, err := db.Lots(ctx, casework.Query{
			Scope:  storetest.East,
			Text:   "门前",
			States: []casework.State{trading.Listed},
			Parent: "a1",
		})
		check("lots", storetest.IDs(lots, func(l trading.Lot) string { return l.ID }), err, "l1")
		awards, _, err := db.Awards(ctx, casework.Query{
			Scope:  storetest.East,
			Parent: "a1",
			States: []casework.State{trading.Publicised},
		})
		check("awards", storetest.IDs(awards, func(a trading.Award) string { return a.Lot }), err, "l1")
		leases, _, err := db.ContractsOf(ctx, "rep1", identity.Page{})
		check("own contracts", storetest.IDs(leases, func(c contracts.Contract) string { return c.Lot }), err, "l1")
		leases, _, err = db.Contracts(ctx, casework.Query{Scope: storetest.West})
		check("contracts elsewhere", storetest.IDs(leases, func(c contracts.Contract) string { return c.Lot }), err, "")
		raised := func(o trading.Objection) string { return o.ID }
		open, _, err := db.ObjectionsIn(ctx, casework.Query{
			Scope:  storetest.East,
			States: []casework.State{trading.Raised},
		})
		check("open objections", storetest.IDs(open, raised), err, "o1")
		of, err := db.Objections(ctx, "l1")
		check("objections", storetest.IDs(of, raised), err, "o1")
		ends, err := db.Ends(ctx, []event.Stream{"lot:l1", "lot:n9", "tender:n1"})
		check("ends", fmt.Sprint(ends), err, fmt.Sprint(map[event.Stream]time.Time{"lot:l1": storetest.Minute}))
	})
}

func TestWhatTheClockHasToDo(t *testing.T) {
	t.Parallel()
	eachLot(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		check := func(what string, at time.Time, want string) {
			t.Helper()
			due, err := db.LotsDue(t.Context(), at)
			if got := fmt.Sprint(due); err != nil || got != want {
				t.Errorf("%s: %s, want %s, %v", what, got, want, err)
			}
		}
		change := func(state casework.State, ends time.Time) {
			t.Helper()
			storetest.Must(t, work(t, db, func(tx lotTx) error {
				l, err := tx.Lot("l1", storetest.East)
				l.State, l.Board.EndsAt = state, ends
				return errors.Join(err, tx.SaveLot(l))
			}))
		}
		a, o := award(), objection()
		check("before the opening", storetest.Minute.Add(-time.Millisecond), "{[] [] [] [] [] []}")
		check("at the opening", storetest.Minute, "{[] [l1] [] [] [] []}")
		change(trading.Bidding, storetest.Minute.Add(time.Hour))
		over := storetest.Minute.Add(time.Hour + trading.Grace)
		check("in the grace", over.Add(-time.Millisecond), "{[] [] [] [] [] []}")
		check("when the grace is over", over, "{[] [] [] [l1] [] []}")
		change(trading.Awarded, storetest.Minute.Add(time.Hour))
		storetest.Must(t, work(t, db, func(tx lotTx) error {
			return errors.Join(tx.SaveAward(a), tx.SaveObjection(o))
		}))
		check("an objection waits", a.SettlesAt(), "{[] [] [] [] [] []}")
		o.State, o.Version = trading.Answered, 2
		storetest.Must(t, work(t, db, func(tx lotTx) error { return tx.SaveObjection(o) }))
		check("before the publicity's end", a.PublicUntil.Add(-time.Millisecond), "{[] [] [] [] [] []}")
		check("at the publicity's end", a.PublicUntil, "{[] [] [] [] [] []}")
		check("after the grace", a.SettlesAt(), "{[] [] [] [] [] [l1]}")
		a.State, a.Version = trading.Settled, 2
		storetest.Must(t, work(t, db, func(tx lotTx) error { return tx.SaveAward(a) }))
		check("settled", a.SettlesAt(), "{[] [] [] [] [] []}")
	})
}

// What came to nothing lets the asset and the resolution go.
func TestAFailedLotFreesItsAsset(t *testing.T) {
	t.Parallel()
	eachLot(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		used := func() string {
			var got string
			storetest.Must(t, storetest.Act(t, db, func(tx storetest.TradeTx) error {
				a, err1 := tx.AssetInUse("a1")
				r, err2 := rests(tx, "n9")
				self, err3 := rests(tx, "n1")
				got = fmt.Sprint(a, r, self)
				return errors.Join(err1, err2, err3)
			}))
			return got
		}
		if got := used(); got != "true true false" {
			t.Errorf("while listed: %s", got)
		}
		storetest.Must(t, work(t, db, func(tx lotTx) error {
			l, err := tx.Lot("l1", storetest.East)
			l.State = trading.Failed
			return errors.Join(err, tx.SaveLot(l))
		}))
		if got := used(); got != "false false false" {
			t.Errorf("after it failed: %s", got)
		}
	})
}
