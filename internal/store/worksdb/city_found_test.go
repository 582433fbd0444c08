package worksdb_test

import "sunlot/internal/store/storetest"

// found is a part of the city's index, for the plans: its assets and notices by one
// piece that all have and one number each.
func (c city) found() (all []storetest.Filling) {
	for kind, id := range map[string]string{"asset": "'a' || (100000 + i)", "notice": "'n' || (100000 + i)"} {
		named := "'" + kind + "'"
		all = append(all, storetest.Filling{
			Table: "search_entries",
			Rows:  c.assets,
			Columns: map[string]string{
				"kind":  named,
				"id":    id,
				"title": "'鱼塘' || i",
				"body":  "'鱼塘' || i || '山脚' || i",
				"at":    "i",
			},
		})
		for _, token := range []string{"'鱼塘'", "'山脚'", "'' || i"} {
			all = append(all, storetest.Filling{
				Table:   "search_tokens",
				Rows:    c.assets,
				Columns: map[string]string{"kind": named, "id": id, "at": "i", "token": token},
			})
		}
	}
	return all
}
