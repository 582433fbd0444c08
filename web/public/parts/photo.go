package parts

import (
	"context"
	"fmt"

	"sunlot/internal/casework"
	"sunlot/web"
)

// ThumbnailMark is what the name of a photo's small copy ends with, before its kind.
const ThumbnailMark = "-small"

// Photos are the small copies of photos, or what is said in their place.
func Photos(ctx context.Context, from *casework.Library, photos []string, name string) ([]web.Photo, error) {
	return web.Gallery(ctx, from, photos, func(n int, sha string) web.Photo { return photo(sha, name, n+1) })
}

// photo is the small copy of a photo, which leads to the large one.
func photo(sha, name string, n int) web.Photo {
	at := "/photos/" + sha
	return web.Photo{Src: at + ThumbnailMark + ".jpg", Full: at + ".jpg", Caption: fmt.Sprintf("%s 照片%d", name, n)}
}
