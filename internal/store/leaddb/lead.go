package leaddb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/admin/lead"
	"sunlot/disclosure/mailbox"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/identitydb"
)

var (
	_ lead.Store = (*DB)(nil)
	_ lead.Tx    = (*Tx)(nil)
)

type leadReportRow struct {
	ID         string `gorm:"column:id;primaryKey"`
	Office     string `gorm:"column:office"`
	State      string `gorm:"column:state"`
	Version    int    `gorm:"column:version"`
	About      string `gorm:"column:about"`
	Category   string `gorm:"column:category"`
	Place      string `gorm:"column:place"`
	Named      bool   `gorm:"column:named"`
	Reporter   string `gorm:"column:reporter"`
	ReceivedAt int64  `gorm:"column:received_at"`
	AnswerBy   string `gorm:"column:answer_by"`
	ChangedAt  int64  `gorm:"column:changed_at"`
}

func (leadReportRow) TableName() string { return "lead_reports" }

func (r leadReportRow) report() lead.Report {
	return lead.Report{
		ID:         r.ID,
		Office:     r.Office,
		State:      mailbox.State(r.State),
		Version:    r.Version,
		About:      mailbox.About(r.About),
		Category:   mailbox.Category(r.Category),
		Place:      r.Place,
		Named:      r.Named,
		Reporter:   r.Reporter,
		ReceivedAt: store.FromMillis(r.ReceivedAt),
		AnswerBy:   calendar.Date(r.AnswerBy),
		ChangedAt:  store.FromMillis(r.ChangedAt),
	}
}

type leadEntryRow struct {
	ID       string `gorm:"column:id;primaryKey"`
	ReportID string `gorm:"column:report_id"`
	Kind     string `gorm:"column:kind"`
	MadeAt   int64  `gorm:"column:made_at"`
	Body     []byte `gorm:"column:body"`
}

func (leadEntryRow) TableName() string { return "lead_envelopes" }

func (r leadEntryRow) entry() lead.Entry {
	return lead.Entry{
		ID:     r.ID,
		Report: r.ReportID,
		Kind:   lead.Kind(r.Kind),
		At:     store.FromMillis(r.MadeAt),
		Body:   r.Body,
	}
}

type leadOutboxRow struct {
	ID        string `gorm:"column:id;primaryKey"`
	ReportID  string `gorm:"column:report_id"`
	Recipient string `gorm:"column:recipient"`
	MadeAt    int64  `gorm:"column:made_at"`
	Body      []byte `gorm:"column:body"`
}

func (leadOutboxRow) TableName() string { return "lead_outbox" }

func (r leadOutboxRow) envelope() mailbox.Envelope {
	return mailbox.Envelope{
		ID:        r.ID,
		Box:       r.ReportID,
		Recipient: r.Recipient,
		MadeAt:    store.FromMillis(r.MadeAt),
		Body:      r.Body,
	}
}

type leadOfficeRow struct {
	OrgID     string `gorm:"column:org_id;primaryKey"`
	Path      string `gorm:"column:path"`
	Recipient string `gorm:"column:recipient"`
	MadeAt    int64  `gorm:"column:made_at"`
}

func (leadOfficeRow) TableName() string { return "lead_offices" }

// WriteLead implements lead.Store.
func (db *DB) WriteLead(ctx context.Context, once event.Request, fn func(lead.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

const (
	noReport = "没有找到这件受理件"
	noWords  = "没有找到这份内容"
)

// LeadReport implements lead.Tx.
func (t *Tx) LeadReport(id string) (lead.Report, error) {
	if err := t.LockRow(&leadReportRow{}, id); err != nil {
		return lead.Report{}, store.NoSuch(err, noReport)
	}
	return reportIn(t.SQL(), id)
}

// FindLeadReport implements lead.Store.
func (db *DB) FindLeadReport(ctx context.Context, id string) (lead.Report, error) {
	return reportIn(db.Read(ctx), id)
}

func reportIn(session *gorm.DB, id string) (lead.Report, error) {
	if !store.PlainID(id) {
		return lead.Report{}, fault.New(fault.NotFound, noReport)
	}
	var row leadReportRow
	err := session.Where("id = ?", id).Take(&row).Error
	return row.report(), store.NoSuch(err, noReport)
}

// SaveReport implements lead.Tx.
func (t *Tx) SaveReport(r lead.Report) error {
	row := leadReportRow{
		ID:         r.ID,
		Office:     r.Office,
		State:      string(r.State),
		Version:    r.Version,
		About:      string(r.About),
		Category:   string(r.Category),
		Place:      r.Place,
		Named:      r.Named,
		Reporter:   r.Reporter,
		ReceivedAt: store.Millis(r.ReceivedAt),
		AnswerBy:   string(r.AnswerBy),
		ChangedAt:  store.Millis(r.ChangedAt),
	}
	return t.SaveVersion(&row, r.ID, r.Version)
}

// AddLeadEntry implements lead.Tx.
func (t *Tx) AddLeadEntry(e lead.Entry) error {
	return t.SQL().Create(&leadEntryRow{
		ID:       e.ID,
		ReportID: e.Report,
		Kind:     string(e.Kind),
		MadeAt:   store.Millis(e.At),
		Body:     e.Body,
	}).Error
}

// AddOutgoing implements lead.Tx.
func (t *Tx) AddOutgoing(e mailbox.Envelope) error {
	return t.SQL().Create(&leadOutboxRow{
		ID:        e.ID,
		ReportID:  e.Box,
		Recipient: e.Recipient,
		MadeAt:    store.Millis(e.MadeAt),
		Body:      e.Body,
	}).Error
}

// AddLeadOffice implements lead.Tx.
func (t *Tx) AddLeadOffice(o lead.Office) error {
	err := t.SQL().Create(&leadOfficeRow{
		OrgID:     o.OrgID,
		Path:      string(o.Path),
		Recipient: o.Recipient,
		MadeAt:    store.Millis(o.MadeAt),
	}).Error
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "这个单位已有密钥").On("org")
	}
	return err
}

