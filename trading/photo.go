package trading

import (
	"context"
	"slices"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// AddPhoto takes a photo for a form that is still being filled in. The same
// photo again is the same photo.
func (s *Service) AddPhoto(ctx context.Context, who identity.Actor, raw []byte) (casework.Photo, error) {
	_, official := who.Can(identity.OfficeRead)
	if _, err := who.Can(identity.LotRegister); err != nil && official != nil {
		return casework.Photo{}, official
	}
	kept, err := s.Photos.Add(raw)
	if err != nil {
		return casework.Photo{}, err
	}
	p := casework.Photo{SHA256: kept.SHA256, Original: kept.Original, Width: kept.Width, Height: kept.Height, Bytes: kept.Bytes,
		By: who.PersonID, At: s.Clock.Now()}
	return p, s.Store.AddPhoto(ctx, p)
}

// SeePhoto returns the clean copy to whoever may see it: everybody when it is
// public, else its uploaders and those who handle what it is attached to. A
// village's papers are its own; what lies at a township is its station's.
func (s *Service) SeePhoto(ctx context.Context, who identity.Actor, sha256 string) ([]byte, error) {
	p, err := s.Store.FindPhoto(ctx, sha256)
	if err != nil {
		return nil, err
	}
	reads := func(at identity.Path) bool {
		if at == at.Township() {
			return who.May(identity.RegistrationQualify, at)
		}
		return who.May(identity.ResolutionRecord, at) || who.May(identity.ResolutionConfirm, at)
	}
	if !p.Public && !slices.Contains(p.Uploaders, who.PersonID) && !slices.ContainsFunc(p.Places, reads) {
		return nil, fault.New(fault.NotFound, "没有这张照片")
	}
	return s.Photos.Open(sha256)
}
