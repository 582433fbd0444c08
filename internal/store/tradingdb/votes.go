package tradingdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/trading"
)

type voteRow struct {
	ResolutionID string  `gorm:"column:resolution_id;primaryKey"`
	Number       int     `gorm:"column:number;primaryKey;autoIncrement:false"`
	Name         string  `gorm:"column:name"`
	PersonID     *string `gorm:"column:person_id"`
	Choice       string  `gorm:"column:choice"`
}

func (voteRow) TableName() string { return "resolution_votes" }

func (r voteRow) vote() trading.Vote {
	v := trading.Vote{Name: r.Name, Choice: trading.Choice(r.Choice)}
	if r.PersonID != nil {
		v.Person = *r.PersonID
	}
	return v
}

// SaveResolution implements resolving.Tx.
func (t *Tx) SaveResolution(r trading.Resolution) error {
	row := rowOfResolution(r)
	row.ChangedAt = store.Millis(t.Now())
	if err := t.SaveVersion(&row, r.ID, r.Version); err != nil {
		return err
	}
	if err := t.SQL().Where("resolution_id = ?", r.ID).Delete(&voteRow{}).Error; err != nil {
		return err
	}
	votes := make([]voteRow, len(r.Votes))
	for i, v := range r.Votes {
		votes[i] = voteRow{ResolutionID: r.ID, Number: i + 1, Name: v.Name, Choice: string(v.Choice)}
		if v.Person != "" {
			votes[i].PersonID = &v.Person
		}
	}
	if len(votes) == 0 {
		return nil
	}
	return t.SQL().CreateInBatches(votes, 100).Error
}

func votesIn(session *gorm.DB, resolutionID string) ([]trading.Vote, error) {
	var rows []voteRow
	err := session.Where("resolution_id = ?", resolutionID).Order("number").Find(&rows).Error
	if len(rows) == 0 {
		return nil, err
	}
	return store.Nouns(rows, voteRow.vote), err
}

// VotesOf implements resolving.Store, newest first.
func (db *DB) VotesOf(ctx context.Context, personID string, page identity.Page) ([]trading.Resolution, int, error) {
	session := db.Read(ctx)
	shown := []string{string(trading.ResolutionSubmitted), string(trading.Confirmed)}
	signed := session.Table("resolutions").Where("resolutions.state IN ?", shown).
		Joins("JOIN resolution_votes own ON own.resolution_id = resolutions.id AND own.person_id = ?", personID)
	joins := func(s *gorm.DB) *gorm.DB { return withAsset(s, "resolutions") }
	var rows []resolutionRead
	total, err := store.Searched(signed, joins, "").Page("resolutions.held_on DESC, resolutions.id DESC", page, &rows)
	if err != nil || len(rows) == 0 {
		return nil, total, err
	}
	ids := store.Nouns(rows, func(r resolutionRead) string { return r.Row.ID })
	var own []voteRow
	if err := session.Where("person_id = ? AND resolution_id IN ?", personID, ids).Find(&own).Error; err != nil {
		return nil, 0, err
	}
	votes := map[string][]trading.Vote{}
	for _, v := range own {
		votes[v.ResolutionID] = append(votes[v.ResolutionID], v.vote())
	}
	found := store.Nouns(rows, resolutionRead.resolution)
	for i := range found {
		found[i].Votes = votes[found[i].ID]
	}
	return found, total, nil
}
