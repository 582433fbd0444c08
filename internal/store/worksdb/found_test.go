package worksdb_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/disclosuredb"
	"sunlot/internal/store/identitydb"
	"sunlot/internal/store/storetest"
	"sunlot/internal/store/tradingdb"
	"sunlot/internal/store/worksdb"
	"sunlot/trading"
)

var sources = append([]store.Source{identitydb.Found, worksdb.Found, disclosuredb.Found}, tradingdb.Found...)

// indexed brings everything that waits into the index.
func indexed(t testing.TB, db *storetest.DB) {
	t.Helper()
	for {
		done, err := db.IndexWaiting(t.Context(), sources)
		storetest.Must(t, err)
		if done {
			return
		}
	}
}

// found is what a search finds, kind and id, in its order.
func found(t testing.TB, db *storetest.DB, text string, kinds ...finding.Kind) string {
	t.Helper()
	if len(kinds) == 0 {
		kinds = finding.Kinds
	}
	list, err := (&finding.Service{Store: db}).Find(t.Context(), text, kinds, identity.Page{Number: 1, Size: 50})
	storetest.Must(t, err)
	var all []string
	for _, f := range list {
		for _, e := range f.Entries {
			all = append(all, fmt.Sprintf("%s:%s", e.Kind, e.ID))
		}
	}
	return strings.Join(all, " ")
}

// small is a village with one of each that is found, and what is not public.
func fillSmall(t testing.TB, db *storetest.DB) {
	rows := func(table string, n int, columns map[string]string) storetest.Filling {
		return storetest.Filling{Table: table, Rows: n, Columns: columns}
	}
	path := "'/c/t1/v1/'"
	storetest.Fill(t, db, []storetest.Filling{
		rows("assets", 2, map[string]string{"id": "'a' || i", "path": path, "owner_id": "'v1'", "acting_id": "'v1'",
			"name": "'鱼塘' || i || '号'", "location": "'山脚下'", "registered_at": "i", "document": "'doc'"}),
		rows("resolutions", 1, map[string]string{
			"id":       "'r1'",
			"asset_id": "'a1'",
			"path":     path,
			"state":    "'confirmed'",
		}),
		rows("tenders", 3, map[string]string{
			"id":            "'n' || i",
			"asset_id":      "'a1'",
			"resolution_id": "'r1'",
			"path":          path,
			"state":         "CASE i WHEN 3 THEN 'drafted' ELSE 'announced' END",
			"title":         "'第' || i || '口塘经营权出租'",
			"announced_at":  "i * 1000",
			"document":      "'notice' || i",
		}),
	}, "INSERT INTO search_waiting VALUES ('village', 'v1')",
		"INSERT INTO search_waiting SELECT 'asset', id FROM assets",
		"INSERT INTO search_waiting SELECT 'notice', id FROM tenders")
}

// TestWhatIsPublicIsFoundByItsWords: on both databases, with what waited before the
// index was there.
func TestWhatIsPublicIsFoundByItsWords(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		if got := found(t, db, "西村"); got != "village:v2" {
			t.Errorf("a village that was added: %q", got)
		}
		fillSmall(t, db)
		indexed(t, db)
		indexed(t, db) // again changes nothing
		for text, want := range map[string]string{
			"":             "",
			"东村":           "village:v1 notice:n2 notice:n1 asset:a2 asset:a1",
			"东乡 村 ":        "village:v1 notice:n2 notice:n1 asset:a2 asset:a1",
			"鱼塘1号":         "notice:n2 notice:n1 asset:a1",
			"鱼塘 １":         "notice:n2 notice:n1 asset:a1",
			"山脚 东乡 鱼塘2":    "asset:a2",
			"第2口塘":         "notice:n2",
			"口塘 经营权 第":     "notice:n2 notice:n1",
			"塘":            "notice:n2 notice:n1 asset:a2 asset:a1",
			"第3口塘":         "", // a draft
			"塘口":           "", // no neighbours
			"鱼塘号":          "",
			"没有的":          "",
			"东村%":          "village:v1 notice:n2 notice:n1 asset:a2 asset:a1",
			"西村100":        "village:v2",
			"' OR 1=1 --":  "",
			"东村 西村":        "",
			"\u0000\ufffd": "",
		} {
			if got := found(t, db, text); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		if got := found(t, db, "塘", finding.Asset); got != "asset:a2 asset:a1" {
			t.Errorf("of one kind: %q", got)
		}
	})
}

