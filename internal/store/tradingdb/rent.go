package tradingdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading/contracts"
	"sunlot/trading/statement"
)

var _ contracts.Store = (*DB)(nil)

const noPayment = "没有找到这一期"

type paymentRow struct {
	LotID    string `gorm:"column:lot_id;primaryKey"`
	Number   int    `gorm:"column:number;primaryKey;autoIncrement:false"`
	DueOn    string `gorm:"column:due_on"`
	Due      int64  `gorm:"column:due"`
	Received int64  `gorm:"column:received"`
}

func (paymentRow) TableName() string { return "payments" }

func rowOfPayment(p contracts.Payment) paymentRow {
	return paymentRow{
		LotID:    p.Lot,
		Number:   p.Number,
		DueOn:    string(p.DueOn),
		Due:      int64(p.Due),
		Received: int64(p.Received),
	}
}

func (r paymentRow) payment() contracts.Payment {
	return contracts.Payment{
		Lot:      r.LotID,
		Number:   r.Number,
		DueOn:    calendar.Date(r.DueOn),
		Due:      money.Fen(r.Due),
		Received: money.Fen(r.Received),
	}
}

type voucherRow struct {
	ID         string `gorm:"column:id;primaryKey"`
	LotID      string `gorm:"column:lot_id"`
	Payment    int    `gorm:"column:payment"`
	Amount     int64  `gorm:"column:amount"`
	ReceivedOn string `gorm:"column:received_on"`
	Serial     string `gorm:"column:serial"`
	Account    string `gorm:"column:account"`
	Photo      string `gorm:"column:photo"`
	RecordedBy string `gorm:"column:recorded_by"`
	RecordedAt int64  `gorm:"column:recorded_at"`
	EventSeq   int64  `gorm:"column:event_seq"`

	Receiver  string  `gorm:"column:receiver"`
	SerialKey string  `gorm:"column:serial_key"`
	Standing  *int    `gorm:"column:standing"` // 1 for a slip that counts
	Reverses  *string `gorm:"column:reverses"`
	Mistake   string  `gorm:"column:mistake"`
}

func (voucherRow) TableName() string { return "vouchers" }

func (r voucherRow) voucher() contracts.Voucher {
	return contracts.Voucher{
		ID:         r.ID,
		Lot:        r.LotID,
		Receiver:   r.Receiver,
		Reverses:   orEmpty(r.Reverses),
		Mistake:    contracts.Mistake(r.Mistake),
		Reversed:   r.Reverses == nil && r.Standing == nil,
		RecordedBy: r.RecordedBy,
		RecordedAt: store.FromMillis(r.RecordedAt),
		VoucherForm: contracts.VoucherForm{
			Number:     r.Payment,
			Amount:     money.Fen(r.Amount),
			ReceivedOn: calendar.Date(r.ReceivedOn),
			Serial:     r.Serial,
			Account:    r.Account,
			Photo:      r.Photo,
		},
		Event: event.Ref{Stream: event.Of("contract", r.LotID), Seq: r.EventSeq},
	}
}

// AddSchedule implements contracts.Tx.
func (t *Tx) AddSchedule(all []contracts.Payment) error {
	if len(all) == 0 {
		return nil
	}
	rows := store.Nouns(all, rowOfPayment)
	return t.SQL().Create(&rows).Error
}

// Payment implements contracts.Tx. The contract's stream, which the caller
// holds, is its lock.
func (t *Tx) Payment(lot string, number int) (contracts.Payment, error) {
	if !store.PlainID(lot) {
		return contracts.Payment{}, fault.New(fault.NotFound, noPayment)
	}
	var row paymentRow
	err := t.SQL().Where("lot_id = ? AND number = ?", lot, number).Take(&row).Error
	return row.payment(), store.NoSuch(err, noPayment)
}

// SavePayment implements contracts.Tx.
func (t *Tx) SavePayment(p contracts.Payment) error {
	if t.Streams[event.Of("contract", p.Lot)] == nil {
		return store.ErrUnlocked(event.Of("contract", p.Lot))
	}
	row := rowOfPayment(p)
	return t.SQL().Model(&row).Select("due_on", "due", "received").
		Where("lot_id = ? AND number = ?", p.Lot, p.Number).Updates(&row).Error
}

// AddVoucher implements contracts.Tx.
func (t *Tx) AddVoucher(v contracts.Voucher) error {
	key, _ := statement.FoldSerial(v.Serial)
	row := voucherRow{
		ID:         v.ID,
		LotID:      v.Lot,
		Payment:    v.Number,
		Amount:     int64(v.Amount),
		ReceivedOn: string(v.ReceivedOn),
		Serial:     v.Serial,
		Account:    v.Account,
		Photo:      v.Photo,
		RecordedBy: v.RecordedBy,
		RecordedAt: store.Millis(v.RecordedAt),
		EventSeq:   v.Event.Seq,
		Receiver:   v.Receiver,
		SerialKey:  key,
		Mistake:    string(v.Mistake),
	}
	if v.Reverses != "" {
		row.Reverses = &v.Reverses
		err := t.SQL().Model(&voucherRow{}).Where("id = ?", v.Reverses).Update("standing", nil).Error
		if err != nil {
			return err
		}
	} else {
		counts := 1
		row.Standing = &counts
	}
	err := t.SQL().Create(&row).Error
	switch {
	case store.Duplicate(err) && v.Reverses != "":
		return fault.New(fault.Conflict, "这笔登记已经冲销")
	case store.Duplicate(err):
		return fault.New(fault.Conflict, "这个流水号在同一收款单位已经登记过，请核对流水号").On("serial")
	}
	return err
}

// Schedule implements contracts.Store.
func (db *DB) Schedule(ctx context.Context, lot string) ([]contracts.Payment, error) {
	var rows []paymentRow
	err := ofContract(db.Read(ctx), lot).Order("number").Find(&rows).Error
	return store.Nouns(rows, paymentRow.payment), err
}

// Vouchers implements contracts.Store. They come in the order of recording.
func (db *DB) Vouchers(ctx context.Context, lot string) ([]contracts.Voucher, error) {
	var rows []voucherRow
	err := ofContract(db.Read(ctx), lot).Order("event_seq, id").Find(&rows).Error
	return store.Nouns(rows, voucherRow.voucher), err
}

func ofContract(session *gorm.DB, lot string) *gorm.DB {
	if !store.PlainID(lot) {
		return session.Where("1 = 0")
	}
	return session.Where("lot_id = ?", lot)
}
