package main

import "net/url"

// lotsNeeded is how many lots the stages after the opening use up.
const lotsNeeded = 7

// objection is one that may be raised against any result.
var objection = object{"name": "村民甲", "phone": "13900000000", "text": "看样日没有通知。"}

// openAll opens the lots, which are announced alike.
func (b *bench) openAll() {
	_, waiting := b.paid(b.open)
	b.opened(b.lots[0].lot)
	late := b.bidder()
	b.settle()
	b.refused("a registration after the deadline", late.act("/api/v1/registrations", late.form(b.open)), 409, "")
	decision := object{"version": 1, "seen": true}
	b.refused("a bidder admitted after the opening", b.desks.station.act("/api/v1/registrations/"+waiting+"/qualify", decision), 409, "")
}

// biddings are bids by the API and by the form.
func (b *bench) biddings() []trial {
	api := func() call {
		lot := b.lots[0]
		path, body := "/api/v1/lots/"+lot.lot+"/bids", object{"price": 40000, "match": false}
		return call{who: lot.winner.login, wrong: "station", path: path, body: body, may: []string{"match"}, other: with(body, "price", 41000), late: 409,
			also: func(who *client) {
				b.refused("below the start", who.act(path, with(body, "price", 39999)), 422, "price")
				b.refused("more than ten steps", who.act(path, with(body, "price", 50001)), 422, "price")
				b.refused("a right that he has not", who.act(path, with(body, "match", true)), 403, "")
				b.refused("a right before there is a bid", lot.member.act(path, with(body, "match", true)), 409, "")
				stranger := b.bidder()
				b.settle()
				b.refused("without a registration", stranger.act(path, body), 403, "")
			}}
	}
	page := func() sheet {
		lot := b.lots[1]
		path, form := "/lots/"+lot.lot+"/bids", url.Values{"price": {"400.00"}}
		return sheet{who: lot.winner.login, wrong: "station", path: path, form: form, numbers: []string{"price"}, other: sheetWith(form, "price", "410"), late: 409,
			also: func(who *client) {
				for _, price := range []string{"399.99", "500.01", "400.001", "４００", "400元", "0"} {
					b.refused("a price of "+price, who.submit(path, once(sheetWith(form, "price", price))), 422, "price")
				}
				b.refused("a right that he has not", who.submit(path, once(sheetWith(form, "match", "yes"))), 403, "")
				stranger := b.bidder()
				b.settle()
				b.refused("without a registration", b.asBrowser(stranger.login).submit(path, once(form)), 403, "")
			}}
	}
	return append(trials("POST /api/v1", map[string]func() call{"/lots/:id/bids": api}), sheetTrials("POST ", map[string]func() sheet{"/lots/:id/bids": page})...)
}

// closeAll lets the winner lead in each lot and ends the bidding.
func (b *bench) closeAll() {
	for _, a := range b.lots {
		if b.lot(a.lot).Board.Leading.Bidder == "" {
			a.winner.act("/api/v1/lots/"+a.lot+"/bids", object{"price": 40000}).into(b.t, &struct{}{})
		}
	}
	b.closed(b.lots[0].lot)
	b.settle()
	path := "/api/v1/lots/" + b.lots[0].lot
	b.refused("a bid after the end", b.lots[0].member.act(path+"/bids", object{"price": 41000}), 409, "")
	b.refused("a contract before the publicity has passed", b.desks.clerk.act(path+"/contract", object{}), 409, "")
}

// raised objects to a result and is the objection's id.
func (b *bench) raised() string {
	return b.nobody().must("/api/v1/lots/"+b.lots[0].lot+"/objections", objection)
}

// objections are raised by everybody and answered by the station.
func (b *bench) objections() []trial {
	v1, lot, answered := "/api/v1", b.lots[1].lot, object{"version": 1, "public": "看样日没有通知。", "answer": "公告已载明看样日。"}
	raise := func() call {
		path := v1 + "/lots/" + lot + "/objections"
		return call{path: path, body: objection, other: with(objection, "text", "另一件"), also: func(who *client) {
			for _, phone := range []string{"1390000000", "+8613900000000", "１３９００００００００"} {
				b.refused("the phone "+phone, who.act(path, with(objection, "phone", phone)), 422, "phone")
			}
			b.refused("to a lot without a result", who.act(v1+"/lots/"+b.neighbour().ID+"/objections", objection), 404, "")
		}}
	}
	answer := func() call {
		return call{who: "station", wrong: "clerk", afar: "station2", path: v1 + "/objections/" + b.raised() + "/answer", body: answered,
			other: with(answered, "answer", "另一个答复"), late: 409}
	}
	raiseForm := url.Values{"name": {"村民甲"}, "phone": {"13900000000"}, "text": {"看样日没有通知。"}}
	raisePage := func() sheet {
		return sheet{path: "/lots/" + lot + "/objections", form: raiseForm, other: sheetWith(raiseForm, "text", "另一件")}
	}
	answerForm := url.Values{"version": {"1"}, "public": {"看样日没有通知。"}, "answer": {"公告已载明看样日。"}}
	answerPage := func() sheet {
		return sheet{who: "station", wrong: "leader", afar: "station2", path: "/office/objections/" + b.raised(), form: answerForm,
			other: sheetWith(answerForm, "answer", "另一个答复"), late: 409}
	}
	return append(trials("POST "+v1, map[string]func() call{"/lots/:id/objections": raise, "/objections/:id/answer": answer}),
		sheetTrials("POST ", map[string]func() sheet{"/lots/:id/objections": raisePage, "/office/objections/:id": answerPage})...)
}
