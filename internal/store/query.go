package store

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/identity"
)

var ForUpdate = clause.Locking{Strength: "UPDATE"}

// Within keeps the rows whose path lies in the scope. It compares ranges and
// not LIKE, so that the index on the path serves both dialects. Everywhere is no
// condition: SQLite would take the range for a narrow one and sort what it finds.
func Within(session *gorm.DB, column string, in identity.Scope) *gorm.DB {
	inside, args := Inside(column, in)
	if inside == "" {
		return session
	}
	if len(args) > 2 { // SQLite's index serves only one range: what lies around all places
		var starts, ends []string
		for i := 0; i < len(args); i += 2 {
			starts, ends = append(starts, args[i].(string)), append(ends, args[i+1].(string))
		}
		session = session.Where(fmt.Sprintf(inRange, column), slices.Min(starts), slices.Max(ends))
	}
	// Written out: gorm joins a lone clause.Or to the other conditions by OR.
	return session.Where(inside, args...)
}

const inRange = "%[1]s >= ? AND %[1]s < ?"

// Inside is the condition that a path lies in the scope, with a beginning and an
// end for each of its places; empty for everywhere.
func Inside(column string, in identity.Scope) (condition string, args []any) {
	var ranges []string
	for _, p := range in {
		if p == "/" {
			return "", nil
		}
		if p == "" || !PlainID(string(p)) {
			continue
		}
		ranges = append(ranges, fmt.Sprintf(inRange, column))
		args = append(args, string(p), string(p[:len(p)-1])+string(p[len(p)-1]+1))
	}
	if len(ranges) == 0 {
		return "1 = 0", nil
	}
	return "((" + strings.Join(ranges, ") OR (") + "))", args
}

// NarrowedTo keeps the rows in which the column, or whatever else the condition asks,
// is the id that a list is narrowed to; with none it keeps all.
func NarrowedTo(session *gorm.DB, condition, id string) *gorm.DB {
	switch {
	case id == "":
		return session
	case !PlainID(id):
		return session.Where("1 = 0")
	}
	return session.Where(condition, id)
}

var likeEscaper = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// contains keeps the rows in which one of the columns has the text, whatever the
// case of its Latin letters. The text's own % and _ mean themselves.
func contains(session *gorm.DB, text string, columns ...string) *gorm.DB {
	text = strings.TrimSpace(strings.ToValidUTF8(text, ""))
	if text == "" {
		return session
	}
	if utf8.RuneCountInString(text) > 100 {
		return session.Where("1 = 0") // longer than any name, and costly to look for
	}
	pattern := "%" + likeEscaper.Replace(strings.ToLower(text)) + "%"
	var terms []string
	var args []any
	for _, c := range columns {
		if session.Name() == "mysql" { // which compares a column of plain signs with no others
			c = "CONVERT(" + c + " USING utf8mb4) COLLATE utf8mb4_bin"
		}
		terms = append(terms, "LOWER("+c+") LIKE ? ESCAPE '!'")
		args = append(args, pattern)
	}
	return session.Where("("+strings.Join(terms, " OR ")+")", args...)
}

// listing is a list that is counted and read by the page.
type listing struct{ counted, rows *gorm.DB }

// All says whether a scope is everywhere.
func All(in identity.Scope) bool { return slices.Contains(in, identity.Everywhere[0]) }

// Searched lists the rows of a session with what joins adds to each, those in
// which one of the columns has the text. A joined row is there once for each row
// of the list, so that it is counted without them, unless the text may be in them.
func Searched(session *gorm.DB, joins func(*gorm.DB) *gorm.DB, text string, columns ...string) listing {
	session = session.Session(&gorm.Session{})
	l := listing{session, contains(joins(session), text, columns...).Session(&gorm.Session{})}
	if strings.TrimSpace(text) != "" {
		l.counted = l.rows
	}
	return l
}

// WithoutJoins joins nothing.
func WithoutJoins(session *gorm.DB) *gorm.DB { return session }

// Page counts the list and reads one page of it into rows.
func (l listing) Page(order string, page identity.Page, rows any) (total int, err error) {
	page = page.Clip()
	var n int64
	if err := l.counted.Count(&n).Error; err != nil || int64(page.Offset()) >= n {
		return int(n), err // past the end the database would walk the whole list
	}
	return int(n), l.rows.Order(order).Offset(page.Offset()).Limit(page.Size).Find(rows).Error
}

// PlainID says whether the text can be an id: no space, which MySQL ignores at the
// end, and nothing else that it refuses to compare with an id's column. What
// cannot be an id is not found.
func PlainID(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// PlainIDs are those texts that can be ids.
func PlainIDs(all []string) (ids []string) {
	for _, id := range all {
		if PlainID(id) {
			ids = append(ids, id)
		}
	}
	return ids
}
