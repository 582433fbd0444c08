package identitydb

import (
	"context"
	"time"

	"gorm.io/gorm"

	"sunlot/internal/identity"
	"sunlot/internal/store"
)

var _ identity.SessionStore = (*DB)(nil)

// PersonByLogin implements identity.SessionStore.
func (db *DB) PersonByLogin(ctx context.Context, login string) (identity.Person, error) {
	return personWhere(db.Read(ctx), "login = ?", login)
}

// Person implements identity.SessionStore.
func (db *DB) Person(ctx context.Context, id string) (identity.Person, error) {
	return personWhere(db.Read(ctx), "id = ?", id)
}

func personWhere(session *gorm.DB, condition, value string) (identity.Person, error) {
	var row personRow
	if !store.PlainID(value) {
		return identity.Person{}, store.NoSuch(gorm.ErrRecordNotFound, "没有找到这个人")
	}
	err := session.Where(condition, value).Take(&row).Error
	return row.person(), store.NoSuch(err, "没有找到这个人")
}

// Memberships implements identity.SessionStore.
func (db *DB) Memberships(ctx context.Context, personID string, at time.Time) ([]identity.Membership, error) {
	return memberships(holding(db.Read(ctx), at).Where("memberships.person_id = ?", personID))
}

// held selects memberships with their organisations.
func held(session *gorm.DB) *gorm.DB {
	return session.Table("memberships").Select("memberships.*, orgs.name AS org_name, orgs.path AS path").
		Joins("JOIN orgs ON orgs.id = memberships.org_id")
}

// holding is held at an instant; a role ends at, not after, its end.
func holding(session *gorm.DB, at time.Time) *gorm.DB {
	return held(session).Where("memberships.from_at <= ? AND (memberships.until_at IS NULL OR "+
		"memberships.until_at > ?)", store.Millis(at), store.Millis(at))
}

func memberships(session *gorm.DB) ([]identity.Membership, error) {
	var rows []heldRow
	if err := session.Order("memberships.from_at, memberships.id").Scan(&rows).Error; err != nil {
		return nil, err
	}
	found := make([]identity.Membership, 0, len(rows))
	for _, r := range rows {
		found = append(found, r.membership())
	}
	return found, nil
}

// AddRefresh implements identity.SessionStore, and drops the person's lapsed tokens.
func (db *DB) AddRefresh(ctx context.Context, r identity.Refresh) error {
	row := refreshOf(r)
	return db.Write(ctx, func(t *gorm.DB) error {
		if err := t.Where("person_id = ? AND expires_at < ?", r.PersonID, store.Millis(db.Wall())).
			Delete(&refreshRow{}).Error; err != nil {
			return err
		}
		return t.Create(&row).Error
	})
}

// FamilyOpen implements identity.SessionStore.
func (db *DB) FamilyOpen(ctx context.Context, family string, now time.Time) (bool, error) {
	var hashes []string
	err := db.Read(ctx).Model(&refreshRow{}).Where("family = ? AND expires_at > ?", family, store.Millis(now)).
		Limit(1).Pluck("hash", &hashes).Error
	return len(hashes) > 0, err
}

// WriteRefresh implements identity.SessionStore.
func (db *DB) WriteRefresh(ctx context.Context, hash string, fn func(identity.RefreshTx) error) error {
	return db.Write(ctx, func(t *gorm.DB) error { return fn(refreshTx{t, hash}) })
}

type refreshTx struct {
	gorm *gorm.DB
	hash string
}

func (t refreshTx) Token() (identity.Refresh, error) {
	var row refreshRow
	err := t.gorm.Clauses(store.ForUpdate).Where("hash = ?", t.hash).Take(&row).Error
	return row.refresh(), store.NoSuch(err, "登录已失效")
}

func (t refreshTx) Replace(at time.Time, successor identity.Refresh) error {
	err := t.gorm.Model(&refreshRow{}).Where("hash = ?", t.hash).Update("replaced_at", store.Millis(at)).Error
	if err != nil {
		return err
	}
	row := refreshOf(successor)
	return t.gorm.Create(&row).Error
}

func (t refreshTx) EndFamily(family string) error {
	return t.gorm.Where("family = ?", family).Delete(&refreshRow{}).Error
}

// SetPassword implements identity.SessionStore.
func (db *DB) SetPassword(ctx context.Context, personID, hash string, mustChange bool) error {
	defer db.changes.Add(1)
	return db.InTx(ctx, func(t *store.Tx) error { return Of(t).SetPassword(personID, hash, mustChange) })
}
