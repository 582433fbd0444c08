package county_test

import (
	"net/url"
	"slices"
	"testing"

	"filippo.io/age"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// TestBadInput tries each form of the room with everything that can be wrong with it.
func TestBadInput(t *testing.T) {
	badinput.Run(t, badinput.Trials{Listed: func(b *badinput.Bench) []badinput.Trial {
		return slices.Concat(forms(b), accounts(b), keys(b))
	}})
}

func forms(b *badinput.Bench) []badinput.Trial {
	person := func() string { return b.Actor("daibiao2").PersonID }
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"orgs": func() badinput.Sheet {
			form := url.Values{"kind": {"villager_group"}, "name": {"青塘村第五村民小组"}, "parent": {b.Org("青塘村村民委员会")}}
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "clerk",
				Path:  "/office/orgs",
				Form:  form,
				Other: housetest.SheetWith(form, "name", "另一个"),
			}
		},
		"people": func() badinput.Sheet {
			form := url.Values{
				"name":  {"户代表丁"},
				"login": {"daibiao5"},
				"org":   {b.Org("青塘村第三村民小组")},
				"role":  {"representative"},
			}
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "leader",
				Path:  "/office/people",
				Form:  form,
				Other: housetest.SheetWith(form, "login", "daibiao6"),
				Told:  200,
				Late:  409,
			}
		},
		"people/:id/password": func() badinput.Sheet {
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "station",
				Path:  "/office/people/" + person() + "/password",
				Form:  url.Values{"login": {"daibiao2"}},
				Free:  []string{"login"},
				Told:  200,
			}
		},
		"people/:id/roles": func() badinput.Sheet {
			form := url.Values{"org": {b.Org("青塘村村民委员会")}, "role": {"representative"}}
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "clerk",
				Path:  "/office/people/" + person() + "/roles",
				Form:  form,
				Other: housetest.SheetWith(form, "role", "villager"),
			}
		},
		"roles/:id/end": func() badinput.Sheet {
			id := b.AsProgram("admin").Must("/api/v1/roles", housetest.Object{
				"person": person(),
				"org":    b.Org("青塘村村民委员会"),
				"role":   "villager",
			})
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "clerk",
				Path:  "/office/roles/" + id + "/end",
				Form:  url.Values{},
				Late:  409,
			}
		},
		"calendar": func() badinput.Sheet {
			form := url.Values{
				"year":     {"2028"},
				"source":   {"国务院办公厅关于2028年部分节假日安排的通知"},
				"worked":   {"2028-01-09"},
				"holidays": {"2028-01-01 2028-01-03"},
			}
			return badinput.Sheet{
				Who:     "admin",
				Wrong:   "clerk",
				Path:    "/office/calendar",
				Form:    form,
				Numbers: []string{"year"},
				Days:    []string{"holidays", "worked"},
				May:     []string{"worked"},
				Other:   housetest.SheetWith(form, "source", "另一份通知"),
			}
		},
	})
}

// accounts are what is done to accounts that are there.
func accounts(b *badinput.Bench) []badinput.Trial {
	opened := func(login string) string {
		return b.Appoint(housetest.Object{"name": "村民甲", "login": login, "org": b.Org("青塘村村民委员会"),
			"role": "villager"})
	}
	proposed := func(login string) string {
		var p housetest.Handed
		a := b.AsProgram("admin").Act("/api/v1/people", housetest.Object{"name": "新监委", "login": login,
			"org": b.Org("青塘村村民委员会"), "role": "supervision"})
		b.Wrote("a proposal", a, 200)
		a.Into(b.T, &p)
		return p.Proposal
	}
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"people/:id/close": func() badinput.Sheet {
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "clerk",
				Path:  "/office/people/" + opened("closing") + "/close",
				Form:  url.Values{"alone": {"yes"}},
				Free:  []string{"alone"},
				Late:  409,
			}
		},
		"people/:id/reopen": func() badinput.Sheet {
			id := opened("reopening")
			shut := b.AsBrowser("admin").Submit("/office/people/"+id+"/close", housetest.Once(nil))
			b.Wrote("a closed account", shut, 303)
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "clerk",
				Path:  "/office/people/" + id + "/reopen",
				Form:  url.Values{"login": {"reopening"}},
				Free:  []string{"login"},
				Told:  200,
				Late:  409,
			}
		},
		"accounts/:id/confirm": func() badinput.Sheet {
			path := "/office/accounts/" + proposed("confirming") + "/confirm"
			b.Refused("by who proposed it", b.AsBrowser("admin").Submit(path, housetest.Once(nil)), 403, "")
			return badinput.Sheet{
				Who:   "admin2",
				Wrong: "station",
				Path:  path,
				Form:  url.Values{"login": {"confirming"}},
				Free:  []string{"login"},
				Told:  200,
				Late:  409,
			}
		},
		"accounts/:id/drop": func() badinput.Sheet {
			return badinput.Sheet{
				Who:   "admin2",
				Wrong: "station",
				Path:  "/office/accounts/" + proposed("dropping") + "/drop",
				Late:  409,
			}
		},
	})
}

// keys are those of the offices that open reports.
func keys(b *badinput.Bench) []badinput.Trial {
	return badinput.Sheets("POST /office/", map[string]func() badinput.Sheet{
		"receivers": func() badinput.Sheet {
			form := url.Values{"org": {b.Org("云溪镇")}, "name": {"云溪镇纪委"}, "recipient": {newKey(b)}}
			return badinput.Sheet{
				Who:   "admin",
				Wrong: "clerk",
				Path:  "/office/receivers",
				Form:  form,
				Other: housetest.SheetWith(form, "name", "另一个单位"),
				Also: func(who *housetest.Client) {
					b.Refused("a key that is another's",
						who.Submit("/office/receivers",
							housetest.Once(housetest.SheetWith(form, "recipient", b.Offices[0].Key.Recipient().
								String()))), 409, "recipient")
					b.Refused("a private key",
						who.Submit("/office/receivers",
							housetest.Once(housetest.SheetWith(form, "recipient", b.Offices[0].Key.String()))), 422,
						"recipient")
					b.Refused("a village",
						who.Submit("/office/receivers",
							housetest.Once(housetest.SheetWith(form, "org", b.Org("青塘村村民委员会")))), 422, "org")
				},
			}
		},
		"receivers/:id/confirm": func() badinput.Sheet {
			first := b.AsBrowser("admin")
			a := first.Submit("/office/receivers", housetest.Once(url.Values{
				"org":       {b.Org("示范县")},
				"name":      {"县纪委监委"},
				"recipient": {newKey(b)},
			}))
			b.Wrote("a key", a, 303)
			path := housetest.ConfirmLink.FindString(b.AsBrowser("admin2").Get("/office/receivers").Body)
			b.Refused("by who proposed it", first.Submit(path, housetest.Once(nil)), 403, "")
			return badinput.Sheet{Who: "admin2", Wrong: "station", Path: path, Late: 409}
		},
	})
}

func newKey(b *badinput.Bench) string {
	key, err := age.GenerateX25519Identity()
	b.Ok(err)
	return key.Recipient().String()
}
