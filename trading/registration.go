package trading

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
)

// The states of a registration 报名.
const (
	Registered          casework.State = "registered" // 待审核
	Qualified           casework.State = "qualified"  // 已取得竞买资格
	RegistrationRefused casework.State = "refused"    // 未取得竞买资格
	RegistrationPulled  casework.State = "pulled"     // 已撤回
)

// RegistrationLifecycle is where it may go from each state.
var RegistrationLifecycle = casework.Lifecycle{
	Noun: "报名",
	Labels: map[casework.State]string{
		Registered: "待审核", Qualified: "已取得竞买资格", RegistrationRefused: "未取得竞买资格", RegistrationPulled: "已撤回",
	},
	Moves: map[casework.State][]casework.State{
		Registered: {Qualified, RegistrationRefused, RegistrationPulled},
		Qualified:  {RegistrationPulled, Registered}, // back when the bank takes the deposit back
	},
}

// RegistrationStates lists the states in the order of a registration's life.
func RegistrationStates() []casework.State {
	return []casework.State{Registered, Qualified, RegistrationRefused, RegistrationPulled}
}

// RegistrationForm is what a bidder fills in. The account is the bidder's own:
// a deposit from another is not accepted and goes back there.
type RegistrationForm struct {
	Lot     string     `json:"lot"`
	Phone   string     `json:"phone"`
	Account string     `json:"account"` // bank account, digits only
	As      BidderKind `json:"as"`      // what the bidder is to the collective that owns the lot
	Claim   Priority   `json:"claim"`   // the priority right claimed; empty is none
	Proof   []string   `json:"proof"`   // photos of what proves membership or the claim
	Agreed  bool       `json:"agreed"`  // has read the notice and the rules of bidding
}

// Registration is somebody's wish to bid for a lot. Who and how many there are
// nobody but the township station and the bidder knows before bidding opens.
type Registration struct {
	ID       string
	PersonID string
	Name     string // the bidder's, as registered; payer of the deposit
	Path     identity.Path
	LotTitle string // when read
	State    casework.State
	Version  int
	RegistrationForm
	Rank         int    // of the priority right that the station confirmed; 0 is none, 1 the first
	Number       string // "竞买号", random; empty until qualified
	Commitment   string // hex, in a blind tick of the public log
	Salt         string // hex
	Promise      string // of the commitment, signed by the log's key
	RegisteredAt time.Time
	DecidedBy    string
	DecidedAt    time.Time
	Reason       string // why it was refused, or qualified without the right that was claimed
}

// Stream is the name under which the trail has the registration. It has no
// event: a registration is not public.
func (r Registration) Stream() event.Stream { return event.Of("registration", r.ID) }

// Label is the state's name on the screen.
func (r Registration) Label() string { return RegistrationLifecycle.Label(r.State) }

// Committed is what the bidder's commitment binds, in its canonical form: with
// the salt it proves to anybody that this registration was there in time.
type Committed struct {
	Registration string     `json:"registration"`
	Lot          string     `json:"lot"`
	Name         string     `json:"name"`
	Account      string     `json:"account"`
	As           BidderKind `json:"as,omitempty"`
	Claim        Priority   `json:"claim"`
	At           string     `json:"at"`
}

// Committed is what the registration's commitment binds.
func (r Registration) Committed() Committed {
	return Committed{
		Registration: r.ID,
		Lot:          r.Lot,
		Name:         r.Name,
		Account:      r.Account,
		As:           r.As,
		Claim:        r.Claim,
		At:           event.Stamp(r.RegisteredAt),
	}
}

// commitment is SHA-256 over the salt and the canonical registration.
func (r Registration) commitment(salt []byte) ([32]byte, error) {
	plain, err := event.Canonical(r.Committed())
	return sha256.Sum256(append(slices.Clone(salt), plain...)), err
}

// Commit draws a salt and binds the registration.
func (r *Registration) Commit() ([32]byte, error) {
	salt := make([]byte, 32)
	rand.Read(salt)
	c, err := r.commitment(salt)
	r.Salt, r.Commitment = hex.EncodeToString(salt), hex.EncodeToString(c[:])
	return c, err
}
