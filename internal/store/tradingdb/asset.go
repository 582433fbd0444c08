package tradingdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/internal/store/caseworkdb"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
)

type assetRow struct {
	ID           string                       `gorm:"column:id;primaryKey"`
	Path         string                       `gorm:"column:path"`
	OwnerID      string                       `gorm:"column:owner_id"`
	ActingID     string                       `gorm:"column:acting_id"`
	Assembly     string                       `gorm:"column:assembly"`
	Name         string                       `gorm:"column:name"`
	Kind         string                       `gorm:"column:kind"`
	Location     string                       `gorm:"column:location"`
	Area         int64                        `gorm:"column:area"`
	Measure      string                       `gorm:"column:measure"`
	Plots        store.JSONOf[[]trading.Plot] `gorm:"column:plots"`
	LandUse      string                       `gorm:"column:land_use"`
	Title        string                       `gorm:"column:title"`
	LastRent     int64                        `gorm:"column:last_rent"`
	LastUnit     string                       `gorm:"column:last_unit"`
	LastEnds     string                       `gorm:"column:last_ends"`
	LastTenant   string                       `gorm:"column:last_tenant"`
	Photos       store.JSONOf[[]string]       `gorm:"column:photos"`
	Version      int                          `gorm:"column:version"`
	RegisteredBy string                       `gorm:"column:registered_by"`
	RegisteredAt int64                        `gorm:"column:registered_at"`
	EventSeq     int64                        `gorm:"column:event_seq"`
	Document     string                       `gorm:"column:document"`
}

func (assetRow) TableName() string { return "assets" }

// assetRead is an asset with the names of its organisations and its last contract.
type assetRead struct {
	Row        assetRow `gorm:"embedded"`
	OwnerName  string   `gorm:"column:owner_name"`
	ActingName string   `gorm:"column:acting_name"`
	LastLot    *string  `gorm:"column:lease_lot"`
	LeaseRent  *int64   `gorm:"column:lease_rent"`
	LeaseUnit  *string  `gorm:"column:lease_unit"`
	LeaseEnds  *string  `gorm:"column:lease_ends"`
	LeaseOf    *string  `gorm:"column:lease_of"`
}

func rowOfAsset(a trading.Asset) assetRow {
	return assetRow{
		ID:           a.ID,
		Path:         string(a.Path),
		OwnerID:      a.Owner,
		ActingID:     a.Acting,
		Assembly:     a.Assembly,
		Name:         a.Name,
		Kind:         string(a.Kind),
		Location:     a.Location,
		Area:         int64(a.Area),
		Measure:      string(a.Measure),
		Plots:        store.JSONOf[[]trading.Plot]{V: a.Plots},
		LandUse:      a.Use,
		Title:        a.Title,
		LastRent:     int64(a.LastRent),
		LastUnit:     string(a.LastUnit),
		LastEnds:     string(a.LastEnds),
		LastTenant:   a.LastTenant,
		Photos:       store.JSONOf[[]string]{V: a.Photos},
		Version:      a.Version,
		RegisteredBy: a.RegisteredBy,
		RegisteredAt: store.Millis(a.RegisteredAt),
		EventSeq:     a.Event.Seq,
		Document:     a.Document,
	}
}

func (r assetRead) asset() trading.Asset {
	row := r.Row
	a := trading.Asset{
		ID:           row.ID,
		Path:         identity.Path(row.Path),
		OwnerName:    r.OwnerName,
		ActingName:   r.ActingName,
		Version:      row.Version,
		RegisteredBy: row.RegisteredBy,
		RegisteredAt: store.FromMillis(row.RegisteredAt),
		Document:     row.Document,
	}
	a.AssetForm = trading.AssetForm{
		Owner:      row.OwnerID,
		Acting:     row.ActingID,
		Assembly:   row.Assembly,
		Name:       row.Name,
		Kind:       trading.AssetKind(row.Kind),
		Location:   row.Location,
		Area:       money.Area(row.Area),
		Measure:    money.Measure(row.Measure),
		Plots:      row.Plots.V,
		Use:        row.LandUse,
		Title:      row.Title,
		LastRent:   money.Fen(row.LastRent),
		LastUnit:   money.Unit(row.LastUnit),
		LastEnds:   calendar.Date(row.LastEnds),
		LastTenant: row.LastTenant,
		Photos:     row.Photos.V,
	}
	if r.LastLot != nil && r.LeaseRent != nil {
		a.LastLot = *r.LastLot
		a.LastRent = money.Fen(*r.LeaseRent)
		a.LastUnit = money.Unit(orEmpty(r.LeaseUnit))
		a.LastEnds = calendar.Date(orEmpty(r.LeaseEnds))
		a.LastTenant = orEmpty(r.LeaseOf)
	}
	a.Event = event.Ref{Stream: a.Stream(), Seq: row.EventSeq}
	return a
}

