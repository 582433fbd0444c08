package register

import (
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/trading"
)

var (
	confirmationDuty = &casework.DutyKind{
		Name:   "assetcheck",
		Label:  "核实资产登记",
		Act:    trading.AssetConfirm,
		Sender: trading.AssetRegister,
		Above:  casework.Oversee,
		Ladder: casework.Usual,
	}
	mendingDuty = &casework.DutyKind{
		Name:   "asset",
		Label:  "修改或者撤回资产登记",
		Act:    trading.AssetRegister,
		Above:  casework.Oversee,
		Ladder: casework.Usual,
	}
)

// Duties lists what waits in this room, in the order of a case.
var Duties = []*casework.DutyKind{confirmationDuty, mendingDuty}

// Leads is what takes an entry on.
var Leads = casework.Leads{
	trading.AssetSubmitted: {Duties: []*casework.DutyKind{confirmationDuty}},
	trading.AssetReturned:  {Duties: []*casework.DutyKind{mendingDuty}},
}

// answerDays is within how many calendar days each of the two answers the other.
const answerDays = 3

// duty names the owner and nothing that was typed: whoever stands above reads it too.
func duty(d trading.AssetDraft, at time.Time) casework.Duty {
	return casework.Duty{
		Noun:  d.Stream(),
		Path:  d.Path,
		Title: d.OwnerName + "：" + d.What(),
		Note:  d.Label(),
		Due:   calendar.DateOf(at).AddDays(answerDays),
	}
}
