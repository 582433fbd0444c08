package event

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"sunlot/internal/fault"
)

// Recorder writes events in the caller's transaction.
type Recorder interface {
	// Lock takes the stream until the transaction ends and returns the deciding
	// time: the clock read after the lock is held, never earlier than the
	// stream's last event. A rule that depends on time asks nobody else.
	Lock(s Stream) (time.Time, error)
	// Record writes the event, its leaf and its outbox row under the stream's
	// next number, at the time that Lock gave. All are committed with the
	// caller's rows or not at all. A private text is kept outside the leaf, which
	// has only its salted hash; nil means none.
	Record(s Stream, kind string, facts any, private []byte) (Event, error)
}

// Request names one act of one person, so that it happens once however often
// it is sent. ID is unique per (Actor, Kind).
type Request struct {
	Actor  string // person id
	Kind   string // the use-case, such as "tender.announce"
	ID     string // made by the client, 8 to 64 of [A-Za-z0-9_-]
	Digest string // SHA-256 in hex of what was asked
}

// NewRequest names an act by its content. It refuses an id that is missing or malformed.
func NewRequest(actor, kind, id string, content any) (Request, error) {
	if len(id) < 8 || len(id) > 64 || strings.ContainsFunc(id, notInID) {
		return Request{}, fault.New(fault.Invalid, "页面信息不完整，请刷新页面后重试").On("request_id")
	}
	// Not Canonical, which refuses numbers that no reader would agree on: such a
	// number is for the use-case to refuse, by the name of its field.
	plain, err := json.Marshal(content)
	if err != nil {
		return Request{}, err
	}
	return Request{Actor: actor, Kind: kind, ID: id, Digest: Hash(plain)}, nil
}

func notInID(r rune) bool {
	return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_')
}

// NewID returns a random id of 80 bits: nobody can count or guess by it.
func NewID() string { return strings.ToLower(rand.Text()[:16]) }

// Seal returns the salted hash of a private text, and the salt.
func Seal(private []byte) (sealed string, salt []byte) {
	salt = make([]byte, 32)
	rand.Read(salt)
	sum := sha256.Sum256(append(append([]byte{}, salt...), private...))
	return hex.EncodeToString(sum[:]), salt
}
