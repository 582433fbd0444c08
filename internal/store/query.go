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
	var ranges []string
	var ends []any
	for _, p := range in {
		if p == "" || !plain(string(p)) {
			continue
		}
		ranges = append(ranges, column+" >= ? AND "+column+" < ?")
		ends = append(ends, string(p), string(p[:len(p)-1])+string(p[len(p)-1]+1))
	}
	if len(ranges) == 0 {
		return session.Where("1 = 0")
	}
	// Written out: gorm joins a lone clause.Or to the other conditions by OR.
	return session.Where("(("+strings.Join(ranges, ") OR (")+"))", ends...)
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

// plain says whether the text can be an id: no space, which MySQL ignores at the
// end, and nothing else that it refuses to compare with an id's column. What
// cannot be an id is not found.
func plain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}
