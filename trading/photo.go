package trading

import (
	"context"
	"slices"
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Photo is an uploaded photo. Pages show the clean copy, drawn anew without the
// camera's data; the original stays private.
type Photo struct {
	SHA256   string // of the clean copy, which is also its name
	Original string // SHA-256 of the original
	Width    int
	Height   int
	Bytes    int
	By       string // who uploaded it
	At       time.Time
	Public   bool
	Places   []identity.Path // where it is attached

	Uploaders []string // By and whoever uploaded the same later, when read
}

// maxPhotos is what one field takes.
const maxPhotos = 9

// AddPhoto takes a photo for a form that is still being filled in. The same
// photo again is the same photo.
func (s *Service) AddPhoto(ctx context.Context, who identity.Actor, raw []byte) (Photo, error) {
	_, official := who.Can(identity.OfficeRead)
	if _, err := who.Can(identity.LotRegister); err != nil && official != nil {
		return Photo{}, official
	}
	kept, err := s.Photos.Add(raw)
	if err != nil {
		return Photo{}, err
	}
	p := Photo{SHA256: kept.SHA256, Original: kept.Original, Width: kept.Width, Height: kept.Height, Bytes: kept.Bytes,
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

// attach checks that the photos are there and notes where they belong.
func attach(tx Papers, who identity.Actor, place identity.Path, field string, photos []string, public bool) error {
	for _, sha := range photos {
		if _, err := tx.Photo(sha, who.PersonID, place); err != nil {
			return Known(err, field, "有照片没有上传成功,请重新选择")
		}
		if err := tx.AttachPhoto(sha, place, public); err != nil {
			return err
		}
	}
	return nil
}

// AttachForStation attaches the actor's own photos where the township's station
// alone reads them: the village does not.
func AttachForStation(tx Papers, who identity.Actor, village identity.Path, field string, photos []string) error {
	for _, sha := range photos {
		if _, err := tx.Photo(sha, who.PersonID, ""); err != nil {
			return Known(err, field, "有照片没有上传成功,请重新选择")
		}
		if err := tx.AttachPhoto(sha, village.Township(), false); err != nil {
			return err
		}
	}
	return nil
}

// checkPhotos checks how many photos a field has.
func checkPhotos(f *fault.Form, field, label string, photos []string, least int) {
	if len(photos) < least {
		f.Add(field, "请上传%s,至少%d张", label, least)
	}
	if len(photos) > maxPhotos {
		f.Add(field, "%s最多%d张", label, maxPhotos)
	}
	for i, sha := range photos {
		if len(sha) != 64 || slices.Contains(photos[:i], sha) {
			f.Add(field, "%s有重复或没有上传成功的照片", label)
		}
	}
}
