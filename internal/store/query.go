package store

import (
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/identity"
)

var forUpdate = clause.Locking{Strength: "UPDATE"}

// within keeps the rows whose path lies in the scope. It compares ranges and
// not LIKE, so that the index on the path serves both dialects.
func within(session *gorm.DB, column string, in identity.Scope) *gorm.DB {
	var ranges []clause.Expression
	for _, p := range in {
		if p == "" || !ascii(string(p)) {
			continue
		}
		end := string(p[:len(p)-1]) + string(p[len(p)-1]+1)
		ranges = append(ranges, clause.And(
			clause.Gte{Column: clause.Column{Name: column}, Value: string(p)},
			clause.Lt{Column: clause.Column{Name: column}, Value: end}))
	}
	if len(ranges) == 0 {
		return session.Where("1 = 0")
	}
	return session.Where(clause.Or(ranges...))
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
		terms = append(terms, "LOWER("+c+") LIKE ? ESCAPE '!'")
		args = append(args, pattern)
	}
	return session.Where("("+strings.Join(terms, " OR ")+")", args...)
}

// pageOf counts all rows and returns the page of them into rows.
func pageOf(session *gorm.DB, page identity.Page, rows any) (total int, err error) {
	page = page.Clip()
	var n int64
	if err := session.Session(&gorm.Session{}).Count(&n).Error; err != nil {
		return 0, err
	}
	return int(n), session.Session(&gorm.Session{}).Offset(page.Offset()).Limit(page.Size).Find(rows).Error
}

// ascii says whether the text can be an id. MySQL refuses to compare other
// texts with an id's column, and what cannot be an id is not found.
func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}
