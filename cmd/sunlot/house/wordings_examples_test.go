package house_test

import (
	"strings"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/mailbox"
	"sunlot/disclosure/power"
	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/amending"
	"sunlot/trading/citing"
	"sunlot/trading/contracts"
	"sunlot/trading/mode"
	"sunlot/trading/rolls"
	"sunlot/trading/works"
)

var (
	sha   = strings.Repeat("0123456789abcdef", 4)
	asset = trading.AssetFacts{
		Document: sha, Owner: "v", Acting: "c", Assembly: "villagers", Kind: trading.FarmLand, Area: 3860,
		LastRent: 35000,
		Photos:   []string{sha},
	}
	account = identity.AccountFacts{Act: identity.AccountOpened, Machine: true, From: "2026-12-07T09:00:00.000Z",
		Until: "2026-12-08T09:00:00.000Z",
		Posts: []identity.Post{{Org: "c", Office: "示范县", Role: identity.Administrator}}}
	staged = works.StagedFacts{
		Entry: "e", Stage: works.ContractStage, On: "2026-12-08", Sum: 11_960_000, Photos: []string{sha},
		Files: []string{sha, sha},
		Sums:  works.SumsFacts{Budget: 12_000_000, Contract: 11_960_000, Varied: -100_000, Paid: 500_000},

		Corrects: 3,
	}
)

