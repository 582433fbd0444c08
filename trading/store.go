package trading

import (
	"context"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// Papers is what acts have in common: documents, photos and the trail of steps.
type Papers interface {
	event.Recorder
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

// AssetTx is what the acts on an asset need of a transaction. Loading locks the row.
type AssetTx interface {
	Papers
	Asset(id string, in identity.Scope) (Asset, error)
	// SaveAsset inserts version 1 and updates later ones.
	SaveAsset(a Asset) error
	// AssetInUse says whether a tender of the asset is under way.
	AssetInUse(id string) (bool, error)
}

// ResolutionTx is what the acts on a resolution need. Loading locks the row.
type ResolutionTx interface {
	Papers
	Asset(id string, in identity.Scope) (Asset, error)
	Resolution(id string, in identity.Scope) (Resolution, error)
	// SaveResolution saves the resolution and replaces its votes.
	SaveResolution(r Resolution) error
	// Representatives lists the persons who hold the role at the place now.
	Representatives(place identity.Path) ([]identity.Person, error)
}

// TenderTx is what the acts on a tender need. Loading locks the row.
type TenderTx interface {
	Papers
	Asset(id string, in identity.Scope) (Asset, error)
	Resolution(id string, in identity.Scope) (Resolution, error)
	Tender(id string, in identity.Scope) (Tender, error)
	SaveTender(t Tender) error
	// ResolutionUsed says whether another tender, not withdrawn, rests on the resolution.
	ResolutionUsed(resolutionID, exceptTender string) (bool, error)
	Acts(noun event.Stream) ([]Act, error)
	Supplement(id string, in identity.Scope) (Supplement, error)
	SaveSupplement(s Supplement) error
	// Supplements lists a tender's supplements by number.
	Supplements(tenderID string) ([]Supplement, error)
}

// Query asks for a page of a list. Sort is one of the names that the method
// gives; anything else is its default. Text is part of a name or title.
type Query struct {
	Scope  identity.Scope
	States []State // none means all
	Text   string
	Sort   string
	Asset  string // only what belongs to this asset
	Page   identity.Page
}

// Store keeps the trade. Each Write runs fn in one transaction and returns after
// its commit, with fn's answer. The same request again returns the first answer
// without running fn; with other content it is refused. fn may run again, so it
// has no effect outside the transaction.
type Store interface {
	WriteAsset(ctx context.Context, once event.Request, fn func(AssetTx) (string, error)) (string, error)
	WriteResolution(ctx context.Context, once event.Request, fn func(ResolutionTx) (string, error)) (string, error)
	WriteTender(ctx context.Context, once event.Request, fn func(TenderTx) (string, error)) (string, error)
	// AddPhoto keeps the row of an uploaded photo; the same again is no error.
	AddPhoto(ctx context.Context, p Photo) error
	// ByRequest returns the answer of an earlier act of the person.
	ByRequest(ctx context.Context, personID, kind, requestID string) (answer string, found bool, err error)

	Years(ctx context.Context) ([]calendar.Year, error)
	// Photo answers fault.NotFound when there is none. A photo uploaded twice is
	// public when one of its places is; Places lists them.
	FindPhoto(ctx context.Context, sha256 string) (Photo, error)
	Document(ctx context.Context, sha256 string) ([]byte, error)

	// Assets sorts by "name" (default), "newest", "area".
	Assets(ctx context.Context, q Query) ([]Asset, int, error)
	Asset(ctx context.Context, id string, in identity.Scope) (Asset, error)
	// Resolutions sorts by "newest" (default), "held".
	Resolutions(ctx context.Context, q Query) ([]Resolution, int, error)
	Resolution(ctx context.Context, id string, in identity.Scope) (Resolution, error)
	// VotesOf lists the confirmed or submitted resolutions in which the person is
	// on the list, each with only the person's own vote.
	VotesOf(ctx context.Context, personID string, page identity.Page) ([]Resolution, int, error)
	// Tenders sorts by "newest" (default: last announced or changed first),
	// "deadline" (registration ends first), "price".
	Tenders(ctx context.Context, q Query) ([]Tender, int, error)
	Tender(ctx context.Context, id string, in identity.Scope) (Tender, error)
	Supplements(ctx context.Context, tenderID string) ([]Supplement, error)
	Supplement(ctx context.Context, id string, in identity.Scope) (Supplement, error)
	// PendingSupplements lists the proposed ones in the scope, oldest first.
	PendingSupplements(ctx context.Context, in identity.Scope, page identity.Page) ([]Supplement, int, error)
	// Acts is the private trail of a noun, oldest first, with the persons' names.
	Acts(ctx context.Context, noun event.Stream) ([]Act, error)
	// Representatives lists the persons who hold the role at the place now.
	Representatives(ctx context.Context, place identity.Path) ([]identity.Person, error)
	// Org finds an organisation, or fault.NotFound.
	Org(ctx context.Context, id string) (identity.Org, error)
	// Villages lists the villages, those of a township together. Text is part of
	// the village's or the township's name.
	Villages(ctx context.Context, text string, page identity.Page) ([]Village, int, error)
	// OrgsIn lists the organisations at or below the places, at most 500.
	OrgsIn(ctx context.Context, in identity.Scope, kinds []identity.OrgKind) ([]identity.Org, error)
	// Events reads a stream's events after seq, at most limit.
	Events(ctx context.Context, s event.Stream, after int64, limit int) ([]event.Event, error)
}

// Village is a village of the county with its township's name.
type Village struct {
	identity.Org
	Township string
}
