package rolls

import (
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
)

var (
	checkDuty = &casework.DutyKind{
		Name:   "roll",
		Label:  "核对应到人员名册",
		Act:    RollConfirm,
		Sender: RollEnter,
		Above:  casework.Oversee,
		Ladder: casework.Usual,
	}
	mendDuty = &casework.DutyKind{
		Name:   "roll_mend",
		Label:  "修改退回的名册",
		Act:    RollEnter,
		Above:  casework.Oversee,
		Ladder: casework.Usual,
	}
)

// Duties lists what waits in this room, in the order of a case.
var Duties = []*casework.DutyKind{checkDuty, mendDuty}

// Leads is what takes an edition on.
var Leads = casework.Leads{
	Entered:  {Duties: []*casework.DutyKind{checkDuty}},
	Returned: {Duties: []*casework.DutyKind{mendDuty}},
}

// duty is what an edition leaves to be done by the day.
func (s *Service) duty(r Roll, due calendar.Date) casework.Duty {
	return casework.Duty{
		Noun:  r.Stream(),
		Path:  r.Path,
		Title: r.OrgName + "：" + s.Pack().Assemblies[r.Assembly].Label,
		Due:   due,
	}
}
