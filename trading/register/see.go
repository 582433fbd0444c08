package register

import (
	"context"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
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

const noDraft = "没有找到这份登记"

// SeeAssetDraft returns an entry to its clerk and to the supervision committee; for
// everybody else there is none.
func (s *Service) SeeAssetDraft(ctx context.Context, who identity.Actor, id string) (trading.AssetDraft, error) {
	d, err := s.Store.AssetDraft(ctx, id, identity.Everywhere)
	if err == nil && !trading.Sees(who, trading.AssetDraftEntry, d.State, d.Path) {
		err = fault.New(fault.NotFound, noDraft)
	}
	if err != nil {
		return trading.AssetDraft{}, err
	}
	hid, err := s.hidTenant(ctx, who, d)
	d = maskDraft(who, d)
	d.HidTenant = hid
	return d, err
}

// hidTenant says whether an entry that waits gives a last tenant or another one, to whom
// his name is not told: what is to be confirmed is said, if not read.
func (s *Service) hidTenant(ctx context.Context, who identity.Actor, d trading.AssetDraft) (bool, error) {
	if d.State != trading.AssetSubmitted || trading.Sees(who, trading.AssetLastTenant, trading.Always, d.Path) {
		return false, nil
	}
	if !d.Corrects() {
		return d.LastTenant != "", nil
	}
	a, err := s.Store.Asset(ctx, d.Asset, identity.Everywhere)
	return err == nil && a.LastTenant != d.LastTenant, err
}

func maskDraft(who identity.Actor, d trading.AssetDraft) trading.AssetDraft {
	if !trading.Sees(who, trading.AssetLastTenant, trading.Always, d.Path) {
		d.LastTenant = ""
	}
	return d
}

// SeeAssetDrafts lists the entries where the actor enters or confirms them.
func (s *Service) SeeAssetDrafts(ctx context.Context, who identity.Actor,
	q casework.Query) ([]trading.AssetDraft, int, error) {
	q.Scope = nil
	var refused error
	for _, act := range Actions {
		in, err := who.Can(act)
		if err != nil {
			refused = err
		}
		q.Scope = append(q.Scope, in...)
	}
	if q.Scope == nil {
		return nil, 0, refused
	}
	list, total, err := s.Store.AssetDrafts(ctx, q)
	for i := range list {
		list[i] = maskDraft(who, list[i])
	}
	return list, total, err
}

// AssetDraftFor returns an entry to whoever may do the act where the asset lies;
// elsewhere it is not found.
func (s *Service) AssetDraftFor(ctx context.Context, who identity.Actor, as *identity.Action,
	id string) (trading.AssetDraft, error) {
	scope, err := who.Can(as)
	if err != nil {
		return trading.AssetDraft{}, err
	}
	return s.Store.AssetDraft(ctx, id, scope)
}
