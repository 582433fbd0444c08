package house_test

import (
	"fmt"
	"maps"
	"net/url"

	"filippo.io/age"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
	"sunlot/internal/event"
)

// filled is a form that is right, at somebody's browser.
type filled struct {
	who, path string
	form      url.Values
}

func noForms(*badinput.Bench) map[string]func() filled { return nil }

// remark is what returns a case with a remark on one line.
func remark(version, line string) url.Values {
	return url.Values{"version": {version}, "reason_" + line: {"请改正"}}
}

// listedForms are the forms that are open while notices are out.
func listedForms(b *badinput.Bench) map[string]func() filled {
	all := draftedForms(b)
	maps.Copy(all, officeForms(b))
	maps.Copy(all, worksForms(b))
	maps.Copy(all, privacyForms(b))
	maps.Copy(all, citingForms(b))
	maps.Copy(all, amendingForms(b))
	return all
}

// draftedForms are the forms of what a village's clerk writes, and of its return.
func draftedForms(b *badinput.Bench) map[string]func() filled {
	return map[string]func() filled{
		"POST /office/assets": func() filled {
			return filled{"clerk", "/office/assets", b.AssetSheet(b.Desks.ThreePhotos()...)}
		},
		"POST /office/assets/:id": func() filled {
			return filled{"clerk", "/office/assets/" + b.Desks.Asset(1),
				housetest.SheetWith(b.AssetSheet(b.Desks.ThreePhotos()...), "version", "1")}
		},
		"POST /office/asset-drafts/:id": func() filled {
			return filled{"clerk", "/office/asset-drafts/" + b.Desks.ReturnedEntry(1),
				housetest.SheetWith(b.AssetSheet(b.Desks.ThreePhotos()...), "version", "2")}
		},
		"POST /office/asset-drafts/:id/return": func() filled {
			path := "/office/asset-drafts/" + b.Desks.AssetEntry(1) + "/return"
			return filled{"supervision", path, remark("1", "title")}
		},
		"POST /office/resolutions": func() filled {
			return filled{"clerk", "/office/resolutions",
				b.ResolutionSheet(b.Desks.Asset(1), b.Desks.Clerk.Photo(40), b.Desks.Clerk.Photo(41))}
		},
		"POST /office/resolutions/:id": func() filled {
			asset := b.Desks.Asset(1)
			return filled{"clerk", "/office/resolutions/" + b.Desks.Resolution(asset, 0),
				housetest.SheetWith(b.ResolutionSheet(asset, b.Desks.Clerk.Photo(40), b.Desks.Clerk.Photo(41)),
					"version", "1")}
		},
		"POST /office/resolutions/:id/return": func() filled {
			return filled{"supervision",
				"/office/resolutions/" + b.Desks.Resolution(b.Desks.Asset(1), 1) + "/return", remark("2", "votes")}
		},
		"POST /office/rolls": func() filled {
			return filled{"clerk", "/office/rolls", housetest.RollSheet(b.House)}
		},
		"POST /office/rolls/:id": func() filled {
			return filled{"clerk", "/office/rolls/" + badinput.Roll(b, true),
				housetest.SheetWith(housetest.RollSheet(b.House), "version", "2")}
		},
		"POST /office/rolls/:id/return": func() filled {
			return filled{"station", "/office/rolls/" + badinput.Roll(b, false) + "/return", remark("1", "members")}
		},
		"POST /office/tenders": func() filled {
			asset := b.Desks.Asset(1)
			return filled{"clerk", "/office/tenders", b.TenderSheet(asset, b.Desks.Resolution(asset, 2))}
		},
		"POST /office/tenders/:id": func() filled {
			asset := b.Desks.Asset(1)
			resolution := b.Desks.Resolution(asset, 2)
			return filled{"clerk",
				"/office/tenders/" + b.Desks.Clerk.Must("/api/v1/tenders", b.TenderBody(asset, resolution)),
				housetest.SheetWith(b.TenderSheet(asset, resolution), "version", "1")}
		},
		"POST /office/tenders/:id/return": func() filled {
			return filled{"station", "/office/tenders/" + b.Desks.Tender(1) + "/return", remark("2", "fees")}
		},
		"POST /office/tenders/:id/supplements": func() filled {
			return filled{"clerk", "/office/tenders/" + b.Desks.Tender(4) + "/supplements",
				url.Values{"text": {"鱼塘水泵由承租方自备。"}}}
		},
		"POST /office/supplements/:id/return": func() filled {
			return filled{"station", "/office/supplements/" + b.Desks.Supplement() + "/return", remark("1", "text")}
		},
	}
}

