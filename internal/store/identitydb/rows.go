package identitydb

import (
	"encoding/json"

	"sunlot/internal/identity"
	"sunlot/internal/store"
)

type orgRow struct {
	ID       string  `gorm:"column:id;primaryKey"`
	ParentID *string `gorm:"column:parent_id"`
	Kind     string  `gorm:"column:kind"`
	Name     string  `gorm:"column:name"`
	Path     string  `gorm:"column:path"`
}

func (orgRow) TableName() string { return "orgs" }

func (r orgRow) org() identity.Org {
	o := identity.Org{ID: r.ID, Kind: identity.OrgKind(r.Kind), Name: r.Name, Path: identity.Path(r.Path)}
	if r.ParentID != nil {
		o.ParentID = *r.ParentID
	}
	return o
}

func orgsOf(rows []orgRow) []identity.Org {
	orgs := make([]identity.Org, 0, len(rows))
	for _, r := range rows {
		orgs = append(orgs, r.org())
	}
	return orgs
}

type personRow struct {
	ID           string `gorm:"column:id;primaryKey"`
	Name         string `gorm:"column:name"`
	Login        string `gorm:"column:login"`
	PasswordHash string `gorm:"column:password_hash"`
	MustChange   bool   `gorm:"column:must_change"`
	TokenVersion int    `gorm:"column:token_version"`
	Disabled     bool   `gorm:"column:disabled"`
	LetsInUntil  *int64 `gorm:"column:lets_in_until"`
}

func (personRow) TableName() string { return "people" }

func personOf(p identity.Person) personRow {
	return personRow{
		ID:           p.ID,
		Name:         p.Name,
		Login:        p.Login,
		PasswordHash: p.PasswordHash,
		MustChange:   p.MustChange,
		TokenVersion: p.TokenVersion,
		Disabled:     p.Disabled,
		LetsInUntil:  store.Optional(p.LetsInUntil),
	}
}

func (r personRow) person() identity.Person {
	return identity.Person{
		ID:           r.ID,
		Name:         r.Name,
		Login:        r.Login,
		PasswordHash: r.PasswordHash,
		MustChange:   r.MustChange,
		TokenVersion: r.TokenVersion,
		Disabled:     r.Disabled,
		LetsInUntil:  store.FromOptional(r.LetsInUntil),
	}
}

type membershipRow struct {
	ID       string `gorm:"column:id;primaryKey"`
	PersonID string `gorm:"column:person_id"`
	OrgID    string `gorm:"column:org_id"`
	Role     string `gorm:"column:role"`
	FromAt   int64  `gorm:"column:from_at"`
	UntilAt  *int64 `gorm:"column:until_at"`
}

func (membershipRow) TableName() string { return "memberships" }

// heldRow is a membership with its organisation's name and path.
type heldRow struct {
	Row     membershipRow `gorm:"embedded"`
	OrgName string        `gorm:"column:org_name"`
	Path    string        `gorm:"column:path"`
}

func (r heldRow) membership() identity.Membership {
	return identity.Membership{
		ID:       r.Row.ID,
		PersonID: r.Row.PersonID,
		OrgID:    r.Row.OrgID,
		OrgName:  r.OrgName,
		Path:     identity.Path(r.Path),
		Role:     identity.Role(r.Row.Role),
		From:     store.FromMillis(r.Row.FromAt),
		Until:    store.FromOptional(r.Row.UntilAt),
	}
}

type refreshRow struct {
	Hash       string `gorm:"column:hash;primaryKey"`
	Family     string `gorm:"column:family"`
	PersonID   string `gorm:"column:person_id"`
	Version    int    `gorm:"column:version"`
	ExpiresAt  int64  `gorm:"column:expires_at"`
	ReplacedAt *int64 `gorm:"column:replaced_at"`
}

func (refreshRow) TableName() string { return "refresh_tokens" }

func refreshOf(r identity.Refresh) refreshRow {
	return refreshRow{
		Hash:       r.Hash,
		Family:     r.Family,
		PersonID:   r.PersonID,
		Version:    r.Version,
		ExpiresAt:  store.Millis(r.ExpiresAt),
		ReplacedAt: store.Optional(r.ReplacedAt),
	}
}

func (r refreshRow) refresh() identity.Refresh {
	return identity.Refresh{Hash: r.Hash, Family: r.Family, PersonID: r.PersonID, Version: r.Version,
		ExpiresAt: store.FromMillis(r.ExpiresAt), ReplacedAt: store.FromOptional(r.ReplacedAt)}
}

type yearRow struct {
	Year int    `gorm:"column:year;primaryKey;autoIncrement:false"`
	Body string `gorm:"column:body"`
}

func (yearRow) TableName() string { return "calendar_years" }

// enteredYearRow is a schedule that waits for a second administrator.
type enteredYearRow struct {
	Year      int    `gorm:"column:year;primaryKey;autoIncrement:false"`
	Body      string `gorm:"column:body"`
	EnteredBy string `gorm:"column:entered_by"`
	EnteredAt int64  `gorm:"column:entered_at"`
}

func (enteredYearRow) TableName() string { return "calendar_entered" }

func (r enteredYearRow) entered() (identity.EnteredYear, error) {
	e := identity.EnteredYear{By: r.EnteredBy, At: store.FromMillis(r.EnteredAt)}
	return e, json.Unmarshal([]byte(r.Body), &e.Year)
}
