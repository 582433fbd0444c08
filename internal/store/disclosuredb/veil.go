package disclosuredb

import (
	"errors"

	"gorm.io/gorm"

	"sunlot/disclosure/privacy"
	"sunlot/internal/store"
	"sunlot/internal/store/caseworkdb"
)

// Veil puts the veil over the texts that an item's row shows of a document: its
// steps' days stay. It is one of privacy's.
func Veil(tx privacy.Tx, sha256 string) error {
	t := tx.(*caseworkdb.Tx)
	var row itemRow
	err := t.SQL().Clauses(store.ForUpdate).Where("document = ?", sha256).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	row.Name = privacy.Veil
	row.Body.V = row.Body.V.Veiled(privacy.Veil)
	return t.SQL().Model(&row).Select("name", "body").Updates(row).Error
}
