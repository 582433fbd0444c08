package identitydb

import (
	"context"
	"time"

	"gorm.io/gorm"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
)

type proposalRow struct {
	ID         string  `gorm:"column:id;primaryKey"`
	Act        string  `gorm:"column:act"`
	State      string  `gorm:"column:state"`
	PersonID   *string `gorm:"column:person_id"`
	Name       string  `gorm:"column:name"`
	Login      string  `gorm:"column:login"`
	OrgID      string  `gorm:"column:org_id"`
	Role       string  `gorm:"column:role"`
	Half       string  `gorm:"column:half"`
	CodeHash   string  `gorm:"column:code_hash"`
	ProposedBy *string `gorm:"column:proposed_by"`
	ProposedAt int64   `gorm:"column:proposed_at"`
	FromAt     int64   `gorm:"column:from_at"`
	UntilAt    int64   `gorm:"column:until_at"`
	DecidedBy  *string `gorm:"column:decided_by"`
	DecidedAt  *int64  `gorm:"column:decided_at"`
}

func (proposalRow) TableName() string { return "account_proposals" }

// placedRow is a proposal with its organisation's name.
type placedRow struct {
	Row     proposalRow `gorm:"embedded"`
	OrgName string      `gorm:"column:org_name"`
}

func proposalOf(p identity.Proposal) proposalRow {
	return proposalRow{
		ID:         p.ID,
		Act:        string(p.Act),
		State:      string(p.State),
		PersonID:   named(p.Person),
		Name:       p.Name,
		Login:      p.Login,
		OrgID:      p.Org,
		Role:       string(p.Role),
		Half:       p.Half,
		CodeHash:   p.CodeHash,
		ProposedBy: named(p.ProposedBy),
		ProposedAt: store.Millis(p.ProposedAt),
		FromAt:     store.Millis(p.From),
		UntilAt:    store.Millis(p.Until),
		DecidedBy:  named(p.DecidedBy),
		DecidedAt:  store.Optional(p.DecidedAt),
	}
}

func (r placedRow) proposal() identity.Proposal {
	return identity.Proposal{
		ID:         r.Row.ID,
		Act:        identity.AccountAct(r.Row.Act),
		State:      identity.ProposalState(r.Row.State),
		Person:     nameOf(r.Row.PersonID),
		Name:       r.Row.Name,
		Login:      r.Row.Login,
		Org:        r.Row.OrgID,
		OrgName:    r.OrgName,
		Role:       identity.Role(r.Row.Role),
		Half:       r.Row.Half,
		CodeHash:   r.Row.CodeHash,
		ProposedBy: nameOf(r.Row.ProposedBy),
		ProposedAt: store.FromMillis(r.Row.ProposedAt),
		From:       store.FromMillis(r.Row.FromAt),
		Until:      store.FromMillis(r.Row.UntilAt),
		DecidedBy:  nameOf(r.Row.DecidedBy),
		DecidedAt:  store.FromOptional(r.Row.DecidedAt),
	}
}

// named is a person's id, null when there is none.
func named(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}

func nameOf(id *string) string {
	if id == nil {
		return ""
	}
	return *id
}

// vouchRow is one person's part in an act on an account.
type vouchRow struct {
	ID       string  `gorm:"column:id;primaryKey"`
	Act      string  `gorm:"column:act"`
	PersonID string  `gorm:"column:person_id"`
	ByID     *string `gorm:"column:by_id"`
	At       int64   `gorm:"column:vouched_at"`
}

func (vouchRow) TableName() string { return "account_vouches" }

func (r vouchRow) vouch() identity.Vouch {
	return identity.Vouch{
		Act:    identity.AccountAct(r.Act),
		Person: r.PersonID,
		By:     nameOf(r.ByID),
		At:     store.FromMillis(r.At),
	}
}

// proposals selects proposals with the names of their organisations.
func proposals(session *gorm.DB) *gorm.DB {
	return session.Table("account_proposals").Select("account_proposals.*, orgs.name AS org_name").
		Joins("JOIN orgs ON orgs.id = account_proposals.org_id")
}

