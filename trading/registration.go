package trading

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
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
		Qualified:  {RegistrationPulled},
	},
}

// RegistrationStates lists the states in the order of a registration's life.
func RegistrationStates() []casework.State {
	return []casework.State{Registered, Qualified, RegistrationRefused, RegistrationPulled}
}

// RegistrationForm is what a bidder fills in. The account is the bidder's own:
// a deposit from another is not accepted and goes back there.
type RegistrationForm struct {
	Lot     string   `json:"lot"`
	Phone   string   `json:"phone"`
	Account string   `json:"account"` // bank account, digits only
	Claim   Priority `json:"claim"`   // the priority right claimed; empty is none
	Proof   []string `json:"proof"`   // photos of what proves the claim
	Agreed  bool     `json:"agreed"`  // has read the notice and the rules of bidding
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
	Number       string // 竞买号, random; empty until qualified
	Commitment   string // hex, in a blind tick of the public log
	Salt         string // hex
	Promise      string // of the commitment, signed by the log's key
	RegisteredAt time.Time
	DecidedBy    string
	DecidedAt    time.Time
	Reason       string // why it was refused
}

// Stream is the name under which the trail has the registration. It has no
// event: a registration is not public.
func (r Registration) Stream() event.Stream { return event.Of("registration", r.ID) }

// Label is the state's name on the screen.
func (r Registration) Label() string { return RegistrationLifecycle.Label(r.State) }

// Committed is what the bidder's commitment binds, in its canonical form: with
// the salt it proves to anybody that this registration was there in time.
type Committed struct {
	Registration string   `json:"registration"`
	Lot          string   `json:"lot"`
	Name         string   `json:"name"`
	Account      string   `json:"account"`
	Claim        Priority `json:"claim"`
	At           string   `json:"at"`
}

// Committed is what the registration's commitment binds.
func (r Registration) Committed() Committed {
	return Committed{r.ID, r.Lot, r.Name, r.Account, r.Claim, event.Stamp(r.RegisteredAt)}
}

// commitment is SHA-256 over the salt and the canonical registration.
func (r Registration) commitment(salt []byte) ([32]byte, error) {
	plain, err := event.Canonical(r.Committed())
	return sha256.Sum256(append(slices.Clone(salt), plain...)), err
}

// commit draws a salt and binds the registration.
func (r *Registration) commit() ([32]byte, error) {
	salt := make([]byte, 32)
	rand.Read(salt)
	c, err := r.commitment(salt)
	r.Salt, r.Commitment = hex.EncodeToString(salt), hex.EncodeToString(c[:])
	return c, err
}

var (
	phoneForm   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	accountForm = regexp.MustCompile(`^\d{8,30}$`)
)

func (form RegistrationForm) check() error {
	var f fault.Form
	if !phoneForm.MatchString(form.Phone) {
		f.Add("phone", "请填写11位手机号码,只有乡镇经管站能看到")
	}
	if !accountForm.MatchString(form.Account) {
		f.Add("account", "请填写本人的银行账号,8至30位数字,保证金须从这个账户转出")
	}
	if form.Claim != "" && form.Claim.Label() == "" {
		f.Add("claim", "请选择优先权的种类,没有就选“无”")
	}
	if form.Claim != "" || len(form.Proof) > 0 {
		casework.CheckPhotos(&f, "proof", "优先权证明", form.Proof, 1)
	}
	if !form.Agreed {
		f.Add("agreed", "请先阅读公告和竞价规则,再勾选同意")
	}
	return f.Err()
}

// numbers is how many bidder numbers a lot can give: 1000 to 9999.
const numbers = 9000

// freeNumber draws a bidder number that nobody in the lot has.
func freeNumber(others []Registration) (string, error) {
	for range 1000 {
		n, err := rand.Int(rand.Reader, big.NewInt(numbers))
		if err != nil {
			return "", err
		}
		number := fmt.Sprint(1000 + n.Int64())
		if !slices.ContainsFunc(others, func(o Registration) bool { return o.Number == number }) {
			return number, nil
		}
	}
	return "", fault.New(fault.Conflict, "竞买号已用完")
}
