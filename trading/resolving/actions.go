package resolving

import (
	"sunlot/internal/identity"
	"sunlot/trading"
)

// VoteCheck is a representative's look at how his own vote was written down.
var VoteCheck = identity.NewAction("vote.check", "核对表决", identity.Representative)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	trading.ResolutionRecord,
	trading.ResolutionConfirm,
	VoteCheck,
}
