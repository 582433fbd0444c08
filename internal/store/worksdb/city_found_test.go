package worksdb_test

import "sunlot/internal/store/storetest"

// found is a part of the city's index, for the plans: by one piece that all of a kind have
// and one number each.
func (c city) found() (all []storetest.Filling) {
	for _, k := range []struct {
		kind, id string
		rows     int
	}{
		{"asset", "'a' || (100000 + i)", c.assets},
		{"notice", "'n' || (100000 + i)", c.assets},
		{"village", "'v' || (10000 + i)", c.villages},
		{"item", "'i' || (100000 + i)", c.items()},
	} {
		named := "'" + k.kind + "'"
		all = append(all, storetest.Filling{
			Table: "search_entries",
			Rows:  k.rows,
			Columns: map[string]string{
				"kind":  named,
				"id":    k.id,
				"title": "'鱼塘' || i",
				"body":  "'鱼塘' || i || '山脚' || i",
				"at":    "i",
			},
		})
		for _, token := range []string{"'鱼塘'", "'山脚'", "'' || i"} {
			all = append(all, storetest.Filling{
				Table:   "search_tokens",
				Rows:    k.rows,
				Columns: map[string]string{"kind": named, "id": k.id, "at": "i", "token": token},
			})
		}
	}
	return all
}
