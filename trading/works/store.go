package works

import (
	"context"
	"time"

	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// ItemInForce is what a project asks of the micro-power item that it exercises.
type ItemInForce struct {
	Path    identity.Path // where it is in force
	Edition int
	Event   event.Ref // item.published
}

// Tx is what the acts on a project need of a transaction. Loading a
// project locks it; its entries are locked with it.
type Tx interface {
	privacy.Papers
	// ItemInForce answers fault.NotFound for an item that was never published.
	ItemInForce(id string) (ItemInForce, error)
	Resolution(id string, in identity.Scope) (trading.Resolution, error)
	Project(id string, in identity.Scope) (Project, error)
	SaveProject(p Project) error
	// ProjectsSince lists those of the place that were proposed since then, in any state.
	ProjectsSince(at identity.Path, since time.Time) ([]Project, error)
	// Entries lists a project's, oldest first.
	Entries(project string) ([]Entry, error)
	Entry(id string, in identity.Scope) (Entry, error)
	SaveEntry(r Entry) error
	// File finds a document: one that the person uploaded, or one attached
	// within the place. fault.NotFound otherwise.
	File(sha256, personID string, place identity.Path) (File, error)
	// AttachFile notes where a document belongs. Once public it stays public.
	AttachFile(sha256 string, place identity.Path, public bool) error
}

// Store keeps projects, their entries and documents. WriteProject is as register.Store's WriteAsset.
type Store interface {
	WriteProject(ctx context.Context, once event.Request, fn func(Tx) (string, error)) (string, error)
	Project(ctx context.Context, id string, in identity.Scope) (Project, error)
	// Projects lists those in the scope, newest first; q.Parent is an item's id. They are
	// narrowed by the day on which they became public and the estimate.
	Projects(ctx context.Context, q casework.Query) ([]Project, int, error)
	// Entries lists those of the projects, each project's oldest first.
	Entries(ctx context.Context, projects ...string) ([]Entry, error)
	Entry(ctx context.Context, id string, in identity.Scope) (Entry, error)
	// AddFile keeps the row of an uploaded document; the same again is no error.
	AddFile(ctx context.Context, f File) error
	// FindFile answers fault.NotFound when there is none.
	FindFile(ctx context.Context, sha256 string) (File, error)
	// Acts is the private trail of a noun, oldest first, with the persons' names.
	Acts(ctx context.Context, noun event.Stream) ([]casework.Act, error)
}

// File is an uploaded document: a PDF, kept as it came.
type File struct {
	SHA256    string
	Bytes     int
	By        string // who uploaded it
	At        time.Time
	Public    bool
	Places    []identity.Path // where it is attached
	Uploaders []string        // By and whoever uploaded the same later, when read
}
