package tradingdb

import (
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/rules"
)

type tenderRow struct {
	ID               string                            `gorm:"column:id;primaryKey"`
	AssetID          string                            `gorm:"column:asset_id"`
	ResolutionID     string                            `gorm:"column:resolution_id"`
	Path             string                            `gorm:"column:path"`
	State            string                            `gorm:"column:state"`
	Version          int                               `gorm:"column:version"`
	Area             int64                             `gorm:"column:area"`
	Measure          string                            `gorm:"column:measure"`
	Side             string                            `gorm:"column:side"`
	Unit             string                            `gorm:"column:unit"`
	Yearly           int64                             `gorm:"column:yearly"`
	Title            string                            `gorm:"column:title"`
	Number           string                            `gorm:"column:number"`
	StartPrice       int64                             `gorm:"column:start_price"`
	Step             int64                             `gorm:"column:step"`
	DepositPercent   int                               `gorm:"column:deposit_percent"`
	Years            int                               `gorm:"column:years"`
	StartsOn         string                            `gorm:"column:starts_on"`
	RentDue          string                            `gorm:"column:rent_due"`
	NoticeDays       int                               `gorm:"column:notice_days"`
	InspectionOn     string                            `gorm:"column:inspection_on"`
	InspectionPlace  string                            `gorm:"column:inspection_place"`
	LandUse          string                            `gorm:"column:land_use"`
	Conditions       string                            `gorm:"column:conditions"`
	Qualification    string                            `gorm:"column:qualification"`
	Material         string                            `gorm:"column:material"`
	Burdens          string                            `gorm:"column:burdens"`
	PricingBasis     string                            `gorm:"column:pricing_basis"`
	PriorityNotified string                            `gorm:"column:priority_notified"`
	Unreached        string                            `gorm:"column:priority_unreached"`
	DepositAccount   string                            `gorm:"column:deposit_account"`
	Fees             string                            `gorm:"column:fees"`
	Contact          string                            `gorm:"column:contact"`
	Supervision      string                            `gorm:"column:supervision"`
	Warnings         string                            `gorm:"column:warnings"`
	Media            string                            `gorm:"column:media"`
	Mend             store.JSONOf[[]fault.Field]       `gorm:"column:mend"`
	ReturnedTerms    *store.JSONOf[trading.TenderForm] `gorm:"column:returned_terms"`
	DraftedBy        string                            `gorm:"column:drafted_by"`
	SubmittedBy      string                            `gorm:"column:submitted_by"`
	CheckedBy        string                            `gorm:"column:checked_by"`
	ApprovedBy       string                            `gorm:"column:approved_by"`
	AnnouncedBy      string                            `gorm:"column:announced_by"`
	RulePack         string                            `gorm:"column:rule_pack"`
	RuleVersion      int                               `gorm:"column:rule_version"`
	AnnouncedAt      *int64                            `gorm:"column:announced_at"`
	RegisterUntil    *int64                            `gorm:"column:register_until"`
	OpensAt          *int64                            `gorm:"column:opens_at"`
	Firm             bool                              `gorm:"column:firm"`
	Document         string                            `gorm:"column:document"`
	EventSeq         *int64                            `gorm:"column:event_seq"`
	BoardPhoto       string                            `gorm:"column:board_photo"`
	PostedAt         *int64                            `gorm:"column:posted_at"`
	ChangedAt        int64                             `gorm:"column:changed_at"`
	Attempt          int                               `gorm:"column:attempt"`
	BeforeID         string                            `gorm:"column:before_id"`
}

func (tenderRow) TableName() string { return "tenders" }

// tenderRead is a tender with the names of its asset and owner, and with what
// is shown of its lot, once it has one.
type tenderRead struct {
	Row          tenderRow               `gorm:"embedded"`
	AssetName    string                  `gorm:"column:asset_name"`
	OwnerName    string                  `gorm:"column:owner_name"`
	LotID        *string                 `gorm:"column:lot_id"`
	LotState     *string                 `gorm:"column:lot_state"`
	LeadingPrice *int64                  `gorm:"column:leading_price"`
	EndsAt       *int64                  `gorm:"column:ends_at"`
	Photos       *store.JSONOf[[]string] `gorm:"column:asset_photos"`
}

