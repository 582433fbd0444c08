package register

import (
	"slices"
	"strings"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/rules"
)

// checkAsset checks what the clerk filled in.
func checkAsset(form trading.AssetForm, pack rules.Pack) error {
	var f fault.Form
	f.Line("name", "资产名称", form.Name, 60)
	if form.Kind.Label() == "" {
		f.Add("kind", "请选择资产类别")
	}
	if _, ok := pack.Assemblies[form.Assembly]; !ok {
		f.Add("assembly", "请选择决策会议")
	}
	f.Line("location", "坐落位置", form.Location, 120)
	f.Text("use", "允许用途", form.Use, 200)
	f.Text("title", "权属情况", form.Title, 300)
	f.OptionalLine("last_tenant", "上一承租人", form.LastTenant, 60)
	checkQuantity(form, &f)
	money.Between(&f, "last_rent", "上一期租金", form.LastRent, 0, money.PriceLimit)
	if form.LastRent > 0 && !slices.Contains(trading.Let.Units(form.Measure), form.LastUnit) {
		f.Add("last_unit", "请选择上一租期的计价单位")
	}
	if form.LastEnds != "" {
		if _, err := calendar.ParseDate(string(form.LastEnds)); err != nil {
			f.Add("last_ends", "请填写上一租期届满日，例如 2026-12-31")
		}
	}
	checkPlots(form, &f)
	casework.CheckPhotos(&f, "photos", "现场照片", form.Photos, 1)
	return f.Err()
}

// checkQuantity refuses what is not counted as its kind is: of a house in mu nobody can say what
// a square metre costs. Of a kind that nobody knows nothing more is said than that.
func checkQuantity(form trading.AssetForm, f *fault.Form) {
	if form.Kind.Label() == "" {
		return
	}
	measure := form.Kind.Measure()
	if form.Measure != measure {
		f.Add("area", "%s按%s登记，请重新填写%s", form.Kind.Label(), measure.Label(), measure.Name())
		return
	}
	if form.Area < 1 || form.Area > measure.Most() {
		f.Add("area", "%s应在%s至%s之间", measure.Name(), measure.Says(1), measure.Says(measure.Most()))
	}
	if measure == money.Piece && form.Area%100 != 0 {
		f.Add("area", "请填写台数，应为整数，例如 2")
	}
}

func checkPlots(form trading.AssetForm, f *fault.Form) {
	if form.Kind.Land() && len(form.Plots) == 0 || len(form.Plots) > 50 {
		f.Add("plots", "请填写地块及四至，1至50块")
		return
	}
	if !form.Kind.Land() && len(form.Plots) > 0 {
		f.Add("plots", "只有土地和坑塘水面填写地块")
		return
	}
	var sum money.Area
	for i, p := range form.Plots {
		if slices.ContainsFunc(form.Plots[:i], func(before trading.Plot) bool { return samePlot(before, p) }) {
			f.Add("plots", "地块“%s”写了两次：名称、面积、四至都相同", p.Name)
		}
		f.Line("plots", "地块名称", p.Name, 40)
		for _, bound := range []string{p.East, p.South, p.West, p.North} {
			f.Line("plots", "地块四至", bound, 60)
		}
		money.BetweenAreas(f, "plots", "地块面积", p.Area, 1, money.AreaLimit)
		sum += p.Area
	}
	if len(form.Plots) > 0 && sum != form.Area {
		f.Add("plots", "各地块面积合计为%s亩，与总面积%s亩不一致", sum.Mu(), form.Area.Mu())
	}
}

// placeAsset checks the owner, who acts for it and whose meeting decides, and takes the owner's place.
func placeAsset(tx Tx, scope identity.Scope, pack rules.Pack, a *trading.Asset) error {
	owner, err := tx.Org(a.Owner, scope)
	if err != nil {
		return casework.InvalidIfMissing(err, "owner", "请选择所有权人")
	}
	if owner.Kind != identity.Village && owner.Kind != identity.Group && owner.Kind != identity.Collective {
		return fault.New(fault.Invalid, "所有权人应是村集体或村民小组").On("owner")
	}
	acting, err := tx.Org(a.Acting, scope)
	if err != nil {
		return casework.InvalidIfMissing(err, "acting", "请选择出租方")
	}
	if acting.Kind != identity.Collective || !acting.Path.Covers(owner.Path) {
		return fault.New(fault.Invalid, "出租方应是所有权人所在村的集体经济组织").On("acting")
	}
	if a.Path != "" && a.Path != owner.Path {
		return fault.New(fault.Conflict, "所有权人不能更改，请另行登记").On("owner")
	}
	a.Path = owner.Path
	a.OwnerName = owner.Name
	if meeting := pack.Assemblies[a.Assembly]; a.Body(identity.OrgKind(meeting.Body)) == "" {
		return fault.New(fault.Invalid, "%s没有%s，请选择所有权人自己的会议", owner.Name, meeting.Label).On("assembly")
	}
	a.Name = strings.TrimSpace(a.Name)
	return nil
}

func assetFacts(a trading.Asset) trading.AssetFacts {
	return trading.AssetFacts{
		Document: a.Document,
		Owner:    a.Owner,
		Acting:   a.Acting,
		Assembly: a.Assembly,
		Kind:     a.Kind,
		Area:     a.Area,
		Measure:  a.Measure,
		LastRent: a.LastRent,
		LastUnit: a.LastUnit,
		Photos:   a.Photos,
	}
}
