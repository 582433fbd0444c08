package caseworkdb

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
)

type photoRow struct {
	SHA256 string `gorm:"column:sha256;primaryKey"`
	Width  int    `gorm:"column:width"`
	Height int    `gorm:"column:height"`
	Bytes  int    `gorm:"column:bytes"`
}

func (photoRow) TableName() string { return "photos" }

type uploadRow struct {
	SHA256     string `gorm:"column:sha256;primaryKey"`
	PersonID   string `gorm:"column:person_id;primaryKey"`
	Original   string `gorm:"column:original"`
	UploadedAt int64  `gorm:"column:uploaded_at"`
}

func (uploadRow) TableName() string { return "photo_uploads" }

type placeRow struct {
	SHA256 string `gorm:"column:sha256;primaryKey"`
	Path   string `gorm:"column:path;primaryKey"`
	Public bool   `gorm:"column:public"`
}

func (placeRow) TableName() string { return "photo_places" }

type spentRow struct {
	PersonID string `gorm:"column:person_id;primaryKey"`
	Day      string `gorm:"column:day;primaryKey"`
	Bytes    int    `gorm:"column:bytes"`
}

func (spentRow) TableName() string { return "photo_budgets" }

const noPhoto = "没有找到这张照片"

// AddPhoto implements casework.LibraryStore. Two persons may upload the same photo.
func (db *DB) AddPhoto(ctx context.Context, p casework.Photo) error {
	photo := photoRow{SHA256: p.SHA256, Width: p.Width, Height: p.Height, Bytes: p.Bytes}
	upload := uploadRow{SHA256: p.SHA256, PersonID: p.By, Original: p.Original, UploadedAt: store.Millis(p.At)}
	return db.Write(ctx, func(t *gorm.DB) error {
		once := clause.OnConflict{DoNothing: true}
		if err := t.Clauses(once).Create(&photo).Error; err != nil {
			return err
		}
		return t.Clauses(once).Create(&upload).Error
	})
}

// SpendPhotos implements casework.LibraryStore. The day's row is made first, so
// that two uploads at once count one after the other.
func (db *DB) SpendPhotos(ctx context.Context, personID string, day calendar.Date, bytes, most int) error {
	return db.Write(ctx, func(t *gorm.DB) error {
		row := spentRow{PersonID: personID, Day: string(day)}
		if err := t.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
		spent := t.Model(&spentRow{}).Where("person_id = ? AND day = ? AND bytes + ? <= ?", personID, day, bytes, most).
			Update("bytes", gorm.Expr("bytes + ?", bytes))
		if spent.Error == nil && spent.RowsAffected == 0 {
			return fault.New(fault.TooMany, "您今天传的照片已到%d兆字节，请明天再传，或压缩后再传", most>>20)
		}
		return spent.Error
	})
}

// FindPhoto implements casework.LibraryStore; By is who uploaded it first.
func (db *DB) FindPhoto(ctx context.Context, sha256 string) (casework.Photo, error) {
	return photoBy(db.Read(ctx), sha256)
}

// Photo implements casework.Papers.
func (t *Tx) Photo(sha256, personID string, place identity.Path) (casework.Photo, error) {
	p, err := photoBy(t.SQL(), sha256)
	if err != nil {
		return p, err
	}
	for _, at := range p.Places {
		if place.Covers(at) {
			return p, nil
		}
	}
	var own int64
	err = t.SQL().Model(&uploadRow{}).Where("sha256 = ? AND person_id = ?", sha256, personID).Count(&own).Error
	if err == nil && own == 0 {
		return casework.Photo{}, fault.New(fault.NotFound, noPhoto)
	}
	return p, err
}

func photoBy(session *gorm.DB, sha256 string) (casework.Photo, error) {
	if !store.PlainID(sha256) {
		return casework.Photo{}, fault.New(fault.NotFound, noPhoto)
	}
	if err := Gone(session, sha256); err != nil {
		return casework.Photo{}, err
	}
	var row photoRow
	if err := session.Where("sha256 = ?", sha256).Take(&row).Error; err != nil {
		return casework.Photo{}, store.NoSuch(err, noPhoto)
	}
	p := casework.Photo{SHA256: row.SHA256, Width: row.Width, Height: row.Height, Bytes: row.Bytes}
	var uploads []uploadRow
	if err := session.Where("sha256 = ?", sha256).Order("uploaded_at, person_id").Find(&uploads).Error; err != nil {
		return p, err
	}
	for i, up := range uploads {
		if i == 0 {
			p.Original = up.Original
			p.By = up.PersonID
			p.At = store.FromMillis(up.UploadedAt)
		}
		p.Uploaders = append(p.Uploaders, up.PersonID)
	}
	var places []placeRow
	err := session.Where("sha256 = ?", sha256).Order("path").Find(&places).Error
	for _, place := range places {
		p.Places = append(p.Places, identity.Path(place.Path))
		p.Public = p.Public || place.Public
	}
	return p, err
}

// AttachPhoto implements casework.Papers.
func (t *Tx) AttachPhoto(sha256 string, place identity.Path, public bool) error {
	row := placeRow{sha256, string(place), public}
	if err := t.SQL().Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil || !public {
		return err
	}
	return t.SQL().Model(&placeRow{}).Where("sha256 = ? AND path = ?", sha256, string(place)).
		Update("public", true).Error
}
