package store

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

var (
	_ identity.AdminStore = (*DB)(nil)
	_ identity.AdminTx    = (*tx)(nil)
)

// WriteAdmin implements identity.AdminStore.
func (db *DB) WriteAdmin(ctx context.Context, once event.Request, fn func(identity.AdminTx) (string, error)) (string, error) {
	return db.once(ctx, once, func(t *tx) (string, error) { return fn(t) })
}

// Org finds an organisation in the scope.
func (t *tx) Org(id string, in identity.Scope) (identity.Org, error) {
	return orgWhere(within(t.gorm, "path", in), id)
}

func orgWhere(session *gorm.DB, id string) (identity.Org, error) {
	var row orgRow
	if !plain(id) {
		return identity.Org{}, noSuch(gorm.ErrRecordNotFound, "没有这个单位")
	}
	err := session.Where("id = ?", id).Take(&row).Error
	return row.org(), noSuch(err, "没有这个单位")
}

func (t *tx) AddOrg(o identity.Org) error {
	row := orgRow{ID: o.ID, Kind: string(o.Kind), Name: o.Name, Path: string(o.Path)}
	if o.ParentID != "" {
		row.ParentID = &o.ParentID
	}
	return t.gorm.Create(&row).Error
}

// PersonIn locks the person's row.
func (t *tx) PersonIn(id string, in identity.Scope) (identity.Person, error) {
	held := within(t.gorm.Table("memberships").Select("memberships.person_id").
		Joins("JOIN orgs ON orgs.id = memberships.org_id"), "orgs.path", in)
	return personWhere(t.gorm.Clauses(forUpdate).Where("id IN (?)", held), "id = ?", id)
}

func (t *tx) AddPerson(p identity.Person) error {
	row := personRow(p)
	err := t.gorm.Create(&row).Error
	if duplicate(err) {
		return fault.New(fault.Conflict, "登录名“%s”已有人使用", p.Login).On("login")
	}
	return err
}

// Membership locks the membership's row.
func (t *tx) Membership(id string, in identity.Scope) (identity.Membership, error) {
	notFound := fault.New(fault.NotFound, "没有这一岗位")
	if !plain(id) {
		return identity.Membership{}, notFound
	}
	var row membershipRow
	if err := t.gorm.Clauses(forUpdate).Where("id = ?", id).Take(&row).Error; err != nil {
		return identity.Membership{}, noSuch(err, notFound.Message)
	}
	found, err := memberships(within(held(t.gorm), "orgs.path", in).Where("memberships.id = ?", id))
	if err == nil && len(found) == 0 {
		err = notFound
	}
	if err != nil {
		return identity.Membership{}, err
	}
	return found[0], nil
}

func (t *tx) AddMembership(m identity.Membership) error {
	return t.gorm.Create(&membershipRow{ID: m.ID, PersonID: m.PersonID, OrgID: m.OrgID, Role: string(m.Role), FromAt: millis(m.From), UntilAt: optional(m.Until)}).Error
}

func (t *tx) EndMembership(id string, at time.Time) error {
	return t.gorm.Model(&membershipRow{}).Where("id = ?", id).Update("until_at", millis(at)).Error
}

// SetPassword saves a hash, ends all sessions and drops their tokens.
func (t *tx) SetPassword(personID, hash string, mustChange bool) error {
	changed := t.gorm.Model(&personRow{}).Where("id = ?", personID).Updates(map[string]any{
		"password_hash": hash, "must_change": mustChange, "token_version": gorm.Expr("token_version + 1")})
	if changed.Error == nil && changed.RowsAffected == 0 {
		return fault.New(fault.NotFound, "没有这个人")
	}
	if changed.Error != nil {
		return changed.Error
	}
	return t.gorm.Where("person_id = ?", personID).Delete(&refreshRow{}).Error
}

func (t *tx) AddYear(y calendar.Year) error {
	body, err := json.Marshal(y)
	if err != nil {
		return err
	}
	err = t.gorm.Create(&yearRow{y.Year, string(body)}).Error
	if duplicate(err) {
		return fault.New(fault.Conflict, "%d年的放假安排已经登记", y.Year).On("year")
	}
	return err
}

// Years implements identity.AdminStore and trading.Store.
func (db *DB) Years(ctx context.Context) ([]calendar.Year, error) {
	var rows []yearRow
	if err := db.read.WithContext(ctx).Order("year").Find(&rows).Error; err != nil {
		return nil, err
	}
	years := make([]calendar.Year, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal([]byte(row.Body), &years[i]); err != nil {
			return nil, err
		}
	}
	return years, nil
}
