package mailbox

import (
	"bytes"
	"context"
	"encoding/hex"
	"io"
	"slices"
	"time"

	"filippo.io/age"

	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/gate"
)

// State is where a report stands, as its reporter reads it.
type State string

const (
	Waiting  State = ""         // sealed, not taken by the office yet
	Received State = "received" // 已收到
	InHand   State = "in_hand"  // 办理中
	Finished State = "finished" // 已办结
)

var stateLabels = map[State]string{Waiting: "已加密，等待受理单位接收", Received: "受理单位已收到", InHand: "办理中", Finished: "已办结"}

// Label is the state's name on the screen.
func (s State) Label() string { return stateLabels[s] }

// Answer is one letter of the office. Its text is the caller's to wipe.
type Answer struct {
	At    time.Time
	State State
	Text  []byte
}

// Followed is a box as its reporter sees it.
type Followed struct {
	Box     Box
	State   State
	Answers []Answer // oldest first
}

// Follow opens a box by its code. A wrong code takes as long as a right one and
// is NotFound. from is the address, for its turn alone.
func (s *Service) Follow(ctx context.Context, from, code string) (Followed, error) {
	box, secret, err := s.box(ctx, from, code)
	if err != nil {
		return Followed{}, err
	}
	with, err := unlock(box.Locked, secret.pass)
	if err != nil {
		return Followed{}, err
	}
	waiting, err := s.Store.Answers(ctx, box)
	if err != nil {
		return Followed{}, err
	}
	letters := make([]Letter, len(waiting))
	for i, e := range waiting {
		letters[i], err = Open(e.Body, with)
		if err != nil {
			return Followed{}, err
		}
	}
	// The envelopes have the hour, the letters the time.
	slices.SortStableFunc(letters, func(a, b Letter) int { return a.At.Compare(b.At) })
	f := Followed{Box: box}
	for _, l := range letters {
		f.State = l.State
		if len(l.Text) > 0 {
			f.Answers = append(f.Answers, Answer{l.At, l.State, l.Text})
		}
	}
	return f, nil
}

func (s *Service) box(ctx context.Context, from, code string) (Box, keys, error) {
	parsed, err := ParseCode(code)
	if err != nil {
		return Box{}, keys{}, err
	}
	secret, err := s.keysOf(ctx, gate.Followers, from, parsed)
	if err != nil {
		return Box{}, keys{}, err
	}
	box, err := s.Store.Box(ctx, secret.lookup)
	if fault.CodeOf(err) == fault.NotFound {
		err = fault.New(fault.Invalid, "没有找到这个查询码，请检查16位数字").On("code")
	}
	return box, secret, err
}

// Add seals more to the office that has the report.
func (s *Service) Add(ctx context.Context, from, requestID, code string, text []byte, photos [][]byte) error {
	once, err := onceOf("report.add", requestID, append([][]byte{[]byte(code), text}, photos...)...)
	if err != nil {
		return err
	}
	var f fault.Form
	f.Text("text", "补充的内容", borrowed(text), MaxText)
	checkPhotos(&f, photos)
	if err := f.Err(); err != nil {
		return err
	}
	box, _, err := s.box(ctx, from, code)
	if err != nil {
		return err
	}
	hour := s.hour()
	sealed, err := Seal(Letter{At: hour, Text: text, Photos: photos}, box.Recipient)
	if err != nil {
		return err
	}
	e := Envelope{ID: event.NewID(), Box: box.ID, Recipient: box.Recipient, MadeAt: hour, Body: sealed}
	_, err = s.Store.WriteMailbox(ctx, once, func(tx Tx) (string, error) { return "", tx.AddEnvelope(e) })
	return sentBefore(err)
}

// Kept is the proof that a report was taken: with the log's key it is checked
// without asking us anything, and tells nobody else what was reported.
type Kept struct {
	Envelope   string             `json:"envelope"`
	Salt       string             `json:"salt"`
	Commitment string             `json:"commitment"`
	Promise    string             `json:"promise"`
	Proof      *ledger.BlindProof `json:"proof,omitempty"`
}

// Proofs finds the way of a commitment into the log.
type Proofs interface {
	Path(ctx context.Context, commitment [32]byte) (ledger.BlindProof, bool, error)
}

// ProofOf is the box's proof; its last part is missing until the next tick.
func ProofOf(ctx context.Context, from Proofs, b Box) (Kept, error) {
	kept := Kept{Envelope: b.Envelope, Salt: b.Salt, Commitment: b.Commitment, Promise: b.Promise}
	raw, err := hex.DecodeString(b.Commitment)
	if err != nil {
		return kept, err
	}
	proof, in, err := from.Path(ctx, [32]byte(raw))
	if in {
		kept.Proof = &proof
	}
	return kept, err
}

// lockCost is age's scrypt work factor. The pass is 32 bytes of argon2id's, so
// that it needs none of its own.
const lockCost = 10

func lock(identity, pass string) ([]byte, error) {
	to, err := age.NewScryptRecipient(pass)
	if err != nil {
		return nil, err
	}
	to.SetWorkFactor(lockCost)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(w, identity); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

func unlock(locked []byte, pass string) (age.Identity, error) {
	with, err := age.NewScryptIdentity(pass)
	if err != nil {
		return nil, err
	}
	plain, err := age.Decrypt(bytes.NewReader(locked), with)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(plain)
	if err != nil {
		return nil, err
	}
	return age.ParseX25519Identity(string(text))
}
