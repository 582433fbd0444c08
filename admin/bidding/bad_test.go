package bidding_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{
		Listed: func(b *badinput.Bench) []badinput.Trial {
			return slices.Concat(decisions(b), deposits(b), seconds(b), accounts(b))
		},
		Closed: func(b *badinput.Bench) []badinput.Trial { return append(answers(b), undone(b)...) },
	})
}

// decisions are the forms on registrations.
func decisions(b *badinput.Bench) []badinput.Trial {
	qualify := func() badinput.Sheet {
		_, id := b.Paid(b.OpenLot)
		form := url.Values{"version": {"1"}, "seen": {"yes"}}
		return badinput.Sheet{
			Who:   "station",
			Wrong: "leader",
			Afar:  "station2",
			Path:  "/office/registrations/" + id + "/qualify",
			Form:  form,
			Other: housetest.SheetWith(form, "grant", "yes"),
			Late:  409,
			Also: func(c *housetest.Client) {
				_, poor := b.Entered(b.OpenLot)
				b.Settle()
				b.Refused("without a deposit",
					c.Submit("/office/registrations/"+poor+"/qualify", housetest.Once(form)), 422, "seen")
			},
		}
	}
	refuse := func() badinput.Sheet {
		_, id := b.Paid(b.OpenLot)
		form := url.Values{"version": {"1"}, "reason": {"证件与姓名不符"}}
		return badinput.Sheet{
			Who:   "station",
			Wrong: "clerk",
			Afar:  "station2",
			Path:  "/office/registrations/" + id + "/refuse",
			Form:  form,
			Other: housetest.SheetWith(form, "reason", "另一个理由"),
			Late:  409,
		}
	}
	return badinput.Sheets("POST /office/registrations/", map[string]func() badinput.Sheet{
		":id/qualify": qualify,
		":id/refuse":  refuse,
	})
}

// deposits are the forms on money.
func deposits(b *badinput.Bench) []badinput.Trial {
	return append(badinput.Sheets("POST /office/deposits/", map[string]func() badinput.Sheet{
		":id/reject": func() badinput.Sheet {
			return badinput.Sheet{
				Who:   "station",
				Wrong: "leader",
				Afar:  "station2",
				Path:  "/office/deposits/" + b.Received() + "/reject",
				Form:  url.Values{"version": {"1"}},
				Other: url.Values{"version": {"9"}},
				Late:  409,
			}
		},
		":id/refund": func() badinput.Sheet {
			form := url.Values{"version": {"2"}, "trace": {"TK-0003"}}
			path, typed := "/office/deposits/"+b.Due()+"/refund", strings.Repeat("9", 61)
			return badinput.Sheet{
				Who:   "station",
				Wrong: "clerk",
				Afar:  "station2",
				Path:  path,
				Form:  form,
				Other: housetest.SheetWith(form, "trace", "TK-0004"),
				Late:  409,
				Also: func(c *housetest.Client) {
					a := c.Submit(path, housetest.Once(housetest.SheetWith(form, "trace", typed)))
					if !strings.Contains(a.Body, `value="`+typed+`"`) {
						b.T.Errorf("a mistake loses what was typed: %s", housetest.Brief(a.Body))
					}
				},
			}
		},
	}), badinput.Trial{Route: "POST /office/deposits", Run: badImports})
}

// seconds are the forms with which somebody says what another confirms.
func seconds(b *badinput.Bench) []badinput.Trial {
	button := func(id func() string, act, version string) func() badinput.Sheet {
		return func() badinput.Sheet {
			s := b.Button("station", "leader", "deposits", act, id, version)()
			s.Afar = "station2"
			return s
		}
	}
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"deposits/:id/refunded":   button(b.Noted, "refunded", "3"),
		"deposits/:id/unrefunded": button(b.Noted, "unrefunded", "3"),
		"deposits/:id/match":      button(b.Proposed, "match", "2"),
		"deposits/:id/unmatch":    button(b.Proposed, "unmatch", "2"),
		"deposits/:id/hand": func() badinput.Sheet {
			_, entry := b.Entered(b.OpenLot)
			form := url.Values{"version": {"1"}, "registration": {entry}, "reason": {"户口簿载明曾用名"}}
			return badinput.Sheet{
				Who:   "station",
				Wrong: "leader",
				Afar:  "station2",
				Path:  "/office/deposits/" + b.Received() + "/hand",
				Form:  form,
				Other: housetest.SheetWith(form, "reason", "另一个理由"),
				Late:  409,
			}
		},
		"withdrawals/:id": func() badinput.Sheet {
			form := url.Values{"version": {"1"}, "reason": {"银行手续费冲回"}}
			return badinput.Sheet{
				Who:   "station",
				Wrong: "leader",
				Afar:  "station2",
				Path:  "/office/withdrawals/" + b.Withdrawn(),
				Form:  form,
				Other: housetest.SheetWith(form, "reason", "另一个理由"),
				Late:  409,
			}
		},
	})
}

func accounts(b *badinput.Bench) []badinput.Trial {
	form := url.Values{"name": {"云溪镇经管站第二专户"}, "number": {"36010100209000999999"}}
	open := func() badinput.Sheet {
		return badinput.Sheet{
			Who:   "station2", // whose statements nobody else imports here
			Wrong: "leader",
			Path:  "/office/deposit-accounts",
			Form:  form,
			Other: housetest.SheetWith(form, "name", "另一个名称"),
			Late:  409,
		}
	}
	forget := func() badinput.Sheet {
		id, version := b.Told()
		s := b.Button("station", "leader", "deposit-accounts", "forget", func() string { return id }, version)()
		s.Afar = "station2"
		return s
	}
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"deposit-accounts":            open,
		"deposit-accounts/:id/forget": forget,
	})
}

