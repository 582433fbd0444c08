package identity

import (
	"context"
	"slices"
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/gate"
)

// AccountAct is what is done to an account.
type AccountAct string

const (
	AccountOpened   AccountAct = "open"
	AccountRole     AccountAct = "role"
	AccountReset    AccountAct = "reset"
	AccountReopened AccountAct = "reopen"
	AccountClosed   AccountAct = "close"
	AccountRoleEnd  AccountAct = "role_end"
)

var accountActs = map[AccountAct]string{
	AccountOpened:   "开通账号",
	AccountRole:     "分配岗位",
	AccountReset:    "重设密码",
	AccountReopened: "恢复账号",
	AccountClosed:   "停用账号",
	AccountRoleEnd:  "结束岗位",
}

// Label is the act's name on the screen.
func (a AccountAct) Label() string { return accountActs[a] }

// How long things about accounts last, by the deciding clock.
const (
	ProposalLife = 7 * 24 * time.Hour // a proposal that nobody has confirmed lapses
	CodeLife     = 24 * time.Hour     // a one-time password that is handed over at a desk
	FoundingLife = 7 * 24 * time.Hour // one that `init` prints: its people are not all in one house
	// MachineDelay is what whoever holds the server waits after announcing an act
	// in public: long enough for the account's holder or another administrator to
	// see it over a weekend and to refuse it.
	MachineDelay = 3 * 24 * time.Hour
)

// ProposalState is where an act on an account that takes two stands.
type ProposalState string

const (
	Proposed  ProposalState = "proposed"
	Confirmed ProposalState = "confirmed"
	Refused   ProposalState = "refused"
	Withdrawn ProposalState = "withdrawn"
	Lapsed    ProposalState = "lapsed" // never kept: it follows from the time
)

var proposalStates = map[ProposalState]string{
	Proposed: "等待确认", Confirmed: "已确认", Refused: "已驳回", Withdrawn: "已撤回", Lapsed: "已过期",
}

// Label is the state's name on the screen.
func (s ProposalState) Label() string { return proposalStates[s] }

// ProposalMoves is the lifecycle of a proposal; what is decided stays so.
var ProposalMoves = map[ProposalState][]ProposalState{Proposed: {Confirmed, Refused, Withdrawn, Lapsed}}

// Proposal is an act on an account that can be a second person's, by one
// administrator. Another one's confirmation carries it out.
type Proposal struct {
	ID         string
	Act        AccountAct
	State      ProposalState
	Person     string // whose account; of one to be opened empty until it is confirmed
	Name       string
	Login      string
	Org        string // the role's, or that of the account's first guarded role
	OrgName    string
	Role       Role
	Half       string // of the one-time password for who confirms, until it is decided; empty when none is given
	CodeHash   string // of the whole one
	ProposedBy string // empty for whoever holds the server
	ProposedAt time.Time
	From       time.Time // before which it cannot be carried out
	Until      time.Time // from which it has lapsed
	DecidedBy  string
	DecidedAt  time.Time
}

// Stream is the proposal's events. Its id says nothing of the account.
func (p Proposal) Stream() event.Stream { return event.Of("account", p.ID) }

// ByMachine says whether it was made at the server and not by an administrator.
func (p Proposal) ByMachine() bool { return p.ProposedBy == "" }

// At is the state at that time.
func (p Proposal) At(now time.Time) ProposalState {
	if p.State == Proposed && !now.Before(p.Until) {
		return Lapsed
	}
	return p.State
}

// decide moves the proposal on, or says why it cannot go there.
func (p *Proposal) decide(to ProposalState, by string, now time.Time) error {
	if at := p.At(now); !slices.Contains(ProposalMoves[at], to) {
		return fault.New(fault.Conflict, "这项账号变更%s，不能再办理", at.Label())
	}
	p.State = to
	p.DecidedBy = by
	p.DecidedAt = now
	p.Half = ""
	p.CodeHash = ""
	return nil
}

// Post is a role at an organisation, as the log tells it.
type Post struct {
	Org    string `json:"org"`
	Office string `json:"office"`
	Role   Role   `json:"role"`
}

// holds files the proposal under a post.
func (p *Proposal) holds(post Post) {
	p.Org = post.Org
	p.OrgName = post.Office
	p.Role = post.Role
}

// post is what the proposal is filed under.
func (p Proposal) post() Post { return Post{Org: p.Org, Office: p.OrgName, Role: p.Role} }

// AccountFacts is what the log says of an act on an account: whose office and
// which role, never who.
type AccountFacts struct {
	Act     AccountAct `json:"act"`
	Posts   []Post     `json:"posts"`
	Machine bool       `json:"machine"` // by whoever holds the server
	From    string     `json:"from"`    // before which it is not carried out; empty when at once
	Until   string     `json:"until"`   // from which it has lapsed; empty when it is decided
}

func (f AccountFacts) told() []words.Fact {
	facts := []words.Fact{words.Text("事项", f.Act.Label())}
	for _, p := range f.Posts {
		facts = append(facts, words.Text("岗位", p.Office+" "+p.Role.Label()))
	}
	if f.Machine {
		facts = append(facts, words.Text("由谁提出", "掌管服务器的人"))
	}
	return append(facts, words.Instant("最早生效", f.From), words.Instant("确认截止", f.Until))
}

// whose is kept private beside an event: for the day when somebody asks whose
// accounts they were.
type whose struct {
	Person      string `json:"person"`
	ProposedBy  string `json:"proposed_by,omitempty"`
	ConfirmedBy string `json:"confirmed_by,omitempty"`
}

// Handed is what an act on an account leaves to hand over.
type Handed struct {
	ID       string    // the person's, of a role the membership's; empty while it waits
	Proposal string    // that waits for another administrator; empty when it is done
	Code     string    // the one-time password, or this administrator's half of it; empty when none is given
	Half     bool      // Code is a half; another administrator has the other
	Until    time.Time // until when the code lets in, or the proposal may be confirmed
}

// waits says whether another administrator has to confirm it.
func (h Handed) waits() bool { return h.Proposal != "" && h.ID == "" }

// code is a fresh one-time password with its halves of 40 random bits each, and
// its hash: it takes time and memory, so it is made before a transaction begins.
type code struct{ whole, first, second, hash string }

func newCode(ctx context.Context) (code, error) {
	whole := OneTimePassword()
	hash, err := hashed(ctx, caller{lane: gate.Acquaintances, key: "office"}, whole)
	return code{whole: whole, first: whole[:9], second: whole[10:], hash: hash}, err
}
