package trading

import (
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
)

// AssetKind is the class of a collective's property. The classes follow
// 《中华人民共和国农村集体经济组织法》第三十六条，in the villages' words.
type AssetKind string

const (
	FarmLand  AssetKind = "farm_land"  // 耕地、园地、林地、草地
	WaterLand AssetKind = "water_land" // 坑塘水面（鱼塘、山塘）
	Building  AssetKind = "building"   // 房屋、店铺
	Equipment AssetKind = "equipment"  // 机械设备
	Timber    AssetKind = "timber"     // 林木
)

// AssetKinds lists the kinds with their names on the screen.
var AssetKinds = []struct {
	Kind  AssetKind
	Label string
}{
	{FarmLand, "耕地、园地、林地、草地"}, {WaterLand, "坑塘水面（鱼塘、山塘）"}, {Building, "房屋、店铺"}, {Equipment, "机械设备"},
	{Timber, "林木"},
}

// Label is the kind's name on the screen.
func (k AssetKind) Label() string {
	for _, have := range AssetKinds {
		if have.Kind == k {
			return have.Label
		}
	}
	return ""
}

// Letting is what the procedure is called in a notice's title: what is let of land and
// water is the right to farm it.
func (k AssetKind) Letting(side Side) string {
	if k.Land() && side == Let {
		return "经营权出租"
	}
	return side.Say().Act
}

// Measure is what such a thing is counted by.
func (k AssetKind) Measure() money.Measure {
	switch k {
	case Building:
		return money.SquareMetre
	case Equipment:
		return money.Piece
	case Timber:
		return money.CubicMetre
	}
	return money.Mu
}

// Sides is what a collective may do with such a thing by this platform. Land is never sold, and a
// house not without an appraisal, of which the platform knows nothing; standing timber is not let.
func (k AssetKind) Sides() []Side {
	switch k {
	case Equipment:
		return []Side{Let, Sell}
	case Timber:
		return []Side{Sell}
	}
	return []Side{Let}
}

// Land says whether letting it to outsiders needs the consent that the law asks for land.
func (k AssetKind) Land() bool { return k == FarmLand || k == WaterLand }

// Plot is a piece of land with its four bounds.
type Plot struct {
	Name  string     `json:"name"`
	Area  money.Area `json:"area"` // 0.01 mu
	East  string     `json:"east"`
	South string     `json:"south"`
	West  string     `json:"west"`
	North string     `json:"north"`
}

// Asset is one thing that a village or group owns together.
type Asset struct {
	ID         string
	Path       identity.Path // the owner's
	OwnerName  string        // when read
	ActingName string        // when read
	Version    int
	AssetForm
	// LastLot is the lot of the last contract, when read. Where there is one, last rent,
	// end and tenant are the contract's; else they are as the clerk registered them.
	LastLot      string
	RegisteredBy string
	RegisteredAt time.Time
	Event        event.Ref // the one that made this version public
	Document     string    // SHA-256 of the public document
}

// AssetForm is what the clerk fills in. Money in fen, the area in hundredths of the measure,
// those of plots in 0.01 mu.
type AssetForm struct {
	Owner    string        `json:"owner"`    // org id: "所有权人", village or group level
	Acting   string        `json:"acting"`   // org id: 出租方
	Assembly string        `json:"assembly"` // key of the rule pack: 决策会议
	Name     string        `json:"name"`
	Kind     AssetKind     `json:"kind"`
	Location string        `json:"location"`
	Area     money.Area    `json:"area"`
	Measure  money.Measure `json:"measure,omitempty"`
	Plots    []Plot        `json:"plots"`
	Use      string        `json:"use"` // 现状及允许用途
	Title    string        `json:"title"`
	LastRent money.Fen     `json:"last_rent"` // 0 when never let
	LastUnit money.Unit    `json:"last_unit,omitempty"`
	LastEnds calendar.Date `json:"last_ends"` // end of the last lease, or empty
	// LastTenant is never public.
	LastTenant string   `json:"last_tenant"`
	Photos     []string `json:"photos"`
}

// Public is the form as its document has it: without the last tenant.
func (f AssetForm) Public() AssetForm {
	f.LastTenant = ""
	return f
}

// Says is how much of it there is, with the measure.
func (f AssetForm) Says() string { return f.Measure.Says(f.Area) }

// LastPrice is the last rent with its unit.
func (f AssetForm) LastPrice() string { return f.LastUnit.Price(f.LastRent) }

// Body is whose meeting decides on the asset where it is one of that kind of
// organisation: the owner himself, the group or village in which he stands, or the
// collective that acts for him. It is empty where there is none, as a village has no
// group's meeting.
func (a Asset) Body(kind identity.OrgKind) string {
	village, id := a.Path.Village()
	area := a.Path.Area()
	switch {
	case kind == identity.Village:
		return id
	case kind == identity.Group && a.Path != village:
		return area
	case kind == identity.Collective && a.Owner != area:
		return a.Owner
	case kind == identity.Collective:
		return a.Acting
	}
	return ""
}

// BodyName is the name of an organisation that the asset names.
func (a Asset) BodyName(org string) string {
	switch org {
	case a.Owner:
		return a.OwnerName
	case a.Acting:
		return a.ActingName
	}
	return ""
}

// Stream is where the asset's events are.
func (a Asset) Stream() event.Stream { return event.Of("asset", a.ID) }

// AssetFacts is what the public log says of an asset. The bounds are in the
// document: they may name a neighbour.
type AssetFacts struct {
	Document string        `json:"document"`
	Owner    string        `json:"owner"`
	Acting   string        `json:"acting"`
	Assembly string        `json:"assembly"`
	Kind     AssetKind     `json:"kind"`
	Area     money.Area    `json:"area"`
	Measure  money.Measure `json:"measure,omitempty"`
	LastRent money.Fen     `json:"last_rent"`
	LastUnit money.Unit    `json:"last_unit,omitempty"`
	Photos   []string      `json:"photos"`
}

func (f AssetFacts) told() []words.Fact {
	return []words.Fact{
		words.Quantity(f.Measure, f.Area),
		words.Price("上一期租金", f.LastUnit, f.LastRent),
		words.Document(f.Document),
	}
}