// undone is the form about a bidder whose deposit the bank took back.
func undone(b *badinput.Bench) []badinput.Trial {
	return badinput.Sheets("POST ", map[string]func() badinput.Sheet{
		"/office/deposits/:id/settle": func() badinput.Sheet {
			form := url.Values{"version": {"3"}, "reason": {"已通知竞买人"}}
			id := b.Undone(b.Lots[3])
			seen, err := b.Bidding.SeePayment(b.T.Context(), b.Actor("station"), id)
			b.Ok(err)
			form.Set("version", fmt.Sprint(seen.Deposit.Version))
			return badinput.Sheet{
				Who:   "station",
				Wrong: "leader",
				Afar:  "station2",
				Path:  "/office/deposits/" + id + "/settle",
				Form:  form,
				Other: housetest.SheetWith(form, "reason", "另一个理由"),
				Late:  409,
			}
		},
	})
}

// badImports sends files that are no statement.
func badImports(b *badinput.Bench) {
	path, who := "/office/deposits", b.AsBrowser("station")
	row, _ := b.Bidder().Line(b.OpenLot)
	other, _ := b.Bidder().Line(b.OpenLot)
	b.Settle()
	send := func(c *housetest.Client, form url.Values, file []byte) housetest.Answer {
		return c.Upload(path, form, "statement", file)
	}
	for what, file := range badinput.Statements(row) {
		b.Refused(what, send(who, housetest.Once(nil), []byte(file)), 422, "statement")
	}
	b.Refused("no file", who.Submit(path, housetest.Once(nil)), 422, "statement")
	b.Refused("another field", who.Upload(path, housetest.Once(nil), "file", housetest.Statement(row)), 422,
		"statement")
	b.Refused("no number", send(who, nil, housetest.Statement(row)), 422, "request_id")
	b.Refused("too large", b.TooLarge(path, ""), 413, "")
	b.Refused("no token", send(who, housetest.SheetWith(housetest.Once(nil), "csrf", ""), housetest.Statement(row)),
		403, "")
	b.Refused("another site", send(who.With("Origin", "https://evil.example"), housetest.Once(nil),
		housetest.Statement(row)), 403, "")
	b.Refused("nobody", send(b.Nobody(), housetest.Once(nil), housetest.Statement(row)), 401, "")
	b.Refused("a role without the right", send(b.AsBrowser("clerk"), housetest.Once(nil), housetest.Statement(row)),
		403, "")
	form := housetest.Once(nil)
	b.Wrote("the statement", send(who, form, housetest.Statement(row)), 303)
	if again := send(who, form, housetest.Statement(row)); again.StatusCode != 303 {
		b.T.Errorf("the same again: %d", again.StatusCode)
	}
	b.Unchanged("the same again")
	b.Refused("the same number for another file", send(who, form, housetest.Statement(other)), 409, "")
}

// answers are the forms on objections.
func answers(b *badinput.Bench) []badinput.Trial {
	answerForm := url.Values{"version": {"1"}, "outcome": {"rejected"}, "answer": {"公告已载明看样日。"}, "withheld": {"私事"}}
	decideForm := url.Values{"version": {"2"}, "ruling": {"keep"}, "reason": {"不影响成交。"}}
	answerPage := func() badinput.Sheet {
		return badinput.Sheet{
			Who:   "station",
			Wrong: "clerk",
			Afar:  "station2",
			Path:  "/office/objections/" + b.Raised(),
			Form:  answerForm,
			May:   []string{"withheld"},
			Other: housetest.SheetWith(answerForm, "answer", "另一个答复"),
			Late:  409,
		}
	}
	decidePage := func() badinput.Sheet {
		return badinput.Sheet{
			Who:   "leader",
			Wrong: "station",
			Path:  "/office/objections/" + b.Upheld() + "/decision",
			Form:  decideForm,
			Other: housetest.SheetWith(decideForm, "reason", "另一个理由"),
			Late:  409,
		}
	}
	secondForm := url.Values{"version": {"3"}, "reason": {"请先核对身份"}}
	secondPage := func() badinput.Sheet {
		return badinput.Sheet{
			Who:   "supervision",
			Wrong: "leader",
			Path:  "/office/objections/" + b.Voiding() + "/second",
			Form:  secondForm,
			Other: housetest.SheetWith(secondForm, "reason", "另一个理由"),
			Late:  409,
		}
	}
	withdrawForm := url.Values{"version": {"3"}}
	withdrawPage := func() badinput.Sheet {
		return badinput.Sheet{
			Who:   "leader",
			Wrong: "supervision",
			Path:  "/office/objections/" + b.Voiding() + "/withdraw",
			Form:  withdrawForm,
			Late:  409,
		}
	}
	return badinput.Sheets("POST ", map[string]func() badinput.Sheet{
		"/office/objections/:id/withdraw": withdrawPage,
		"/office/objections/:id/second":   secondPage,
		"/office/objections/:id":          answerPage,
		"/office/objections/:id/decision": decidePage,
	})
}
