package housetest

import (
	"net/url"

	"sunlot/cmd/sunlot/demo"
)

// AssetSheet is the case's asset as the clerk's form has it.
func (r *House) AssetSheet(photos ...string) url.Values {
	return url.Values{
		"owner":       {r.Org("青塘村第三村民小组")},
		"acting":      {r.Org("青塘村经济合作社")},
		"assembly":    {"group_meeting"},
		"name":        {"第三组鱼塘及旱地"},
		"kind":        {"water_land"},
		"location":    {"村东头，机耕路旁"},
		"area":        {"38.60"},
		"use":         {"养殖、种植，不得改变农业用途"},
		"title":       {"村民小组集体所有"},
		"last_rent":   {"350"},
		"last_unit":   {"mu_year"},
		"last_ends":   {"2026-12-31"},
		"last_tenant": {"上一户承租人"},
		"photos":      photos,
		"plot_name":   {pond(r), dry(r), ""},
		"plot_area":   {"28.60", "10", ""},
		"plot_east":   {"路", "田", ""},
		"plot_south":  {"渠", "路", ""},
		"plot_west":   {"田", "渠", ""},
		"plot_north":  {"山", "塘", ""},
	}
}

// ResolutionSheet is a lawful vote as the clerk's form has it.
func (r *House) ResolutionSheet(asset, signIn, minutes string) url.Values {
	form := url.Values{
		"asset":        {asset},
		"unit":         {"mu_year"},
		"years":        {"5"},
		"floor_price":  {"400"},
		"outsiders":    {"yes"},
		"priorities":   {"member,former_lessee"},
		"step_propose": {"2026-11-01"},
		"step_consult": {"2026-11-03"},
		"step_party":   {"2026-11-05"},
		"step_decide":  {"2026-11-10"},
		"step_publish": {"2026-11-11"},
		"sign_in":      {signIn},
		"minutes":      {minutes},
	}
	for i, name := range Due(r) {
		person, choice := "", "for"
		if i == 0 {
			person = r.Actor("daibiao").PersonID
		}
		if i > 23 {
			choice = "absent"
		}
		form["vote_name"] = append(form["vote_name"], name)
		form["vote_person"] = append(form["vote_person"], person)
		form["vote_choice"] = append(form["vote_choice"], choice)
	}
	return form
}

// TenderSheet is the case's terms as the clerk's form has them.
func (r *House) TenderSheet(asset, resolution string) url.Values {
	form := url.Values{
		"asset":             {asset},
		"resolution":        {resolution},
		"title":             {"第三组鱼塘及旱地经营权出租公告"},
		"start_price":       {"400"},
		"step":              {"10"},
		"deposit_percent":   {"10"},
		"years":             {"5"},
		"starts_on":         {"2027-01-15"},
		"rent_due":          {"03-01"},
		"notice_days":       {"10"},
		"inspection_on":     {"2026-11-27"},
		"inspection_place":  {"村委会门口"},
		"priority_notified": {"2026-11-20"},
	}
	for name, text := range demo.DemoTexts {
		form.Set(name, text)
	}
	return form
}

// ItemSheet is a short item as the station's form has it.
func ItemSheet(number string) url.Values {
	return url.Values{
		"number":        {number},
		"name":          {"出租集体房屋"},
		"category":      {"assets"},
		"basis_title":   {"村民委员会组织法"},
		"basis_article": {"第二十四条"},
		"responsible":   {"村民委员会"},
		"scope":         {"集体房屋"},
		"rights":        {"可以报名"},
		"step_name":     {"开会决议"},
		"step_who":      {"村民代表会议"},
		"step_days":     {"10"},
		"step_leaves":   {"决议"},
		"step_stage":    {"need"},
		"discloses":     {"每一步"},
		"until":         {"核实后立即公开"},
		"risks":         {"不开会就租"},
		"complain":      {"村监委会"},
	}
}

// ThreePhotos are the clerk's of an asset.
func (d Desks) ThreePhotos() []string {
	return []string{d.Clerk.Photo(1), d.Clerk.Photo(2), d.Clerk.Photo(3)}
}

// Supplement is a proposed one.
func (d Desks) Supplement() string {
	return d.Clerk.Must("/api/v1/supplements", Object{"tender": d.Tender(4), "text": "鱼塘水泵由承租方自备。"})
}
