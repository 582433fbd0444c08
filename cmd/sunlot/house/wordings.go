package house

import (
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/mailbox"
	"sunlot/disclosure/power"
	"sunlot/disclosure/privacy"
	"sunlot/disclosure/words"
	"sunlot/internal/identity"
	"sunlot/trading"
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

// Wordings is how every event of the public log is told, and every step of a case.
func Wordings() (words.Registry, error) {
	return words.New(
		identity.Wordings,
		ledger.Wordings,
		mailbox.Wordings,
		trading.Wordings,
		register.Wordings,
		rolls.Wordings,
		resolving.Wordings,
		tendering.Wordings,
		bidding.Wordings,
		contracts.Wordings,
		works.Wordings,
		power.Wordings,
		privacy.Wordings,
		citing.Wordings,
		amending.Wordings,
	)
}
