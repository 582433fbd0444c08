package power

import "sunlot/internal/casework"

var itemDuty = &casework.DutyKind{
	Name:   "item",
	Label:  "公布小微权力事项",
	Act:    ItemPublish,
	Sender: ItemDraft,
	Ladder: casework.Usual,
}

// Duties lists what waits in this room.
var Duties = []*casework.DutyKind{itemDuty}

// Leads is what takes an item on. A published one stands; it is begun anew when
// somebody revises it.
var Leads = casework.Leads{
	Drafted:   {Duties: []*casework.DutyKind{itemDuty}},
	Published: {By: "修订"},
	Revising:  {Duties: []*casework.DutyKind{itemDuty}},
}

func duty(i Item) casework.Duty {
	d := casework.Duty{Noun: i.Stream(), Path: i.Path, Title: i.Number + " " + i.Name}
	if i.Draft != nil {
		d.Title = i.Draft.Number + " " + i.Draft.Name
	}
	return d
}
