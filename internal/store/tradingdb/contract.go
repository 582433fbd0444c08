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
	"sunlot/trading/contracts"
)

var _ contracts.Tx = (*Tx)(nil)

const noContract = "没有找到这份合同"

type contractRow struct {
	ID        string  `gorm:"column:id;primaryKey"`
	Path      string  `gorm:"column:path"`
	State     string  `gorm:"column:state"`
	Version   int     `gorm:"column:version"`
	Number    *string `gorm:"column:number"`
	Lessor    string  `gorm:"column:lessor"`
	Lessee    string  `gorm:"column:lessee"`
	PersonID  string  `gorm:"column:person_id"`
	Bidder    string  `gorm:"column:bidder"`
	Price     int64   `gorm:"column:price"`
	Side      string  `gorm:"column:side"`
	Unit      string  `gorm:"column:unit"`
	Measure   string  `gorm:"column:measure"`
	Area      int64   `gorm:"column:area"`
	Years     int     `gorm:"column:years"`
	Yearly    int64   `gorm:"column:yearly"`
	Whole     int64   `gorm:"column:whole"`
	StartsOn  string  `gorm:"column:starts_on"`
	EndsOn    string  `gorm:"column:ends_on"`
	LandUse   string  `gorm:"column:land_use"`
	Document  string  `gorm:"column:document"`
	OfferedBy string  `gorm:"column:offered_by"`
	OfferedAt *int64  `gorm:"column:offered_at"`
	SignedAt  *int64  `gorm:"column:signed_at"`
	SignBy    string  `gorm:"column:sign_by"`
	EventSeq  *int64  `gorm:"column:event_seq"`
	MadeAt    int64   `gorm:"column:made_at;<-:create"` // never moves: the list is by age
}

func (contractRow) TableName() string { return "contracts" }

// contractRead is a contract with its lot's tender and title.
type contractRead struct {
	Row    contractRow `gorm:"embedded"`
	Tender string      `gorm:"column:tender_id"`
	Title  string      `gorm:"column:title"`
}

func (r contractRead) contract() contracts.Contract {
	row := r.Row
	c := contracts.Contract{
		Lot:       row.ID,
		Tender:    r.Tender,
		Title:     r.Title,
		Path:      identity.Path(row.Path),
		State:     casework.State(row.State),
		Version:   row.Version,
		Number:    orEmpty(row.Number),
		Lessor:    row.Lessor,
		Lessee:    row.Lessee,
		PersonID:  row.PersonID,
		Bidder:    row.Bidder,
		Price:     money.Fen(row.Price),
		Basis:     basisOf(row.Side, row.Unit, row.Measure, row.Area, row.Years),
		Yearly:    money.Fen(row.Yearly),
		Whole:     money.Fen(row.Whole),
		StartsOn:  calendar.Date(row.StartsOn),
		EndsOn:    calendar.Date(row.EndsOn),
		Use:       row.LandUse,
		Document:  row.Document,
		OfferedBy: row.OfferedBy,
		OfferedAt: store.FromOptional(row.OfferedAt),
		SignedAt:  store.FromOptional(row.SignedAt),
		SignBy:    calendar.Date(row.SignBy),
	}
	c.Event = store.RefIn(c.Stream(), row.EventSeq)
	return c
}

