package casework

import (
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

// AttachPhotos checks that the photos are there and notes where they belong.
func AttachPhotos(tx Papers, who identity.Actor, place identity.Path, field string, photos []string,
	public bool) error {
	for _, sha := range photos {
		if _, err := tx.Photo(sha, who.PersonID, place); err != nil {
			return InvalidIfMissing(err, field, "有照片没有上传成功，请重新选择")
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
			return InvalidIfMissing(err, field, "有照片没有上传成功，请重新选择")
		}
		if err := tx.AttachPhoto(sha, village.Township(), false); err != nil {
			return err
		}
	}
	return nil
}

// CheckPhotos checks how many photos a field has.
func CheckPhotos(f *fault.Form, field, label string, photos []string, least int) {
	if len(photos) < least {
		f.Add(field, "请上传%s，至少%d张", label, least)
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
