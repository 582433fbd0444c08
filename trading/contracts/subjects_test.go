package contracts_test

import (
	"strings"
	"testing"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/trading/tradingtest"
)

// shop is a house of 126.50 square metres that was let for 11.00 yuan a square metre and month.
func shop(v *tradingtest.Village) trading.AssetForm {
	form := v.AssetForm()
	form.Name, form.Kind, form.Plots = "村口店铺", trading.Building, nil
	form.Measure, form.Area = money.SquareMetre, 12650
	form.LastRent, form.LastUnit = 1100, money.SquareMetreMonth
	return form
}

// tractors are two machines, timber a wood to be felled.
func tractors(v *tradingtest.Village) trading.AssetForm {
	form := v.AssetForm()
	form.Name, form.Kind, form.Plots = "拖拉机", trading.Equipment, nil
	form.Measure, form.Area = money.Piece, 200
	form.LastRent, form.LastEnds, form.LastTenant = 0, "", ""
	return form
}

func timber(v *tradingtest.Village) trading.AssetForm {
	form := tractors(v)
	form.Name, form.Kind = "后山杉木", trading.Timber
	form.Measure, form.Area = money.CubicMetre, 32_050
	return form
}

// subject is a thing with what is decided on it and what it comes to at 1.00 yuan above the start.
type subject struct {
	asset         func(*tradingtest.Village) trading.AssetForm
	side          trading.Side
	unit          money.Unit
	start         money.Fen
	period, whole money.Fen // at the start price and one step of a yuan
	last          money.Fen // a year's rent before
	payments      int
	method        string
}

var subjects = map[string]subject{
	"a shop by the square metre": {
		asset: shop, unit: money.SquareMetreMonth, start: 1200, period: 1_973_400, whole: 9_867_000,
		last: 1_669_800, payments: 5, method: "12 个月",
	},
	"a shop as a whole": {
		asset: shop, unit: money.WholeYear, start: 1_800_000, period: 1_800_100, whole: 9_000_500,
		last: 1_669_800, payments: 5, method: "整宗一年的租金",
	},
	"machines by the piece": {
		asset: tractors, unit: money.PieceYear, start: 300_000, period: 600_200, whole: 3_001_000, payments: 5,
		method: "台数",
	},
	"machines sold": {
		asset: tractors, side: trading.Sell, unit: money.Total, start: 4_000_000, period: 4_000_100, whole: 4_000_100,
		payments: 1, method: "整宗的价款",
	},
	"timber sold": {
		asset: timber, side: trading.Sell, unit: money.Total, start: 9_000_000, period: 9_000_100, whole: 9_000_100,
		payments: 1, method: "整宗的价款",
	},
}

func (c subject) vote(v *tradingtest.Village, asset string) trading.ResolutionForm {
	form := v.ResolutionForm(asset)
	form.Side, form.Unit, form.FloorPrice = c.side, c.unit, c.start
	if c.side == trading.Sell {
		form.Years, form.Priorities = 0, nil
	}
	return form
}

func (c subject) terms(v *tradingtest.Village, asset, vote string) trading.TenderForm {
	form := v.TenderForm(asset, vote)
	form.Side, form.Unit, form.StartPrice, form.Step = c.side, c.unit, c.start, 100
	if c.side == trading.Sell {
		form.Years, form.RentDue = 0, ""
	}
	return form
}

// TestEachSubjectIsLetOrSoldToTheEnd: what it is let or sold by is in the notice, in the result,
// in the contract and in what is to be paid; what is sold is nobody's to let or sell any more.
func TestEachSubjectIsLetOrSoldToTheEnd(t *testing.T) {
	for name, c := range subjects {
		t.Run(name, func(t *testing.T) {
			tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
				ctx := t.Context()
				asset, err := v.Register(v.Clerk, c.asset(v))
				tradingtest.Must(t, err)
				n := v.Carry(c.terms(v, asset, v.Resolution(c.vote(v, asset))), trading.Announced)
				if n.Side != c.side || n.Unit != c.unit || !strings.Contains(n.Unit.Method(), c.method) {
					t.Errorf("announced it is %+v", n.TenderForm)
				}
				b, other := v.Bidder("maizhu", ""), v.Bidder("peipao", "")
				l := v.OpenOf(n, b, other)
				_, err = v.Bid(other, l.ID, l.Board.OpensAt, c.start, false)
				tradingtest.Must(t, err)
				r, err := v.Bid(b, l.ID, l.Board.OpensAt, c.start+100, false)
				tradingtest.Must(t, err)
				v.Clock.Set(r.EndsAt.Add(trading.Grace))
				tradingtest.Must(t, v.Bidding.Work(ctx))
				a, err := v.DB.Award(ctx, l.ID)
				tradingtest.Must(t, err)
				if a.Yearly != c.period || a.Whole != c.whole || a.LastYearly != c.last || a.Basis != l.Basis {
					t.Errorf("won it comes to %+v", a)
				}
				v.Clock.Set(a.SettlesAt())
				tradingtest.Must(t, v.Bidding.Work(ctx))
				_, err = v.Contracts.Offer(ctx, v.Clerk, event.NewID(), a.Lot)
				tradingtest.Must(t, err)
				signs := contracts.SignForm{Version: 1, Agreed: true}
				_, err = v.Contracts.Sign(ctx, b.Actor, event.NewID(), a.Lot, signs)
				tradingtest.Must(t, err)
				c.ends(t, v, asset, a.Lot)
			})
		})
	}
}

