package disclosuredb

import (
	"sunlot/disclosure/privacy"
	"sunlot/internal/store"
	"sunlot/internal/store/caseworkdb"
)

// Veil puts the veil over the texts that an item's row shows of a document: its
// steps' days stay. It is one of privacy's.
func Veil(tx privacy.Tx, sha256 string) error {
	t := tx.(*caseworkdb.Tx)
	var rows []itemRow
	if err := t.SQL().Clauses(store.ForUpdate).Where("document = ?", sha256).Find(&rows).Error; err != nil {
		return err
	}
	for _, row := range rows {
		row.Body.V = row.Body.V.Veiled(privacy.Veil)
		if err := t.SQL().Model(&row).Select("body").Updates(row).Error; err != nil {
			return err
		}
	}
	if err := t.VeilNamed("items", "document", sha256, "name"); err != nil {
		return err
	}
	var ids []string
	if err := t.SQL().Model(&itemRow{}).Where("document = ?", sha256).Order("id").Pluck("id", &ids).Error; err != nil {
		return err
	}
	return t.Reindex(Found, ids...)
}
