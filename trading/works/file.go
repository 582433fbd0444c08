package works

import (
	"context"
	"slices"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// AddFile takes a PDF for a form that is still being filled in. The same
// document again is the same document.
func (s *Service) AddFile(ctx context.Context, who identity.Actor, raw []byte) (File, error) {
	if _, err := who.Can(ProjectOpen); err != nil {
		return File{}, err
	}
	sha, err := s.Files.Add(raw)
	if err != nil {
		return File{}, err
	}
	f := File{SHA256: sha, Bytes: len(raw), By: who.PersonID, At: s.Clock.Now()}
	return f, s.Store.AddFile(ctx, f)
}

// SeeFile returns a document to whoever may see it: everybody once a confirmed
// record has it, before that its uploaders and those who handle the project.
func (s *Service) SeeFile(ctx context.Context, who identity.Actor, sha256 string) ([]byte, error) {
	f, err := s.Store.FindFile(ctx, sha256)
	if err != nil {
		return nil, err
	}
	reads := func(at identity.Path) bool {
		return who.May(ProjectOpen, at) || who.May(ProjectConfirm, at)
	}
	if !f.Public && !slices.Contains(f.Uploaders, who.PersonID) && !slices.ContainsFunc(f.Places, reads) {
		return nil, fault.New(fault.NotFound, "没有找到这份文件")
	}
	return s.Files.Open(sha256)
}

// attach notes where a record's photos and documents belong.
func attach(tx Tx, who identity.Actor, r Entry, public bool) error {
	for _, sha := range r.Photos {
		if _, err := tx.Photo(sha, who.PersonID, r.Path); err != nil {
			return casework.InvalidIfMissing(err, "photos", "有照片没有上传成功，请重新选择")
		}
		if err := tx.AttachPhoto(sha, r.Path, public); err != nil {
			return err
		}
	}
	for _, sha := range r.Files {
		if _, err := tx.File(sha, who.PersonID, r.Path); err != nil {
			return casework.InvalidIfMissing(err, "files", "有文件没有上传成功，请重新选择")
		}
		if err := tx.AttachFile(sha, r.Path, public); err != nil {
			return err
		}
	}
	return nil
}