// TestWhatIsPublicNoMoreIsFoundNoMore: withheld, taken back, or renamed by a correction.
func TestWhatIsPublicNoMoreIsFoundNoMore(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		fillSmall(t, db)
		indexed(t, db)
		change := func(sql string, s store.Source, ids ...string) {
			t.Helper()
			storetest.Must(t, db.InTx(t.Context(), func(tx *store.Tx) error {
				if err := tx.SQL().Exec(sql).Error; err != nil {
					return err
				}
				return tx.Reindex(s, ids...)
			}))
		}
		notices := tradingdb.Found[1]
		change("UPDATE tenders SET state = 'withdrawn' WHERE id = 'n2'", notices, "n2", "none")
		if got := found(t, db, "口塘"); got != "notice:n1" {
			t.Errorf("after one is withdrawn: %q", got)
		}
		change("UPDATE tenders SET title = '改过的名' WHERE id = 'n1'", notices, "n1")
		if a, b := found(t, db, "口塘"), found(t, db, "改过 的名"); a != "" || b != "notice:n1" {
			t.Errorf("after another name: %q, %q", a, b)
		}
		change("UPDATE tenders SET state = 'announced' WHERE id = 'n2'", notices, "n1", "n2")
		if got := found(t, db, "第2"); got != "notice:n2" {
			t.Errorf("again: %q", got)
		}
		var left int64
		storetest.Must(t, db.Read(t.Context()).Table("search_tokens").Where("id = 'n1' AND token = '口塘'").
			Count(&left).Error)
		if left > 0 {
			t.Error("a token of the old name is left")
		}
	})
}

// TestAPublicListIsSearchedByItsWords: several, in any of the entry's texts, together
// with what else narrows the list; what is no word finds nothing, too many are told.
func TestAPublicListIsSearchedByItsWords(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		fillSmall(t, db)
		indexed(t, db)
		list := func(in identity.Scope, text string) (string, int, error) {
			q := casework.Query{Scope: in, States: []casework.State{trading.Announced}, Text: text, Public: true}
			found, total, err := db.Tenders(t.Context(), q)
			return storetest.IDs(found, func(n trading.Tender) string { return n.ID }), total, err
		}
		for text, want := range map[string]string{
			"":         "n2 n1",
			"东村 经营权":   "n2 n1",
			"第２ 口塘":    "n2",
			"鱼塘1号 第1口": "n1",
			"第3口塘":     "",
			"%":        "",
			"没有的":      "",
		} {
			got, total, err := list(identity.Everywhere, text)
			if err != nil || got != want || total != len(strings.Fields(want)) {
				t.Errorf("%q finds %q, %d, %v; want %q", text, got, total, err, want)
			}
		}
		if got, total, err := list(storetest.West, "口塘"); got != "" || total != 0 || err != nil {
			t.Errorf("elsewhere: %q, %d, %v", got, total, err)
		}
		if _, _, err := list(identity.Everywhere, "一 二 三 四 五 六 七"); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("too many words: %v", err)
		}
	})
}

// TestTwoIndexTheSame: the fill of an older database, another node's, and acts that
// change what they index, all at once; in the end the index says what the rows say.
func TestTwoIndexTheSame(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		fillSmall(t, db)
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				for done := false; !done && t.Context().Err() == nil; {
					var err error
					done, err = db.IndexWaiting(t.Context(), sources)
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		for i := range 4 {
			all.Go(func() {
				for turn := range 10 {
					err := db.InTx(t.Context(), func(tx *store.Tx) error {
						err := tx.SQL().
							Exec("UPDATE tenders SET title = ? WHERE id = 'n1'", fmt.Sprintf("改名%d轮%d", i, turn)).Error
						if err != nil {
							return err
						}
						return tx.Reindex(tradingdb.Found[1], "n2", "n1")
					})
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		var title string
		storetest.Must(t, db.Read(t.Context()).Raw("SELECT title FROM tenders WHERE id = 'n1'").Scan(&title).Error)
		if got := found(t, db, title, finding.Notice); got != "notice:n1" {
			t.Errorf("%s: %q", title, got)
		}
		var tokens int64
		storetest.Must(t, db.Read(t.Context()).
			Raw("SELECT COUNT(*) FROM search_tokens WHERE id = 'n1' AND kind = 'notice'").
			Scan(&tokens).Error)
		var body string
		storetest.Must(t, db.Read(t.Context()).
			Raw("SELECT body FROM search_entries WHERE id = 'n1' AND kind = 'notice'").
			Scan(&body).Error)
		if want := finding.Tokens(title, body); tokens != int64(len(want)) {
			t.Errorf("%d tokens, want %d", tokens, len(want))
		}
	})
}

// TestAnOldMatchIsFoundBehindManyNewer: what has both words is found though many newer
// have one of them.
func TestAnOldMatchIsFoundBehindManyNewer(t *testing.T) {
	t.Parallel()
	storetest.EachCounty(t, func(t *testing.T, db *storetest.DB, _ *storetest.HandClock) {
		storetest.Fill(t, db, []storetest.Filling{{Table: "assets", Rows: 2600, Columns: map[string]string{
			"id": "'a' || i", "path": "'/c/t1/v1/'", "owner_id": "'v1'", "acting_id": "'v1'", "document": "'doc'",
			"name":     "CASE WHEN i = 1 THEN '水库鱼塘' WHEN i % 2 = 0 THEN '水库旱地' || i ELSE '鱼塘' || i || '号' END",
			"location": "'山脚下'", "registered_at": "i * 1000"}}},
			"INSERT INTO search_waiting SELECT 'asset', id FROM assets")
		indexed(t, db)
		for _, text := range []string{"水库 鱼塘", "鱼塘 水库", "水库鱼塘", "水库 鱼塘 山脚"} {
			if got := found(t, db, text); got != "asset:a1" {
				t.Errorf("%s finds %q", text, got)
			}
		}
	})
}
