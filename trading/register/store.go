package register

import (
	"context"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// Tx is what the acts on an asset need of a transaction. Loading locks the row.
type Tx interface {
	privacy.Papers
	Asset(id string, in identity.Scope) (trading.Asset, error)
	// SaveAsset inserts version 1 and updates later ones.
	SaveAsset(a trading.Asset) error
	// AssetInUse says whether a tender of the asset is under way: one with a signed
	// contract is not any more.
	AssetInUse(id string) (bool, error)
	// AssetsIn lists what lies in the register at the place and below, the oldest first.
	AssetsIn(place identity.Path) ([]trading.Asset, error)
	AssetDraft(id string, in identity.Scope) (trading.AssetDraft, error)
	// SaveAssetDraft is as SaveAsset.
	SaveAssetDraft(d trading.AssetDraft) error
	// WaitingDrafts lists the entries there that are neither confirmed nor withdrawn, the
	// oldest first.
	WaitingDrafts(place identity.Path) ([]trading.AssetDraft, error)
}

// Store keeps the register. Each Write runs fn in one transaction and returns
// after its commit, with fn's answer. The same request again returns the first
// answer without running fn; with other content it is refused. fn may run again,
// so it has no effect outside the transaction.
type Store interface {
	WriteAsset(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	Asset(ctx context.Context, id string, in identity.Scope) (trading.Asset, error)
	// Assets sorts by "name" (default), "newest", "area".
	Assets(ctx context.Context, q casework.Query) ([]trading.Asset, int, error)
	AssetDraft(ctx context.Context, id string, in identity.Scope) (trading.AssetDraft, error)
	// AssetDrafts has the newest first; a place's are those of what lies in it.
	AssetDrafts(ctx context.Context, q casework.Query) ([]trading.AssetDraft, int, error)
	// Occupied is as in Occupations.
	Occupied(ctx context.Context, asset string, from, to calendar.Date) ([]Occupancy, error)
}

// Service is the use-cases.
type Service struct {
	Store Store
	Pack  func() rules.Pack
}
