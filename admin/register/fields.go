package register

import (
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/web"
)

type plotLine struct{ Name, Area, East, South, West, North string }

// assetForm reads the form and keeps it for another drawing.
func (s *Screens) assetForm(r *web.Reader, page *assetPage) trading.AssetForm {
	form := trading.AssetForm{
		Owner:      r.Text("owner"),
		Acting:     r.Text("acting"),
		Assembly:   r.Text("assembly"),
		Name:       r.Text("name"),
		Kind:       trading.AssetKind(r.Text("kind")),
		Location:   r.Text("location"),
		Use:        r.Text("use"),
		Title:      r.Text("title"),
		LastRent:   r.YuanOrNone("last_rent", "上一期租金"),
		LastUnit:   money.UnitOf(r.Text("last_unit")),
		LastEnds:   r.Day("last_ends", "上一租期届满日"),
		LastTenant: r.Text("last_tenant"),
	}
	if form.LastRent > 0 && r.Text("last_unit") == "" {
		r.Wrong.Add("last_unit", "请选择上一租期的计价单位")
	}
	form.Measure = form.Kind.Measure()
	form.Area = r.Quantity("area", "总面积或者数量", form.Measure)
	r.Text("last_lot") // says that the three above are the last contract's
	form.Plots = plotForm(r, page)
	form.Photos = r.Photos(s.Kit.Library, "photos")
	page.Photos, page.Typed = form.Photos, r.Typed
	return form
}

// plotForm reads the rows of plots; an empty row is room that was not used.
func plotForm(r *web.Reader, page *assetPage) []trading.Plot {
	names := r.Values("plot_name")
	column := func(name string, i int) string {
		if v := r.Values(name); i < len(v) {
			return v[i]
		}
		return ""
	}
	var plots []trading.Plot
	for i := range names {
		line := plotLine{
			Name:  names[i],
			Area:  column("plot_area", i),
			East:  column("plot_east", i),
			South: column("plot_south", i),
			West:  column("plot_west", i),
			North: column("plot_north", i),
		}
		if line == (plotLine{}) {
			continue
		}
		page.Plots = append(page.Plots, line)
		area, err := money.ParseMu(line.Area)
		r.Note("plots", err)
		plots = append(plots, trading.Plot{
			Name:  line.Name,
			Area:  area,
			East:  line.East,
			South: line.South,
			West:  line.West,
			North: line.North,
		})
	}
	page.Plots = append(page.Plots, make([]plotLine, plotRows)...)
	return plots
}

// typedOf is an asset's fields as somebody would type them.
func typedOf(a trading.AssetForm) web.Typed {
	typed := web.Typed{
		"owner":       a.Owner,
		"acting":      a.Acting,
		"assembly":    a.Assembly,
		"name":        a.Name,
		"kind":        string(a.Kind),
		"location":    a.Location,
		"area":        a.Measure.Digits(a.Area),
		"use":         a.Use,
		"title":       a.Title,
		"last_rent":   a.LastRent.Yuan(),
		"last_unit":   a.LastUnit.Code(),
		"last_ends":   string(a.LastEnds),
		"last_tenant": a.LastTenant,
	}
	if a.Measure != a.Kind.Measure() { // of a house in mu: what it is in square metres is asked
		typed["area"] = ""
	}
	return typed
}
