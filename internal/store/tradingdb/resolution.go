package tradingdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/rules"
)

type resolutionRow struct {
	ID           string                           `gorm:"column:id;primaryKey"`
	AssetID      string                           `gorm:"column:asset_id"`
	Path         string                           `gorm:"column:path"`
	Assembly     string                           `gorm:"column:assembly"`
	AssetKind    string                           `gorm:"column:asset_kind"`
	Area         int64                            `gorm:"column:area"`
	Measure      string                           `gorm:"column:measure"`
	Side         string                           `gorm:"column:side"`
	Unit         string                           `gorm:"column:unit"`
	State        string                           `gorm:"column:state"`
	Version      int                              `gorm:"column:version"`
	Years        int                              `gorm:"column:years"`
	FloorPrice   int64                            `gorm:"column:floor_price"`
	Outsiders    bool                             `gorm:"column:outsiders"`
	Priorities   store.JSONOf[[]trading.Priority] `gorm:"column:priorities"`
	Steps        store.JSONOf[[]trading.StepDone] `gorm:"column:steps"`
	SignIn       store.JSONOf[[]string]           `gorm:"column:sign_in"`
	Minutes      store.JSONOf[[]string]           `gorm:"column:minutes"`
	HeldOn       string                           `gorm:"column:held_on"`
	Due          int                              `gorm:"column:due"`
	Present      int                              `gorm:"column:present"`
	VotesFor     int                              `gorm:"column:votes_for"`
	VotesAgainst int                              `gorm:"column:votes_against"`
	Abstained    int                              `gorm:"column:abstained"`
	Lawful       bool                             `gorm:"column:lawful"`
	Reasons      store.JSONOf[[]string]           `gorm:"column:reasons"`
	Mend         store.JSONOf[[]fault.Field]      `gorm:"column:mend"`
	RecordedBy   string                           `gorm:"column:recorded_by"`
	SubmittedBy  string                           `gorm:"column:submitted_by"`
	ConfirmedBy  string                           `gorm:"column:confirmed_by"`
	ConfirmedAt  *int64                           `gorm:"column:confirmed_at"`
	EventSeq     *int64                           `gorm:"column:event_seq"`
	RollID       string                           `gorm:"column:roll_id"`
	RollSeq      *int64                           `gorm:"column:roll_seq"`
	RollFrom     string                           `gorm:"column:roll_from"`
	RollOn       string                           `gorm:"column:roll_on"`
	RulePack     string                           `gorm:"column:rule_pack"`
	RuleVersion  int                              `gorm:"column:rule_version"`
	ChangedAt    int64                            `gorm:"column:changed_at"`
}

func (resolutionRow) TableName() string { return "resolutions" }

// resolutionRead is a resolution with its asset's name.
type resolutionRead struct {
	Row       resolutionRow `gorm:"embedded"`
	AssetName string        `gorm:"column:asset_name"`
}

func rowOfResolution(r trading.Resolution) resolutionRow {
	return resolutionRow{
		ID:           r.ID,
		AssetID:      r.Asset,
		Path:         string(r.Path),
		Assembly:     r.Assembly,
		AssetKind:    string(r.Kind),
		Area:         int64(r.Area),
		Measure:      string(r.Measure),
		Side:         string(r.Side),
		Unit:         string(r.Unit),
		State:        string(r.State),
		Version:      r.Version,
		Years:        r.Years,
		FloorPrice:   int64(r.FloorPrice),
		Outsiders:    r.Outsiders,
		Priorities:   store.JSONOf[[]trading.Priority]{V: r.Priorities},
		Steps:        store.JSONOf[[]trading.StepDone]{V: r.Steps},
		SignIn:       store.JSONOf[[]string]{V: r.SignIn},
		Minutes:      store.JSONOf[[]string]{V: r.Minutes},
		HeldOn:       string(r.HeldOn()),
		Due:          r.Count.Due,
		Present:      r.Count.Present,
		VotesFor:     r.Count.For,
		VotesAgainst: r.Count.Against,
		Abstained:    r.Count.Abstain,
		Lawful:       r.Lawful,
		Reasons:      store.JSONOf[[]string]{V: r.Reasons},
		Mend:         store.JSONOf[[]fault.Field]{V: r.Mend},
		RecordedBy:   r.RecordedBy,
		SubmittedBy:  r.SubmittedBy,
		ConfirmedBy:  r.ConfirmedBy,
		ConfirmedAt:  store.Optional(r.ConfirmedAt),
		EventSeq:     store.SeqOf(r.Event),
		RollID:       r.Roll.Event.Stream.ID(),
		RollSeq:      store.SeqOf(r.Roll.Event),
		RollFrom:     string(r.Roll.From),
		RollOn:       string(r.Roll.On),
		RulePack:     r.Rules.ID,
		RuleVersion:  r.Rules.Version,
	}
}

