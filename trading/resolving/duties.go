package resolving

import (
	"sunlot/internal/casework"
	"sunlot/trading"
)

var (
	resolutionDuty = &casework.DutyKind{
		Name:   "resolution",
		Label:  "补齐并提交决议",
		Act:    trading.ResolutionRecord,
		Above:  casework.Oversee,
		Ladder: casework.Usual,
	}
	confirmationDuty = &casework.DutyKind{
		Name:   "confirmation",
		Label:  "核实决议",
		Act:    trading.ResolutionConfirm,
		Sender: trading.ResolutionRecord,
		Above:  casework.Oversee,
		Ladder: casework.Usual,
	}
)

// Duties lists what waits in this room, in the order of a case.
var Duties = []*casework.DutyKind{resolutionDuty, confirmationDuty, trading.LettingDuty}

// Leads is what takes a resolution on. A lawful one that is confirmed waits for
// its notice; it is at its end all the same, for it may come to nothing.
var Leads = casework.Leads{
	trading.Recorded:            {Duties: []*casework.DutyKind{resolutionDuty}},
	trading.ResolutionSubmitted: {Duties: []*casework.DutyKind{confirmationDuty}},
	trading.ResolutionReturned:  {Duties: []*casework.DutyKind{resolutionDuty}},
}

func duty(r trading.Resolution) casework.Duty {
	return casework.Duty{Noun: r.Stream(), Path: r.Path, Title: r.AssetName, Note: r.Label()}
}
