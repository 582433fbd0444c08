// Package parts is what several public rooms read and draw alike.
package parts

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/identity"
	"sunlot/web"
)

// Place is a village to which a public list is narrowed by ?village=.
type Place struct{ ID, Name string }

// PlaceOf is where a public list looks: the whole county, or one village.
func PlaceOf(c *fiber.Ctx, from *identity.Directory) (identity.Scope, Place, error) {
	id := c.Query("village")
	if id == "" {
		return identity.Everywhere, Place{}, nil
	}
	org, err := Village(c.UserContext(), from, id)
	return identity.Scope{org.Path}, Place{org.ID, org.Name}, err
}

// Village is the village whose id is given; nothing else is one.
func Village(ctx context.Context, from *identity.Directory, id string) (identity.Org, error) {
	org, err := from.Org(ctx, id)
	if err == nil && org.Kind != identity.Village {
		err = web.Missing("个村")
	}
	return org, err
}

// Township is one township's villages on a page of the list.
type Township struct {
	Name     string
	Villages []identity.ListedVillage
}

// TownshipsOf puts each village under its township; those of one follow one another.
func TownshipsOf(list []identity.ListedVillage) []Township {
	var townships []Township
	for i, v := range list {
		if i == 0 || v.ParentID != list[i-1].ParentID {
			townships = append(townships, Township{Name: v.Township})
		}
		last := &townships[len(townships)-1]
		last.Villages = append(last.Villages, v)
	}
	return townships
}
