package mailboxdb

import (
	"context"
	"time"

	"gorm.io/gorm"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/identitydb"
)

var (
	_ mailbox.Store = (*DB)(nil)
	_ mailbox.Tx    = (*Tx)(nil)
)

type boxRow struct {
	Lookup     string `gorm:"column:lookup;primaryKey"`
	ID         string `gorm:"column:id"`
	Recipient  string `gorm:"column:recipient"`
	Office     string `gorm:"column:office"`
	Locked     []byte `gorm:"column:locked"`
	Salt       string `gorm:"column:salt"`
	Envelope   string `gorm:"column:envelope"`
	Commitment string `gorm:"column:commitment"`
	Promise    string `gorm:"column:promise"`
	MadeAt     int64  `gorm:"column:made_at"`
}

func (boxRow) TableName() string { return "mailbox_boxes" }

type envelopeRow struct {
	ID        string `gorm:"column:id;primaryKey"`
	BoxID     string `gorm:"column:box_id"`
	Recipient string `gorm:"column:recipient"`
	MadeAt    int64  `gorm:"column:made_at"`
	Body      []byte `gorm:"column:body"`
}

func (envelopeRow) TableName() string { return "mailbox_envelopes" }

func (r envelopeRow) envelope() mailbox.Envelope {
	return mailbox.Envelope{
		ID:        r.ID,
		Box:       r.BoxID,
		Recipient: r.Recipient,
		MadeAt:    store.FromMillis(r.MadeAt),
		Body:      r.Body,
	}
}

func envelopeOf(e mailbox.Envelope) envelopeRow {
	return envelopeRow{ID: e.ID, BoxID: e.Box, Recipient: e.Recipient, MadeAt: store.Millis(e.MadeAt), Body: e.Body}
}

// WriteMailbox implements mailbox.Store.
func (db *DB) WriteMailbox(ctx context.Context, once event.Request,
	fn func(mailbox.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) {
		if once.Actor == "" { // of a reporter the hour is kept, and no more
			hour := store.Millis(db.Clock().Now().Truncate(time.Hour))
			if err := store.RequestOf(t.SQL(), once.Actor, once.Kind, once.ID).Update("made_at", hour).
				Error; err != nil {
				return "", err
			}
		}
		return fn(Of(t))
	})
}

// AddBox implements mailbox.Tx.
func (t *Tx) AddBox(b mailbox.Box) error {
	return t.SQL().Create(&boxRow{
		Lookup:     b.Lookup,
		ID:         b.ID,
		Recipient:  b.Recipient,
		Office:     b.Office,
		Locked:     b.Locked,
		Salt:       b.Salt,
		Envelope:   b.Envelope,
		Commitment: b.Commitment,
		Promise:    b.Promise,
		MadeAt:     store.Millis(b.MadeAt),
	}).Error
}

// AddEnvelope implements mailbox.Tx.
func (t *Tx) AddEnvelope(e mailbox.Envelope) error {
	row := envelopeOf(e)
	return t.SQL().Create(&row).Error
}

// Box implements mailbox.Store.
func (db *DB) Box(ctx context.Context, lookup string) (mailbox.Box, error) {
	var row boxRow
	err := db.Read(ctx).Where("lookup = ?", lookup).Take(&row).Error
	return mailbox.Box{
		Lookup:     row.Lookup,
		ID:         row.ID,
		Recipient:  row.Recipient,
		Office:     row.Office,
		Locked:     row.Locked,
		Salt:       row.Salt,
		Envelope:   row.Envelope,
		Commitment: row.Commitment,
		Promise:    row.Promise,
		MadeAt:     store.FromMillis(row.MadeAt),
	}, store.NoSuch(err, "没有找到这个查询码")
}

// mostAnswers bounds what one reporter reads at once.
const mostAnswers = 100

// Answers implements mailbox.Store.
func (db *DB) Answers(ctx context.Context, b mailbox.Box) ([]mailbox.Envelope, error) {
	return envelopes(db.Read(ctx).Where("box_id = ? AND recipient <> ?", b.ID, b.Recipient).Order("made_at, id").
		Limit(mostAnswers))
}

// Waiting lists up to limit envelopes for a recipient, for the office to take,
// beginning after an id.
func (db *DB) Waiting(ctx context.Context, recipient, after string, limit int) ([]mailbox.Envelope, error) {
	return envelopes(db.Read(ctx).Where("recipient = ? AND id > ?", recipient, after).Order("id").Limit(limit))
}

