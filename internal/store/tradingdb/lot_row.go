package tradingdb

import (
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/mode"
	"sunlot/trading/rules"
)

type lotRow struct {
	ID            string `gorm:"column:id;primaryKey"`
	TenderID      string `gorm:"column:tender_id"`
	Number        int    `gorm:"column:number"`
	Path          string `gorm:"column:path"`
	Code          string `gorm:"column:code"`
	State         string `gorm:"column:state"`
	Mode          string `gorm:"column:mode"`
	Side          string `gorm:"column:side"`
	Unit          string `gorm:"column:unit"`
	Measure       string `gorm:"column:measure"`
	Area          int64  `gorm:"column:area"`
	Years         int    `gorm:"column:years"`
	Deposit       int64  `gorm:"column:deposit"`
	RegisterUntil int64  `gorm:"column:register_until"`
	StartPrice    int64  `gorm:"column:start_price"`
	Terms         string `gorm:"column:terms"` // the mode's own, in JSON; empty when it has none
	Board         string `gorm:"column:board"`
	OpensAt       int64  `gorm:"column:opens_at"`
	EndsAt        int64  `gorm:"column:ends_at"`
	NextAt        int64  `gorm:"column:next_at"` // the end, unless something happens before
	Bids          int    `gorm:"column:bids"`
	LeadingBidder string `gorm:"column:leading_bidder"`
	LeadingRank   int    `gorm:"column:leading_rank"`
	LeadingPrice  int64  `gorm:"column:leading_price"`
	LeadingMatch  bool   `gorm:"column:leading_match"`
	LeadingAt     *int64 `gorm:"column:leading_at"`
	Bidders       int    `gorm:"column:bidders"`
	EventSeq      *int64 `gorm:"column:event_seq"`
	Breaks        int    `gorm:"column:breaks"`
	Ticks         int    `gorm:"column:ticks"`
	MovedAt       int64  `gorm:"column:moved_at"`
	MovedFrom     int64  `gorm:"column:moved_from"`
	MovedUntil    int64  `gorm:"column:moved_until"`
	MovedOpens    int64  `gorm:"column:moved_opens"`
	BrokenFrom    int64  `gorm:"column:broken_from"`
	BrokenUntil   int64  `gorm:"column:broken_until"`
}

func (lotRow) TableName() string { return "lots" }

// lotRead is a lot with its asset's name, its notice's number and the owner's name.
type lotRead struct {
	Row       lotRow                  `gorm:"embedded"`
	Title     string                  `gorm:"column:title"`
	Number    string                  `gorm:"column:tender_number"`
	OwnerName string                  `gorm:"column:owner_name"`
	Photos    *store.JSONOf[[]string] `gorm:"column:asset_photos"`

	RulePack    string `gorm:"column:rule_pack"`
	RuleVersion int    `gorm:"column:rule_version"`
	Attempt     int    `gorm:"column:attempt"`
	BeforeID    string `gorm:"column:before_id"`
}

func rowOfLot(l trading.Lot) lotRow {
	b := l.Board
	return lotRow{
		ID:            l.ID,
		TenderID:      l.Tender,
		Number:        l.Place,
		Path:          string(l.Path),
		Code:          l.Code,
		State:         string(l.State),
		Mode:          l.Mode,
		Side:          string(l.Side),
		Unit:          string(l.Unit),
		Measure:       string(l.Measure),
		Area:          int64(l.Size),
		Years:         l.Years,
		Deposit:       int64(l.Deposit),
		RegisterUntil: store.Millis(l.RegisterUntil),
		StartPrice:    int64(l.Terms.Start),
		Terms:         string(l.Terms.Own),
		Board:         string(b.Own),
		OpensAt:       store.Millis(b.OpensAt),
		EndsAt:        store.Millis(b.EndsAt),
		NextAt:        store.Millis(l.Due()),
		Bids:          b.Bids,
		LeadingBidder: b.Leading.Bidder,
		LeadingRank:   b.Leading.Rank,
		LeadingPrice:  int64(b.Leading.Price),
		LeadingMatch:  b.Leading.Match,
		LeadingAt:     store.Optional(b.Leading.At),
		Bidders:       l.Bidders,
		EventSeq:      store.SeqOf(l.Event),
		Breaks:        l.Breaks,
		Ticks:         l.Ticks,
		MovedAt:       store.MillisOrZero(l.Moved.At),
		MovedFrom:     store.MillisOrZero(l.Moved.From),
		MovedUntil:    store.MillisOrZero(l.Moved.RegisterUntil),
		MovedOpens:    store.MillisOrZero(l.Moved.OpensAt),
		BrokenFrom:    store.MillisOrZero(l.Broken.From),
		BrokenUntil:   store.MillisOrZero(l.Broken.Until),
	}
}

func (r lotRead) lot() trading.Lot {
	row := r.Row
	l := trading.Lot{
		ID:            row.ID,
		Tender:        row.TenderID,
		Place:         row.Number,
		Path:          identity.Path(row.Path),
		Title:         r.Title,
		Number:        r.Number,
		OwnerName:     r.OwnerName,
		Photo:         first(r.Photos),
		Rules:         rules.Edition{ID: r.RulePack, Version: r.RuleVersion},
		Attempt:       trading.Attempt{Count: r.Attempt, Before: r.BeforeID},
		Code:          row.Code,
		State:         casework.State(row.State),
		Mode:          row.Mode,
		Basis:         basisOf(row.Side, row.Unit, row.Measure, row.Area, row.Years),
		Deposit:       money.Fen(row.Deposit),
		RegisterUntil: store.FromMillis(row.RegisterUntil),
		Bidders:       row.Bidders,
		Breaks:        row.Breaks,
		Ticks:         row.Ticks,
		Moved: trading.Moved{
			At:            store.FromMillisOrZero(row.MovedAt),
			From:          store.FromMillisOrZero(row.MovedFrom),
			RegisterUntil: store.FromMillisOrZero(row.MovedUntil),
			OpensAt:       store.FromMillisOrZero(row.MovedOpens),
		},
		Broken: trading.Outage{
			From:  store.FromMillisOrZero(row.BrokenFrom),
			Until: store.FromMillisOrZero(row.BrokenUntil),
		},
		Event: store.RefIn(event.Of("lot", row.ID), row.EventSeq),
	}
	l.Terms = mode.Terms{Start: money.Fen(row.StartPrice), Own: mode.Document(row.Terms)}
	if row.NextAt < row.EndsAt {
		l.Next = store.FromMillis(row.NextAt)
	}
	l.Board = mode.Board{OpensAt: store.FromMillis(row.OpensAt), EndsAt: store.FromMillis(row.EndsAt), Bids: row.Bids,
		Own: mode.Document(row.Board),
		Leading: mode.Offer{Bidder: row.LeadingBidder, Rank: row.LeadingRank, Price: money.Fen(row.LeadingPrice),
			Match: row.LeadingMatch, At: store.FromOptional(row.LeadingAt)}}
	return l
}