// ends looks at a subject whose contract is signed.
func (c subject) ends(t *testing.T, v *tradingtest.Village, asset, lot string) {
	t.Helper()
	ctx := t.Context()
	m, err := v.Contracts.SeeMoney(ctx, identity.Actor{}, lot)
	tradingtest.Must(t, err)
	if len(m.Schedule) != c.payments || m.Schedule[0].Due != c.period || m.Accounts.Whole != c.whole ||
		m.Contract.Unit != c.unit || m.Contract.Side != c.side {
		t.Errorf("the contract has %+v", m)
	}
	a, err := v.Assets.SeeAsset(ctx, v.Clerk, asset)
	tradingtest.Must(t, err)
	holdings, err := v.Contracts.SeeHoldings(ctx, []trading.Asset{a})
	tradingtest.Must(t, err)
	if h := holdings[asset]; h.Sold != (c.side == trading.Sell) || h.Idle() {
		t.Errorf("now it is %+v", h)
	}
	again := c.terms(v, asset, v.Resolution(c.vote(v, asset)))
	again.StartsOn = "2060-01-01"
	_, err = v.Tendering.DraftTender(ctx, v.Clerk, event.NewID(), again)
	if c.side == trading.Sell {
		tradingtest.Want(t, err, fault.Invalid, "starts_on")
		if a.LastLot != "" || a.LastRent != 0 {
			t.Errorf("a sale is told as a lease: %+v", a)
		}
		return
	}
	tradingtest.Must(t, err)
	if a.LastUnit != c.unit || a.LastRent != c.start+100 || a.LastEnds == calendar.Last {
		t.Errorf("the last lease is told as %+v", a.AssetForm)
	}
}

// TestWhatASubjectDoesNotHave: land is not sold nor priced by the square metre, timber is not
// let, and a sale has neither term nor yearly rent.
func TestWhatASubjectDoesNotHave(t *testing.T) {
	tradingtest.Each(t, func(t *testing.T, v *tradingtest.Village) {
		ctx := t.Context()
		register := func(form trading.AssetForm) string {
			id, err := v.Register(v.Clerk, form)
			tradingtest.Must(t, err)
			return id
		}
		pond, house, machines, wood := v.Asset(), register(shop(v)), register(tractors(v)), register(timber(v))
		for name, c := range map[string]struct {
			asset string
			side  trading.Side
			unit  money.Unit
			years int
			field string
		}{
			"land sold":            {pond, trading.Sell, money.Total, 0, "side"},
			"a house sold":         {house, trading.Sell, money.Total, 0, "side"},
			"timber let":           {wood, trading.Let, money.WholeYear, 5, "side"},
			"land by square metre": {pond, trading.Let, money.SquareMetreMonth, 5, "unit"},
			"a house by the mu":    {house, trading.Let, money.MuYear, 5, "unit"},
			"a lease in one sum":   {machines, trading.Let, money.Total, 5, "unit"},
			"a sale by the year":   {machines, trading.Sell, money.WholeYear, 0, "unit"},
			"a sale for years":     {machines, trading.Sell, money.Total, 5, "years"},
			"a lease for no time":  {machines, trading.Let, money.PieceYear, 0, "years"},
			"neither":              {machines, "give", money.Total, 0, "side"},
			"an unknown unit":      {machines, trading.Let, "acre", 5, "unit"},
		} {
			form := v.ResolutionForm(c.asset)
			form.Side, form.Unit, form.Years, form.Priorities = c.side, c.unit, c.years, nil
			_, err := v.Resolving.RecordResolution(ctx, v.Clerk, event.NewID(), form)
			if fields := fault.FieldsOf(err); fault.CodeOf(err) != fault.Invalid || fields[0].Name != c.field {
				t.Errorf("%s: %v", name, err)
			}
		}
		sold := subjects["machines sold"]
		vote := v.Resolution(sold.vote(v, machines))
		for name, c := range map[string]struct {
			field  string
			change func(*trading.TenderForm)
		}{
			"a sale with a term":  {"years", func(f *trading.TenderForm) { f.Years = 5 }},
			"a sale with rent":    {"rent_due", func(f *trading.TenderForm) { f.RentDue = "03-01" }},
			"another unit":        {"unit", func(f *trading.TenderForm) { f.Unit = money.PieceYear }},
			"below the floor":     {"start_price", func(f *trading.TenderForm) { f.StartPrice-- }},
			"a day that is wrong": {"starts_on", func(f *trading.TenderForm) { f.StartsOn = "2027-02-30" }},
		} {
			form := sold.terms(v, machines, vote)
			c.change(&form)
			_, err := v.Tendering.DraftTender(ctx, v.Clerk, event.NewID(), form)
			if fields := fault.FieldsOf(err); fault.CodeOf(err) != fault.Invalid || fields[0].Name != c.field {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
