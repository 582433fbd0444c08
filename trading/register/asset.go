package register

import (
	"context"
	"slices"
	"strings"

	"sunlot/disclosure/privacy"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/rules"
	"sunlot/trading/statement"
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
	f.Between("area", "面积(0.01亩)", int64(form.Area), 1, int64(money.AreaLimit))
	f.Between("last_rent", "上一期租金(分)", int64(form.LastRent), 0, int64(money.PriceLimit))
	if form.LastEnds != "" {
		if _, err := calendar.ParseDate(string(form.LastEnds)); err != nil {
			f.Add("last_ends", "请填写上一租期届满日,例如 2026-12-31")
		}
	}
	checkPlots(form, &f)
	casework.CheckPhotos(&f, "photos", "现场照片", form.Photos, 1)
	return f.Err()
}

func checkPlots(form trading.AssetForm, f *fault.Form) {
	if form.Kind.Land() && len(form.Plots) == 0 || len(form.Plots) > 50 {
		f.Add("plots", "请填写地块及四至,1至50块")
		return
	}
	var sum money.Area
	for _, p := range form.Plots {
		f.Line("plots", "地块名称", p.Name, 40)
		for _, bound := range []string{p.East, p.South, p.West, p.North} {
			f.Line("plots", "地块四至", bound, 60)
		}
		f.Between("plots", "地块面积(0.01亩)", int64(p.Area), 1, int64(money.AreaLimit))
		sum += p.Area
	}
	if len(form.Plots) > 0 && sum != form.Area {
		f.Add("plots", "各地块面积合计为%s亩,与总面积%s亩不一致", sum.Mu(), form.Area.Mu())
	}
}

// RegisterAsset enters a new asset into the public register.
func (s *Service) RegisterAsset(ctx context.Context, who identity.Actor, requestID string,
	form trading.AssetForm) (string, error) {
	scope, once, err := casework.Begin(who, trading.AssetRegister, "asset.register", requestID, form)
	if err != nil {
		return "", err
	}
	if err := checkAsset(form, s.Pack); err != nil {
		return "", err
	}
	return s.Store.WriteAsset(ctx, once, func(tx Tx) (string, error) {
		a := trading.Asset{ID: event.NewID(), AssetForm: form, RegisteredBy: who.PersonID}
		return a.ID, saveAsset(tx, who, scope, &a, "asset.registered")
	})
}

// CorrectAsset changes the register, visibly: every version stays on record. What the
// last contract says of rent, end and tenant is not the clerk's to change.
func (s *Service) CorrectAsset(ctx context.Context, who identity.Actor, requestID, id string, version int,
	form trading.AssetForm) (string, error) {
	scope, once, err := casework.Begin(who, trading.AssetRegister, "asset.correct", requestID, []any{id, version, form})
	if err != nil {
		return "", err
	}
	if err := checkAsset(form, s.Pack); err != nil {
		return "", err
	}
	return s.Store.WriteAsset(ctx, once, func(tx Tx) (string, error) {
		a, err := tx.Asset(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(a.Version, version); err != nil {
			return "", err
		}
		if used, err := tx.AssetInUse(id); err != nil {
			return "", err
		} else if used {
			return "", fault.New(fault.Conflict, "这项资产正在交易,登记内容不能更改;如需说明请发补充公告")
		}
		if a.LastLot != "" {
			form.LastRent = a.LastRent
			form.LastEnds = a.LastEnds
			form.LastTenant = a.LastTenant
		}
		a.AssetForm = form
		return a.ID, saveAsset(tx, who, scope, &a, "asset.corrected")
	})
}

func saveAsset(tx Tx, who identity.Actor, scope identity.Scope, a *trading.Asset, kind string) error {
	a.Plots, a.Photos = casework.NotNil(a.Plots), casework.NotNil(a.Photos)
	at, err := tx.Lock(a.Stream())
	if err != nil {
		return err
	}
	if err := placeAsset(tx, scope, a); err != nil {
		return err
	}
	if err := casework.AttachPhotos(tx, who, a.Path, "photos", a.Photos, true); err != nil {
		return err
	}
	public := a.AssetForm
	public.LastTenant = ""
	a.Document, err = privacy.Publish(tx, a.Path, public)
	if err != nil {
		return err
	}
	if err := onlyOne(tx, *a); err != nil {
		return err
	}
	e, err := tx.Record(a.Stream(), kind, assetFacts(*a), nil)
	if err != nil {
		return err
	}
	a.Version = a.Version + 1
	a.RegisteredAt = at
	a.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	if err := tx.SaveAsset(*a); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, trading.AssetRegister, a.Stream(), a.Path, kind, nil)
}

// onlyOne refuses what the owner has in the register already: registered twice, it
// would be let twice at once. Whoever registers for the same owner waits.
func onlyOne(tx Tx, a trading.Asset) error {
	if _, err := tx.Lock(event.Of("org", a.Owner)); err != nil {
		return err
	}
	others, err := tx.AssetsOf(a.Owner)
	if err != nil {
		return err
	}
	for _, other := range others {
		if other.ID != a.ID && same(a, other) {
			return fault.New(fault.Conflict, "“%s”（%s，%s亩）已于%s登记：同一项资产不重复登记，请更正原登记；确是另一项的，请用不同的名称",
				other.Name, other.Location, other.Area.Mu(), calendar.DateOf(other.RegisteredAt)).On("name")
		}
	}
	return nil
}

// same says whether two assets of an owner are one: by name and plots, or by name and
// place where there are none.
func same(a, b trading.Asset) bool {
	if !statement.SameName(a.Name, b.Name) || len(a.Plots) == 0 && !statement.SameName(a.Location, b.Location) {
		return false
	}
	return slices.Equal(plotNames(a), plotNames(b))
}

// plotNames is the plots by name and area, whatever order the clerk gave them.
func plotNames(a trading.Asset) []string {
	names := make([]string, 0, len(a.Plots))
	for _, p := range a.Plots {
		names = append(names, statement.FoldName(p.Name)+" "+p.Area.Mu())
	}
	slices.Sort(names)
	return names
}

// placeAsset checks the owner and who acts for it, and takes the owner's place.
func placeAsset(tx Tx, scope identity.Scope, a *trading.Asset) error {
	owner, err := tx.Org(a.Owner, scope)
	if err != nil {
		return casework.InvalidIfMissing(err, "owner", "请选择所有权人")
	}
	if owner.Kind != identity.Village && owner.Kind != identity.Group && owner.Kind != identity.Collective {
		return fault.New(fault.Invalid, "所有权人应是村集体或村民小组").On("owner")
	}
	acting, err := tx.Org(a.Acting, scope)
	if err != nil {
		return casework.InvalidIfMissing(err, "acting", "请选择代行主体")
	}
	if acting.Kind != identity.Collective || !acting.Path.Covers(owner.Path) {
		return fault.New(fault.Invalid, "代行主体应是所有权人所在村的集体经济组织").On("acting")
	}
	if a.Path != "" && a.Path != owner.Path {
		return fault.New(fault.Conflict, "所有权人不能更改,请另行登记").On("owner")
	}
	a.Path = owner.Path
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
		LastRent: a.LastRent,
		Photos:   a.Photos,
	}
}
