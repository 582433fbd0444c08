package tradingdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/bidding"
)

var _ bidding.RegistrationTx = lotTx{}

const noRegistration = "没有找到这份报名"

type registrationRow struct {
	ID           string                 `gorm:"column:id;primaryKey"`
	LotID        string                 `gorm:"column:lot_id"`
	PersonID     string                 `gorm:"column:person_id"`
	Standing     *int                   `gorm:"column:standing"`
	Name         string                 `gorm:"column:name"`
	Path         string                 `gorm:"column:path"`
	State        string                 `gorm:"column:state"`
	Version      int                    `gorm:"column:version"`
	Phone        string                 `gorm:"column:phone"`
	Account      string                 `gorm:"column:account"`
	BidsAs       string                 `gorm:"column:bids_as"`
	Claim        string                 `gorm:"column:claim"`
	Proof        store.JSONOf[[]string] `gorm:"column:proof"`
	Agreed       bool                   `gorm:"column:agreed"`
	Rank         int                    `gorm:"column:priority_rank"`
	Number       *string                `gorm:"column:number"`
	Commitment   string                 `gorm:"column:commitment"`
	Salt         string                 `gorm:"column:salt"`
	Promise      string                 `gorm:"column:promise"`
	RegisteredAt int64                  `gorm:"column:registered_at"`
	DecidedBy    string                 `gorm:"column:decided_by"`
	DecidedAt    *int64                 `gorm:"column:decided_at"`
	Reason       string                 `gorm:"column:reason"`
}

func (registrationRow) TableName() string { return "registrations" }

// registrationRead is a registration with its lot's title.
type registrationRead struct {
	Row   registrationRow `gorm:"embedded"`
	Title string          `gorm:"column:title"`
}

func rowOfRegistration(r trading.Registration) registrationRow {
	row := registrationRow{
		ID:           r.ID,
		LotID:        r.Lot,
		PersonID:     r.PersonID,
		Name:         r.Name,
		Path:         string(r.Path),
		State:        string(r.State),
		Version:      r.Version,
		Phone:        r.Phone,
		Account:      r.Account,
		BidsAs:       string(r.As),
		Claim:        string(r.Claim),
		Proof:        store.JSONOf[[]string]{V: r.Proof},
		Agreed:       r.Agreed,
		Rank:         r.Rank,
		Number:       textOrNull(r.Number),
		Commitment:   r.Commitment,
		Salt:         r.Salt,
		Promise:      r.Promise,
		RegisteredAt: store.Millis(r.RegisteredAt),
		DecidedBy:    r.DecidedBy,
		DecidedAt:    store.Optional(r.DecidedAt),
		Reason:       r.Reason,
	}
	if r.State != trading.RegistrationPulled && r.State != trading.RegistrationRefused {
		standing := 1
		row.Standing = &standing
	}
	return row
}

func (r registrationRead) registration() trading.Registration {
	row := r.Row
	n := trading.Registration{
		ID:           row.ID,
		PersonID:     row.PersonID,
		Name:         row.Name,
		Path:         identity.Path(row.Path),
		LotTitle:     r.Title,
		State:        casework.State(row.State),
		Version:      row.Version,
		Rank:         row.Rank,
		Number:       orEmpty(row.Number),
		Commitment:   row.Commitment,
		Salt:         row.Salt,
		Promise:      row.Promise,
		RegisteredAt: store.FromMillis(row.RegisteredAt),
		DecidedBy:    row.DecidedBy,
		DecidedAt:    store.FromOptional(row.DecidedAt),
		Reason:       row.Reason,
	}
	n.RegistrationForm = trading.RegistrationForm{
		Lot:     row.LotID,
		Phone:   row.Phone,
		Account: row.Account,
		As:      trading.BidderKind(row.BidsAs),
		Claim:   trading.Priority(row.Claim),
		Proof:   row.Proof.V,
		Agreed:  row.Agreed,
	}
	return n
}

