package contracts

import (
	"context"
	"slices"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
)

// Mistake is what was wrong with a slip. It is one of a list, so that nothing
// personal is published with it.
type Mistake string

// What may be wrong with a slip.
const (
	WrongSum   Mistake = "sum"
	WrongLease Mistake = "lease"
	WrongSlip  Mistake = "slip"
	Twice      Mistake = "twice"
	TakenBack  Mistake = "bank"
)

var mistakeLabels = map[Mistake]string{
	WrongSum:   "金额登记错",
	WrongLease: "登记到了别的合同或者别的年度",
	WrongSlip:  "日期、流水号或者账号登记错",
	Twice:      "重复登记",
	TakenBack:  "款项被银行退回",
}

// Mistakes lists what may be wrong with a slip, in the order of the form.
func Mistakes() []Mistake { return []Mistake{WrongSum, WrongLease, WrongSlip, Twice, TakenBack} }

// Label is its name on the screen; empty when there is no such.
func (m Mistake) Label() string { return mistakeLabels[m] }

// ReverseForm is which slip does not count, and why.
type ReverseForm struct {
	Slip    string  `json:"slip"` // id of the voucher
	Mistake Mistake `json:"mistake"`
}

// Reverse takes a wrong slip out of the sums by a second entry that names it; the
// slip itself stays. It is the act of another person than who recorded it. The
// year's rent is owed again, and the bank's number may be recorded anew.
func (s *Service) Reverse(ctx context.Context, who identity.Actor, requestID, lot string,
	form ReverseForm) (string, error) {
	scope, once, err := casework.Begin(who, RentReverse, "rent.reverse", requestID, []any{lot, form})
	if err != nil {
		return "", err
	}
	var f fault.Form
	if form.Slip == "" {
		f.Add("slip", "请选择要冲销的一笔登记")
	}
	if form.Mistake.Label() == "" {
		f.Add("mistake", "请选择这笔登记错在哪里")
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.Store.WriteContract(ctx, once, func(tx Tx) (string, error) {
		c, err := tx.Contract(lot, scope)
		if err != nil {
			return "", err
		}
		if err := c.notOf(who); err != nil {
			return "", err
		}
		slips, err := s.Store.Vouchers(ctx, lot) // a slip never changes; AddVoucher reverses it once
		if err != nil {
			return "", err
		}
		at := slices.IndexFunc(slips, func(v Voucher) bool { return v.ID == form.Slip })
		if at < 0 {
			return "", fault.New(fault.Invalid, "这份合同没有这笔登记").On("slip")
		}
		wrong := slips[at]
		if wrong.Reverses != "" || wrong.Reversed {
			return "", fault.New(fault.Conflict, "这笔登记已经冲销，或者本身就是冲销").On("slip")
		}
		err = who.Second("租金、价款由登记人以外的人冲销", wrong.RecordedBy)
		if err != nil {
			return "", err
		}
		return s.reverse(tx, who, c, wrong, form.Mistake)
	})
}

func (s *Service) reverse(tx Tx, who identity.Actor, c Contract, wrong Voucher, why Mistake) (string, error) {
	at, err := tx.Lock(c.Stream())
	if err != nil {
		return "", err
	}
	p, err := tx.Payment(c.Lot, wrong.Number)
	if err != nil {
		return "", err
	}
	p.Received -= wrong.Amount
	e, err := tx.Record(c.Stream(), "rent.reversed", ReversedFacts{
		Slip:       wrong.Event.Seq,
		Mistake:    why,
		Payment:    wrong.Number,
		Amount:     wrong.Amount,
		ReceivedOn: wrong.ReceivedOn,
		Serial:     wrong.Masked().Serial,
		Received:   p.Received,
		Due:        p.Due,
	}, nil)
	if err != nil {
		return "", err
	}
	v := wrong
	v.ID = event.NewID()
	v.Amount = -wrong.Amount
	v.Photo = ""
	v.Reverses = wrong.ID
	v.Mistake = why
	v.RecordedBy = who.PersonID
	v.RecordedAt = at
	v.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	if err := tx.AddVoucher(v); err != nil {
		return "", err
	}
	if err := tx.SavePayment(p); err != nil {
		return "", err
	}
	t, err := tx.Tender(c.Tender, identity.Everywhere)
	if err != nil {
		return "", err
	}
	if err := oweRent(tx, c, t, who.PersonID); err != nil {
		return "", err
	}
	return v.ID, casework.NoteAct(tx, who, RentReverse, c.Stream(), c.Path, "rent.reversed", nil)
}

// ReversedFacts is what the public log says of a slip that does not count.
type ReversedFacts struct {
	Slip       int64         `json:"slip"` // seq of the rent.received
	Mistake    Mistake       `json:"mistake"`
	Payment    int           `json:"payment"`
	Amount     money.Fen     `json:"amount"` // of the slip
	ReceivedOn calendar.Date `json:"received_on"`
	Serial     string        `json:"serial"` // the last four characters
	Received   money.Fen     `json:"received"`
	Due        money.Fen     `json:"due"`
}

func (f ReversedFacts) told() []words.Fact {
	return []words.Fact{
		words.Text("原因", f.Mistake.Label()),
		words.Count("第几期", f.Payment, ""),
		words.Yuan("冲销金额", f.Amount),
		words.Yuan("这一期应收", f.Due),
		words.Yuan("这一期已收", f.Received),
		words.Day("原登记的到账日期", f.ReceivedOn),
		words.Text("原登记的银行流水号", f.Serial),
	}
}
