package identity

import "context"

// DirectoryStore reads the county's organisations.
type DirectoryStore interface {
	// Org finds an organisation, or fault.NotFound.
	Org(ctx context.Context, id string) (Org, error)
	// OrgsIn lists the organisations at or below the places, at most 500.
	OrgsIn(ctx context.Context, in Scope, kinds []OrgKind) ([]Org, error)
	// Orgs lists the organisations in the scope by path and name; text is part of a name.
	Orgs(ctx context.Context, in Scope, text string, page Page) ([]Org, int, error)
	// Villages lists the villages, those of a township together. Text is part of
	// the village's or the township's name.
	Villages(ctx context.Context, text string, page Page) ([]ListedVillage, int, error)
	// Representatives lists the persons who hold the role at the place now.
	Representatives(ctx context.Context, place Path) ([]Person, error)
}

// ListedVillage is a village of the county with its township's name.
type ListedVillage struct {
	Org
	Township string
}

// Directory is what everybody may read of the county's organisations, and
// officials of who represents a place.
type Directory struct{ Store DirectoryStore }

// Org finds an organisation, or fault.NotFound.
func (d *Directory) Org(ctx context.Context, id string) (Org, error) { return d.Store.Org(ctx, id) }

// Find lists the county's organisations by path and name; text is part of a name.
func (d *Directory) Find(ctx context.Context, text string, page Page) ([]Org, int, error) {
	return d.Store.Orgs(ctx, Everywhere, text, page)
}

// Orgs lists the organisations at or below the places, at most 500.
func (d *Directory) Orgs(ctx context.Context, in Scope, kinds ...OrgKind) ([]Org, error) {
	return d.Store.OrgsIn(ctx, in, kinds)
}

// Villages lists the villages; text is part of the village's or the township's name.
func (d *Directory) Villages(ctx context.Context, text string, page Page) ([]ListedVillage, int, error) {
	return d.Store.Villages(ctx, text, page)
}

// Representatives lists by name, for the officials of the place, who represents
// it now.
func (d *Directory) Representatives(ctx context.Context, who Actor, place Path) ([]Person, error) {
	if !who.May(OfficeRead, place) {
		_, err := who.Can(OfficeRead)
		return nil, err
	}
	return d.Store.Representatives(ctx, place)
}
