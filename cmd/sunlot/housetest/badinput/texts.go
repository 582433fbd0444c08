package badinput

import (
	"regexp"
	"slices"
)

// Texts are by route the fields of the forms that take a text of somebody's own.
// The test of markup types its payloads into each of them; a form that is tried
// with a text that is not listed here fails.
var Texts = map[string][]string{
	"POST /lots/:id/objections":             {"name", "text"},
	"POST /lots/:id/registrations":          {"account"},
	"POST /office/assets":                   assetTexts,
	"POST /office/assets/:id":               assetTexts,
	"POST /office/amendments":               {"title", "article", "reason"},
	"POST /office/amendments/:id/decide":    {"reason"},
	"POST /office/amendments/:id/withdraw":  {"reason"},
	"POST /office/asset-drafts/:id":         assetTexts,
	"POST /office/asset-drafts/:id/return":  {"reason_title"},
	"POST /office/calendar":                 {"source"},
	"POST /office/citations":                {"article", "edition"},
	"POST /office/citations/:id/decide":     {"reason"},
	"POST /office/citations/:id/end":        {"reason"},
	"POST /office/deposit-accounts":         {"name"},
	"POST /office/deposits/:id/hand":        {"reason"},
	"POST /office/deposits/:id/refund":      {"trace"},
	"POST /office/deposits/:id/settle":      {"reason"},
	"POST /office/withdrawals/:id":          {"reason"},
	"POST /office/entries/:id/return":       {"reason_note"},
	"POST /office/items":                    itemTexts,
	"POST /office/items/:id":                itemTexts,
	"POST /office/numbers":                  {"number", "reason"},
	"POST /office/numbers/:id/decide":       {"reason"},
	"POST /office/numbers/:id/end":          {"reason"},
	"POST /office/objections/:id":           {"answer", "withheld"},
	"POST /office/objections/:id/decision":  {"reason"},
	"POST /office/objections/:id/second":    {"reason"},
	"POST /office/orgs":                     {"name"},
	"POST /office/people":                   {"login", "name"},
	"POST /office/people/:id/password":      {"login"},
	"POST /office/projects":                 {"name", "place", "scope", "split"},
	"POST /office/projects/:id/entries":     {"note", "party"},
	"POST /office/projects/:id/return":      {"reason_scope"},
	"POST /office/receivers":                {"name", "recipient"},
	"POST /office/registrations/:id/refuse": {"reason"},
	"POST /office/resolutions":              {"vote_name"},
	"POST /office/resolutions/:id":          {"vote_name"},
	"POST /office/resolutions/:id/return":   {"reason_votes"},
	"POST /office/rolls":                    {"body", "members"},
	"POST /office/rolls/:id":                {"body", "members"},
	"POST /office/rolls/:id/return":         {"reason_members"},
	"POST /office/results/:id/rents":        {"serial"},
	"POST /office/supplements/:id/return":   {"reason_text"},
	"POST /office/tenders":                  tenderTexts,
	"POST /office/tenders/:id":              tenderTexts,
	"POST /office/tenders/:id/return":       {"reason_fees"},
	"POST /office/tenders/:id/supplements":  {"text"},
	"POST /office/withheld":                 {"address", "reason"},
	"POST /office/withheld/:id/decide":      {"reason"},
}

var (
	assetTexts = []string{"last_tenant", "location", "name", "plot_east", "plot_name", "plot_north", "plot_south",
		"plot_west", "title", "use"}
	itemTexts = []string{"basis_article", "basis_title", "complain", "discloses", "name", "number", "responsible",
		"rights", "risks", "scope", "step_leaves", "step_name", "step_who", "until"}
	tenderTexts = []string{"burdens", "conditions", "contact", "deposit_account", "fees", "inspection_place",
		"material", "media", "pricing_basis", "qualification", "supervision", "title", "use", "warnings"}
)

// choice has the form of what is not typed: an id, a hash, a word of a list, a number.
var choice = regexp.MustCompile(`^([a-z2-7]{16}|[0-9a-f]{64}|[a-z_.,]+|[0-9.,-]+|)$`)

// texts are the sheet's fields that take a text.
func (s Sheet) texts() []string {
	var all []string
	for name, values := range s.Form {
		read := name == "version" || slices.Contains(s.Numbers, name) || slices.Contains(s.Days, name)
		if !read && !choice.MatchString(values[0]) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// listed asks that payloads are typed into each text of the form.
func (s Sheet) listed(b *Bench, route string) {
	for _, name := range s.texts() {
		if !slices.Contains(Texts[route], name) {
			b.T.Errorf("%s takes a text %s, which is not listed as one", route, name)
		}
	}
}
