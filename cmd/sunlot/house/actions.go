package house

import (
	"slices"

	"sunlot/admin/lead"
	"sunlot/disclosure/mailbox"
	"sunlot/disclosure/power"
	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/identity"
	"sunlot/trading/amending"
	"sunlot/trading/bidding"
	"sunlot/trading/citing"
	"sunlot/trading/contracts"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/rolls"
	"sunlot/trading/tendering"
	"sunlot/trading/works"
)

// Actions is all that the rooms do, in the order of a case: what the pages may
// ask about a visitor, and the rows of the table of who may do what.
func Actions() []*identity.Action {
	return slices.Concat(identity.Actions, casework.Actions, register.Actions, rolls.Actions, resolving.Actions,
		tendering.Actions,
		bidding.Actions, contracts.Actions, works.Actions, power.Actions, privacy.Actions, mailbox.Actions,
		citing.Actions, amending.Actions, lead.Actions)
}