// WriteAsset implements register.Store.
func (db *DB) WriteAsset(ctx context.Context, once event.Request,
	fn func(register.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

// Asset implements register.Tx.
func (t *Tx) Asset(id string, in identity.Scope) (trading.Asset, error) {
	if err := t.LockRow(&assetRow{}, id); err != nil {
		return trading.Asset{}, store.NoSuch(err, noAsset)
	}
	return assetIn(t.SQL(), id, in)
}

// Asset implements register.Store.
func (db *DB) Asset(ctx context.Context, id string, in identity.Scope) (trading.Asset, error) {
	return assetIn(db.Read(ctx), id, in)
}

const noAsset = "没有找到这项资产"

func assetIn(session *gorm.DB, id string, in identity.Scope) (trading.Asset, error) {
	var row assetRead
	if !store.PlainID(id) {
		return trading.Asset{}, fault.New(fault.NotFound, noAsset)
	}
	err := store.Within(withOwners(session.Table("assets")), "assets.path", in).Where("assets.id = ?", id).
		Take(&row).Error
	if err != nil {
		return trading.Asset{}, store.NoSuch(err, noAsset)
	}
	return row.asset(), nil
}

// withOwners joins the organisations' names and the last contract. The joins are LEFT, here and in
// every list, though a foreign key lets no row be missing: MariaDB would else
// begin with the smaller table and sort.
func withOwners(session *gorm.DB) *gorm.DB {
	return session.Select("assets.*, owner.name AS owner_name, acting.name AS acting_name, lease.id AS lease_lot," +
		" lease.rent AS lease_rent, lease.unit AS lease_unit, lease.ends_on AS lease_ends, lease.tenant AS lease_of").
		Joins("LEFT JOIN orgs owner ON owner.id = assets.owner_id").
		Joins("LEFT JOIN orgs acting ON acting.id = assets.acting_id").
		Joins("LEFT JOIN occupancies lease ON lease.id = (" + lastLease + ")")
}

// SaveAsset implements register.Tx.
func (t *Tx) SaveAsset(a trading.Asset) error {
	row := rowOfAsset(a)
	if err := t.SaveVersion(&row, a.ID, a.Version); err != nil {
		return err
	}
	return reindexAssets(t.Tx.Tx.Tx, a.ID)
}

// AssetInUse implements register.Tx. A draft counts: it rests on the area as
// registered. A tender whose lot failed does not, nor one that led to a contract,
// which has terms of its own.
func (t *Tx) AssetInUse(id string) (bool, error) {
	signed := t.SQL().Table("contracts").Select("1").Joins("JOIN lots AS leased ON leased.id = contracts.id").
		Where("leased.tender_id = tenders.id AND contracts.state = ?", string(contracts.Signed))
	var n int64
	err := underWay(t.SQL()).Where("tenders.asset_id = ? AND NOT EXISTS (?)", id, signed).Count(&n).Error
	return n > 0, err
}

// AssetsIn implements register.Tx.
func (t *Tx) AssetsIn(place identity.Path) ([]trading.Asset, error) {
	var rows []assetRow
	err := store.Within(t.SQL(), "path", identity.Scope{place}).Order("registered_at, id").Find(&rows).Error
	return store.Nouns(rows, func(row assetRow) trading.Asset { return assetRead{Row: row}.asset() }), err
}

// In each order of a list the id goes the way of what is before it, so that an
// index has the order.
var assetOrders = map[string]string{
	"name":   "assets.name, assets.id",
	"newest": "assets.registered_at DESC, assets.id DESC",
	"area":   "assets.area DESC, assets.id DESC",
}

// Assets implements register.Store. All of the register is public and found by the index;
// in an office's own place the texts are looked at, since of the county's very many the
// index gives the newest.
func (db *DB) Assets(ctx context.Context, q casework.Query) ([]trading.Asset, int, error) {
	session := store.Within(db.Read(ctx).Table("assets"), "assets.path", q.Scope)
	if store.All(q.Scope) {
		var err error
		session, err = db.Found(ctx, session, "assets.id", finding.Asset, q.Text)
		if err != nil {
			return nil, 0, err
		}
		q.Text = ""
	}
	if q.Kind != "" {
		session = session.Where("assets.kind = ?", q.Kind)
	}
	list := store.Searched(store.NarrowedTo(session, "assets.id = ?", q.Parent), withOwners, q.Text, "assets.name",
		"assets.location", "owner.name")
	var rows []assetRead
	total, err := list.Page(store.Order(assetOrders, q.Sort, "name", q.Scope), q.Page, &rows)
	return store.Nouns(rows, assetRead.asset), total, err
}

type assetDraftRow struct {
	ID          string                          `gorm:"column:id;primaryKey"`
	AssetID     string                          `gorm:"column:asset_id"`
	Base        int                             `gorm:"column:base"`
	Path        string                          `gorm:"column:path"`
	OwnerID     string                          `gorm:"column:owner_id"`
	ActingID    string                          `gorm:"column:acting_id"`
	Name        string                          `gorm:"column:name"`
	Form        store.JSONOf[trading.AssetForm] `gorm:"column:form"`
	State       string                          `gorm:"column:state"`
	Version     int                             `gorm:"column:version"`
	Mend        store.JSONOf[[]fault.Field]     `gorm:"column:mend"`
	EnteredBy   string                          `gorm:"column:entered_by"`
	SentBy      string                          `gorm:"column:sent_by"`
	SentAt      int64                           `gorm:"column:sent_at"`
	ConfirmedBy string                          `gorm:"column:confirmed_by"`
	ConfirmedAt *int64                          `gorm:"column:confirmed_at"`
	Document    string                          `gorm:"column:document"`
}

func (assetDraftRow) TableName() string { return "asset_drafts" }

// assetDraftRead is an entry with the names of its organisations.
type assetDraftRead struct {
	Row        assetDraftRow `gorm:"embedded"`
	OwnerName  string        `gorm:"column:owner_name"`
	ActingName string        `gorm:"column:acting_name"`
}

func (r assetDraftRead) draft() trading.AssetDraft {
	row := r.Row
	return trading.AssetDraft{
		ID:          row.ID,
		Asset:       row.AssetID,
		Base:        row.Base,
		Path:        identity.Path(row.Path),
		OwnerName:   r.OwnerName,
		ActingName:  r.ActingName,
		State:       casework.State(row.State),
		Version:     row.Version,
		AssetForm:   row.Form.V,
		Mend:        row.Mend.V,
		EnteredBy:   row.EnteredBy,
		SentBy:      row.SentBy,
		SentAt:      store.FromMillis(row.SentAt),
		ConfirmedBy: row.ConfirmedBy,
		ConfirmedAt: store.FromOptional(row.ConfirmedAt),
		Document:    row.Document,
	}
}

// draftsIn is a transaction's part of what waits to be in the register, draftsOf the
// database's.
type (
	draftsIn struct{ tx *store.Tx }
	draftsOf struct{ db *caseworkdb.DB }
)

// AssetDraft implements register.Tx.
func (t draftsIn) AssetDraft(id string, in identity.Scope) (trading.AssetDraft, error) {
	if err := t.tx.LockRow(&assetDraftRow{}, id); err != nil {
		return trading.AssetDraft{}, store.NoSuch(err, noAssetDraft)
	}
	return assetDraftIn(t.tx.SQL(), id, in)
}

// SaveAssetDraft implements register.Tx.
func (t draftsIn) SaveAssetDraft(d trading.AssetDraft) error {
	row := assetDraftRow{
		ID:          d.ID,
		AssetID:     d.Asset,
		Base:        d.Base,
		Path:        string(d.Path),
		OwnerID:     d.Owner,
		ActingID:    d.Acting,
		Name:        d.Name,
		Form:        store.JSONOf[trading.AssetForm]{V: d.AssetForm},
		State:       string(d.State),
		Version:     d.Version,
		Mend:        store.JSONOf[[]fault.Field]{V: d.Mend},
		EnteredBy:   d.EnteredBy,
		SentBy:      d.SentBy,
		SentAt:      store.Millis(d.SentAt),
		ConfirmedBy: d.ConfirmedBy,
		ConfirmedAt: store.Optional(d.ConfirmedAt),
		Document:    d.Document,
	}
	return t.tx.SaveVersion(&row, d.ID, d.Version)
}

// WaitingDrafts implements register.Tx.
func (t draftsIn) WaitingDrafts(place identity.Path) ([]trading.AssetDraft, error) {
	var rows []assetDraftRow
	err := store.Within(t.tx.SQL(), "path", identity.Scope{place}).Where("state IN ?", trading.AssetWaiting).
		Order("sent_at, id").Find(&rows).Error
	bare := func(row assetDraftRow) trading.AssetDraft { return assetDraftRead{Row: row}.draft() }
	return store.Nouns(rows, bare), err
}

const noAssetDraft = "没有找到这份登记"

// AssetDraft implements register.Store.
func (d draftsOf) AssetDraft(ctx context.Context, id string, in identity.Scope) (trading.AssetDraft, error) {
	return assetDraftIn(d.db.Read(ctx), id, in)
}

func assetDraftIn(session *gorm.DB, id string, in identity.Scope) (trading.AssetDraft, error) {
	if !store.PlainID(id) {
		return trading.AssetDraft{}, fault.New(fault.NotFound, noAssetDraft)
	}
	var row assetDraftRead
	err := store.Within(withParties(session.Table("asset_drafts")), "asset_drafts.path", in).
		Where("asset_drafts.id = ?", id).Take(&row).Error
	return row.draft(), store.NoSuch(err, noAssetDraft)
}

func withParties(session *gorm.DB) *gorm.DB {
	return session.Select("asset_drafts.*, owner.name AS owner_name, acting.name AS acting_name").
		Joins("LEFT JOIN orgs owner ON owner.id = asset_drafts.owner_id").
		Joins("LEFT JOIN orgs acting ON acting.id = asset_drafts.acting_id")
}

var assetDraftOrders = map[string]string{"newest": "asset_drafts.sent_at DESC, asset_drafts.id DESC"}

// AssetDrafts implements register.Store.
func (d draftsOf) AssetDrafts(ctx context.Context, q casework.Query) ([]trading.AssetDraft, int, error) {
	var rows []assetDraftRead
	session := store.Within(d.db.Read(ctx).Table("asset_drafts"), "asset_drafts.path", q.Scope)
	total, err := store.Searched(ofCase(session, "asset_drafts", q), withParties, q.Text, "asset_drafts.name",
		"owner.name").
		Page(store.Order(assetDraftOrders, q.Sort, "newest", q.Scope), q.Page, &rows)
	return store.Nouns(rows, assetDraftRead.draft), total, err
}

// assets is what the public finds of them.
var assets = store.Source{Kind: finding.Asset, Select: "SELECT assets.id, assets.path, assets.name AS title," +
	" assets.location AS note, owner.name AS more, assets.registered_at AS at" +
	" FROM assets LEFT JOIN orgs owner ON owner.id = assets.owner_id WHERE assets.id"}

// reindexAssets indexes assets, and what is found by their names.
func reindexAssets(t *store.Tx, ids ...string) error {
	if err := t.Reindex(assets, ids...); err != nil {
		return err
	}
	var tenders []string
	if err := t.SQL().Table("tenders").Where("asset_id IN ?", ids).Order("id").Pluck("id", &tenders).Error; err != nil {
		return err
	}
	return reindexTenders(t, tenders...)
}

// coverColumn adds the asset's photos to what a list reads, for its cards.
const coverColumn = ", assets.photos AS asset_photos"

// first is the photo that stands for an asset; empty when there is none, or they were
// not read.
func first(photos *store.JSONOf[[]string]) string {
	if photos == nil || len(photos.V) == 0 {
		return ""
	}
	return photos.V[0]
}
