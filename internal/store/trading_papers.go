package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/bidding"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/tendering"
)

var (
	_ casework.LibraryStore     = (*DB)(nil)
	_ register.Store            = (*DB)(nil)
	_ resolving.Store           = (*DB)(nil)
	_ tendering.Store           = (*DB)(nil)
	_ bidding.LotStore          = (*DB)(nil)
	_ bidding.RegistrationStore = (*DB)(nil)
	_ bidding.DepositStore      = (*DB)(nil)
	_ bidding.AwardStore        = (*DB)(nil)
	_ contracts.Store           = (*DB)(nil)
	_ identity.DirectoryStore   = (*DB)(nil)
	_ register.Tx               = (*tx)(nil)
	_ resolving.Tx              = (*tx)(nil)
	_ tendering.Tx              = (*tx)(nil)
)

type documentRow struct {
	SHA256 string `gorm:"column:sha256;primaryKey"`
	Body   []byte `gorm:"column:body"`
	MadeAt int64  `gorm:"column:made_at"`
}

func (documentRow) TableName() string { return "documents" }

// SaveDocument implements trading.Papers.
func (t *tx) SaveDocument(sha256 string, body []byte) error {
	if event.Hash(body) != sha256 {
		return fmt.Errorf("store: document %s has other content", sha256)
	}
	row := documentRow{sha256, body, millis(t.db.clock.Now())}
	return t.gorm.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
}

// Document implements trading.Store.
func (db *DB) Document(ctx context.Context, sha256 string) ([]byte, error) {
	const none = "没有这份文件"
	var row documentRow
	if !plain(sha256) {
		return nil, fault.New(fault.NotFound, none)
	}
	err := db.read.WithContext(ctx).Where("sha256 = ?", sha256).Take(&row).Error
	return row.Body, noSuch(err, none)
}

type actRow struct {
	ID       int64                 `gorm:"column:id;primaryKey;autoIncrement"`
	Noun     string                `gorm:"column:noun"`
	Kind     string                `gorm:"column:kind"`
	PersonID string                `gorm:"column:person_id"`
	Role     string                `gorm:"column:role"`
	ActedAt  int64                 `gorm:"column:acted_at"`
	Reasons  jsonOf[[]fault.Field] `gorm:"column:reasons"`
}

func (actRow) TableName() string { return "acts" }

// AddAct implements trading.Papers.
func (t *tx) AddAct(a casework.Act) error {
	return t.gorm.Create(&actRow{Noun: string(a.Noun), Kind: a.Kind, PersonID: a.PersonID, Role: string(a.Role),
		ActedAt: millis(a.At), Reasons: jsonOf[[]fault.Field]{a.Reasons}}).Error
}

// Acts implements trading.TenderTx.
func (t *tx) Acts(noun event.Stream) ([]casework.Act, error) { return actsOf(t.gorm, noun) }

// Acts implements trading.Store.
func (db *DB) Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error) {
	return actsOf(db.read.WithContext(ctx), noun)
}

// actsOf reads in the order of writing: the noun's stream is locked while an act
// is written, so their ids have it.
func actsOf(session *gorm.DB, noun event.Stream) ([]casework.Act, error) {
	var rows []struct {
		Row  actRow  `gorm:"embedded"`
		Name *string `gorm:"column:name"`
	}
	err := session.Table("acts").Select("acts.*, people.name AS name").Joins("LEFT JOIN people ON people.id = acts.person_id").
		Where("acts.noun = ?", string(noun)).Order("acts.id").Scan(&rows).Error
	acts := make([]casework.Act, 0, len(rows))
	for _, r := range rows {
		a := casework.Act{Noun: event.Stream(r.Row.Noun), Kind: r.Row.Kind, PersonID: r.Row.PersonID,
			Role: identity.Role(r.Row.Role), At: fromMillis(r.Row.ActedAt), Reasons: r.Row.Reasons.V}
		if r.Name != nil {
			a.Name = *r.Name
		}
		acts = append(acts, a)
	}
	return acts, err
}

// Representatives implements trading.ResolutionTx.
func (t *tx) Representatives(place identity.Path) ([]identity.Person, error) {
	return representatives(t.gorm, place, millis(t.db.clock.Now()))
}

// Representatives implements trading.Store.
func (db *DB) Representatives(ctx context.Context, place identity.Path) ([]identity.Person, error) {
	return representatives(db.read.WithContext(ctx), place, millis(db.clock.Now()))
}

// representatives lists by name those whose role covers the place: a village's
// representatives also vote on what belongs to one of its groups.
func representatives(session *gorm.DB, place identity.Path, now int64) ([]identity.Person, error) {
	var above []string
	for i, c := range place {
		if c == '/' && i > 0 {
			above = append(above, string(place[:i+1]))
		}
	}
	holders := session.Table("memberships").Select("memberships.person_id").Joins("JOIN orgs ON orgs.id = memberships.org_id").
		Where("memberships.role = ? AND orgs.path IN ?", string(identity.Representative), above).
		Where("memberships.from_at <= ? AND (memberships.until_at IS NULL OR memberships.until_at > ?)", now, now)
	var rows []personRow
	err := session.Where("id IN (?) AND disabled = ?", holders, false).Order("name, id").Limit(1000).Find(&rows).Error
	people := make([]identity.Person, 0, len(rows))
	for _, r := range rows {
		people = append(people, r.person())
	}
	return people, err
}
