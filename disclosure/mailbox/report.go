package mailbox

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"
	"unicode/utf8"
	"unsafe"

	"filippo.io/age"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/gate"
)

// The limits of a report.
const (
	MaxText    = 5000 // characters
	MaxContact = 200
	MaxPhotos  = 9
	maxPhoto   = 10 << 20 // bytes
)

// Report is what somebody writes. Its bytes are the caller's to wipe.
type Report struct {
	About    About
	Category Category
	Place    string // id of a village or township; empty is the county as a whole
	Text     []byte
	Contact  []byte // empty is anonymous
	Photos   [][]byte
}

// Taken is what the reporter is told: the code, once, and the box's promise.
type Taken struct {
	Code string
	Box  Box
}

// Take seals a report to the office that its route leads to and keeps the
// envelope, the box and the blind commitment together. The same request again
// gives the same code. from is the address, for its turn alone.
func (s *Service) Take(ctx context.Context, from, requestID string, r Report) (Taken, error) {
	once, err := onceOf("report.send", requestID,
		append([][]byte{[]byte(r.About), []byte(r.Category), []byte(r.Place), r.Text, r.Contact}, r.Photos...)...)
	if err != nil {
		return Taken{}, err
	}
	if err := r.check(); err != nil {
		return Taken{}, err
	}
	offices, err := s.Store.MailboxOffices(ctx)
	if err != nil {
		return Taken{}, err
	}
	place, err := s.place(ctx, r.Place)
	if fault.CodeOf(err) == fault.NotFound {
		err = fault.New(fault.Invalid, "没有找到这个村，请重新选择").On("place")
	}
	if err != nil {
		return Taken{}, err
	}
	office, ok := Route(offices, r.About, place.Path)
	if !ok {
		return Taken{}, errNobody
	}
	code := codeOf(requestID)
	secret, err := s.keysOf(ctx, gate.FirstReports, from, code)
	if err != nil {
		return Taken{}, err
	}
	hour := s.hour()
	box, e, err := newBox(secret, office, Letter{
		About:     r.About,
		Category:  r.Category,
		PlaceID:   place.ID,
		PlaceName: place.Name,
		At:        hour,
		Text:      r.Text,
		Contact:   r.Contact,
		Photos:    r.Photos,
	})
	if err != nil {
		return Taken{}, err
	}
	if _, err := s.Store.WriteMailbox(ctx, once, func(tx Tx) (string, error) {
		return "", s.keep(tx, box, e)
	}); err != nil {
		return Taken{}, sentBefore(err)
	}
	// Of a request sent twice the first box stands.
	kept, err := s.Store.Box(ctx, secret.lookup)
	return Taken{code, kept}, err
}

// sentBefore says in the reporter's words that his page has been sent already,
// with something else in it: he went back and wrote on.
func sentBefore(err error) error {
	if fault.CodeOf(err) != fault.Conflict {
		return err
	}
	return fault.New(fault.Conflict, "本页内容刚才已经提交成功。现在的内容与上次不同，如需另外提交一份，请再次点“密封并提交”")
}

func (s *Service) hour() time.Time { return s.Clock.Now().UTC().Truncate(time.Hour) }

// newBox seals the letter and locks the identity of its answers under the code.
func newBox(secret keys, office Office, l Letter) (Box, Envelope, error) {
	answers, err := age.GenerateX25519Identity()
	if err != nil {
		return Box{}, Envelope{}, err
	}
	l.Reporter = answers.Recipient().String()
	sealed, err := Seal(l, office.Recipient)
	if err != nil {
		return Box{}, Envelope{}, err
	}
	locked, err := lock(answers.String(), secret.pass)
	if err != nil {
		return Box{}, Envelope{}, err
	}
	salt := make([]byte, 32)
	rand.Read(salt)
	hash := sha256.Sum256(sealed)
	commitment := Commitment(salt, hash)
	box := Box{
		Lookup:     secret.lookup,
		ID:         event.NewID(),
		Recipient:  office.Recipient,
		Office:     office.Name,
		Locked:     locked,
		Salt:       hex.EncodeToString(salt),
		Envelope:   hex.EncodeToString(hash[:]),
		Commitment: hex.EncodeToString(commitment[:]),
		MadeAt:     l.At,
	}
	return box, Envelope{ID: event.NewID(), Box: box.ID, Recipient: office.Recipient, MadeAt: l.At, Body: sealed}, nil
}

// Commitment is what a blind tick holds of a report: a salted hash of the sealed
// envelope's SHA-256.
func Commitment(salt []byte, envelope [32]byte) [32]byte {
	return sha256.Sum256(bytes.Join([][]byte{[]byte("sunlot report v1\n"), salt, envelope[:]}, nil))
}

func (s *Service) keep(tx Tx, box Box, e Envelope) error {
	raw, err := hex.DecodeString(box.Commitment)
	if err != nil {
		return err
	}
	// The minute is known by the tick; the second is nobody's business.
	minute := s.Clock.Now().UTC().Truncate(time.Minute).Add(time.Minute)
	box.Promise, err = s.Blind.Commit(tx, minute, [32]byte(raw))
	if err != nil {
		return err
	}
	if err := tx.AddBox(box); err != nil {
		return err
	}
	return tx.AddEnvelope(e)
}

func (r Report) check() error {
	var f fault.Form
	if _, ok := aboutLabels[r.About]; !ok {
		f.Add("about", "请选择反映对象；不清楚也可以")
	}
	if _, ok := categoryLabels[r.Category]; !ok {
		f.Add("category", "请选择问题类别")
	}
	f.Text("text", "问题经过", borrowed(r.Text), MaxText)
	f.Optional("contact", "联系方式", borrowed(r.Contact), MaxContact)
	checkPhotos(&f, r.Photos)
	return f.Err()
}

// checkPhotos looks at the first bytes only: the photos are opened where they
// are read, and not in this program.
func checkPhotos(f *fault.Form, photos [][]byte) {
	if len(photos) > MaxPhotos {
		f.Add("photos", "照片最多%d张", MaxPhotos)
	}
	for _, p := range photos {
		switch http.DetectContentType(p[:min(len(p), 512)]) {
		case "image/jpeg", "image/png", "image/webp":
		default:
			f.Add("photos", "只能附照片（JPEG、PNG或WebP）")
		}
		if len(p) > maxPhoto {
			f.Add("photos", "每张照片不能超过10 MB")
		}
	}
}

// borrowed looks at bytes as a text without copying them: a copy could not be wiped.
func borrowed(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if !utf8.Valid(b) {
		return "\xff"
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}
