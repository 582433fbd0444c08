package trading

import (
	"time"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// The states of an entry into the register 资产登记.
const (
	AssetSubmitted casework.State = "submitted" // 待监督委员会核实
	AssetReturned  casework.State = "returned"  // 退回修改
	AssetConfirmed casework.State = "confirmed" // 已核实
	AssetWithdrawn casework.State = "withdrawn" // 已撤回
)

// AssetWaiting are the states in which an entry is nobody's but its handlers'.
var AssetWaiting = []casework.State{AssetSubmitted, AssetReturned}

// AssetDraftLifecycle is where it may go from each state.
var AssetDraftLifecycle = casework.Lifecycle{
	Noun: "资产登记",
	Labels: map[casework.State]string{
		AssetSubmitted: "待核实", AssetReturned: "退回修改", AssetConfirmed: "已核实", AssetWithdrawn: "已撤回",
	},
	Moves: map[casework.State][]casework.State{
		AssetSubmitted: {AssetConfirmed, AssetReturned, AssetWithdrawn},
		AssetReturned:  {AssetSubmitted, AssetWithdrawn},
	},
}

// AssetDraft is an entry into the register, or a correction of one, until a second
// person has looked at it. Nothing of it is public before.
type AssetDraft struct {
	ID         string
	Asset      string        // which it corrects or, confirmed, has become; empty for a new one
	Base       int           // the version that it corrects; 0 for a new one
	Path       identity.Path // the owner's
	OwnerName  string        // when read
	ActingName string        // when read
	State      casework.State
	Version    int
	AssetForm
	HidTenant   bool          // a last tenant is entered or changed, and kept from the reader; when read
	Mend        []fault.Field // what the last return asks to mend
	EnteredBy   string
	SentBy      string // whoever sent it last
	SentAt      time.Time
	ConfirmedBy string
	ConfirmedAt time.Time
	Document    string // SHA-256 of the public document; empty until it is confirmed
}

// Stream is that of its steps. Its event is the asset's.
func (d AssetDraft) Stream() event.Stream { return event.Of("asset-draft", d.ID) }

// Label is the state's name on the screen.
func (d AssetDraft) Label() string { return AssetDraftLifecycle.Label(d.State) }

// Corrects says whether it changes an asset that is public already.
func (d AssetDraft) Corrects() bool { return d.Base > 0 }

// What is what it is about, without a word of what was typed.
func (d AssetDraft) What() string {
	if d.Corrects() {
		return "更正资产登记"
	}
	return "登记资产"
}