// An empty text that must be unique when there is one is null in the tables.
func textOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// WriteRegistration implements bidding.RegistrationStore.
func (db *DB) WriteRegistration(ctx context.Context, once event.Request,
	fn func(bidding.RegistrationTx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(lotTx{Of(t)}) })
}

// Held implements bidding.RegistrationTx. The person's row is locked first: whoever ends
// a role or closes an account holds it too.
func (t lotTx) Held(personID string) ([]identity.Membership, error) {
	var found []string
	err := t.SQL().Table("people").Clauses(store.ForUpdate).Where("id = ? AND disabled = ?", personID, false).
		Pluck("id", &found).Error
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return t.Tx.Held(personID)
}

// withTitle joins the tender of the lot whose id the column has, and the asset's name, which
// is what the case is called.
func withTitle(session *gorm.DB, table, column string) *gorm.DB {
	return session.Table(table).Select(table + ".*, titled.tender_id, assets.name AS title").
		Joins("LEFT JOIN lots AS titled ON titled.id = " + table + "." + column).
		Joins("LEFT JOIN tenders ON tenders.id = titled.tender_id").
		Joins("LEFT JOIN assets ON assets.id = tenders.asset_id")
}

// Registration implements bidding.RegistrationTx.
func (t *Tx) Registration(id string, in identity.Scope) (trading.Registration, error) {
	if err := t.LockRow(&registrationRow{}, id); err != nil {
		return trading.Registration{}, store.NoSuch(err, noRegistration)
	}
	return registrationIn(t.SQL(), id, in)
}

// Registration implements bidding.RegistrationStore.
func (db *DB) Registration(ctx context.Context, id string, in identity.Scope) (trading.Registration, error) {
	return registrationIn(db.Read(ctx), id, in)
}

func registrationIn(session *gorm.DB, id string, in identity.Scope) (trading.Registration, error) {
	return oneRegistration(store.Within(session, "registrations.path", in), "registrations.id = ?", id)
}

func oneRegistration(session *gorm.DB, where string, args ...string) (trading.Registration, error) {
	vars := make([]any, len(args))
	for i, a := range args {
		if !store.PlainID(a) {
			return trading.Registration{}, fault.New(fault.NotFound, noRegistration)
		}
		vars[i] = a
	}
	var row registrationRead
	if err := withTitle(session, "registrations", "lot_id").Where(where, vars...).Take(&row).Error; err != nil {
		return trading.Registration{}, store.NoSuch(err, noRegistration)
	}
	return row.registration(), nil
}

const standingOf = "registrations.lot_id = ? AND registrations.person_id = ? AND registrations.standing = 1"

// RegistrationOf implements bidding.RegistrationTx.
func (t *Tx) RegistrationOf(lot, person string) (trading.Registration, error) {
	return oneRegistration(t.SQL(), standingOf, lot, person)
}

// RegistrationIn implements bidding.RegistrationStore.
func (db *DB) RegistrationIn(ctx context.Context, lot, person string) (trading.Registration, error) {
	return oneRegistration(db.Read(ctx), standingOf, lot, person)
}

// SaveRegistration implements bidding.RegistrationTx. The caller has locked the
// lot's stream.
func (t *Tx) SaveRegistration(r trading.Registration) error {
	if lot := event.Of("lot", r.Lot); t.Streams[lot] == nil {
		return store.ErrUnlocked(lot)
	}
	row := rowOfRegistration(r)
	err := t.SaveVersion(&row, r.ID, r.Version)
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "您已经报名这个标的，或竞买号刚被占用，请打开最新内容后再办理")
	}
	return err
}

// reader is whatever of the database's views reads.
type reader interface {
	Read(ctx context.Context) *gorm.DB
}