// locked reads the proposal of that id again under its lock.
func (t *Tx) locked(id string) (identity.Proposal, error) {
	var row proposalRow
	err := t.SQL().Clauses(store.ForUpdate).Where("id = ?", id).Take(&row).Error
	if err != nil {
		return identity.Proposal{}, store.NoSuch(err, noProposal)
	}
	var placed placedRow
	err = proposals(t.SQL()).Where("account_proposals.id = ?", id).Take(&placed).Error
	return placed.proposal(), store.NoSuch(err, noProposal)
}

const noProposal = "没有找到这项账号变更"

// Proposal implements identity.AccountTx.
func (t *Tx) Proposal(id string, in identity.Scope) (identity.Proposal, error) {
	if !store.PlainID(id) {
		return identity.Proposal{}, fault.New(fault.NotFound, noProposal)
	}
	var found placedRow
	err := store.Within(proposals(t.SQL()), "orgs.path", in).Where("account_proposals.id = ?", id).Take(&found).Error
	if err != nil {
		return identity.Proposal{}, store.NoSuch(err, noProposal)
	}
	return t.locked(id)
}

// MachineProposal implements identity.AccountTx.
func (t *Tx) MachineProposal(act identity.AccountAct, login string) (identity.Proposal, error) {
	var row proposalRow
	err := t.SQL().Where("login = ? AND act = ? AND state = ? AND proposed_by IS NULL", login, string(act),
		string(identity.Proposed)).Order("proposed_at DESC, id").Take(&row).Error
	if err != nil {
		return identity.Proposal{}, store.NoSuch(err, noProposal)
	}
	return t.locked(row.ID)
}

// SaveProposal implements identity.AccountTx.
func (t *Tx) SaveProposal(p identity.Proposal) error {
	row := proposalOf(p)
	if p.State == identity.Proposed {
		return t.SQL().Create(&row).Error
	}
	return t.SQL().Model(&proposalRow{}).Where("id = ?", p.ID).Updates(map[string]any{
		"state":      row.State,
		"half":       row.Half,
		"code_hash":  row.CodeHash,
		"person_id":  row.PersonID,
		"decided_by": row.DecidedBy,
		"decided_at": row.DecidedAt,
	}).Error
}

// AddVouch implements identity.AccountTx.
func (t *Tx) AddVouch(v identity.Vouch) error {
	return t.SQL().Create(&vouchRow{
		ID:       event.NewID(),
		Act:      string(v.Act),
		PersonID: v.Person,
		ByID:     named(v.By),
		At:       store.Millis(v.At),
	}).Error
}

// PersonWithLogin implements identity.AccountTx; it locks the person's row.
func (t *Tx) PersonWithLogin(login string) (identity.Person, error) {
	return personWhere(t.SQL().Clauses(store.ForUpdate), "login = ?", login)
}

// Held implements identity.AccountTx.
func (t *Tx) Held(personID string) ([]identity.Membership, error) {
	return memberships(holding(t.SQL(), t.Now()).Where("memberships.person_id = ?", personID))
}

// Holders implements identity.AccountTx.
func (t *Tx) Holders(role identity.Role, orgID string) ([]string, error) {
	var org orgRow
	if err := t.SQL().Clauses(store.ForUpdate).Where("id = ?", orgID).Take(&org).Error; err != nil {
		return nil, err
	}
	var ids []string
	now := store.Millis(t.Now())
	err := t.SQL().Table("memberships").Distinct("memberships.person_id").
		Joins("JOIN people ON people.id = memberships.person_id").
		Where("memberships.org_id = ? AND memberships.role = ? AND people.disabled = ?", orgID, string(role), false).
		Where("memberships.from_at <= ? AND (memberships.until_at IS NULL OR memberships.until_at > ?)", now, now).
		Order("memberships.person_id").Limit(1000).Pluck("memberships.person_id", &ids).Error
	return ids, err
}

// GivePassword implements identity.AccountTx.
func (t *Tx) GivePassword(personID, hash string, until time.Time) error {
	if err := t.SetPassword(personID, hash, true); err != nil {
		return err
	}
	return t.SQL().Model(&personRow{}).Where("id = ?", personID).
		Update("lets_in_until", store.Millis(until)).Error
}

// Disable implements identity.AccountTx.
func (t *Tx) Disable(personID string, closed bool) error {
	return t.ended(personID, t.SQL().Model(&personRow{}).Where("id = ?", personID).Updates(map[string]any{
		"disabled": closed, "token_version": gorm.Expr("token_version + 1")}))
}

