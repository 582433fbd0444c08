package house_test

import (
	"net/url"

	"sunlot/cmd/sunlot/housetest"
)

// lotsNeeded is how many lots the stages after the opening use up.
const lotsNeeded = 7

// openAll opens the lots, which are announced alike.
func (b *bench) openAll() {
	_, waiting := b.Paid(b.open)
	b.Opened(b.lots[0].Lot)
	late := b.Bidder()
	b.settle()
	b.refused("a registration after the deadline", late.Act("/api/v1/registrations", late.Form(b.open)), 409, "")
	decision := housetest.Object{"version": 1, "seen": true}
	b.refused("a bidder admitted after the opening", b.desks.Station.Act("/api/v1/registrations/"+waiting+"/qualify", decision), 409, "")
}

// biddings are bids by the API and by the form.
func (b *bench) biddings() []trial {
	api := func() call {
		lot := b.lots[0]
		path, body := "/api/v1/lots/"+lot.Lot+"/bids", housetest.Object{"price": 40000, "match": false}
		return call{who: lot.Winner.Login, wrong: "station", path: path, body: body, may: []string{"match"}, other: housetest.With(body, "price", 41000), late: 409,
			also: func(who *housetest.Client) {
				b.refused("below the start", who.Act(path, housetest.With(body, "price", 39999)), 422, "price")
				b.refused("more than ten steps", who.Act(path, housetest.With(body, "price", 50001)), 422, "price")
				b.refused("a right that he has not", who.Act(path, housetest.With(body, "match", true)), 403, "")
				b.refused("a right before there is a bid", lot.Member.Act(path, housetest.With(body, "match", true)), 409, "")
				stranger := b.Bidder()
				b.settle()
				b.refused("without a registration", stranger.Act(path, body), 403, "")
			}}
	}
	page := func() sheet {
		lot := b.lots[1]
		path, form := "/lots/"+lot.Lot+"/bids", url.Values{"price": {"400.00"}}
		return sheet{who: lot.Winner.Login, wrong: "station", path: path, form: form, numbers: []string{"price"}, other: housetest.SheetWith(form, "price", "410"), late: 409,
			also: func(who *housetest.Client) {
				for _, price := range []string{"399.99", "500.01", "400.001", "４００", "400元", "0"} {
					b.refused("a price of "+price, who.Submit(path, housetest.Once(housetest.SheetWith(form, "price", price))), 422, "price")
				}
				b.refused("a right that he has not", who.Submit(path, housetest.Once(housetest.SheetWith(form, "match", "yes"))), 403, "")
				stranger := b.Bidder()
				b.settle()
				b.refused("without a registration", b.asBrowser(stranger.Login).Submit(path, housetest.Once(form)), 403, "")
			}}
	}
	return append(trials("POST /api/v1", map[string]func() call{"/lots/:id/bids": api}), sheetTrials("POST ", map[string]func() sheet{"/lots/:id/bids": page})...)
}

// closeAll lets the winner lead in each lot and ends the bidding.
func (b *bench) closeAll() {
	for _, a := range b.lots {
		if b.Lot(a.Lot).Board.Leading.Bidder == "" {
			a.Winner.Act("/api/v1/lots/"+a.Lot+"/bids", housetest.Object{"price": 40000}).Into(b.t, &struct{}{})
		}
	}
	b.Closed(b.lots[0].Lot)
	b.settle()
	path := "/api/v1/lots/" + b.lots[0].Lot
	b.refused("a bid after the end", b.lots[0].Member.Act(path+"/bids", housetest.Object{"price": 41000}), 409, "")
	b.refused("a contract before the publicity has passed", b.desks.Clerk.Act(path+"/contract", housetest.Object{}), 409, "")
}

// raised objects to a result and is the objection's id.
func (b *bench) raised() string {
	return b.Nobody().Must("/api/v1/lots/"+b.lots[0].Lot+"/objections", housetest.Objection)
}

// objections are raised by everybody and answered by the station.
func (b *bench) objections() []trial {
	v1, lot, answered := "/api/v1", b.lots[1].Lot, housetest.Object{"version": 1, "public": "看样日没有通知。", "answer": "公告已载明看样日。"}
	raise := func() call {
		path := v1 + "/lots/" + lot + "/objections"
		return call{path: path, body: housetest.Objection, other: housetest.With(housetest.Objection, "text", "另一件"), also: func(who *housetest.Client) {
			for _, phone := range []string{"1390000000", "+8613900000000", "１３９００００００００"} {
				b.refused("the phone "+phone, who.Act(path, housetest.With(housetest.Objection, "phone", phone)), 422, "phone")
			}
			b.refused("to a lot without a result", who.Act(v1+"/lots/"+b.Neighbour().ID+"/objections", housetest.Objection), 404, "")
		}}
	}
	answer := func() call {
		return call{who: "station", wrong: "clerk", afar: "station2", path: v1 + "/objections/" + b.raised() + "/answer", body: answered,
			other: housetest.With(answered, "answer", "另一个答复"), late: 409}
	}
	raiseForm := url.Values{"name": {"村民甲"}, "phone": {"13900000000"}, "text": {"看样日没有通知。"}}
	raisePage := func() sheet {
		return sheet{path: "/lots/" + lot + "/objections", form: raiseForm, other: housetest.SheetWith(raiseForm, "text", "另一件")}
	}
	answerForm := url.Values{"version": {"1"}, "public": {"看样日没有通知。"}, "answer": {"公告已载明看样日。"}}
	answerPage := func() sheet {
		return sheet{who: "station", wrong: "leader", afar: "station2", path: "/office/objections/" + b.raised(), form: answerForm,
			other: housetest.SheetWith(answerForm, "answer", "另一个答复"), late: 409}
	}
	return append(trials("POST "+v1, map[string]func() call{"/lots/:id/objections": raise, "/objections/:id/answer": answer}),
		sheetTrials("POST ", map[string]func() sheet{"/lots/:id/objections": raisePage, "/office/objections/:id": answerPage})...)
}
