package admin

import (
	"net/url"
	"regexp"
	"strings"

	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/tendering"
)

// draftForm is one of the long forms whose content can be kept unfinished:
// noun/new, noun/new/asset or noun/id.
type draftForm string

var draftFormPattern = regexp.MustCompile(`^(assets/new|assets/[a-z2-7]{16}|(resolutions|tenders)/(new/)?[a-z2-7]{16})$`)

// draftNouns says for each noun who fills in its form, what the form is called,
// by which field a draft is recognised, and which fields take photos.
var draftNouns = map[string]struct {
	act    *identity.Action
	label  string
	title  string
	photos []string
}{
	"assets":      {trading.AssetRegister, "资产登记", "name", []string{"photos"}},
	"resolutions": {trading.ResolutionRecord, "登记决议", "", []string{"sign_in", "minutes"}},
	"tenders":     {tendering.TenderDraft, "起草出租公告", "title", nil},
}

// formOf names a noun's form: of the noun with that id or, without one, of a new
// noun for the asset.
func formOf(noun, id, asset string) draftForm {
	switch {
	case id != "":
		return draftForm(noun + "/" + id)
	case asset != "":
		return draftForm(noun + "/new/" + asset)
	}
	return draftForm(noun + "/new")
}

func (f draftForm) noun() string { noun, _, _ := strings.Cut(string(f), "/"); return noun }

// page is where the form is filled in.
func (f draftForm) page() string {
	noun, rest, _ := strings.Cut(string(f), "/")
	kind, asset, forAsset := strings.Cut(rest, "/")
	switch {
	case forAsset:
		return "/office/" + noun + "/new?asset=" + url.QueryEscape(asset)
	case kind == "new":
		return "/office/" + noun + "/new"
	}
	return "/office/" + noun + "/" + kind + "/edit"
}

// goOn is the same page with what was kept.
func (f draftForm) goOn() string {
	if strings.Contains(f.page(), "?") {
		return f.page() + "&draft=yes"
	}
	return f.page() + "?draft=yes"
}
