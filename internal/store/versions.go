package store

import (
	"slices"
	"strings"

	"gorm.io/gorm"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// LockRow takes a row until the transaction ends, or fails with gorm.ErrRecordNotFound.
// It is apart from the reading of the row, so that the joined names of other
// tables are not locked as well.
func (t *Tx) LockRow(model any, id string) error {
	if !PlainID(id) {
		return gorm.ErrRecordNotFound
	}
	var found string
	return t.SQL().Model(model).Clauses(ForUpdate).Select("id").Where("id = ?", id).Take(&found).Error
}

// SaveVersion inserts version 1 of a row, and later ones only over the version before.
func (t *Tx) SaveVersion(row any, id string, version int) error {
	if version == 1 {
		return t.SQL().Create(row).Error
	}
	saved := t.SQL().Model(row).Select("*").Omit("id").Where("id = ? AND version = ?", id, version-1).Updates(row)
	if saved.Error == nil && saved.RowsAffected == 0 {
		return fault.New(fault.Conflict, "内容已被他人修改，请打开最新内容后再办理")
	}
	return saved.Error
}

// Order is the SQL of a sort that the list offers, else of its default. What one
// place has is sorted, which is few rows: its order begins with an expression, so
// that no optimizer walks the whole city's rows in the order of an index instead.
func Order(orders map[string]string, sort, standard string, in identity.Scope) string {
	sql, ok := orders[sort]
	if !ok {
		sql = orders[standard]
	}
	if slices.Contains(in, "/") {
		return sql
	}
	first, rest, _ := strings.Cut(sql, ",")
	column, way, _ := strings.Cut(first, " ")
	return "COALESCE(" + column + ", " + column + ") " + way + "," + rest
}

func Nouns[R, N any](rows []R, noun func(R) N) []N {
	nouns := make([]N, 0, len(rows))
	for _, r := range rows {
		nouns = append(nouns, noun(r))
	}
	return nouns
}