// officeForms are the forms of bidders, of the station and of the administrators.
func officeForms(b *badinput.Bench) map[string]func() filled {
	return map[string]func() filled{
		"POST /lots/:id/registrations": func() filled {
			who := b.Bidder()
			form := url.Values{
				"phone":   {"13800000000"},
				"account": {"6222 " + who.Account[4:]},
				"as":      {"member"},
				"claim":   {"member"},
				"proof":   {who.Photo(72)},
				"agreed":  {"yes"},
			}
			return filled{who.Login, "/lots/" + b.OpenLot + "/registrations", form}
		},
		"POST /office/registrations/:id/refuse": func() filled {
			_, id := b.Paid(b.OpenLot)
			return filled{"station", "/office/registrations/" + id + "/refuse", url.Values{
				"version": {"1"},
				"reason":  {"证件与姓名不符"},
			}}
		},
		"POST /office/deposits/:id/hand": func() filled {
			_, entry := b.Entered(b.OpenLot)
			return filled{"station", "/office/deposits/" + b.Received() + "/hand", url.Values{
				"version":      {"1"},
				"registration": {entry},
				"reason":       {"户口簿载明曾用名"},
			}}
		},
		"POST /office/withdrawals/:id": func() filled {
			return filled{"station", "/office/withdrawals/" + b.Withdrawn(), url.Values{
				"version": {"1"},
				"reason":  {"银行手续费冲回"},
			}}
		},
		"POST /office/deposit-accounts": func() filled {
			return filled{"station2", "/office/deposit-accounts", url.Values{
				"name":   {"石桥镇经管站专户"},
				"number": {"36010100209000999999"},
			}}
		},
		"POST /office/deposits/:id/refund": func() filled {
			return filled{"station", "/office/deposits/" + b.Due() + "/refund", url.Values{
				"version": {"2"},
				"trace":   {"TK-0003"},
			}}
		},
		"POST /office/orgs": func() filled {
			return filled{"admin", "/office/orgs", url.Values{
				"kind":   {"villager_group"},
				"name":   {"青塘村第五村民小组"},
				"parent": {b.Org("青塘村村民委员会")},
			}}
		},
		"POST /office/people": func() filled {
			return filled{"admin", "/office/people", url.Values{
				"name":  {"户代表丁"},
				"login": {"daibiao5"},
				"org":   {b.Org("青塘村第三村民小组")},
				"role":  {"representative"},
			}}
		},
		"POST /office/people/:id/password": func() filled {
			path := "/office/people/" + b.Actor("daibiao2").PersonID + "/password"
			return filled{"admin", path, url.Values{"login": {"daibiao2"}}}
		},
		"POST /office/calendar": func() filled {
			return filled{"admin", "/office/calendar", url.Values{
				"year":     {"2028"},
				"source":   {"国务院办公厅关于2028年部分节假日安排的通知"},
				"worked":   {"2028-01-09"},
				"holidays": {"2028-01-01 2028-01-03"},
			}}
		},
		"POST /office/receivers": func() filled {
			key, err := age.GenerateX25519Identity()
			b.Ok(err)
			return filled{"admin", "/office/receivers", url.Values{
				"org":       {b.Org("云溪镇")},
				"name":      {"云溪镇纪委"},
				"recipient": {key.Recipient().String()},
			}}
		},
	}
}

