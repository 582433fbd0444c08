package housetest

import "regexp"

// Handed is what the API answers to an act on an account.
type Handed struct {
	ID       string
	Proposal string
	Password string `json:"one_time_password"`
	Half     string `json:"half_password"`
}

// Appointed opens an account, or gives a role, by both administrators where it
// takes two, and answers the whole one-time password.
func (r *House) Appointed(path string, form Object) Handed {
	r.T.Helper()
	var first, second Handed
	r.Program("admin").Act(path, form).Into(r.T, &first)
	if first.Proposal == "" {
		return first
	}
	r.Program("admin2").Act("/api/v1/accounts/"+first.Proposal+"/confirm", Object{}).Into(r.T, &second)
	if second.Half != "" {
		second.Password = first.Half + "-" + second.Half
	}
	return second
}

// Appoint opens an account and is its person's id.
func (r *House) Appoint(form Object) string {
	r.T.Helper()
	return r.Appointed("/api/v1/people", form).ID
}

// Links of the pages on accounts, and what they show once.
var (
	AccountConfirm = regexp.MustCompile(`/office/accounts/[a-z2-7]{16}/confirm`)
	AccountDrop    = regexp.MustCompile(`/office/accounts/[a-z2-7]{16}/drop`)
	WholeCode      = regexp.MustCompile(`<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</code>`)
	HalfCode       = regexp.MustCompile(`<code>([a-z2-7]{4}-[a-z2-7]{4})</code>`)
)
