package parts

import (
	"fmt"

	"sunlot/web"
)

// ThumbnailMark is what the name of a photo's small copy ends with, before its kind.
const ThumbnailMark = "-small"

// Photo is the small copy of a photo, which leads to the large one.
func Photo(sha, name string, n int) web.Photo {
	at := "/photos/" + sha
	return web.Photo{Src: at + ThumbnailMark + ".jpg", Full: at + ".jpg", Caption: fmt.Sprintf("%s 照片%d", name, n)}
}
