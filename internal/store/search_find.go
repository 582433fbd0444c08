package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"sunlot/internal/finding"
	"sunlot/internal/identity"
)

// How many entries of a probe a search looks at, the newest first: of each kind when it
// shows several, and when it shows one.
const (
	lookedAtEach = 60
	lookedAtOne  = 1000
)

// Find implements finding.Store.
func (db *DB) Find(ctx context.Context, words []string, kinds []finding.Kind,
	page identity.Page) ([]finding.Found, error) {
	most := lookedAtEach
	if len(kinds) == 1 {
		most = lookedAtOne
	}
	session := db.Read(ctx)
	probes, err := rarestFirst(session, finding.Probes(words))
	if err != nil {
		return nil, err
	}
	var all []finding.Found
	for _, kind := range kinds {
		found, err := find(session, words, probes, kind, page, most)
		if err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	return all, nil
}

// few are the kinds of which a county has so few that a list of them tells all that were
// found, also where a word is in most of their names.
var few = []finding.Kind{finding.Village, finding.Item}

// Found keeps the rows of a list whose id, in the column, is among what the public finds
// by the text: of very many the newest, but of the few all, also by what is short. An
// empty text keeps all. A list of one office's place is not narrowed by it:
// the newest of the county may be others'.
func (db *DB) Found(ctx context.Context, session *gorm.DB, column string, kind finding.Kind,
	text string) (*gorm.DB, error) {
	if text == "" {
		return session, nil
	}
	words, err := finding.Words(text)
	if err != nil {
		return nil, err
	}
	if len(words) == 0 {
		return session.Where("1 = 0"), nil
	}
	read := db.Read(ctx)
	probes := finding.Probes(words)
	if slices.Contains(few, kind) && slices.ContainsFunc(probes, short) {
		return session.Where(column+" IN (?)", withinTexts(read, kind, words)), nil
	}
	probes, err = rarestFirst(read, probes)
	if err != nil {
		return nil, err
	}
	rows, err := lookedAt(read, probes, kind, lookedAtOne)
	if err != nil {
		return nil, err
	}
	if len(rows) == lookedAtOne && slices.Contains(few, kind) {
		return session.Where(column+" IN (?)", withinTexts(read, kind, words)), nil
	}
	ids := []string{}
	for _, row := range withAll(rows, words) {
		ids = append(ids, row.ID)
	}
	return session.Where(column+" IN ?", ids), nil
}

// short says whether the index has the probe's sign only of titles, or its two letters or
// digits only where nothing follows them.
func short(p finding.Probe) bool { return !p.Begins && len(p.Token) < len("鱼塘") }

// withinTexts are the ids of all entries of a kind whose texts have the words.
func withinTexts(session *gorm.DB, kind finding.Kind, words []string) *gorm.DB {
	all := session.Table("search_entries").Select("id").Where("kind = ?", string(kind))
	for _, word := range words {
		all = contains(all, word, "body")
	}
	return all
}

// alike is from how many entries on two probes are alike to look up: to count costs less
// than to look for the others at each of withinNewest.
const alike = 1500

// rarestFirst puts the probe with the fewest entries first.
func rarestFirst(session *gorm.DB, probes []finding.Probe) ([]finding.Probe, error) {
	if len(probes) == 1 {
		return probes, nil
	}
	var counts []string
	var args []any
	for _, p := range probes {
		condition, of := has(p)
		counts = append(counts,
			"SELECT COUNT(*) FROM (SELECT 1 FROM search_tokens WHERE "+condition+" LIMIT ?) looked")
		args = append(append(args, of...), alike)
	}
	var numbers []int
	if err := session.Raw(strings.Join(counts, " UNION ALL "), args...).Scan(&numbers).Error; err != nil {
		return nil, err
	}
	best := 0
	for i, n := range numbers {
		if n < numbers[best] {
			best = i
		}
	}
	first := slices.Concat(probes[best:best+1], probes[:best], probes[best+1:])
	return first, nil
}

// has is the condition that a token is the probe's.
func has(p finding.Probe) (condition string, args []any) {
	if !p.Begins {
		return "token = ?", []any{p.Token}
	}
	return "token >= ? AND token < ?", []any{p.Token, p.Token + "\U0010ffff"}
}

// withinNewest is among how many of the first probe's entries the others are looked for,
// mostOthers how many of the others: what is found is held against the words anyway.
const (
	withinNewest = 5000
	mostOthers   = 6
)

// lookedAt are the entries of one kind that have the probes, the newest first. An entry
// has the same moment under each of its tokens, so that the others are looked up by the
// whole key.
func lookedAt(session *gorm.DB, probes []finding.Probe, kind finding.Kind, most int) (rows []entryRow, err error) {
	condition, args := has(probes[0])
	order := ""
	if !probes[0].Begins {
		order = " ORDER BY at DESC, id DESC"
	}
	limit := len(args) + 1
	args = append(args, string(kind), most)
	var both []string
	for _, other := range probes[1:min(len(probes), 1+mostOthers)] {
		if !other.Begins {
			both = append(both, "EXISTS (SELECT 1 FROM search_tokens o WHERE o.token = ? AND o.kind = looked.kind"+
				" AND o.at = looked.at AND o.id = looked.id)")
			args = append(args, other.Token)
		}
	}
	newest := "SELECT kind, at, id FROM search_tokens WHERE " + condition + " AND kind = ?" + order + " LIMIT ?"
	if len(both) > 0 {
		newest = "SELECT looked.kind, looked.id FROM (" + newest + ") looked WHERE " + strings.Join(both, " AND ") +
			" LIMIT ?"
		args[limit] = withinNewest
		args = append(args, most)
	}
	query := "SELECT e.* FROM (" + newest + ") looked" +
		" JOIN search_entries e ON e.kind = looked.kind AND e.id = looked.id"
	err = session.Raw(query, args...).Scan(&rows).Error
	return rows, err
}

// find is what of the probes' entries of one kind has the words.
func find(session *gorm.DB, words []string, probes []finding.Probe, kind finding.Kind, page identity.Page,
	most int) (finding.Found, error) {
	rows, err := lookedAt(session, probes, kind, most)
	if err != nil {
		return finding.Found{}, err
	}
	found := finding.Found{Kind: kind, Whole: len(rows) < most}
	rows = withAll(rows, words)
	found.Total = len(rows)
	page = page.Clip()
	for _, row := range rows[min(page.Offset(), len(rows)):min(page.Offset()+page.Size, len(rows))] {
		found.Entries = append(found.Entries, finding.Entry{
			Kind:  kind,
			ID:    row.ID,
			Title: row.Title,
			Note:  row.Note,
			Place: row.Place,
			At:    FromMillisOrZero(row.At),
		})
	}
	return found, nil
}

// withAll keeps the entries that have all the words, each once: those with all of them
// in the title first, then the newest.
func withAll(rows []entryRow, words []string) []entryRow {
	slices.SortFunc(rows, func(a, b entryRow) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.ID, b.ID))
	})
	rows = slices.Compact(rows)
	var titled, others []entryRow
	for _, row := range rows {
		title, _, _ := strings.Cut(row.Body, "\n")
		switch {
		case hasAll(title, words):
			titled = append(titled, row)
		case hasAll(row.Body, words):
			others = append(others, row)
		}
	}
	return append(titled, others...)
}

func hasAll(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}
