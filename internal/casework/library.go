package casework

import (
	"context"
	"encoding/hex"
	"slices"

	"sunlot/internal/blob"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// LibraryStore keeps what all cases share: photos, public documents, events and
// the answers to requests.
type LibraryStore interface {
	// AddPhoto keeps the row of an uploaded photo; the same again is no error.
	AddPhoto(ctx context.Context, p Photo) error
	// SpendPhotos counts bytes that the person sends on that day. Above most nothing
	// is counted and it answers fault.TooMany.
	SpendPhotos(ctx context.Context, personID string, day calendar.Date, bytes, most int) error
	// FindPhoto answers fault.NotFound when there is none. A photo uploaded twice is
	// public when one of its places is; Places lists them.
	FindPhoto(ctx context.Context, sha256 string) (Photo, error)
	// Withheld says of those that are withheld, in the public's words, why and by whom.
	Withheld(ctx context.Context, sha256 []string) (map[string]string, error)
	Document(ctx context.Context, sha256 string) ([]byte, error)
	// Events reads a stream's events after seq, at most limit.
	Events(ctx context.Context, s event.Stream, after int64, limit int) ([]event.Event, error)
	// ByRequest returns the answer of an earlier act of the person.
	ByRequest(ctx context.Context, personID, kind, requestID string) (answer string, found bool, err error)
}

// Library is the use-cases of what all cases share.
type Library struct {
	Store  LibraryStore
	Photos blob.Photos
	Clock  calendar.Clock
	// Uploads lists the acts for which somebody may upload a photo.
	Uploads []*identity.Action
	// Reads says whether somebody handles what a photo that is not public is attached to.
	Reads func(who identity.Actor, at identity.Path) bool
}

// How many bytes of photos a person may send in a day.
const (
	mostOfBidder = 30 << 20 // anybody opens a bidder's account
	mostOfOffice = 600 << 20
)

// AddPhoto takes a photo for a form that is still being filled in. The same
// photo again is the same photo.
func (l *Library) AddPhoto(ctx context.Context, who identity.Actor, raw []byte) (Photo, error) {
	var refused error
	allowed := false
	for _, act := range l.Uploads {
		_, err := who.Can(act)
		allowed = allowed || err == nil
		if refused == nil {
			refused = err
		}
	}
	if !allowed {
		return Photo{}, refused
	}
	now := l.Clock.Now()
	most := mostOfBidder
	if _, err := who.Can(identity.OfficeRead); err == nil {
		most = mostOfOffice
	}
	if err := l.Store.SpendPhotos(ctx, who.PersonID, calendar.DateOf(now), len(raw), most); err != nil {
		return Photo{}, err
	}
	kept, err := l.Photos.Add(ctx, who.PersonID, raw)
	if err != nil {
		return Photo{}, err
	}
	p := Photo{
		SHA256:   kept.SHA256,
		Original: kept.Original,
		Width:    kept.Width,
		Height:   kept.Height,
		Bytes:    kept.Bytes,
		By:       who.PersonID,
		At:       now,
	}
	return p, l.Store.AddPhoto(ctx, p)
}

// SeePhoto returns the clean copy to whoever may see it: everybody when it is
// public, else its uploaders and those who handle what it is attached to.
func (l *Library) SeePhoto(ctx context.Context, who identity.Actor, sha256 string) ([]byte, error) {
	p, err := l.Store.FindPhoto(ctx, sha256)
	if err != nil {
		return nil, err
	}
	reads := func(at identity.Path) bool { return l.Reads(who, at) }
	if !p.Public && !slices.Contains(p.Uploaders, who.PersonID) && !slices.ContainsFunc(p.Places, reads) {
		return nil, fault.New(fault.NotFound, "没有找到这张照片")
	}
	return l.Photos.Open(sha256)
}

// Withheld says, by its hash, what stands in the place of each that is withheld. The
// hashes may be whatever somebody has typed.
func (l *Library) Withheld(ctx context.Context, sha256 []string) (map[string]string, error) {
	hashes := slices.DeleteFunc(slices.Clone(sha256), func(text string) bool {
		raw, err := hex.DecodeString(text)
		return err != nil || len(raw) != 32
	})
	if len(hashes) == 0 {
		return nil, nil
	}
	return l.Store.Withheld(ctx, hashes)
}

// Document returns a public document by its SHA-256, exactly as hashed.
func (l *Library) Document(ctx context.Context, sha256 string) ([]byte, error) {
	return l.Store.Document(ctx, sha256)
}

// mostEvents is how many events one answer has.
const mostEvents = 1000

// Events returns a stream's public events after seq, at most limit.
func (l *Library) Events(ctx context.Context, stream event.Stream, after int64, limit int) ([]event.Event, error) {
	return l.Store.Events(ctx, stream, after, min(max(limit, 1), mostEvents))
}

// ByRequest tells the actor whether an act of his was carried out, and its answer.
func (l *Library) ByRequest(ctx context.Context, who identity.Actor,
	kind, requestID string) (answer string, found bool, err error) {
	return l.Store.ByRequest(ctx, who.PersonID, kind, requestID)
}