// Proposals implements identity.AdminStore.
func (db *DB) Proposals(ctx context.Context, in identity.Scope) ([]identity.Proposal, error) {
	var rows []placedRow
	open := db.Read(ctx).Table("account_proposals").Select("id").
		Where("state = ?", string(identity.Proposed)).Order("proposed_at DESC, id").Limit(200)
	last := db.Read(ctx).Table("account_proposals").Select("id").
		Where("state <> ?", string(identity.Proposed)).Order("proposed_at DESC, id").Limit(50)
	for _, ids := range []*gorm.DB{open, last} {
		var chosen []string
		if err := ids.Pluck("id", &chosen).Error; err != nil {
			return nil, err
		}
		var some []placedRow
		err := store.Within(proposals(db.Read(ctx)), "orgs.path", in).Where("account_proposals.id IN ?", chosen).
			Order("account_proposals.proposed_at DESC, account_proposals.id").Scan(&some).Error
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	all := make([]identity.Proposal, len(rows))
	for i, r := range rows {
		all[i] = r.proposal()
	}
	return all, nil
}

// Vouches implements identity.SessionStore.
func (db *DB) Vouches(ctx context.Context, personID string, since time.Time) ([]identity.Vouch, error) {
	var all []identity.Vouch
	for _, column := range []string{"person_id", "by_id"} {
		var rows []vouchRow
		err := db.Read(ctx).Where(column+" = ? AND vouched_at > ?", personID, store.Millis(since)).
			Order("vouched_at, id").Limit(1000).Find(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			all = append(all, r.vouch())
		}
	}
	return all, nil
}

// History implements identity.AdminStore.
func (db *DB) History(ctx context.Context, personID string) ([]identity.Vouched, error) {
	return history(vouched(db.Read(ctx)).Where("account_vouches.person_id = ?", personID))
}

// HistoryAt implements identity.AdminStore.
func (db *DB) HistoryAt(ctx context.Context, orgIDs []string, since time.Time) ([]identity.Vouched, error) {
	session := db.Read(ctx)
	held := session.Table("memberships").Select("person_id").Where("org_id IN ?", orgIDs)
	return history(vouched(session).Where("account_vouches.person_id IN (?)", held).
		Where("account_vouches.vouched_at > ?", store.Millis(since)))
}

// vouchedRow is a part in an act on an account with the names of its holder and of
// who took part.
type vouchedRow struct {
	Row  vouchRow `gorm:"embedded"`
	Name string   `gorm:"column:name"`
	By   *string  `gorm:"column:by_name"`
}

func vouched(session *gorm.DB) *gorm.DB {
	return session.Table("account_vouches").
		Select("account_vouches.*, people.name AS name, others.name AS by_name").
		Joins("JOIN people ON people.id = account_vouches.person_id").
		Joins("LEFT JOIN people others ON others.id = account_vouches.by_id")
}

// history puts the parts in one act together.
func history(session *gorm.DB) ([]identity.Vouched, error) {
	var rows []vouchedRow
	err := session.Order("account_vouches.vouched_at DESC, account_vouches.person_id, account_vouches.act, " +
		"others.name, account_vouches.id").Limit(50).Scan(&rows).Error
	var all []identity.Vouched
	for _, r := range rows {
		v := r.Row.vouch()
		last := len(all) - 1
		if last < 0 || all[last].Act != v.Act || all[last].Name != r.Name || !all[last].At.Equal(v.At) {
			all = append(all, identity.Vouched{Act: v.Act, At: v.At, Name: r.Name})
			last++
		}
		if r.By != nil {
			all[last].By = append(all[last].By, *r.By)
		}
	}
	return all, err
}

// PersonRow implements identity.AdminStore.
func (db *DB) PersonRow(ctx context.Context, id string, in identity.Scope) (identity.PersonRow, error) {
	session := db.Read(ctx)
	roles := store.Within(session.Table("memberships").Select("memberships.person_id").
		Joins("JOIN orgs ON orgs.id = memberships.org_id"), "orgs.path", in)
	p, err := personWhere(session.Where("id IN (?)", roles), "id = ?", id)
	if err != nil {
		return identity.PersonRow{}, err
	}
	held, err := memberships(holding(session, db.Clock().Now()).Where("memberships.person_id = ?", id))
	return identity.PersonRow{Person: p, Memberships: held}, err
}
