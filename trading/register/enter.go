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

// RegisterAsset enters a new asset for the supervision committee to confirm: nothing
// of it is public before. The answer is the entry's id.
func (s *Service) RegisterAsset(ctx context.Context, who identity.Actor, requestID string,
	form trading.AssetForm) (string, error) {
	scope, once, err := casework.Begin(who, trading.AssetRegister, "asset.register", requestID, form)
	if err != nil {
		return "", err
	}
	if err := checkAsset(form, s.Pack()); err != nil {
		return "", err
	}
	return s.Store.WriteAsset(ctx, once, func(tx Tx) (string, error) {
		d := trading.AssetDraft{
			ID:        event.NewID(),
			State:     trading.AssetSubmitted,
			AssetForm: form,
			EnteredBy: who.PersonID,
		}
		return d.ID, s.send(tx, who, scope, d)
	})
}

// CorrectAsset enters a change of the register for the supervision committee to
// confirm; every confirmed version stays on record. What the last contract says of
// rent, end and tenant is not the clerk's to change. The answer is the entry's id.
func (s *Service) CorrectAsset(ctx context.Context, who identity.Actor, requestID, id string, version int,
	form trading.AssetForm) (string, error) {
	scope, once, err := casework.Begin(who, trading.AssetRegister, "asset.correct", requestID, []any{id, version, form})
	if err != nil {
		return "", err
	}
	if err := checkAsset(form, s.Pack()); err != nil {
		return "", err
	}
	return s.Store.WriteAsset(ctx, once, func(tx Tx) (string, error) {
		a, err := tx.Asset(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(a.Version, version); err != nil {
			return "", err
		}
		d := trading.AssetDraft{
			ID:        event.NewID(),
			Asset:     a.ID,
			State:     trading.AssetSubmitted,
			AssetForm: form,
			EnteredBy: who.PersonID,
		}
		return d.ID, s.send(tx, who, scope, d)
	})
}

// AmendAsset changes an entry that nobody has confirmed and sends it again: a
// correction is then one of the asset as it is now.
func (s *Service) AmendAsset(ctx context.Context, who identity.Actor, requestID, id string, version int,
	form trading.AssetForm) (string, error) {
	scope, once, err := casework.Begin(who, trading.AssetRegister, "asset.amend", requestID, []any{id, version, form})
	if err != nil {
		return "", err
	}
	if err := checkAsset(form, s.Pack()); err != nil {
		return "", err
	}
	return s.Store.WriteAsset(ctx, once, func(tx Tx) (string, error) {
		d, err := draftAt(tx, scope, id, version)
		if err != nil {
			return "", err
		}
		d.AssetForm = form
		return d.ID, s.send(tx, who, scope, d)
	})
}

// WithdrawAsset takes back an entry that nobody has confirmed.
func (s *Service) WithdrawAsset(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, trading.AssetRegister, "asset.withdraw", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteAsset(ctx, once, func(tx Tx) (string, error) {
		d, err := draftAt(tx, scope, id, version)
		if err != nil {
			return "", err
		}
		return d.ID, move(tx, who, trading.AssetRegister, d, trading.AssetWithdrawn, "asset.withdrawn")
	})
}

// send hands an entry to the committee. It is refused for whatever would be in the
// way of it if it were confirmed now: whoever types learns of it.
func (s *Service) send(tx Tx, who identity.Actor, scope identity.Scope, d trading.AssetDraft) error {
	at, err := tx.Lock(d.Stream())
	if err != nil {
		return err
	}
	a, err := s.become(tx, scope, d)
	if err != nil {
		return err
	}
	d.AssetForm = a.AssetForm
	d.Path = a.Path
	d.OwnerName = a.OwnerName
	d.Base = a.Version
	if err := casework.AttachPhotos(tx, who, d.Path, "photos", d.Photos, false); err != nil {
		return err
	}
	if err := privacy.Check(tx, d.Path, d.Public()); err != nil {
		return err
	}
	if err := onlyOne(tx, scope, d); err != nil {
		return err
	}
	d.SentBy = who.PersonID
	d.SentAt = at
	d.Mend = nil
	to := trading.AssetSubmitted
	if d.State == to { // new, or changed before anybody has looked at it
		return keep(tx, who, trading.AssetRegister, d, to, "asset.entered")
	}
	return move(tx, who, trading.AssetRegister, d, to, "asset.entered")
}

// become is the asset that an entry makes: a new one, or the one that it corrects,
// which is locked and may not be under way.
func (s *Service) become(tx Tx, scope identity.Scope, d trading.AssetDraft) (trading.Asset, error) {
	a := trading.Asset{ID: event.NewID(), Path: d.Path, RegisteredBy: d.EnteredBy}
	if d.Asset != "" {
		have, err := tx.Asset(d.Asset, scope)
		if err != nil {
			return a, err
		}
		if used, err := tx.AssetInUse(d.Asset); err != nil {
			return a, err
		} else if used {
			return a, fault.New(fault.Conflict, "这项资产正在交易，登记内容不能更改；如需说明请发补充公告")
		}
		if have.LastLot != "" {
			d.LastRent = have.LastRent
			d.LastUnit = have.LastUnit
			d.LastEnds = have.LastEnds
			d.LastTenant = have.LastTenant
		}
		a = have
	}
	a.AssetForm = d.AssetForm
	a.Plots, a.Photos = casework.NotNil(a.Plots), casework.NotNil(a.Photos)
	return a, placeAsset(tx, scope, s.Pack(), &a)
}

// draftAt loads an entry in the version that somebody has seen.
func draftAt(tx Tx, scope identity.Scope, id string, version int) (trading.AssetDraft, error) {
	d, err := tx.AssetDraft(id, scope)
	if err != nil {
		return d, err
	}
	if d.State != trading.AssetSubmitted && d.State != trading.AssetReturned {
		return d, fault.New(fault.Conflict, "这份登记%s，不能再办理", d.Label())
	}
	return d, casework.SameVersion(d.Version, version)
}

// move takes an entry to its next state and keeps it.
func move(tx Tx, who identity.Actor, as *identity.Action, d trading.AssetDraft, to casework.State, kind string) error {
	from := d.State
	if err := trading.AssetDraftLifecycle.Move(&d.State, to); err != nil {
		return err
	}
	return keep(tx, who, as, d, from, kind)
}

// keep saves an entry that came from a state, with what now waits and its trail.
func keep(tx Tx, who identity.Actor, as *identity.Action, d trading.AssetDraft, from casework.State,
	kind string) error {
	at, err := tx.Lock(d.Stream())
	if err != nil {
		return err
	}
	d.Version++
	if err := tx.SaveAssetDraft(d); err != nil {
		return err
	}
	if err := Leads.Moved(tx, from, d.State, duty(d, at), who.PersonID); err != nil {
		return err
	}
	var reasons []fault.Field
	if d.State == trading.AssetReturned {
		reasons = d.Mend
	}
	return casework.NoteAct(tx, who, as, d.Stream(), d.Path, kind, reasons)
}
