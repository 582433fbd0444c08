package worksdb

import (
	"sunlot/disclosure/privacy"
	"sunlot/internal/store/caseworkdb"
)

// Veil puts the veil over the texts that rows of works show of a document. It is
// one of privacy's.
func Veil(tx privacy.Tx, sha256 string) error {
	t := tx.(*caseworkdb.Tx)
	entry, _, err := t.EntryOf(sha256)
	if err != nil {
		return err
	}
	if entry != "" {
		err = t.Veil("project_entries", "id", entry, "note", "party")
		if err != nil {
			return err
		}
		return reindexWhere(t, "id IN (SELECT project_id FROM project_entries WHERE id = ?)", entry)
	}
	err = t.VeilNamed("projects", "document", sha256, "name", "place", "scope", "split_reason")
	if err != nil {
		return err
	}
	return reindexWhere(t, "document = ?", sha256)
}

// reindexWhere indexes works anew of which less can be read now.
func reindexWhere(t *caseworkdb.Tx, condition, value string) error {
	var ids []string
	err := t.SQL().Table("projects").Where(condition, value).Order("id").Pluck("id", &ids).Error
	if err != nil {
		return err
	}
	return t.Reindex(Found, ids...)
}
