package register

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// SeeAsset returns an asset of the public register.
func (s *Service) SeeAsset(ctx context.Context, who identity.Actor, id string) (trading.Asset, error) {
	a, err := s.Store.Asset(ctx, id, identity.Everywhere)
	return maskAsset(who, a), err
}

func maskAsset(who identity.Actor, a trading.Asset) trading.Asset {
	if !trading.Sees(who, trading.AssetLastTenant, trading.Always, a.Path) {
		a.LastTenant = ""
	}
	return a
}

// SeeAssets lists the public register.
func (s *Service) SeeAssets(ctx context.Context, who identity.Actor, q casework.Query) ([]trading.Asset, int, error) {
	list, total, err := s.Store.Assets(ctx, q)
	for i := range list {
		list[i] = maskAsset(who, list[i])
	}
	return list, total, err
}

// AssetFor returns an asset to whoever may do the act where it lies; elsewhere it is
// not found.
func (s *Service) AssetFor(ctx context.Context, who identity.Actor, as *identity.Action,
	id string) (trading.Asset, error) {
	scope, err := who.Can(as)
	if err != nil {
		return trading.Asset{}, err
	}
	return s.Store.Asset(ctx, id, scope)
}
