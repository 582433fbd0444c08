package worksdb

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/caseworkdb"
	"sunlot/trading/works"
)

type fileRow struct {
	SHA256 string `gorm:"column:sha256;primaryKey"`
	Bytes  int    `gorm:"column:bytes"`
}

func (fileRow) TableName() string { return "files" }

type fileUploadRow struct {
	SHA256     string `gorm:"column:sha256;primaryKey"`
	PersonID   string `gorm:"column:person_id;primaryKey"`
	UploadedAt int64  `gorm:"column:uploaded_at"`
}

func (fileUploadRow) TableName() string { return "file_uploads" }

type filePlaceRow struct {
	SHA256 string `gorm:"column:sha256;primaryKey"`
	Path   string `gorm:"column:path;primaryKey"`
	Public bool   `gorm:"column:public"`
}

func (filePlaceRow) TableName() string { return "file_places" }

const noFile = "没有找到这份文件"

// AddFile implements works.Store. Two persons may upload the same document.
func (db *DB) AddFile(ctx context.Context, f works.File) error {
	file, upload := fileRow{f.SHA256, f.Bytes}, fileUploadRow{f.SHA256, f.By, store.Millis(f.At)}
	return db.Write(ctx, func(t *gorm.DB) error {
		once := clause.OnConflict{DoNothing: true}
		if err := t.Clauses(once).Create(&file).Error; err != nil {
			return err
		}
		return t.Clauses(once).Create(&upload).Error
	})
}

// FindFile implements works.Store; By is who uploaded it first.
func (db *DB) FindFile(ctx context.Context, sha256 string) (works.File, error) {
	return fileBy(db.Read(ctx), sha256)
}

// File implements works.Tx.
func (t *Tx) File(sha256, personID string, place identity.Path) (works.File, error) {
	f, err := fileBy(t.SQL(), sha256)
	if err == nil && !slices.ContainsFunc(f.Places, place.Covers) && !slices.Contains(f.Uploaders, personID) {
		return works.File{}, fault.New(fault.NotFound, noFile)
	}
	return f, err
}

func fileBy(session *gorm.DB, sha256 string) (works.File, error) {
	if !store.PlainID(sha256) {
		return works.File{}, fault.New(fault.NotFound, noFile)
	}
	if err := caseworkdb.Gone(session, sha256); err != nil {
		return works.File{}, err
	}
	var row fileRow
	if err := session.Where("sha256 = ?", sha256).Take(&row).Error; err != nil {
		return works.File{}, store.NoSuch(err, noFile)
	}
	f := works.File{SHA256: row.SHA256, Bytes: row.Bytes}
	var uploads []fileUploadRow
	if err := session.Where("sha256 = ?", sha256).Order("uploaded_at, person_id").Find(&uploads).Error; err != nil {
		return f, err
	}
	for i, up := range uploads {
		if i == 0 {
			f.By, f.At = up.PersonID, store.FromMillis(up.UploadedAt)
		}
		f.Uploaders = append(f.Uploaders, up.PersonID)
	}
	var places []filePlaceRow
	err := session.Where("sha256 = ?", sha256).Order("path").Find(&places).Error
	for _, place := range places {
		f.Places = append(f.Places, identity.Path(place.Path))
		f.Public = f.Public || place.Public
	}
	return f, err
}

// AttachFile implements works.Tx.
func (t *Tx) AttachFile(sha256 string, place identity.Path, public bool) error {
	row := filePlaceRow{sha256, string(place), public}
	if err := t.SQL().Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil || !public {
		return err
	}
	return t.SQL().Model(&filePlaceRow{}).Where("sha256 = ? AND path = ?", sha256, string(place)).
		Update("public", true).Error
}
