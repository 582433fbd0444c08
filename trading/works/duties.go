package works

import (
	"sunlot/internal/casework"
	"sunlot/internal/event"
)

var (
	projectDuty = &casework.DutyKind{
		Name:   "project",
		Label:  "核实工程项目",
		Act:    ProjectConfirm,
		Sender: ProjectOpen,
		Above:  casework.Oversee,
		Ladder: casework.Usual,
	}
	stageDuty = &casework.DutyKind{
		Name:   "stage",
		Label:  "登记工程环节",
		Act:    ProjectOpen,
		Above:  casework.Oversee,
		Public: "超过计划日期没有登记的工程环节",
		Ladder: casework.Promised,
	}
	entryDuty = &casework.DutyKind{
		Name:   "entry",
		Label:  "核实工程登记",
		Act:    ProjectConfirm,
		Sender: ProjectOpen,
		Above:  casework.Oversee,
		Ladder: casework.Usual,
	}
)

// Duties lists what waits in this room, in the order of a case.
var Duties = []*casework.DutyKind{projectDuty, stageDuty, entryDuty}

// Leads is what takes a project on, EntryLeads an entry. What was returned is at
// its end: the clerk enters it anew.
var (
	Leads = casework.Leads{
		ProjectProposed: {Duties: []*casework.DutyKind{projectDuty}},
		Underway:        {Duties: []*casework.DutyKind{stageDuty}},
		Finished:        {By: "nobody: a correction alone may open it again"},
	}
	EntryLeads = casework.Leads{
		Recorded: {Duties: []*casework.DutyKind{entryDuty}},
	}
)

// duty is a project's: while it is under way that of its next planned stage, or
// of whichever comes when none is planned.
func duty(p Project) casework.Duty {
	d := casework.Duty{Noun: p.Stream(), Path: p.Path, Title: p.Name}
	if p.State == Underway && p.Next != "" {
		d.Title, d.Due = p.Name+"："+p.Next.Label(), p.NextDue
	}
	return d
}

// keep saves a project that has moved or got another plan, with what waits then.
func keep(tx Tx, from casework.State, p Project, by string) error {
	if err := tx.SaveProject(p); err != nil {
		return err
	}
	return Leads.Moved(tx, from, p.State, duty(p), by)
}

// keepEntry is keep for an entry.
func keepEntry(tx Tx, from casework.State, p Project, r Entry, by string) error {
	if err := tx.SaveEntry(r); err != nil {
		return err
	}
	return EntryLeads.Moved(tx, from, r.State, dutyOf(p, r), by)
}

func dutyOf(p Project, r Entry) casework.Duty {
	return casework.Duty{Noun: event.Of("entry", r.ID), Path: r.Path, Title: p.Name + "：" + r.Stage.Label()}
}