// LeadReports implements lead.Store.
func (db *DB) LeadReports(ctx context.Context, q lead.Query) ([]lead.Report, int, error) {
	session := db.Read(ctx).Model(&leadReportRow{}).Where("office IN ?", q.Offices)
	if len(q.States) > 0 {
		session = session.Where("state IN ?", q.States)
	}
	var rows []leadReportRow
	total, err := store.Searched(session, store.WithoutJoins, q.Text, "place").
		Page("received_at DESC, id DESC", q.Page, &rows)
	return store.Nouns(rows, leadReportRow.report), total, err
}

// LeadEntries implements lead.Store.
func (db *DB) LeadEntries(ctx context.Context, report string, at identity.Page) ([]lead.Entry, int, error) {
	var rows []leadEntryRow
	var total int64
	err := db.Read(ctx).Model(&leadEntryRow{}).Where("report_id = ?", report).Count(&total).Error
	if err != nil {
		return nil, 0, err
	}
	err = db.Read(ctx).Select("id", "report_id", "kind", "made_at").Where("report_id = ?", report).
		Order("made_at, id").Offset(at.Offset()).Limit(at.Size).Find(&rows).Error
	return store.Nouns(rows, leadEntryRow.entry), int(total), err
}

// LeadEntry implements lead.Store.
func (db *DB) LeadEntry(ctx context.Context, report, id string) (lead.Entry, error) {
	var row leadEntryRow
	if !store.PlainID(id) {
		return lead.Entry{}, fault.New(fault.NotFound, noWords)
	}
	err := db.Read(ctx).Where("report_id = ? AND id = ?", report, id).Take(&row).Error
	return row.entry(), store.NoSuch(err, noWords)
}

// LeadOffices implements lead.Store.
func (db *DB) LeadOffices(ctx context.Context, in identity.Scope) ([]lead.Office, error) {
	var rows []struct {
		Row  leadOfficeRow `gorm:"embedded"`
		Name string
	}
	session := db.Read(ctx).Table("lead_offices").Select("lead_offices.*, orgs.name AS name").
		Joins("JOIN orgs ON orgs.id = lead_offices.org_id")
	if err := store.Within(session, "lead_offices.path", in).Order("lead_offices.path, orgs.name").
		Limit(identitydb.MostOffices).Scan(&rows).Error; err != nil {
		return nil, err
	}
	all := make([]lead.Office, len(rows))
	for i, r := range rows {
		all[i] = lead.Office{
			OrgID:     r.Row.OrgID,
			Name:      r.Name,
			Path:      identity.Path(r.Row.Path),
			Recipient: r.Row.Recipient,
			MadeAt:    store.FromMillis(r.Row.MadeAt),
		}
	}
	return all, nil
}

// Outgoing implements lead.Store.
func (db *DB) Outgoing(ctx context.Context, limit int) ([]mailbox.Envelope, error) {
	var rows []leadOutboxRow
	err := db.Read(ctx).Order("made_at, id").Limit(limit).Find(&rows).Error
	return store.Nouns(rows, leadOutboxRow.envelope), err
}

// Delivered implements lead.Store.
func (db *DB) Delivered(ctx context.Context, id string) error {
	return db.Write(ctx, func(session *gorm.DB) error {
		return session.Where("id = ?", id).Delete(&leadOutboxRow{}).Error
	})
}