func (r resolutionRead) resolution() trading.Resolution {
	row := r.Row
	d := trading.Resolution{
		ID:          row.ID,
		AssetName:   r.AssetName,
		Path:        identity.Path(row.Path),
		Assembly:    row.Assembly,
		Kind:        trading.AssetKind(row.AssetKind),
		Area:        money.Area(row.Area),
		Measure:     money.Measure(row.Measure),
		State:       casework.State(row.State),
		Version:     row.Version,
		Lawful:      row.Lawful,
		Reasons:     row.Reasons.V,
		Mend:        row.Mend.V,
		RecordedBy:  row.RecordedBy,
		SubmittedBy: row.SubmittedBy,
		ConfirmedBy: row.ConfirmedBy,
		ConfirmedAt: store.FromOptional(row.ConfirmedAt),
		Rules:       rules.Edition{ID: row.RulePack, Version: row.RuleVersion},
	}
	d.ResolutionForm = trading.ResolutionForm{
		Asset:      row.AssetID,
		Side:       trading.Side(row.Side),
		Unit:       money.Unit(row.Unit),
		Years:      row.Years,
		FloorPrice: money.Fen(row.FloorPrice),
		Outsiders:  row.Outsiders,
		Priorities: row.Priorities.V,
		Steps:      row.Steps.V,
		SignIn:     row.SignIn.V,
		Minutes:    row.Minutes.V,
	}
	d.Count = trading.Count{
		Due:     row.Due,
		Present: row.Present,
		For:     row.VotesFor,
		Against: row.VotesAgainst,
		Abstain: row.Abstained,
	}
	d.Roll = trading.RollTaken{
		Event: store.RefIn(event.Of("roll", row.RollID), row.RollSeq),
		From:  calendar.Date(row.RollFrom),
		On:    calendar.Date(row.RollOn),
	}
	d.Event = store.RefIn(d.Stream(), row.EventSeq)
	return d
}

// Resolution implements resolving.Tx.
func (t *Tx) Resolution(id string, in identity.Scope) (trading.Resolution, error) {
	if err := t.LockRow(&resolutionRow{}, id); err != nil {
		return trading.Resolution{}, store.NoSuch(err, noResolution)
	}
	return resolutionIn(t.SQL(), id, in)
}

// Resolution implements resolving.Store.
func (db *DB) Resolution(ctx context.Context, id string, in identity.Scope) (trading.Resolution, error) {
	return resolutionIn(db.Read(ctx), id, in)
}

const noResolution = "没有找到这份决议"

func resolutionIn(session *gorm.DB, id string, in identity.Scope) (trading.Resolution, error) {
	if !store.PlainID(id) {
		return trading.Resolution{}, fault.New(fault.NotFound, noResolution)
	}
	var row resolutionRead
	err := store.Within(withAsset(session, "resolutions"), "resolutions.path", in).Where("resolutions.id = ?", id).
		Take(&row).Error
	if err != nil {
		return trading.Resolution{}, store.NoSuch(err, noResolution)
	}
	r := row.resolution()
	r.Votes, err = votesIn(session, id)
	return r, err
}

// withAsset joins the asset that a row of the table is about.
func withAsset(session *gorm.DB, table string) *gorm.DB {
	return session.Table(table).Select(table + ".*, assets.name AS asset_name").
		Joins("LEFT JOIN assets ON assets.id = " + table + ".asset_id")
}

var resolutionOrders = map[string]string{
	"newest": "resolutions.changed_at DESC, resolutions.id DESC",
	"held":   "resolutions.held_on DESC, resolutions.id DESC",
}

// Resolutions implements resolving.Store. The rows of a list come without votes. They are
// no entries of what the public finds, so that the names of their assets are looked at.
func (db *DB) Resolutions(ctx context.Context, q casework.Query) ([]trading.Resolution, int, error) {
	session := ofCase(store.Within(db.Read(ctx).Table("resolutions"), "resolutions.path", q.Scope), "resolutions", q)
	joins := func(s *gorm.DB) *gorm.DB { return withAsset(s, "resolutions") }
	var rows []resolutionRead
	total, err := store.Searched(session, joins, q.Text, "assets.name").
		Page(store.Order(resolutionOrders, q.Sort, "newest", q.Scope), q.Page, &rows)
	return store.Nouns(rows, resolutionRead.resolution), total, err
}

// ofCase keeps the rows of the asset and the states that a query names.
func ofCase(session *gorm.DB, table string, q casework.Query) *gorm.DB {
	return InStates(store.NarrowedTo(session, table+".asset_id = ?", q.Parent), table, q)
}
