package casework

import (
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// Papers is what acts have in common: documents, photos, the trail of steps, and
// what waits because of them.
type Papers interface {
	event.Recorder
	Owing
	// SaveDocument keeps a public document under its SHA-256; the same again is no error.
	SaveDocument(sha256 string, body []byte) error
	// Photo finds an uploaded photo by the SHA-256 of its clean copy: one that the
	// person uploaded, or one attached within the place. fault.NotFound otherwise.
	Photo(sha256, personID string, place identity.Path) (Photo, error)
	// AttachPhoto notes where a photo belongs. Once public it stays public.
	AttachPhoto(sha256 string, place identity.Path, public bool) error
	// AddAct appends to the private trail of who did what.
	AddAct(a Act) error
	// Org finds an organisation in the scope.
	Org(id string, in identity.Scope) (identity.Org, error)
}

// Publish keeps a public text and returns the hash by which an event names it.
func Publish(tx Papers, v any) (string, error) {
	body, err := event.Canonical(v)
	if err != nil {
		return "", err
	}
	return event.Hash(body), tx.SaveDocument(event.Hash(body), body)
}
