package tradingdb

import (
	"encoding/json"
	"errors"

	"gorm.io/gorm"

	"sunlot/disclosure/privacy"
	"sunlot/internal/store"
	"sunlot/internal/store/caseworkdb"
	"sunlot/trading"
)

// Veil puts the veil over the texts that rows of trading show of a document. It
// is one of privacy's.
func Veil(tx privacy.Tx, sha256 string) error {
	t := tx.(*caseworkdb.Tx)
	if err := veilAsset(t, sha256); err != nil {
		return err
	}
	texts := map[string][]string{
		"tenders": {"title", "inspection_place", "land_use", "conditions", "qualification", "material", "burdens",
			"pricing_basis", "deposit_account", "fees", "contact", "supervision", "warnings", "media"},
		"supplements": {"body"},
		"contracts":   {"land_use"},
	}
	for table, columns := range texts {
		if err := t.Veil(table, "document", sha256, columns...); err != nil {
			return err
		}
	}
	return veilObjection(t, sha256)
}

// veilAsset is apart for the plots: their areas stay.
func veilAsset(t *caseworkdb.Tx, sha256 string) error {
	var row assetRow
	err := t.SQL().Clauses(store.ForUpdate).Where("document = ?", sha256).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	var plots []trading.Plot
	for _, p := range row.Plots.V {
		plots = append(plots, trading.Plot{
			Name:  privacy.Veil,
			Area:  p.Area,
			East:  privacy.Veil,
			South: privacy.Veil,
			West:  privacy.Veil,
			North: privacy.Veil,
		})
	}
	bare := assetRow{
		Name:     privacy.Veil,
		Location: privacy.Veil,
		LandUse:  privacy.Veil,
		Title:    privacy.Veil,
		Plots:    store.JSONOf[[]trading.Plot]{V: plots},
	}
	return t.SQL().Model(&row).Select("name", "location", "land_use", "title", "plots").Updates(bare).Error
}

// veilObjection is for answers and decisions, which name their objection while its
// row does not name them.
func veilObjection(t *caseworkdb.Tx, sha256 string) error {
	body, err := t.Body(sha256)
	if err != nil || body == nil {
		return err
	}
	var text struct {
		Objection string         `json:"objection"`
		Ruling    trading.Ruling `json:"ruling"`
	}
	if err := json.Unmarshal(body, &text); err != nil {
		return err
	}
	if text.Ruling != "" {
		return t.Veil("objections", "id", text.Objection, "reason")
	}
	return t.Veil("objections", "id", text.Objection, "public_text", "withheld", "answer")
}
