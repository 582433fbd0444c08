package tradingdb

import (
	"context"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/contracts"
)

// Totals implements contracts.Store.
func (db *DB) Totals(ctx context.Context, in identity.Scope, today calendar.Date) (contracts.Totals, error) {
	signed := func() *gorm.DB {
		session := db.Read(ctx).Table("contracts").Where("contracts.state = ?", string(contracts.Signed))
		return store.Within(session, "contracts.path", in)
	}
	var sums struct{ Whole, Due, Received, Arrears int64 }
	err := signed().Joins("LEFT JOIN payments ON payments.lot_id = contracts.id").
		Select("COALESCE(SUM(payments.due), 0) AS whole, COALESCE(SUM(payments.received), 0) AS received,"+
			" COALESCE(SUM(CASE WHEN payments.due_on <= ? THEN payments.due END), 0) AS due,"+
			" COALESCE(SUM(CASE WHEN payments.due_on < ? AND payments.received < payments.due THEN "+
			"payments.due - payments.received END), 0) AS arrears",
			string(today), string(today)).Scan(&sums).Error
	if err != nil {
		return contracts.Totals{}, err
	}
	var gains struct {
		Contracts, Earlier  int
		OverStart, OverLast int64
	}
	err = signed().Joins("LEFT JOIN awards ON awards.id = contracts.id").
		Select("COUNT(*) AS contracts, COALESCE(SUM(CASE WHEN awards.last_yearly > 0 THEN 1 END), 0) AS earlier,"+
			" COALESCE(SUM(CASE WHEN awards.side = ? THEN awards.yearly - awards.start_yearly END), 0) AS over_start,"+
			" COALESCE(SUM(CASE WHEN awards.last_yearly > 0 THEN awards.yearly - awards.last_yearly END), 0)"+
			" AS over_last", string(trading.Let)).Scan(&gains).Error
	return contracts.Totals{Contracts: gains.Contracts, Before: gains.Earlier,
		Accounts: contracts.Accounts{
			Whole:    money.Fen(sums.Whole),
			Due:      money.Fen(sums.Due),
			Received: money.Fen(sums.Received),
			Arrears:  money.Fen(sums.Arrears),
		},
		OverStart: money.Fen(gains.OverStart), OverLast: money.Fen(gains.OverLast)}, err
}

type lettingRow struct {
	AssetID       string  `gorm:"column:asset_id"`
	TenderID      string  `gorm:"column:tender_id"`
	ID            string  `gorm:"column:id"`
	State         string  `gorm:"column:state"`
	OpensAt       int64   `gorm:"column:opens_at"`
	ContractState *string `gorm:"column:contract_state"`
	StartsOn      *string `gorm:"column:starts_on"`
	EndsOn        *string `gorm:"column:ends_on"`
}

func (r lettingRow) letting() contracts.Letting {
	return contracts.Letting{
		Asset:    r.AssetID,
		Tender:   r.TenderID,
		Lot:      r.ID,
		State:    casework.State(r.State),
		OpensAt:  store.FromMillis(r.OpensAt),
		Contract: casework.State(orEmpty(r.ContractState)),
		StartsOn: calendar.Date(orEmpty(r.StartsOn)),
		EndsOn:   calendar.Date(orEmpty(r.EndsOn)),
	}
}

// Lettings implements contracts.Store.
func (db *DB) Lettings(ctx context.Context, assets []string) ([]contracts.Letting, error) {
	ids := store.PlainIDs(assets)
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []lettingRow
	err := db.Read(ctx).Table("tenders").
		Select("tenders.asset_id, lots.tender_id, lots.id, lots.state, lots.opens_at, "+
			"contracts.state AS contract_state, contracts.starts_on, contracts.ends_on").
		Joins("JOIN lots ON lots.tender_id = tenders.id").
		Joins("LEFT JOIN contracts ON contracts.id = lots.id").
		Where("tenders.asset_id IN ? AND tenders.state = ?", ids, string(trading.Announced)).Scan(&rows).Error
	return store.Nouns(rows, lettingRow.letting), err
}
