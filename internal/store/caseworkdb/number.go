package caseworkdb

import (
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// counterRow is the last number given under a name.
type counterRow struct {
	Name string `gorm:"column:name;primaryKey"`
	Last int    `gorm:"column:last"`
}

func (counterRow) TableName() string { return "counters" }

// NextNumber is the next number of a township's cases in a year, from 1, and what the
// township is called; two that are called alike have one row of numbers. Until the
// transaction ends nobody else gets one there: what is not committed leaves no gap.
func (t *Tx) NextNumber(at identity.Path, year int) (township string, n int, err error) {
	var whole string
	err = t.SQL().Table("orgs").Where("id = ?", at.Township().Area()).Pluck("name", &whole).Error
	if err != nil {
		return "", 0, err
	}
	township = identity.Short(whole)
	row := counterRow{Name: fmt.Sprintf("%d %s", year, event.Hash([]byte(township))), Last: 1}
	err = t.SQL().Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "name"}},
		DoUpdates: clause.Set{{Column: clause.Column{Name: "last"}, Value: gorm.Expr("counters.last + 1")}},
	}).Create(&row).Error
	if err != nil {
		return "", 0, err
	}
	if err := t.SQL().Where("name = ?", row.Name).Take(&row).Error; err != nil {
		return "", 0, err
	}
	return township, row.Last, nil
}
