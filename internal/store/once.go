package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"sunlot/internal/event"
	"sunlot/internal/fault"
)

type RequestRow struct {
	Actor     string `gorm:"column:actor;primaryKey"`
	Kind      string `gorm:"column:kind;primaryKey"`
	RequestID string `gorm:"column:request_id;primaryKey"`
	Digest    string `gorm:"column:digest"`
	Answer    string `gorm:"column:answer"`
	MadeAt    int64  `gorm:"column:made_at"`
}

func (RequestRow) TableName() string { return "requests" }

// Once runs fn in one transaction that also keeps its answer. The same request
// again gets the same answer and fn does not run; the same id with other
// content is fault.Conflict. A refused act leaves a row in refusals. What could not
// be read whole (fault.Unread) is not begun, what is only tried (fault.Trial) not kept.
func (db *DB) Once(ctx context.Context, r event.Request, fn func(*Tx) (answer string, err error)) (string, error) {
	if err := fault.UnreadIn(ctx); err != nil {
		return "", err
	}
	var answer string
	err := db.InTx(ctx, func(t *Tx) error {
		// The row comes first: a twin then waits here, and not at a lock inside
		// fn behind which it would find its own work done and call it a conflict.
		row := RequestRow{
			Actor:     r.Actor,
			Kind:      r.Kind,
			RequestID: r.ID,
			Digest:    r.Digest,
			Answer:    "",
			MadeAt:    Millis(db.Clock().Now()),
		}
		if err := t.SQL().Create(&row).Error; err != nil {
			return err
		}
		var err error
		answer, err = fn(t)
		if err != nil {
			return refused{err}
		}
		if fault.IsTrial(ctx) {
			return fault.ErrTried
		}
		return RequestOf(t.SQL(), r.Actor, r.Kind, r.ID).Update("answer", answer).Error
	})
	var gaveUp Unavailable
	var no refused
	switch {
	case err == nil:
		return answer, nil
	case errors.As(err, &gaveUp):
		return "", gaveUp
	case errors.As(err, &no):
		db.NoteRefusal(ctx, r.Actor, r.Kind, no.error)
		return "", no.error
	case Duplicate(err):
		return db.answered(ctx, r)
	}
	return "", err
}

// refused marks an error as fn's own, so that a unique key of the business
// tables is not taken for that of requests.
type refused struct{ error }

func (r refused) Unwrap() error { return r.error }

// answered returns what the first of two equal requests was told.
func (db *DB) answered(ctx context.Context, r event.Request) (string, error) {
	var row RequestRow
	if err := RequestOf(db.writer.WithContext(ctx), r.Actor, r.Kind, r.ID).Take(&row).Error; err != nil {
		return "", err
	}
	if row.Digest != r.Digest {
		return "", OtherContent()
	}
	return row.Answer, nil
}

func OtherContent() error {
	return fault.New(fault.Conflict, "这一页的内容已经提交过。如需再次提交，请刷新页面后重新填写")
}

// ByRequest tells whether the act was carried out, and its answer. After found
// = false the same request may be sent again.
func (db *DB) ByRequest(ctx context.Context, actor, kind, id string) (answer string, found bool, err error) {
	if !PlainID(kind + id) {
		return "", false, nil
	}
	var row RequestRow
	err = RequestOf(db.Read(ctx), actor, kind, id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", false, nil
	}
	return row.Answer, err == nil, err
}

func RequestOf(session *gorm.DB, actor, kind, id string) *gorm.DB {
	return session.Model(&RequestRow{}).Where("actor = ? AND kind = ? AND request_id = ?", actor, kind, id)
}