func rowOfTender(t trading.Tender) tenderRow {
	row := tenderRow{
		ID:               t.ID,
		AssetID:          t.Asset,
		ResolutionID:     t.Resolution,
		Path:             string(t.Path),
		State:            string(t.State),
		Version:          t.Version,
		Area:             int64(t.Area),
		Measure:          string(t.Measure),
		Side:             string(t.Side),
		Unit:             string(t.Unit),
		Yearly:           int64(t.Yearly()),
		Title:            t.Title,
		Number:           t.Number,
		StartPrice:       int64(t.StartPrice),
		Step:             int64(t.Step),
		DepositPercent:   t.DepositPercent,
		Years:            t.Years,
		StartsOn:         string(t.StartsOn),
		RentDue:          t.RentDue,
		NoticeDays:       t.NoticeDays,
		InspectionOn:     string(t.InspectionOn),
		InspectionPlace:  t.InspectionPlace,
		LandUse:          t.Use,
		Conditions:       t.Conditions,
		Qualification:    t.Qualification,
		Material:         t.Material,
		Burdens:          t.Burdens,
		PricingBasis:     t.PricingBasis,
		PriorityNotified: string(t.PriorityNotified),
		Unreached:        t.PriorityUnreached,
		DepositAccount:   t.DepositAccount,
		Fees:             t.Fees,
		Contact:          t.Contact,
		Supervision:      t.Supervision,
		Warnings:         t.Warnings,
		Media:            t.Media,
		Mend:             store.JSONOf[[]fault.Field]{V: t.Mend},
		DraftedBy:        t.Steps.DraftedBy,
		SubmittedBy:      t.Steps.SubmittedBy,
		CheckedBy:        t.Steps.CheckedBy,
		ApprovedBy:       t.Steps.ApprovedBy,
		AnnouncedBy:      t.Steps.AnnouncedBy,
		RulePack:         t.Rules.ID,
		RuleVersion:      t.Rules.Version,
		AnnouncedAt:      store.Optional(t.AnnouncedAt),
		RegisterUntil:    store.Optional(t.RegisterUntil),
		OpensAt:          store.Optional(t.OpensAt),
		Firm:             t.Firm,
		Document:         t.Document,
		EventSeq:         store.SeqOf(t.Event),
		BoardPhoto:       t.BoardPhoto,
		PostedAt:         store.Optional(t.PostedAt),
		Attempt:          t.Attempt.Count,
		BeforeID:         t.Attempt.Before,
	}
	if t.Back != nil {
		row.ReturnedTerms = &store.JSONOf[trading.TenderForm]{V: *t.Back}
	}
	return row
}

func (r tenderRead) tender() trading.Tender {
	row := r.Row
	t := trading.Tender{
		ID:        row.ID,
		Path:      identity.Path(row.Path),
		OwnerName: r.OwnerName,
		AssetName: r.AssetName,
		Photo:     first(r.Photos),
		State:     casework.State(row.State),
		Version:   row.Version,
		Area:      money.Area(row.Area),
		Measure:   money.Measure(row.Measure),
		Number:    row.Number,
		Mend:      row.Mend.V,
		Steps: trading.Steps{
			DraftedBy:   row.DraftedBy,
			SubmittedBy: row.SubmittedBy,
			CheckedBy:   row.CheckedBy,
			ApprovedBy:  row.ApprovedBy,
			AnnouncedBy: row.AnnouncedBy,
		},
		Rules:         rules.Edition{ID: row.RulePack, Version: row.RuleVersion},
		AnnouncedAt:   store.FromOptional(row.AnnouncedAt),
		RegisterUntil: store.FromOptional(row.RegisterUntil),
		OpensAt:       store.FromOptional(row.OpensAt),
		Firm:          row.Firm,
		Document:      row.Document,
		BoardPhoto:    row.BoardPhoto,
		PostedAt:      store.FromOptional(row.PostedAt),
		Attempt:       trading.Attempt{Count: row.Attempt, Before: row.BeforeID},
	}
	t.TenderForm = trading.TenderForm{
		Asset:            row.AssetID,
		Resolution:       row.ResolutionID,
		Side:             trading.Side(row.Side),
		Unit:             money.Unit(row.Unit),
		Title:            row.Title,
		StartPrice:       money.Fen(row.StartPrice),
		Step:             money.Fen(row.Step),
		DepositPercent:   row.DepositPercent,
		Years:            row.Years,
		StartsOn:         calendar.Date(row.StartsOn),
		RentDue:          row.RentDue,
		NoticeDays:       row.NoticeDays,
		InspectionOn:     calendar.Date(row.InspectionOn),
		InspectionPlace:  row.InspectionPlace,
		Use:              row.LandUse,
		Conditions:       row.Conditions,
		Qualification:    row.Qualification,
		Material:         row.Material,
		Burdens:          row.Burdens,
		PricingBasis:     row.PricingBasis,
		PriorityNotified: calendar.Date(row.PriorityNotified),

		PriorityUnreached: row.Unreached,

		DepositAccount: row.DepositAccount,
		Fees:           row.Fees,
		Contact:        row.Contact,
		Supervision:    row.Supervision,
		Warnings:       row.Warnings,
		Media:          row.Media,
	}
	if row.ReturnedTerms != nil {
		t.Back = &row.ReturnedTerms.V
	}
	t.Event = store.RefIn(t.Stream(), row.EventSeq)
	if r.LotState != nil && r.LeadingPrice != nil {
		t.Lot = orEmpty(r.LotID)
		t.LotState = casework.State(*r.LotState)
		t.LeadingPrice = money.Fen(*r.LeadingPrice)
		t.EndsAt = store.FromOptional(r.EndsAt)
	}
	return t
}
