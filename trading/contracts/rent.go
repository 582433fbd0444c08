package contracts

import (
	"context"
	"regexp"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/typed"
	"sunlot/trading/statement"
)

var accountForm = regexp.MustCompile(`^\d{8,30}$`)

func (v VoucherForm) check(today calendar.Date) error {
	var f fault.Form
	if v.Amount <= 0 || v.Amount > money.Limit {
		f.Add("amount", "请填写到账金额，单位为元")
	}
	if _, err := calendar.ParseDate(string(v.ReceivedOn)); err != nil || v.ReceivedOn > today {
		f.Add("received_on", "请填写到账日期，不能晚于今天")
	}
	f.Text("serial", "银行流水号", v.Serial, 60)
	if _, ok := statement.FoldSerial(v.Serial); v.Serial != "" && !ok {
		f.Add("serial", "请照银行回单填写流水号，只填英文字母和数字，不加“流水号”等文字")
	}
	if !accountForm.MatchString(v.Account) {
		f.Add("account", "请填写付款账号，8至30位数字；公开时只显示末四位")
	}
	return f.Err()
}

// Receive records rent that has come into the collective's own account. The
// public sees sum, day and the voucher with masked numbers; the slip itself is
// sealed. More than is due is refused: it would be rent of another year.
func (s *Service) Receive(ctx context.Context, who identity.Actor, requestID, lot string,
	form VoucherForm) (string, error) {
	form.Account = typed.Account(form.Account)
	scope, once, err := casework.Begin(who, RentReceive, "rent.receive", requestID, []any{lot, form})
	if err != nil {
		return "", err
	}
	if err := form.check(s.Days.Today()); err != nil {
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
		if c.State != Signed {
			return "", fault.New(fault.Conflict, "合同还没有签订，不能登记到账")
		}
		v := Voucher{ID: event.NewID(), Lot: lot, VoucherForm: form, RecordedBy: who.PersonID}
		return v.ID, s.receive(tx, who, c, v)
	})
}

func (s *Service) receive(tx Tx, who identity.Actor, c Contract, v Voucher) error {
	at, err := tx.Lock(c.Stream())
	if err != nil {
		return err
	}
	if signed := calendar.DateOf(c.SignedAt); v.ReceivedOn < signed {
		return fault.New(fault.Invalid, "到账日期不能早于合同签订日（%s）", signed).On("received_on")
	}
	p, err := tx.Payment(c.Lot, v.Number)
	if fault.CodeOf(err) == fault.NotFound {
		return fault.New(fault.Invalid, "合同没有第%d期", v.Number).On("number")
	}
	if err != nil {
		return err
	}
	if p.Received+v.Amount > p.Due {
		return fault.New(fault.Invalid, "这一期还应收 %s 元，多收的请登记到下一期", (p.Due - p.Received).Yuan()).On("amount")
	}
	if v.Photo != "" {
		if err := casework.AttachForStation(tx, who, c.Path, "photo", []string{v.Photo}); err != nil {
			return err
		}
	}
	t, err := tx.Tender(c.Tender, identity.Everywhere)
	if err != nil {
		return err
	}
	asset, err := tx.Asset(t.Asset, identity.Everywhere)
	if err != nil {
		return err
	}
	p.Received += v.Amount
	v.Receiver = asset.Acting
	v.RecordedAt = at
	slip, err := event.Canonical(v.VoucherForm)
	if err != nil {
		return err
	}
	masked := v.Masked()
	e, err := tx.Record(c.Stream(), "rent.received", ReceivedFacts{
		Payment:    v.Number,
		Amount:     v.Amount,
		ReceivedOn: v.ReceivedOn,
		Serial:     masked.Serial,
		Received:   p.Received,
		Due:        p.Due,
	}, slip)
	if err != nil {
		return err
	}
	v.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	if err := tx.AddVoucher(v); err != nil {
		return err
	}
	if err := tx.SavePayment(p); err != nil {
		return err
	}
	if err := oweRent(tx, c, t, who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, RentReceive, c.Stream(), c.Path, "rent.received", nil)
}

// ReceivedFacts is what the public log says of rent that came in; the voucher
// itself is sealed.
type ReceivedFacts struct {
	Payment    int           `json:"payment"`
	Amount     money.Fen     `json:"amount"`
	ReceivedOn calendar.Date `json:"received_on"`
	Serial     string        `json:"serial"` // the last four characters
	Received   money.Fen     `json:"received"`
	Due        money.Fen     `json:"due"`
}

func (f ReceivedFacts) told() []words.Fact {
	return []words.Fact{
		words.Count("第几期", f.Payment, ""),
		words.Yuan("这次到账", f.Amount),
		words.Yuan("这一期应收", f.Due),
		words.Yuan("这一期已收", f.Received),
		words.Day("到账日期", f.ReceivedOn),
		words.Text("银行流水号", f.Serial),
	}
}
