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
		return t.Veil("project_entries", "id", entry, "note", "party")
	}
	return t.VeilNamed("projects", "document", sha256, "name", "place", "scope", "split_reason")
}
