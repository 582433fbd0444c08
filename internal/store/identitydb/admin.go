package identitydb

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/internal/store"
)

var (
	_ identity.AdminStore = (*DB)(nil)
	_ identity.AdminTx    = (*Tx)(nil)
)

// WriteAdmin implements identity.AdminStore.
func (db *DB) WriteAdmin(ctx context.Context, once event.Request,
	fn func(identity.AdminTx) (string, error)) (string, error) {
	defer db.changes.Add(1) // also when nobody knows what became of it
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

// Org finds an organisation in the scope.
func (t *Tx) Org(id string, in identity.Scope) (identity.Org, error) {
	return orgWhere(store.Within(t.SQL(), "path", in), id)
}

func orgWhere(session *gorm.DB, id string) (identity.Org, error) {
	var row orgRow
	if !store.PlainID(id) {
		return identity.Org{}, store.NoSuch(gorm.ErrRecordNotFound, "没有找到这个单位")
	}
	err := session.Where("id = ?", id).Take(&row).Error
	return row.org(), store.NoSuch(err, "没有找到这个单位")
}

func (t *Tx) AddOrg(o identity.Org) error {
	row := orgRow{ID: o.ID, Kind: string(o.Kind), Name: o.Name, Path: string(o.Path)}
	if o.ParentID != "" {
		row.ParentID = &o.ParentID
	}
	if err := t.SQL().Create(&row).Error; err != nil {
		return err
	}
	return t.Reindex(Found, o.ID)
}

// Found is what the public finds of villages.
var Found = store.Source{Kind: finding.Village, Select: "SELECT id, path, name AS title, '' AS note, '' AS more," +
	" 0 AS at FROM orgs WHERE kind = '" + string(identity.Village) + "' AND id"}

// PersonIn locks the person's row.
func (t *Tx) PersonIn(id string, in identity.Scope) (identity.Person, error) {
	held := store.Within(t.SQL().Table("memberships").Select("memberships.person_id").
		Joins("JOIN orgs ON orgs.id = memberships.org_id"), "orgs.path", in)
	return personWhere(t.SQL().Clauses(store.ForUpdate).Where("id IN (?)", held), "id = ?", id)
}

func (t *Tx) AddPerson(p identity.Person) error {
	row := personOf(p)
	err := t.SQL().Create(&row).Error
	if store.Duplicate(err) {
		return fault.New(fault.Conflict, "这个手机号或登录名已有人使用").On("login")
	}
	return err
}

// Membership locks the membership's row.
func (t *Tx) Membership(id string, in identity.Scope) (identity.Membership, error) {
	notFound := fault.New(fault.NotFound, "没有找到这一岗位")
	if !store.PlainID(id) {
		return identity.Membership{}, notFound
	}
	var row membershipRow
	if err := t.SQL().Clauses(store.ForUpdate).Where("id = ?", id).Take(&row).Error; err != nil {
		return identity.Membership{}, store.NoSuch(err, notFound.Message)
	}
	found, err := memberships(store.Within(held(t.SQL()), "orgs.path", in).Where("memberships.id = ?", id))
	if err == nil && len(found) == 0 {
		err = notFound
	}
	if err != nil {
		return identity.Membership{}, err
	}
	return found[0], nil
}

func (t *Tx) AddMembership(m identity.Membership) error {
	return t.SQL().Create(&membershipRow{
		ID:       m.ID,
		PersonID: m.PersonID,
		OrgID:    m.OrgID,
		Role:     string(m.Role),
		FromAt:   store.Millis(m.From),
		UntilAt:  store.Optional(m.Until),
	}).Error
}

func (t *Tx) EndMembership(id string, at time.Time) error {
	return t.SQL().Model(&membershipRow{}).Where("id = ?", id).Update("until_at", store.Millis(at)).Error
}

// SetPassword saves a hash, ends all sessions and drops their tokens.
func (t *Tx) SetPassword(personID, hash string, mustChange bool) error {
	changed := t.SQL().Model(&personRow{}).Where("id = ?", personID).Updates(map[string]any{
		"password_hash": hash, "must_change": mustChange, "lets_in_until": nil,
		"token_version": gorm.Expr("token_version + 1")})
	return t.ended(personID, changed)
}

// ended drops the tokens of a person whose sessions a change has ended.
func (t *Tx) ended(personID string, changed *gorm.DB) error {
	if changed.Error == nil && changed.RowsAffected == 0 {
		return fault.New(fault.NotFound, "没有找到这个人")
	}
	if changed.Error != nil {
		return changed.Error
	}
	return t.SQL().Where("person_id = ?", personID).Delete(&refreshRow{}).Error
}

func (t *Tx) SaveYear(y calendar.Year) error {
	body, err := json.Marshal(y)
	if err != nil {
		return err
	}
	return t.SQL().Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "year"}},
		DoUpdates: clause.AssignmentColumns([]string{"body"}),
	}).Create(&yearRow{y.Year, string(body)}).Error
}

func (t *Tx) Year(year int) (y calendar.Year, known bool, err error) {
	var rows []yearRow
	err = t.SQL().Where("year = ?", year).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return y, false, err
	}
	return y, true, json.Unmarshal([]byte(rows[0].Body), &y)
}

// SaveEntered implements identity.AdminTx.
func (t *Tx) SaveEntered(e identity.EnteredYear) error {
	body, err := json.Marshal(e.Year)
	if err != nil {
		return err
	}
	return t.SQL().Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "year"}},
		DoUpdates: clause.AssignmentColumns([]string{"body", "entered_by", "entered_at"}),
	}).Create(&enteredYearRow{
		Year:      e.Year.Year,
		Body:      string(body),
		EnteredBy: e.By,
		EnteredAt: store.Millis(e.At),
	}).Error
}

// EnteredYear implements identity.AdminTx.
func (t *Tx) EnteredYear(year int) (identity.EnteredYear, bool, error) {
	var rows []enteredYearRow
	err := t.SQL().Where("year = ?", year).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return identity.EnteredYear{}, false, err
	}
	e, err := rows[0].entered()
	return e, true, err
}

// DropEntered implements identity.AdminTx.
func (t *Tx) DropEntered(year int) error {
	return t.SQL().Where("year = ?", year).Delete(&enteredYearRow{}).Error
}

// EnteredYears implements identity.AdminStore.
func (db *DB) EnteredYears(ctx context.Context) ([]identity.EnteredYear, error) {
	var rows []enteredYearRow
	if err := db.Read(ctx).Order("year").Find(&rows).Error; err != nil {
		return nil, err
	}
	all := make([]identity.EnteredYear, len(rows))
	for i, row := range rows {
		var err error
		all[i], err = row.entered()
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Years implements identity.AdminStore and casework.YearStore.
func (db *DB) Years(ctx context.Context) ([]calendar.Year, error) {
	var rows []yearRow
	if err := db.Read(ctx).Order("year").Find(&rows).Error; err != nil {
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