// examples has the facts of an event of each kind, with something in every field.
var examples = map[string]any{
	"org.registered": identity.OrgFacts{Kind: identity.Village, Name: "青塘村村民委员会", Parent: "t"},
	"calendar.year_added": calendar.Year{Year: 2027, Source: "国务院办公厅的通知", Worked: []calendar.Date{"2027-01-09"},
		Holidays: []calendar.Span{{From: "2027-01-01", To: "2027-01-03"}, {From: "2027-04-05", To: "2027-04-05"}}},
	"calendar.year_amended": calendar.Year{Year: 2027, Source: "国务院办公厅的通知", Worked: []calendar.Date{"2027-01-09"},
		Holidays: []calendar.Span{{From: "2027-01-01", To: "2027-01-03"}}},
	"blind.tick":        ledger.Tick{Tick: 7, Root: sha},
	"account.proposed":  account,
	"account.confirmed": account,
	"account.refused":   account,
	"account.withdrawn": account,
	"account.left":      account,
	"office.proposed":   mailbox.KeyedFacts{Org: "t", Name: "青塘镇纪委", Recipient: "age1qqqq"},
	"office.keyed":      mailbox.KeyedFacts{Org: "t", Name: "青塘镇纪委", Recipient: "age1qqqq"},
	"asset.registered":  asset,
	"asset.corrected":   asset,
	"roll.confirmed": rolls.ConfirmedFacts{Org: "g", Place: "青塘村第三村民小组", Assembly: "group_meeting",
		Body: "村民小组会议", From: "2026-01-01", Count: 26, Entered: "2025-12-20T01:00:00.000Z"},
	"resolution.confirmed": trading.ConfirmedFacts{
		Asset: event.Ref{Stream: "asset:a", Seq: 1}, Assembly: "villagers", HeldOn: "2026-11-02",
		Roll: event.Ref{Stream: "roll:l", Seq: 1}, RollFrom: "2026-01-01",
		Steps: []trading.StepDone{{Key: "decide", On: "2026-11-02"}}, Count: trading.Count{Due: 10, Present: 9,
			For: 8, Against: 1},
		Years: 5, FloorPrice: 38000, Priorities: []trading.Priority{trading.MemberFirst}, Reasons: []string{"到会人数不足"},
	},
	"tender.announced": trading.AnnouncedFacts{
		Number: "云溪2026-0007",
		Asset:  event.Ref{Stream: "asset:a", Seq: 1}, Resolution: event.Ref{Stream: "resolution:r", Seq: 1},
		Document: sha, Mode: mode.Usual,
		Area: 3860, StartPrice: 40000, Step: 1000, Deposit: 308800, YearlyRent: 1544000, LastRent: 35000,
		Years: 5, StartsOn: "2027-01-01",
		RentDue: "01-10", NoticeDays: 10, RegisterUntil: "2026-12-07T09:00:00.000Z",
		OpensAt: "2026-12-08T01:00:00.000Z", Lots: []string{"l"}, RulePack: "p", RuleVersion: 2,
		AttemptFacts: trading.AttemptFacts{Attempt: 2, Before: event.Ref{Stream: "tender:t", Seq: 1}},
		Steps: []trading.StepTaken{{
			Step: "tender.approved",
			Role: identity.Leader,
			At:   "2026-11-23T01:30:00.000Z",
		}},
	},
	"tender.supplemented": trading.SupplementFacts{Number: 1, Document: sha, Before: "2026-12-07T09:00:00.000Z",
		RegisterUntil: "2026-12-08T09:00:00.000Z", OpensAt: "2026-12-09T01:00:00.000Z"},
	"tender.posted": trading.PostedFacts{Photo: sha},
	"lot.opened": trading.OpenedFacts{OpensAt: "2026-12-08T01:00:00.000Z", EndsAt: "2026-12-08T02:00:00.000Z",
		StartPrice: 40000,
		Terms:      `{"step":1000,"most_steps":10,"free_seconds":3600,"window_seconds":300,"extend_seconds":300}`,
		Mode:       mode.Usual, Bidders: 2,
		Undecided: 1,
		Holders:   []trading.Holder{{Bidder: "2000", Rank: 1}}, Registrations: []string{sha}},
	"bid.placed": trading.BidFacts{Bidder: "7620", Price: 32000, Match: true,
		Received: "2026-10-09T01:57:00.000Z",
		EndsAt:   "2026-10-09T02:00:00.000Z"},
	"lot.closed": trading.ClosedFacts{Winner: "7620", Price: 42000, Yearly: 1621200, Whole: 8106000,
		Bids: 3, EndedAt: "2026-12-08T02:03:00.000Z"},
	"tender.rescheduled": trading.RescheduledFacts{Before: "2027-01-04T09:00:00.000Z",
		OpensBefore: "2027-01-05T01:00:00.000Z", RegisterUntil: "2027-01-06T09:00:00.000Z",
		OpensAt: "2027-01-07T01:00:00.000Z", Firm: true},
	"award.rescheduled": trading.AwardRescheduledFacts{Before: "2027-01-06T16:00:00.000Z",
		PublicUntil: "2027-01-08T16:00:00.000Z", Firm: true},
	"tender.resumed": trading.NoticeResumedFacts{From: "2026-12-07T06:00:00.000Z",
		Until: "2026-12-07T09:00:00.000Z", Before: "2026-12-07T08:00:00.000Z",
		OpensBefore: "2026-12-08T01:00:00.000Z", RegisterUntil: "2026-12-08T03:00:00.000Z",
		OpensAt: "2026-12-09T01:00:00.000Z"},
	"award.resumed": trading.AwardResumedFacts{From: "2026-12-11T06:00:00.000Z",
		Until: "2026-12-11T09:00:00.000Z", Before: "2026-12-11T16:00:00.000Z",
		PublicUntil: "2026-12-14T16:00:00.000Z"},
	"lot.resumed": trading.ResumedFacts{From: "2026-12-08T01:50:00.000Z", Until: "2026-12-08T02:50:00.000Z",
		EndsAt: "2026-12-08T03:00:00.000Z"},
	"lot.failed":         trading.FailedFacts{Reason: trading.TooFew, Bidders: 1, Least: 2},
	"objection.raised":   trading.RaisedFacts{Objection: "o", Target: trading.AtStation, AnswerBy: "2026-12-15"},
	"objection.answered": trading.AnsweredFacts{Objection: "o", Outcome: trading.Partly, Document: sha},
	"objection.decided":  trading.DecidedFacts{Objection: "o", Ruling: trading.Void, Document: sha, Seconded: true},
	"award.voided":       trading.VoidedFacts{Objection: "o", RefundBy: "2026-12-18"},
	"award.settled":      trading.SettledFacts{Objections: 1, RefundBy: "2026-12-22"},
	"contract.signed": contracts.SignedFacts{Tender: event.Ref{Stream: "tender:a", Seq: 1}, Document: sha,
		Bidder: "7620", Price: 42000,
		Yearly: 1621200, Whole: 8106000, StartsOn: "2027-01-01", EndsOn: "2031-12-31", Payments: 5},
	"rent.reversed": contracts.ReversedFacts{Slip: 2, Mistake: contracts.Twice, Payment: 1, Amount: 746200,
		ReceivedOn: "2026-10-14", Serial: "****0001", Received: 0, Due: 746200},
	"rent.received": contracts.ReceivedFacts{Payment: 1, Amount: 746200, ReceivedOn: "2026-10-14",
		Serial: "****vkus", Received: 746200, Due: 746200},
	"item.published": power.PublishedFacts{Edition: 1, Number: "GC-01", Category: "works", Steps: 10, Document: sha},
	"citation.checked": citing.CheckedFacts{
		Title:   "中华人民共和国村民委员会组织法",
		Read:    "2018修正",
		Was:     "第二十六条",
		Edition: "2025修正",
		From:    "2026-01-01",
		Article: "第三十条",
		Figures: []string{"村民代表会议到会三分之二以上", "村民代表会议同意过半数"},
	},
	"citation.ended": citing.EndedFacts{
		Title: "中华人民共和国村民委员会组织法",
		Read:  "2018修正",
		Was:   "第二十六条",
	},
	"rules.amended": amending.AmendedFacts{
		Key:     "contract.sign_days",
		Was:     "5 个工作日",
		Value:   7,
		From:    "2027-01-01",
		Title:   "示范县农村产权流转交易管理办法",
		Article: "第八条",
		Reason:  "合同要先由乡镇审核",
	},
	"rules.withdrawn": amending.WithdrawnFacts{Amended: 1, Key: "contract.sign_days", Value: 7, Reason: "文件没有印发"},
	"text.withheld":   privacy.WithheldFacts{SHA256: sha, Subject: privacy.Photo, Ground: "minor", Office: "云溪镇"},
	"project.opened": works.OpenedFacts{Item: event.Ref{Stream: "item:i", Seq: 1}, Edition: 1, Village: "v",
		Resolution: "r", Estimate: 13_000_000, Limit: 15_000_000, Plan: []works.Planned{}, Document: sha},
	"project.staged": staged,
	"project.skipped": works.StagedFacts{Entry: "e", Stage: works.DesignStage, Skipped: true, On: "2026-12-08",
		Photos: []string{}, Files: []string{}},
	"project.varied":   staged,
	"project.accepted": staged,
	"project.settled":  staged,
	"project.paid":     staged,
}