// WriteContract implements contracts.Store.
func (db *DB) WriteContract(ctx context.Context, once event.Request,
	fn func(contracts.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

// SaveContract implements contracts.Tx.
func (t *Tx) SaveContract(c contracts.Contract) error {
	row := contractRow{
		ID:        c.Lot,
		Path:      string(c.Path),
		State:     string(c.State),
		Version:   c.Version,
		Number:    textOrNull(c.Number),
		Lessor:    c.Lessor,
		Lessee:    c.Lessee,
		PersonID:  c.PersonID,
		Bidder:    c.Bidder,
		Price:     int64(c.Price),
		Side:      string(c.Side),
		Unit:      string(c.Unit),
		Measure:   string(c.Measure),
		Area:      int64(c.Size),
		Years:     c.Years,
		Yearly:    int64(c.Yearly),
		Whole:     int64(c.Whole),
		StartsOn:  string(c.StartsOn),
		EndsOn:    string(c.EndsOn),
		LandUse:   c.Use,
		Document:  c.Document,
		OfferedBy: c.OfferedBy,
		OfferedAt: store.Optional(c.OfferedAt),
		SignedAt:  store.Optional(c.SignedAt),
		SignBy:    string(c.SignBy),
		EventSeq:  store.SeqOf(c.Event),
		MadeAt:    store.Millis(t.Now()),
	}
	if err := t.SaveVersion(&row, c.Lot, c.Version); err != nil {
		return err
	}
	return t.Reindex(leases, c.Lot)
}

// Contract implements contracts.Tx. The stream's row is the contract's lock,
// also while there is no contract yet.
func (t *Tx) Contract(lot string, in identity.Scope) (contracts.Contract, error) {
	if !isLot(lot) {
		return contracts.Contract{}, fault.New(fault.NotFound, noContract)
	}
	if _, err := t.Lock(event.Of("contract", lot)); err != nil {
		return contracts.Contract{}, err
	}
	return contractIn(t.SQL(), lot, in)
}

// Contract implements contracts.Store.
func (db *DB) Contract(ctx context.Context, lot string) (contracts.Contract, error) {
	return contractIn(db.Read(ctx), lot, identity.Everywhere)
}

func contractIn(session *gorm.DB, lot string, in identity.Scope) (contracts.Contract, error) {
	if !store.PlainID(lot) {
		return contracts.Contract{}, fault.New(fault.NotFound, noContract)
	}
	var row contractRead
	err := store.Within(withTitle(session, "contracts", "id"), "contracts.path", in).Where("contracts.id = ?", lot).
		Take(&row).Error
	if err != nil {
		return contracts.Contract{}, store.NoSuch(err, noContract)
	}
	return row.contract(), nil
}

var contractOrders = map[string]string{"newest": "contracts.made_at DESC, contracts.id DESC"}

// Contracts implements contracts.Store. The list is an office's, with what is not signed
// and therefore not in the index of what is public.
func (db *DB) Contracts(ctx context.Context, q casework.Query) ([]contracts.Contract, int, error) {
	session := InStates(store.Within(db.Read(ctx).Table("contracts"), "contracts.path", q.Scope), "contracts", q)
	list := store.Searched(ofAsset(session, "contracts", q.Parent), titled("contracts", "id"), q.Text,
		"assets.name", "tenders.number", "contracts.number", "contracts.lessee")
	var rows []contractRead
	total, err := list.Page(store.Order(contractOrders, q.Sort, "newest", q.Scope), q.Page, &rows)
	return store.Nouns(rows, contractRead.contract), total, err
}

// ContractsOf implements contracts.Store.
func (db *DB) ContractsOf(ctx context.Context, person string, page identity.Page) ([]contracts.Contract, int, error) {
	session := db.Read(ctx).Table("contracts").Where("contracts.person_id = ?", person)
	var rows []contractRead
	total, err := store.Searched(session, titled("contracts", "id"), "").Page(contractOrders["newest"], page, &rows)
	return store.Nouns(rows, contractRead.contract), total, err
}

// leases is what the public finds of contracts.
var leases = store.Source{Kind: finding.Contract, Select: "SELECT contracts.id, contracts.path, assets.name AS title," +
	" COALESCE(contracts.number, '') AS note, CONCAT(contracts.lessee, ' ', tenders.number, ' '" +
	", tenders.title) AS more, COALESCE(contracts.signed_at, 0) AS at" +
	" FROM contracts LEFT JOIN lots ON lots.id = contracts.id LEFT JOIN tenders ON tenders.id = lots.tender_id" +
	" LEFT JOIN assets ON assets.id = tenders.asset_id" +
	" WHERE contracts.state = '" + string(contracts.Signed) + "' AND contracts.id"}