func envelopes(session *gorm.DB) ([]mailbox.Envelope, error) {
	var rows []envelopeRow
	err := session.Find(&rows).Error
	return store.Nouns(rows, envelopeRow.envelope), err
}

// Drop takes away envelopes that the office has kept. The same again is no error.
func (db *DB) Drop(ctx context.Context, recipient string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	return db.Write(ctx, func(session *gorm.DB) error {
		return session.Where("recipient = ? AND id IN ?", recipient, ids).Delete(&envelopeRow{}).Error
	})
}

// Deliver puts an answer into its reporter's box; the same again is no error.
func (db *DB) Deliver(ctx context.Context, e mailbox.Envelope) error {
	err := db.Write(ctx, func(session *gorm.DB) error {
		row := envelopeOf(e)
		return session.Create(&row).Error
	})
	if store.Duplicate(err) {
		return nil
	}
	return err
}

type officeRow struct {
	ID         string `gorm:"column:id;primaryKey"`
	OrgID      string `gorm:"column:org_id"`
	Path       string `gorm:"column:path"`
	Name       string `gorm:"column:name"`
	Recipient  string `gorm:"column:recipient"`
	ProposedBy string `gorm:"column:proposed_by"`
	ProposedAt int64  `gorm:"column:proposed_at"`
	KeyedAt    *int64 `gorm:"column:keyed_at"`
	EventSeq   *int64 `gorm:"column:event_seq"`
}

func (officeRow) TableName() string { return "mailbox_offices" }

func (r officeRow) office() mailbox.Office {
	o := mailbox.Office{ID: r.ID, OrgID: r.OrgID, Path: identity.Path(r.Path), Name: r.Name, Recipient: r.Recipient,
		ProposedBy: r.ProposedBy, ProposedAt: store.FromMillis(r.ProposedAt), KeyedAt: store.FromOptional(r.KeyedAt)}
	o.Event = store.RefIn(o.Stream(), r.EventSeq)
	return o
}

// Office implements mailbox.Tx.
func (t *Tx) Office(id string, in identity.Scope) (mailbox.Office, error) {
	const none = "没有找到这个受理单位"
	if !store.PlainID(id) {
		return mailbox.Office{}, fault.New(fault.NotFound, none)
	}
	var row officeRow
	err := store.Within(t.SQL().Clauses(store.ForUpdate), "path", in).Where("id = ?", id).Take(&row).Error
	return row.office(), store.NoSuch(err, none)
}

// SaveOffice implements mailbox.Tx.
func (t *Tx) SaveOffice(o mailbox.Office) error {
	row := officeRow{
		ID:         o.ID,
		OrgID:      o.OrgID,
		Path:       string(o.Path),
		Name:       o.Name,
		Recipient:  o.Recipient,
		ProposedBy: o.ProposedBy,
		ProposedAt: store.Millis(o.ProposedAt),
		KeyedAt:    store.Optional(o.KeyedAt),
		EventSeq:   store.SeqOf(o.Event),
	}
	if o.InForce() {
		return t.SQL().Model(&officeRow{}).Where("id = ?", o.ID).Select("keyed_at", "event_seq").Updates(&row).Error
	}
	err := t.SQL().Create(&row).Error
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "这个公钥已经登记过").On("recipient")
	}
	return err
}

// AllOffices implements mailbox.Store.
func (db *DB) AllOffices(ctx context.Context, in identity.Scope) ([]mailbox.Office, error) {
	return offices(store.Within(db.Read(ctx), "path", in).Order("proposed_at DESC, id DESC"))
}

// MailboxOffices implements mailbox.Store.
func (db *DB) MailboxOffices(ctx context.Context) ([]mailbox.Office, error) {
	all, err := offices(db.Read(ctx).Where("keyed_at IS NOT NULL").Order("path, keyed_at DESC, id DESC"))
	var newest []mailbox.Office
	for _, o := range all {
		if len(newest) == 0 || newest[len(newest)-1].Path != o.Path {
			newest = append(newest, o)
		}
	}
	return newest, err
}

func offices(session *gorm.DB) ([]mailbox.Office, error) {
	var rows []officeRow
	err := session.Limit(identitydb.MostOffices).Find(&rows).Error
	return store.Nouns(rows, officeRow.office), err
}
