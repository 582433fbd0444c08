package tradingdb

import (
	"encoding/json"

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
	err := t.VeilNamed("tenders", "document", sha256,
		"title", "inspection_place", "land_use", "conditions", "qualification", "material", "burdens",
		"pricing_basis", "deposit_account", "fees", "contact", "supervision", "warnings", "media")
	if err != nil {
		return err
	}
	if err := t.Veil("supplements", "document", sha256, "body"); err != nil {
		return err
	}
	if err := t.Veil("contracts", "document", sha256, "land_use"); err != nil {
		return err
	}
	if err := reindexVeiled(t.Tx.Tx, sha256); err != nil {
		return err
	}
	return veilObjection(t, sha256)
}

// veilAsset is apart for the plots: their areas stay. Assets that were registered
// alike have one document. Its version moves on: a correction that was typed from
// the text before would put it in sight again.
func veilAsset(t *caseworkdb.Tx, sha256 string) error {
	var rows []assetRow
	if err := t.SQL().Clauses(store.ForUpdate).Where("document = ?", sha256).Find(&rows).Error; err != nil {
		return err
	}
	for _, row := range rows {
		bare := assetRow{Version: row.Version + 1, Plots: store.JSONOf[[]trading.Plot]{V: veiledPlots(row.Plots.V)}}
		if err := t.SQL().Model(&row).Select("plots", "version").Updates(bare).Error; err != nil {
			return err
		}
	}
	if err := veilEntries(t, sha256); err != nil {
		return err
	}
	return t.VeilNamed("assets", "document", sha256, "name", "location", "land_use", "title")
}

// veilEntries is for what was confirmed with that text.
func veilEntries(t *caseworkdb.Tx, sha256 string) error {
	var rows []assetDraftRow
	if err := t.SQL().Clauses(store.ForUpdate).Where("document = ?", sha256).Find(&rows).Error; err != nil {
		return err
	}
	for _, row := range rows {
		form := row.Form.V
		for _, text := range []*string{&form.Name, &form.Location, &form.Use, &form.Title} {
			*text = privacy.Veil
		}
		form.Plots = veiledPlots(form.Plots)
		bare := assetDraftRow{Name: privacy.Veil, Form: store.JSONOf[trading.AssetForm]{V: form}}
		if err := t.SQL().Model(&row).Select("name", "form").Updates(bare).Error; err != nil {
			return err
		}
	}
	return nil
}

func veiledPlots(plots []trading.Plot) (bare []trading.Plot) {
	for _, p := range plots {
		bare = append(bare, trading.Plot{
			Name:  privacy.Veil,
			Area:  p.Area,
			East:  privacy.Veil,
			South: privacy.Veil,
			West:  privacy.Veil,
			North: privacy.Veil,
		})
	}
	return bare
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
	return t.Veil("objections", "id", text.Objection, "body", "public_text", "withheld", "answer")
}

// reindexVeiled indexes anew what has the document, of which less can be read now.
func reindexVeiled(t *store.Tx, sha256 string) error {
	for table, reindex := range map[string]func(*store.Tx, ...string) error{
		"assets": reindexAssets, "tenders": reindexTenders, "contracts": reindexTenders,
	} {
		var ids []string
		if err := t.SQL().Table(table).Where("document = ?", sha256).Order("id").Pluck("id", &ids).Error; err != nil {
			return err
		}
		if err := reindex(t, ids...); err != nil {
			return err
		}
	}
	return nil
}
