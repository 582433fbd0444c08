package tradingdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/trading"
)

const noObjection = "没有找到这条异议"

type objectionRow struct {
	ID         string `gorm:"column:id;primaryKey"`
	LotID      string `gorm:"column:lot_id"`
	Path       string `gorm:"column:path"`
	State      string `gorm:"column:state"`
	Version    int    `gorm:"column:version"`
	Name       string `gorm:"column:name"`
	Phone      string `gorm:"column:phone"`
	Body       string `gorm:"column:body"`
	PublicText string `gorm:"column:public_text"`
	Answer     string `gorm:"column:answer"`
	Target     string `gorm:"column:target"`
	Outcome    string `gorm:"column:outcome"`
	Withheld   string `gorm:"column:withheld"`
	Ruling     string `gorm:"column:ruling"`
	Reason     string `gorm:"column:reason"`
	DecideBy   string `gorm:"column:decide_by"`
	DecidedAt  *int64 `gorm:"column:decided_at"`
	DecidedBy  string `gorm:"column:decided_by"`
	SecondedBy string `gorm:"column:seconded_by"`
	Doubt      string `gorm:"column:doubt"`
	RaisedAt   int64  `gorm:"column:raised_at"`
	RaisedBy   string `gorm:"column:raised_by"`
	Stranger   bool   `gorm:"column:stranger"`
	AnswerBy   string `gorm:"column:answer_by"`
	AnsweredAt *int64 `gorm:"column:answered_at"`
	AnsweredBy string `gorm:"column:answered_by"`
	EventSeq   *int64 `gorm:"column:event_seq"`
}

func (objectionRow) TableName() string { return "objections" }

func (row objectionRow) objection() trading.Objection {
	return trading.Objection{
		ID:      row.ID,
		Path:    identity.Path(row.Path),
		State:   casework.State(row.State),
		Version: row.Version,
		ObjectionForm: trading.ObjectionForm{
			Lot:    row.LotID,
			Target: trading.Target(row.Target),
			Name:   row.Name,
			Phone:  row.Phone,
			Text:   row.Body,
		},
		Public:     row.PublicText,
		Withheld:   row.Withheld,
		Outcome:    trading.Outcome(row.Outcome),
		Ruling:     trading.Ruling(row.Ruling),
		Reason:     row.Reason,
		DecideBy:   calendar.Date(row.DecideBy),
		DecidedAt:  store.FromOptional(row.DecidedAt),
		DecidedBy:  row.DecidedBy,
		SecondedBy: row.SecondedBy,
		Doubt:      row.Doubt,
		Answer:     row.Answer,
		RaisedAt:   store.FromMillis(row.RaisedAt),
		RaisedBy:   row.RaisedBy,
		Stranger:   row.Stranger,
		AnswerBy:   calendar.Date(row.AnswerBy),
		AnsweredAt: store.FromOptional(row.AnsweredAt),
		AnsweredBy: row.AnsweredBy,
		Event:      store.RefIn(event.Of("lot", row.LotID), row.EventSeq),
	}
}

// SaveObjection implements bidding.LotTx.
func (t *Tx) SaveObjection(o trading.Objection) error {
	row := objectionRow{
		ID:         o.ID,
		LotID:      o.Lot,
		Path:       string(o.Path),
		State:      string(o.State),
		Version:    o.Version,
		Name:       o.Name,
		Phone:      o.Phone,
		Body:       o.Text,
		PublicText: o.Public,
		Answer:     o.Answer,
		Target:     string(o.Target),
		Outcome:    string(o.Outcome),
		Withheld:   o.Withheld,
		Ruling:     string(o.Ruling),
		Reason:     o.Reason,
		DecideBy:   string(o.DecideBy),
		DecidedAt:  store.Optional(o.DecidedAt),
		DecidedBy:  o.DecidedBy,
		SecondedBy: o.SecondedBy,
		Doubt:      o.Doubt,
		RaisedAt:   store.Millis(o.RaisedAt),
		RaisedBy:   o.RaisedBy,
		Stranger:   o.Stranger,
		AnswerBy:   string(o.AnswerBy),
		AnsweredAt: store.Optional(o.AnsweredAt),
		AnsweredBy: o.AnsweredBy,
		EventSeq:   store.SeqOf(o.Event),
	}
	return t.SaveVersion(&row, o.ID, o.Version)
}

// Objection implements bidding.LotTx.
func (t *Tx) Objection(id string, in identity.Scope) (trading.Objection, error) {
	if err := t.LockRow(&objectionRow{}, id); err != nil {
		return trading.Objection{}, store.NoSuch(err, noObjection)
	}
	return objectionIn(t.SQL(), id, in)
}

// Objection implements bidding.AwardStore.
func (db *DB) Objection(ctx context.Context, id string, in identity.Scope) (trading.Objection, error) {
	return objectionIn(db.Read(ctx), id, in)
}

func objectionIn(session *gorm.DB, id string, in identity.Scope) (trading.Objection, error) {
	if !store.PlainID(id) {
		return trading.Objection{}, fault.New(fault.NotFound, noObjection)
	}
	var row objectionRow
	if err := store.Within(session, "path", in).Where("id = ?", id).Take(&row).Error; err != nil {
		return trading.Objection{}, store.NoSuch(err, noObjection)
	}
	return row.objection(), nil
}

// Objections implements bidding.LotTx.
func (t *Tx) Objections(lot string) ([]trading.Objection, error) { return objectionsOf(t.SQL(), lot) }

// Objections implements bidding.AwardStore.
func (db *DB) Objections(ctx context.Context, lot string) ([]trading.Objection, error) {
	return objectionsOf(db.Read(ctx), lot)
}

func objectionsOf(session *gorm.DB, lot string) ([]trading.Objection, error) {
	if !store.PlainID(lot) {
		return nil, nil
	}
	var rows []objectionRow
	err := session.Where("lot_id = ?", lot).Order("raised_at, id").Find(&rows).Error
	return store.Nouns(rows, objectionRow.objection), err
}

var objectionOrders = map[string]string{
	"oldest": "objections.raised_at, objections.id",
	"newest": "objections.raised_at DESC, objections.id DESC",

	// raised, referred, upheld and voiding wait, answered and decided do not; a decision
	// that waits stands among the others, so that the order tells nobody of it
	"waiting": "(objections.state>'e') DESC, objections.raised_at, objections.id",
}

// objectionRead is an objection with its lot's title.
type objectionRead struct {
	Row   objectionRow `gorm:"embedded"`
	Title string       `gorm:"column:title"`
}

func (r objectionRead) objection() trading.Objection {
	o := r.Row.objection()
	o.Title = r.Title
	return o
}

// ObjectionsIn implements bidding.AwardStore.
func (db *DB) ObjectionsIn(ctx context.Context, q casework.Query) ([]trading.Objection, int, error) {
	session := InStates(store.Within(db.Read(ctx).Table("objections"), "objections.path", q.Scope), "objections", q)
	if q.Kind != "" {
		session = session.Where("objections.target = ?", q.Kind)
	}
	list := store.Searched(session, titled("objections", "lot_id"), q.Text, "assets.name", "tenders.number",
		"objections.body", "objections.public_text")
	var rows []objectionRead
	total, err := list.Page(store.Order(objectionOrders, q.Sort, "oldest", q.Scope), q.Page, &rows)
	return store.Nouns(rows, objectionRead.objection), total, err
}
