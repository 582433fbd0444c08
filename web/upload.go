package web

import (
	"errors"
	"io"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/fault"
)

// How much may be sent at once.
const (
	MaxFiles = 9
	MaxBytes = 10_000_000 // of all files together
)

// Upload is one file as it was sent. Neither its name nor its bytes are to be
// trusted.
type Upload struct {
	Name string
	Data []byte
}

// Uploads reads the files of a form field; none is no error. What exceeds the
// limits is refused on that field.
func Uploads(c *fiber.Ctx, field string) ([]Upload, error) {
	if c.Locals(localFiles) != true {
		return nil, errors.New("the route is not declared by Upload: " + c.Route().Path)
	}
	form, err := c.MultipartForm()
	if err != nil {
		return nil, nil // the form was sent without files
	}
	headers := form.File[field]
	if len(headers) > MaxFiles {
		return nil, fault.New(fault.Invalid, "一次最多上传%d个文件，现有%d个", MaxFiles, len(headers)).On(field)
	}
	var all []Upload
	var total int64
	for _, h := range headers {
		if h.Size == 0 {
			return nil, fault.New(fault.Invalid, "有一个文件是空的，请重新选择").On(field)
		}
		if total += h.Size; total > MaxBytes {
			return nil, fault.New(fault.Invalid, "文件合计不能超过10 MB，请压缩或分次上传").On(field)
		}
		file, err := h.Open()
		if err != nil {
			return nil, err
		}
		data := make([]byte, h.Size) // of the size that it has: growing would take as much again
		_, err = io.ReadFull(file, data)
		file.Close()
		if err != nil {
			return nil, err
		}
		all = append(all, Upload{Name: h.Filename, Data: data})
	}
	return all, nil
}