// worksForms are the forms of items and small works.
func worksForms(b *badinput.Bench) map[string]func() filled {
	return map[string]func() filled{
		"POST /office/items": func() filled {
			return filled{"station", "/office/items", housetest.ItemSheet("ZC-" + event.NewID()[:4])}
		},
		"POST /office/items/:id": func() filled {
			a := b.AsBrowser("station").
				Submit("/office/items", housetest.Once(housetest.ItemSheet("ZC-"+event.NewID()[:4])))
			return filled{"station", a.Location(),
				housetest.SheetWith(housetest.ItemSheet("ZC-"+event.NewID()[:4]), "version", "1")}
		},
		"POST /office/projects": func() filled {
			return filled{"clerk", "/office/projects", url.Values{
				"village":         {b.Org("青塘村村民委员会")},
				"item":            {b.ItemID()},
				"name":            {"三组人行桥"},
				"place":           {"溪口"},
				"scope":           {"长18米、宽2.2米"},
				"estimate":        {"130000"},
				"split":           {"各在不同的组"},
				"plan_on_budget":  {"2026-12-01"},
				"plan_sum_budget": {"128000"},
			}}
		},
		"POST /office/projects/:id/return": func() filled {
			return filled{"supervision", "/office/projects/" + b.OurWork(false) + "/return", remark("1", "scope")}
		},
		"POST /office/projects/:id/entries": func() filled {
			return filled{"clerk", "/office/projects/" + b.OurWork(true) + "/entries", url.Values{
				"stage":  {"contract"},
				"on":     {string(b.Days.Today())},
				"sum":    {"119600"},
				"party":  {"惠民建筑公司"},
				"note":   {"工期30天"},
				"photos": {b.Desks.Clerk.Photo(61)},
			}}
		},
		"POST /office/entries/:id/return": func() filled {
			return filled{"supervision", "/office/entries/" + b.Typed("clerk", b.OurWork(true)) + "/return",
				remark("1", "note")}
		},
	}
}

// closedForms are those on a result.
func closedForms(b *badinput.Bench) map[string]func() filled {
	return map[string]func() filled{
		"POST /lots/:id/objections": func() filled {
			return filled{"", "/lots/" + b.Lots[1].Lot + "/objections", url.Values{
				"target": {"village"},
				"name":   {"村民甲"},
				"phone":  {"13900000000"},
				"text":   {"看样日没有通知。"},
			}}
		},
		"POST /office/deposits/:id/settle": func() filled {
			id := b.Undone(b.Lots[3])
			seen, err := b.Bidding.SeePayment(b.T.Context(), b.Actor("station"), id)
			b.Ok(err)
			return filled{"station", "/office/deposits/" + id + "/settle", url.Values{
				"version": {fmt.Sprint(seen.Deposit.Version)},
				"reason":  {"已通知竞买人"},
			}}
		},
		"POST /office/objections/:id": func() filled {
			return filled{"station", "/office/objections/" + b.Raised(), url.Values{
				"version":  {"1"},
				"outcome":  {"rejected"},
				"answer":   {"公告已载明看样日。"},
				"withheld": {"有个人信息"},
			}}
		},
		"POST /office/objections/:id/second": func() filled {
			return filled{"supervision", "/office/objections/" + b.Voiding() + "/second", url.Values{
				"version": {"3"},
				"reason":  {"请先核对身份。"},
			}}
		},
		"POST /office/objections/:id/withdraw": func() filled {
			return filled{"leader", "/office/objections/" + b.Voiding() + "/withdraw", url.Values{"version": {"3"}}}
		},
		"POST /office/objections/:id/decision": func() filled {
			return filled{"leader", "/office/objections/" + b.Upheld() + "/decision", url.Values{
				"version": {"2"},
				"ruling":  {"keep"},
				"reason":  {"不影响成交。"},
			}}
		},
	}
}

// settledForms are those on a lease.
func settledForms(b *badinput.Bench) map[string]func() filled {
	return map[string]func() filled{
		"POST /office/results/:id/rents": func() filled {
			return filled{"station", "/office/results/" + b.Lots[6].Lot + "/rents", url.Values{
				"number":      {"1"},
				"amount":      {"1.00"},
				"received_on": {string(b.Days.Today())},
				"serial":      {"ZJ-0002"},
				"account":     {"622200000001"},
			}}
		},
	}
}
