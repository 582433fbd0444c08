package tendering

import (
	"fmt"

	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
)

var (
	tenderDuty     = kind("tender", "修改并提交公告", trading.TenderDraft)
	checkDuty      = sent(trading.TenderDraft, kind("check", "审核公告", trading.TenderCheck))
	approvalDuty   = sent(trading.TenderDraft, atLeader("approval", "审批公告", TenderApprove))
	noticeDuty     = kind("notice", "发布公告", TenderAnnounce)
	supplementDuty = sent(SupplementPropose, kind("supplement", "办理补充公告", SupplementRelease))
)

// atLeader is a kind above whose holders nobody stands.
func atLeader(name, label string, act *identity.Action) *casework.DutyKind {
	return &casework.DutyKind{Name: name, Label: label, Act: act, Ladder: casework.Usual}
}

// sent is the kind with who hands its cases over.
func sent(by *identity.Action, k *casework.DutyKind) *casework.DutyKind {
	k.Sender = by
	return k
}

func kind(name, label string, act *identity.Action) *casework.DutyKind {
	return &casework.DutyKind{Name: name, Label: label, Act: act, Above: casework.Oversee, Ladder: casework.Usual}
}

// Duties lists what waits in this room, in the order of a case.
var Duties = []*casework.DutyKind{tenderDuty, checkDuty, approvalDuty, noticeDuty, supplementDuty, trading.RelistDuty}

// Leads is what takes a tender on, SupplementLeads a supplement.
var (
	Leads = casework.Leads{
		trading.Drafted:   {Duties: []*casework.DutyKind{tenderDuty}},
		trading.Submitted: {Duties: []*casework.DutyKind{checkDuty}},
		trading.Checked:   {Duties: []*casework.DutyKind{approvalDuty}},
		trading.Approved:  {Duties: []*casework.DutyKind{noticeDuty}},
		trading.Returned:  {Duties: []*casework.DutyKind{tenderDuty}},
	}
	SupplementLeads = casework.Leads{
		trading.Proposed: {Duties: []*casework.DutyKind{supplementDuty}},
	}
)

func duty(t trading.Tender) casework.Duty {
	return casework.Duty{Noun: t.Stream(), Path: t.Path, Title: t.Title, Note: t.Label()}
}

func supplementOf(s trading.Supplement) casework.Duty {
	return casework.Duty{
		Noun:  event.Of("supplement", s.ID),
		Case:  s.Tender,
		Path:  s.Path,
		Title: fmt.Sprintf("%s：第%d号补充公告", s.TenderTitle, s.Number),
		Note:  s.Label(),
	}
}

// begins answers what waited for a notice: the tender's resolution has one now, and
// an asset whose last lot nobody won is let again.
// One that the draft rested on before waits again.
func begins(tx Tx, scope identity.Scope, before string, r trading.Resolution, by string) error {
	if before != "" && before != r.ID {
		if err := waitsAgain(tx, scope, before); err != nil {
			return err
		}
	}
	if err := tx.Settle(trading.RelistDuty, event.Of("asset", r.Asset), by); err != nil {
		return err
	}
	return tx.Settle(trading.LettingDuty, r.Stream(), by)
}

// waitsAgain owes the notice of a resolution whose tender rests on it no more.
func waitsAgain(tx Tx, scope identity.Scope, resolution string) error {
	r, err := tx.Resolution(resolution, scope)
	if err != nil {
		return err
	}
	return tx.Owe(trading.LettingDuty, r.Letting())
}
