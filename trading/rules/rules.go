// Package rules holds what a county's documents fix: days, shares, thresholds.
// Each value stands beside its source; a pack is data, one file a jurisdiction.
package rules

import (
	"sunlot/internal/calendar"
	"sunlot/internal/fault"
)

// Pack is one jurisdiction's rules. Its numbers are described in figures.go, under the
// keys that its file has.
type Pack struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Version counts the pack's editions from 1. A figure is never changed in an edition
	// under which something was announced: the next one has the next number.
	Version int `json:"version"`

	NoticeDays      Number `json:"notice_days"`     // shortest notice of a land lease
	SpringDays      Number `json:"spring_days"`     // shortest notice from 1 March to 1 May
	NoticeMaxDays   Number `json:"notice_max_days"` // longest notice, in working days
	DeadlineHour    Number `json:"deadline_hour"`   // hour of the last day at which registration ends
	OpeningHour     Number `json:"opening_hour"`    // hour at which bidding opens, the working day after
	SupplementDays  Number `json:"supplement_days"` // what a supplement adds to the term
	DepositPercent  Number `json:"deposit_percent"` // of the first year's rent at the start price
	DepositMin      Number `json:"deposit_min"`
	DepositMax      Number `json:"deposit_max"`
	FreeSeconds     Number `json:"free_seconds"`
	ExtendWindow    Number `json:"extend_window"`
	ExtendSeconds   Number `json:"extend_seconds"`
	StepMaxMultiple Number `json:"step_max_multiple"`
	LeaseMaxYears   Number `json:"lease_max_years"`
	ResultDays      Number `json:"result_days"`     // publicity of a result
	AnswerDays      Number `json:"answer_days"`     // within which an objection is answered
	RefundDays      Number `json:"refund_days"`     // within which a deposit goes back
	SignDays        Number `json:"sign_days"`       // from the end of publicity to the contract
	FirstRentDays   Number `json:"first_rent_days"` // from the contract to the first year's rent

	PriorityDays  Number `json:"priority_days"`  // from telling the holders of priority rights to the notice
	UnreachedDays Number `json:"unreached_days"` // the same where they cannot be reached and it was made public

	RollDays Number `json:"roll_days"` // within which the roll of a body is checked

	WorksLimit Number `json:"works_limit"` // estimate up to which a work is a small one

	MinBidders      Number `json:"min_bidders"`       // bidders that the first notice of an asset needs
	MinBiddersLater Number `json:"min_bidders_later"` // and the second and later ones
	StepPercent     Number `json:"step_percent"`      // suggested step, of the start price

	RelistDays      Number `json:"relist_days"`       // within which what found nobody is announced again
	PriceCut        Number `json:"price_cut"`         // most that its start price falls without a new decision
	PriceCutCeiling Number `json:"price_cut_ceiling"` // and with one

	RunnerUpAsked   Number `json:"runner_up_asked"`  // may the next in the ranking take a defaulter's place
	RunnerUpBelow   Number `json:"runner_up_below"`  // most that his price lies below the defaulter's
	RunnerUpDays    Number `json:"runner_up_days"`   // within which he answers
	DefaulterBarred Number `json:"defaulter_barred"` // from the letting anew

	TenantNoticeDays Number `json:"tenant_notice_days"` // within which a tenant answers when his house is sold
	CommentDays      Number `json:"comment_days"`       // a plan is public before the vote
	AppraisalDays    Number `json:"appraisal_days"`     // publicity of an appraisal
	ReviewDays       Number `json:"review_days"`        // within which a registration is looked at

	ComplaintDays       Number `json:"complaint_days"`        // from knowing to the complaint
	ComplaintAcceptDays Number `json:"complaint_accept_days"` // within which it is accepted or not
	ComplaintDecideDays Number `json:"complaint_decide_days"` // and decided

	WorksDocDays       Number `json:"works_doc_days"`       // documents are handed out at least
	WorksBidDays       Number `json:"works_bid_days"`       // from the documents to the opening
	WorksDepositMax    Number `json:"works_deposit_max"`    // of the estimate
	BondMax            Number `json:"bond_max"`             // performance bond, of the contract's price
	WorksTownship      Number `json:"works_township"`       // estimate up to which the township organises
	WorksMinBids       Number `json:"works_min_bids"`       // fewer are not opened
	WorksCandidateDays Number `json:"works_candidate_days"` // publicity of the candidates
	WorksAnswerDays    Number `json:"works_answer_days"`    // within which an objection to works is answered
	WorksSignDays      Number `json:"works_sign_days"`      // to the contract
	WorksChange        Number `json:"works_change"`         // variation that needs no gate
	WorksRetention     Number `json:"works_retention"`      // kept back until the defects period ends
	WorksAudit         Number `json:"works_audit"`          // from which a final account is audited

	DisclosureMonths Number `json:"disclosure_months"`  // between two disclosures of village affairs
	FinanceMonths    Number `json:"finance_months"`     // and of the books, where there is much
	MajorDays        Number `json:"major_days"`         // within which something major is disclosed
	VillageReplyDays Number `json:"village_reply_days"` // within which a village answers
	OfficeReplyDays  Number `json:"office_reply_days"`  // and an office

	ArchiveYears Number `json:"archive_years"` // the bidding is kept at least

	Procedure       []Step `json:"procedure"`
	ProcedureSource Source `json:"procedure_source"`
	// MembersFirst is the statute by which members of the collective stand before others
	// where land is open to outsiders; without a title there is none.
	MembersFirst Source              `json:"members_first"`
	Assemblies   map[string]Assembly `json:"assemblies"`
	NoticeFields Source              `json:"notice_fields"`

	from calendar.Date // the day from which the edition stands; empty for the first
	book *Book
}

// Edition names a pack as it stood: what was announced under it reads its figures there
// to the end.
type Edition struct {
	ID      string
	Version int
}

// Edition is the pack's name with its version.
func (p Pack) Edition() Edition { return Edition{ID: p.ID, Version: p.Version} }

// From is the day from which the edition stands; empty for the first one.
func (p Pack) From() calendar.Date { return p.from }

// Find returns the jurisdiction's pack as its files have it, the newest edition, with a
// book of its own.
func Find(id string) (Pack, error) {
	b, err := Open(id)
	if err != nil {
		return Pack{}, err
	}
	return b.newest(), nil
}

// At is the pack under which a case was announced, and today's for a case that is not
// announced, or was before packs had editions. An edition that the program does not have
// is fault.Internal: nothing is decided by other figures.
func At(e Edition, today Pack) (Pack, error) {
	if e == (Edition{}) {
		return today, nil
	}
	if today.book != nil {
		if p, there := today.book.At(e); there {
			return p, nil
		}
	}
	return Pack{}, fault.New(fault.Internal, "rules: edition %d of %q is not in this program", e.Version, e.ID)
}

// MinNotice is the shortest notice in working days for one published on that
// day of the year (month*100+day): in spring, land may not wait.
func (p Pack) MinNotice(monthDay int) Number {
	if monthDay >= 301 && monthDay <= 501 {
		return p.SpringDays
	}
	return p.NoticeDays
}

// LeastBidders is how many bidders the notice needs, by which attempt it is.
func (p Pack) LeastBidders(attempt int) Number {
	if attempt > 1 {
		return p.MinBiddersLater
	}
	return p.MinBidders
}
