// Package privacy is the offices' screens of what must not be public: numbers
// that two persons clear, and texts and pictures that two persons take out of sight.
package privacy

import (
	"sunlot/admin"
	"sunlot/disclosure/privacy"
	"sunlot/internal/identity"
	"sunlot/web"
)

// Screens is the pages.
type Screens struct {
	Kit       *admin.Kit
	Directory *identity.Directory
	Privacy   *privacy.Service
}

// Register declares the routes, and what the desk shows of this room.
func (s *Screens) Register() {
	k := s.Kit
	numbers := []*identity.Action{privacy.NumberAsk, privacy.NumberDecide}
	texts := []*identity.Action{privacy.TextAsk, privacy.TextWithhold}
	k.Get("/office/numbers", web.Needs(numbers...), s.numbers)
	k.Post("/office/numbers", web.Needs(privacy.NumberAsk), s.numberAsk)
	k.Get("/office/numbers/:id", web.Needs(numbers...), s.number)
	k.Post("/office/numbers/:id/decide", web.Needs(privacy.NumberDecide), s.numberDecide)
	k.Post("/office/numbers/:id/end", web.Needs(privacy.NumberAsk), s.numberEnd)
	k.Get("/office/withheld", web.Needs(texts...), s.texts)
	k.Post("/office/withheld", web.Needs(privacy.TextAsk), s.textAsk)
	k.Get("/office/withheld/:id", web.Needs(texts...), s.text)
	k.Post("/office/withheld/:id/decide", web.Needs(privacy.TextWithhold), s.textDecide)
	k.Links(
		admin.Link{Label: "公开核对：放行号码", Address: "/office/numbers", Acts: numbers},
		admin.Link{Label: "公开核对：隐去内容", Address: "/office/withheld", Acts: texts},
	)
	k.DutyPages(map[string]string{"number": "/office/numbers/:id", "text": "/office/withheld/:id"})
}

// decided reads the second person's word.
func decided(r *web.Reader) privacy.DecideForm {
	return privacy.DecideForm{Version: r.Version(), Agree: r.Text("agree") == "yes", Reason: r.Text("reason")}
}
