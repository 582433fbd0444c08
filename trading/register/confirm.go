package register

import (
	"context"

	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// ConfirmAsset is a supervision committee member's word that an entry is as the
// village owns it. With it the asset, or its correction, is public, with its
// document and photos. Who entered any of it cannot confirm it. The answer is the asset's
// id.
func (s *Service) ConfirmAsset(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, trading.AssetConfirm, "asset.confirm", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteAsset(ctx, once, func(tx Tx) (string, error) {
		d, err := submitted(tx, who, scope, id, version)
		if err != nil {
			return "", err
		}
		if err := checkAsset(d.AssetForm, s.Pack()); err != nil { // the rules may have changed
			return "", err
		}
		a, err := s.become(tx, scope, d)
		if err != nil {
			return "", err
		}
		if a.Version != d.Base {
			return "", fault.New(fault.Conflict, "送核实以后，这项资产的公开登记有变动，不能核实：请退回，由经办人对照现在的登记修改后再送")
		}
		return a.ID, publish(tx, who, scope, d, a)
	})
}

// publish makes what was entered the register's, and public.
func publish(tx Tx, who identity.Actor, scope identity.Scope, d trading.AssetDraft, a trading.Asset) error {
	kind := "asset.registered"
	if d.Corrects() {
		kind = "asset.corrected"
	}
	at, err := tx.Lock(a.Stream())
	if err != nil {
		return err
	}
	if err := casework.AttachPhotos(tx, who, a.Path, "photos", a.Photos, true); err != nil {
		return err
	}
	a.Document, err = privacy.Publish(tx, a.Path, a.Public())
	if err != nil {
		return err
	}
	if err := onlyOne(tx, scope, d); err != nil {
		return err
	}
	e, err := tx.Record(a.Stream(), kind, assetFacts(a), nil)
	if err != nil {
		return err
	}
	a.Version++
	a.RegisteredAt = at
	a.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	if err := tx.SaveAsset(a); err != nil {
		return err
	}
	d.Asset = a.ID
	d.AssetForm = a.AssetForm
	d.Document = a.Document
	d.ConfirmedBy = who.PersonID
	d.ConfirmedAt = at
	return move(tx, who, trading.AssetConfirm, d, trading.AssetConfirmed, kind)
}

// ReturnAsset gives an entry back to the clerk, saying what to mend.
func (s *Service) ReturnAsset(ctx context.Context, who identity.Actor, requestID, id string,
	back casework.Return) (string, error) {
	scope, once, err := casework.Begin(who, trading.AssetConfirm, "asset.return", requestID, []any{id, back})
	if err != nil {
		return "", err
	}
	if err := back.Check(); err != nil {
		return "", err
	}
	return s.Store.WriteAsset(ctx, once, func(tx Tx) (string, error) {
		d, err := submitted(tx, who, scope, id, back.Version)
		if err != nil {
			return "", err
		}
		d.Mend = back.Reasons
		return d.ID, move(tx, who, trading.AssetConfirm, d, trading.AssetReturned, "asset.returned")
	})
}

// submitted loads an entry for the committee.
func submitted(tx Tx, who identity.Actor, scope identity.Scope, id string, version int) (trading.AssetDraft, error) {
	d, err := draftAt(tx, scope, id, version)
	if err != nil {
		return d, err
	}
	return d, casework.Second(tx, who, d.Stream(), "登记或者修改过资产的人不能核实同一份登记", "asset.entered")
}
