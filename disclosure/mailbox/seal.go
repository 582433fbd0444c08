package mailbox

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filippo.io/age"
)

// An envelope is a tar archive in an age file, padded, so that the plain
// commands `age -d` and `tar -x` open it without us:
//
//	padding    zeros, at least a chunk of age's, first: what they are written
//	           through has then grown to its size and is filled in place
//	about      one line each: who it is about, category, id and name of the place, hour
//	reporter   the age recipient for answers (in a report only)
//	state      where the matter stands (in an answer only)
//	text.txt   what was written
//	contact.txt how the reporter may be reached, when he says it
//	photo-N    photos as they were sent
//
// It is written by hand, piece by piece: an encoder would keep copies.
const (
	aboutName    = "about"
	reporterName = "reporter"
	stateName    = "state"
	textName     = "text.txt"
	contactName  = "contact.txt"
	photoName    = "photo-"
	paddingName  = "padding"
)

// Letter is what an envelope holds. Its bytes are the caller's to wipe.
type Letter struct {
	About     About
	Category  Category
	PlaceID   string
	PlaceName string
	At        time.Time
	Reporter  string
	State     State
	Text      []byte
	Contact   []byte
	Photos    [][]byte
}

// Seal writes the letter into an envelope for the recipient.
func Seal(l Letter, recipient string) ([]byte, error) {
	wipeStack()
	defer wipeStack()
	to, err := age.ParseX25519Recipient(recipient)
	if err != nil {
		return nil, fmt.Errorf("mailbox: %w", err)
	}
	parts := l.parts()
	size := entrySize(leastPadding) + 1024 // with the archive's end
	for _, p := range parts {
		size += entrySize(len(p.body))
	}
	padding := make([]byte, leastPadding+padded(size)-size)
	var out bytes.Buffer
	out.Grow(padded(size) * 101 / 100)
	sealed, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, err
	}
	archive := tar.NewWriter(sealed)
	for _, p := range append([]part{{paddingName, padding}}, parts...) {
		if err := archive.WriteHeader(&tar.Header{Name: p.name, Mode: 0o600, Size: int64(len(p.body))}); err != nil {
			return nil, err
		}
		if _, err := archive.Write(p.body); err != nil {
			return nil, err
		}
	}
	if err := errors.Join(archive.Close(), sealed.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

type part struct {
	name string
	body []byte
}

func (l Letter) parts() []part {
	about := fmt.Sprintf("%s\n%s\n%s\n%s\n%s\n", l.About, l.Category, l.PlaceID,
		strings.ReplaceAll(l.PlaceName, "\n", " "), l.At.UTC().Format(time.RFC3339Nano))
	all := []part{{aboutName, []byte(about)}, {reporterName, []byte(l.Reporter)}, {stateName, []byte(l.State)},
		{textName, l.Text}, {contactName, l.Contact}}
	for i, p := range l.Photos {
		all = append(all, part{fmt.Sprintf("%s%d", photoName, i+1), p})
	}
	return all
}

// entrySize is what a file takes in a tar archive: header and body in blocks of 512.
func entrySize(n int) int { return 512 + (n+511)/512*512 }

// leastPadding is what age encrypts at once.
const leastPadding = 64 << 10

// padded is the size that an archive is filled up to: a power of two from 128 KB
// on, and from 4 MB on a multiple of it.
func padded(size int) int {
	const least, step = 128 << 10, 4 << 20
	if size > step {
		return (size + step - 1) / step * step
	}
	to := least
	for to < size {
		to *= 2
	}
	return to
}

// maxLetter bounds what Open reads of an envelope.
const maxLetter = 16 << 20

// Open reads an envelope with the office's or the reporter's identity.
func Open(envelope []byte, with age.Identity) (Letter, error) {
	plain, err := age.Decrypt(bytes.NewReader(envelope), with)
	if err != nil {
		return Letter{}, fmt.Errorf("mailbox: %w", err)
	}
	archive := tar.NewReader(io.LimitReader(plain, maxLetter))
	var l Letter
	for {
		head, err := archive.Next()
		if err == io.EOF {
			return l, nil
		}
		if err != nil {
			return l, fmt.Errorf("mailbox: %w", err)
		}
		if head.Size > maxLetter {
			return l, errors.New("mailbox: a part is too large")
		}
		if head.Name == paddingName {
			continue
		}
		body := make([]byte, head.Size)
		if _, err := io.ReadFull(archive, body); err != nil {
			return l, fmt.Errorf("mailbox: %w", err)
		}
		if err := l.take(head.Name, body); err != nil {
			return l, err
		}
	}
}

// take puts one file of the archive where it belongs; an unknown one is from a
// newer program and is passed over.
func (l *Letter) take(name string, body []byte) error {
	switch {
	case name == textName:
		l.Text = body
	case name == contactName:
		l.Contact = body
	case name == reporterName:
		l.Reporter = string(body)
	case name == stateName:
		l.State = State(body)
	case name == aboutName:
		lines := strings.SplitN(string(body), "\n", 6)
		if len(lines) < 6 {
			return errors.New("mailbox: malformed letter")
		}
		at, err := time.Parse(time.RFC3339, lines[4])
		l.About = About(lines[0])
		l.Category = Category(lines[1])
		l.PlaceID = lines[2]
		l.PlaceName = lines[3]
		l.At = at
		return err
	case strings.HasPrefix(name, photoName) && len(l.Photos) < MaxPhotos:
		l.Photos = append(l.Photos, body)
	}
	return nil
}
