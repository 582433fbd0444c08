package api_test

import (
	"encoding/base64"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/badinput"
)

// deposits are the acts on money.
func deposits(b *badinput.Bench) []badinput.Trial {
	v1 := "/api/v1"
	return badinput.Calls("POST "+v1, map[string]func() badinput.Call{
		"/statements": func() badinput.Call {
			row, _ := b.Bidder().Line(b.OpenLot)
			other, _ := b.Bidder().Line(b.OpenLot)
			return badinput.Call{
				Who:   "station",
				Wrong: "clerk",
				Path:  v1 + "/statements",
				Body:  housetest.InBase64(row),
				May:   []string{"csv"},
				Other: housetest.InBase64(other),
				Also: func(who *housetest.Client) {
					for what, file := range badinput.Statements(row) {
						b.Refused(what,
							who.Act(v1+"/statements",
								housetest.Object{"csv": base64.StdEncoding.EncodeToString([]byte(file))}), 422,
							"statement")
					}
					b.Refused("missing", who.Act(v1+"/statements", housetest.Object{}), 422, "statement")
				},
			}
		},
		"/deposits/:id/reject": func() badinput.Call {
			return badinput.Call{
				Who:   "station",
				Wrong: "leader",
				Afar:  "station2",
				Path:  v1 + "/deposits/" + b.Received() + "/reject",
				Body:  housetest.Object{"version": 1},
				Other: housetest.Object{"version": 6},
				Late:  409,
				Also: func(who *housetest.Client) {
					payer, _ := b.Entered(b.OpenLot)
					row, serial := payer.Line(b.OpenLot)
					who.Must(v1+"/statements", housetest.InBase64(row))
					matched := b.Deposit(serial)
					b.Settle()
					b.Refused("one that is somebody's",
						who.Act(v1+"/deposits/"+matched+"/reject", housetest.Object{"version": 1}), 409, "")
				},
			}
		},
		"/deposits/:id/refund": func() badinput.Call {
			body := housetest.Object{"version": 2, "trace": "TK-0001"}
			return badinput.Call{
				Who:   "station",
				Wrong: "clerk",
				Afar:  "station2",
				Path:  v1 + "/deposits/" + b.Due() + "/refund",
				Body:  body,
				Other: housetest.With(body, "trace", "TK-0002"),
				Late:  409,
				Also: func(who *housetest.Client) {
					waiting := b.Received()
					b.Settle()
					b.Refused("one that is not due",
						who.Act(v1+"/deposits/"+waiting+"/refund", housetest.With(body, "version", 1)), 409, "")
				},
			}
		},
		"/deposits/:id/refunded": func() badinput.Call {
			return badinput.Call{
				Who:   "station",
				Wrong: "leader",
				Afar:  "station2",
				Path:  v1 + "/deposits/" + b.Noted() + "/refunded",
				Body:  housetest.Object{"version": 3},
				Other: housetest.Object{"version": 6},
				Late:  409,
			}
		},
		"/receiving-accounts": func() badinput.Call {
			body := housetest.Object{"number": "36010100209000888888", "name": "云溪镇经管站第三专户"}
			return badinput.Call{
				Who:   "station2", // whose statements nobody else imports here
				Wrong: "leader",
				Path:  v1 + "/receiving-accounts",
				Body:  body,
				Other: housetest.With(body, "name", "另一个名称"),
				Late:  409,
			}
		},
	})
}