// Engaged is identity.Admin's port: whether somebody has a standing registration in
// a lot that is not decided, or has won one, be it signed or not: without his role one
// administrator alone could take a lessee's account.
func Engaged(db reader) func(ctx context.Context, person string) (bool, error) {
	return func(ctx context.Context, person string) (bool, error) {
		open := db.Read(ctx).Table("lots").Select("id").
			Where("state IN ?", []string{string(trading.Listed), string(trading.Bidding)})
		var bids, won int64
		err := db.Read(ctx).Model(&registrationRow{}).Where("person_id = ? AND lot_id IN (?)", person, open).
			Where("state IN ?", []string{string(trading.Registered), string(trading.Qualified)}).Count(&bids).Error
		if err != nil {
			return false, err
		}
		err = db.Read(ctx).Model(&awardRow{}).Where("person_id = ? AND state IN ?", person,
			[]string{string(trading.Publicised), string(trading.Settled), string(trading.Contracted)}).Count(&won).Error
		return bids+won > 0, err
	}
}

// Registrations implements bidding.RegistrationTx. The order is that of random ids.
func (t *Tx) Registrations(lot string) ([]trading.Registration, error) {
	if !store.PlainID(lot) {
		return nil, nil
	}
	var rows []registrationRead
	err := withTitle(t.SQL(), "registrations", "lot_id").Where("registrations.lot_id = ?", lot).
		Order("registrations.id").Scan(&rows).Error
	return store.Nouns(rows, registrationRead.registration), err
}

// RegistrationsOf implements bidding.RegistrationStore.
func (db *DB) RegistrationsOf(ctx context.Context, person string,
	page identity.Page) ([]trading.Registration, int, error) {
	session := db.Read(ctx).Table("registrations").Where("registrations.person_id = ?", person)
	var rows []registrationRead
	total, err := store.Searched(session, titled("registrations", "lot_id"), "").
		Page("registrations.registered_at DESC, registrations.id DESC", page, &rows)
	return store.Nouns(rows, registrationRead.registration), total, err
}

// titled is withTitle for a list.
func titled(table, column string) func(*gorm.DB) *gorm.DB {
	return func(s *gorm.DB) *gorm.DB { return withTitle(s, table, column) }
}

var registrationOrders = map[string]string{
	"newest":   "registrations.registered_at DESC, registrations.id DESC",
	"deadline": "titled.register_until, registrations.registered_at, registrations.id",

	// those that wait for the station, then the others
	"waiting": "(registrations.state='registered') DESC, titled.register_until, registrations.registered_at, " +
		"registrations.id",
}

// Registrations implements bidding.RegistrationStore.
func (db *DB) Registrations(ctx context.Context, q casework.Query) ([]trading.Registration, int, error) {
	session := ofLot(InStates(store.Within(db.Read(ctx).Table("registrations"), "registrations.path", q.Scope),
		"registrations", q), "registrations", q)
	list := store.Searched(session, titled("registrations", "lot_id"), q.Text, "assets.name", "tenders.number",
		"registrations.name", "registrations.number")
	var rows []registrationRead
	total, err := list.Page(store.Order(registrationOrders, q.Sort, "waiting", q.Scope), q.Page, &rows)
	return store.Nouns(rows, registrationRead.registration), total, err
}

// ofLot keeps the rows of the lot that a query names.
func ofLot(session *gorm.DB, table string, q casework.Query) *gorm.DB {
	return store.NarrowedTo(session, table+".lot_id = ?", q.Parent)
}

// Vote implements bidding.RegistrationStore.
func (db *DB) Vote(ctx context.Context, lot string) (trading.AssetKind, trading.ResolutionForm, error) {
	l, err := db.Lot(ctx, lot, identity.Everywhere)
	if err != nil {
		return "", trading.ResolutionForm{}, err
	}
	t, err := db.Tender(ctx, l.Tender, identity.Everywhere)
	if err != nil {
		return "", trading.ResolutionForm{}, err
	}
	r, err := db.Resolution(ctx, t.Resolution, identity.Everywhere)
	if err != nil {
		return "", trading.ResolutionForm{}, err
	}
	a, err := db.Asset(ctx, t.TenderForm.Asset, identity.Everywhere)
	return a.Kind, r.ResolutionForm, err
}
