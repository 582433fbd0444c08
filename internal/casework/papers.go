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
	// Photo finds an uploaded photo by the SHA-256 of its clean copy: one that the
	// person uploaded, or one attached within the place. fault.NotFound otherwise.
	Photo(sha256, personID string, place identity.Path) (Photo, error)
	// AttachPhoto notes where a photo belongs. Once public it stays public.
	AttachPhoto(sha256 string, place identity.Path, public bool) error
	// AddAct appends to the private trail of who did what.
	AddAct(a Act) error
	// Acts is the trail of a noun, oldest first.
	Acts(noun event.Stream) ([]Act, error)
	// Org finds an organisation in the scope.
	Org(id string, in identity.Scope) (identity.Org, error)
}
