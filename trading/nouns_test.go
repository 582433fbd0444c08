package trading

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading/mode"
)

// TestTheRentOfATender: of a price, an area and a number of years, to the fen.
func TestTheRentOfATender(t *testing.T) {
	for _, c := range []struct {
		price                  money.Fen
		area                   money.Area
		years, percent         int
		yearly, whole, deposit string
	}{
		{40000, 3860, 5, 10, "15,440.00", "77,200.00", "1,544.00"},
		{1, 1, 1, 10, "0.00", "0.00", "0.00"},
		{50, 1, 20, 50, "0.01", "0.20", "0.01"}, // half a fen is one
		{49, 1, 20, 50, "0.00", "0.00", "0.00"},
		{money.PriceLimit, money.AreaLimit, 20, 20, "10,000,000,000,000.00", "200,000,000,000,000.00",
			"2,000,000,000,000.00"},
	} {
		n := Tender{Area: c.area,
			TenderForm: TenderForm{StartPrice: c.price, Years: c.years, DepositPercent: c.percent}}
		if n.Yearly().Yuan() != c.yearly || n.Whole().Yuan() != c.whole || n.Deposit().Yuan() != c.deposit {
			t.Errorf("%s for %s mu: %s, %s, %s", c.price.Yuan(), c.area.Mu(), n.Yearly().Yuan(),
				n.Whole().Yuan(), n.Deposit().Yuan())
		}
		l := Lot{Basis: Basis{Size: c.area, Years: c.years}}
		if l.Period(c.price) != n.Yearly() || l.Whole(c.price) != n.Whole() {
			t.Error("the lot reckons otherwise than its notice")
		}
	}
}

// TestTheDaysOfALease: the last one is the day before the anniversary; rent is
// due in advance, on the notice's latest day that is not after the year's first.
func TestTheDaysOfALease(t *testing.T) {
	for _, c := range []struct {
		starts, ends calendar.Date
		due          string
		second       calendar.Date
	}{
		{"2027-01-15", "2032-01-14", "03-01", "2027-03-01"},
		{"2027-01-01", "2031-12-31", "12-20", "2027-12-20"},
		{"2027-12-20", "2032-12-19", "01-10", "2028-01-10"},
		{"2028-02-29", "2033-02-28", "03-01", "2028-03-01"},
		{"2028-02-29", "2033-02-28", "02-28", "2029-02-28"},
		{"2027-01-26", "2032-01-25", "07-28", "2027-07-28"},
		{"2027-07-01", "2032-06-30", "07-01", "2028-07-01"},
	} {
		n := Tender{TenderForm: TenderForm{StartsOn: c.starts, Years: 5, RentDue: c.due}}
		if n.EndsOn() != c.ends || n.RentDay(2) != c.second || n.RentDay(3) != c.second.AddYears(1) {
			t.Errorf("from %s to %s, second rent on %s, third on %s", c.starts, n.EndsOn(), n.RentDay(2), n.RentDay(3))
		}
	}
}

// TestEachYearHasItsRent: whatever the days, each year's rent has a day of its own
// a year after the one before, after the lease has begun and not after its year has.
func TestEachYearHasItsRent(t *testing.T) {
	for _, starts := range []calendar.Date{"2027-01-26", "2027-03-01", "2028-02-28", "2028-02-29", "2027-12-31"} {
		for day := calendar.Date("2027-01-01"); day <= "2027-12-31"; day = day.AddDays(1) {
			n := Tender{TenderForm: TenderForm{StartsOn: starts, Years: 9, RentDue: string(day)[5:]}}
			for year := 2; year <= n.Years; year++ {
				due, begins := n.RentDay(year), starts.AddYears(year-1)
				if due > begins || due <= starts || year > 2 && due != n.RentDay(year-1).AddYears(1) {
					t.Fatalf("from %s on each %s: year %d begins on %s and is paid on %s", starts, n.RentDue, year,
						begins, due)
				}
			}
		}
	}
}

// TestWhereATenderStands, on the screen and for the desk.
func TestWhereATenderStands(t *testing.T) {
	for _, c := range []struct {
		state, lot casework.State
		says       string
		underWay   bool
	}{
		{Drafted, "", "起草中", true}, {Approved, "", "待发布", true}, {Returned, "", "退回修改", true},
		{Withdrawn, "", "已撤回", false}, {Announced, Listed, "公告中", false}, {Announced, Bidding, "竞价中", false},
		{Announced, Failed, "未成交（流标）", false}, {Announced, Awarded, "已成交", false},
	} {
		n := Tender{State: c.state, LotState: c.lot}
		if n.Stage() != c.says || n.UnderWay() != c.underWay {
			t.Errorf("%s, lot %q: %s, under way %v", c.state, c.lot, n.Stage(), n.UnderWay())
		}
	}
}

// TestTextsOfANotice: each has a name and a limit, and is the form's own field.
func TestTextsOfANotice(t *testing.T) {
	var form TenderForm
	seen := map[string]bool{}
	for _, text := range form.Texts() {
		if seen[text.Field] || text.Label == "" || text.Limit < 80 {
			t.Errorf("%+v", text)
		}
		seen[text.Field] = true
		*text.Value = text.Field
	}
	if len(seen) != 14 || form.Title != "title" || form.Warnings != "warnings" ||
		form.DepositAccount != "deposit_account" {
		t.Errorf("%d texts: %+v", len(seen), form)
	}
}

// TestALotsPriceAndHead: before the first bid the start price; after it the
// leading one, and the newest event is the newest bid.
func TestALotsPriceAndHead(t *testing.T) {
	l := Lot{Terms: mode.Terms{Start: 40000}}
	l.Event.Seq = 1
	if l.Price() != 40000 || l.Head() != 1 {
		t.Errorf("%d, %d", l.Price(), l.Head())
	}
	l.Board.Leading, l.Board.Bids = mode.Offer{Bidder: "1042", Price: 47000}, 3
	if l.Price() != 47000 || l.Head() != 4 {
		t.Errorf("%d, %d", l.Price(), l.Head())
	}
	at := time.UnixMilli(1)
	b := Bid{Number: "1042", Rank: 1, Price: 47000, Match: true, At: at}
	if b.Offer() != (mode.Offer{Bidder: "1042", Rank: 1, Price: 47000, Match: true, At: at}) {
		t.Errorf("the mode sees %+v", b.Offer())
	}
}

// TestWhatAnAwardBrings above the start price and above the lease before.
func TestWhatAnAwardBrings(t *testing.T) {
	a := Award{State: Settled, Version: 2, Yearly: 1_814_200, StartYearly: 1_544_000, LastYearly: 1_930_000}
	if a.OverStart() != 270_200 || a.OverLast() != -115_800 {
		t.Errorf("over the start %s, over the last %s", a.OverStart().Yuan(), a.OverLast().Yuan())
	}
	if err := a.Contract(); err != nil || a.State != Contracted || a.Version != 3 {
		t.Errorf("%+v, %v", a, err)
	}
	early := Award{State: Publicised}
	if err := early.Contract(); fault.CodeOf(err) != fault.Conflict || early.State != Publicised {
		t.Errorf("an award in its publicity is contracted: %v", err)
	}
}

// TestADepositsWay: it goes back once, by its day, from wherever it stands.
func TestADepositsWay(t *testing.T) {
	at := time.UnixMilli(7)
	for from, sound := range map[casework.State]bool{Received: true, Matched: true, Held: true,
		RefundDue: false, Refunded: false} {
		d := Deposit{State: from, Version: 1}
		err := d.Refundable(at, "2026-12-15")
		if (err == nil) != sound ||
			sound && (d.State != RefundDue || d.RefundBy != "2026-12-15" || d.Version != 2 || !d.DueAt.Equal(at)) {
			t.Errorf("from %s: %+v, %v", from, d, err)
		}
	}
	d := Deposit{State: RefundDue, RefundBy: "2026-12-15"}
	for day, late := range map[calendar.Date]bool{"2026-12-14": false, "2026-12-15": false, "2026-12-16": true} {
		if d.Late(day) != late {
			t.Errorf("on %s", day)
		}
	}
	d.State = Refunded
	if d.Late("2027-01-01") || (Deposit{State: RefundDue}).Late("2027-01-01") {
		t.Error("what went back, or has no day, is late")
	}
	d.PaidAt, d.RefundedAt = at, at
	var passed []string
	for _, stage := range d.Way() {
		if !stage.At.IsZero() {
			passed = append(passed, stage.Label)
		}
	}
	if got := strings.Join(passed, " "); got != "到账 原路退回" || len(d.Way()) != 5 {
		t.Errorf("passed: %s", got)
	}
}

// TestAResolutionsDays: the day of the vote is the decision's; of a step typed in
// twice the last counts.
func TestAResolutionsDays(t *testing.T) {
	r := Resolution{ResolutionForm: ResolutionForm{Steps: []StepDone{
		{Key: "propose", On: "2026-11-01"}, {Key: "decide", On: "2026-11-10"}, {Key: "propose", On: "2026-11-02"},
		{Key: "publish"}, {Key: "propose"},
	}}}
	for key, want := range map[string]calendar.Date{"propose": "2026-11-02", "decide": "2026-11-10",
		"publish": "", "party": ""} {
		if got := r.StepOn(key); got != want {
			t.Errorf("%s on %q, want %q", key, got, want)
		}
	}
	if r.HeldOn() != "2026-11-10" || (Resolution{}).HeldOn() != "" {
		t.Errorf("held on %q", r.HeldOn())
	}
}

// TestARegistrationIsBoundByItsCommitment: everything that decides who may bid is
// in it, and the salt keeps it from being guessed.
func TestARegistrationIsBoundByItsCommitment(t *testing.T) {
	r := Registration{ID: "r1", Name: "李四", RegisteredAt: time.UnixMilli(7).UTC(),
		RegistrationForm: RegistrationForm{Lot: "l1", Account: "62220001", Claim: MemberFirst, Phone: "13800000000"}}
	first, err := r.Commit()
	if err != nil || len(r.Salt) != 64 || len(r.Commitment) != 64 {
		t.Fatalf("%+v, %v", r, err)
	}
	salt := []byte(strings.Repeat("s", 32))
	plain, err := r.commitment(salt)
	if err != nil || plain == first {
		t.Errorf("another salt, the same commitment: %v", err)
	}
	for name, change := range map[string]func(*Registration){
		"id":      func(r *Registration) { r.ID = "r2" },
		"lot":     func(r *Registration) { r.Lot = "l2" },
		"name":    func(r *Registration) { r.Name = "李五" },
		"account": func(r *Registration) { r.Account = "62220002" },
		"claim":   func(r *Registration) { r.Claim = "" },
		"time":    func(r *Registration) { r.RegisteredAt = r.RegisteredAt.Add(time.Millisecond) },
	} {
		other := r
		change(&other)
		if got, err := other.commitment(salt); err != nil || got == plain {
			t.Errorf("the %s is not bound: %v", name, err)
		}
	}
	other := r
	other.Phone, other.State = "13900000000", Qualified
	if got, _ := other.commitment(salt); got != plain {
		t.Error("a phone or a state is bound, which the proof does not show")
	}
}

// TestNamesOnTheScreen: each kind has one, and what is unheard of has none.
func TestNamesOnTheScreen(t *testing.T) {
	for _, k := range AssetKinds {
		if k.Kind.Label() == "" || k.Kind.Label() != k.Label {
			t.Errorf("%s: %q", k.Kind, k.Kind.Label())
		}
	}
	for _, c := range Choices {
		if c.Choice.Label() != c.Label {
			t.Errorf("%s: %q", c.Choice, c.Choice.Label())
		}
	}
	for _, p := range Priorities {
		if p.Priority.Label() != p.Label {
			t.Errorf("%s: %q", p.Priority, p.Priority.Label())
		}
	}
	if AssetKind("ship").Label()+Choice("maybe").Label()+Priority("mayor").Label() != "" {
		t.Error("what is unheard of has a name")
	}
	if !FarmLand.Land() || !WaterLand.Land() || Building.Land() || Equipment.Land() {
		t.Error("the law asks its consent for land alone")
	}
	if err := OtherAsset(); fault.CodeOf(err) != fault.Invalid || fault.FieldsOf(err)[0].Name != "asset" {
		t.Errorf("%v", err)
	}
}

// TestANoticeNamesItsLots: one from before lots had ids of their own has one with its id.
func TestANoticeNamesItsLots(t *testing.T) {
	if got := (AnnouncedFacts{Lots: []string{"l1", "l2"}}).LotsOf("t1"); len(got) != 2 || got[0] != "l1" {
		t.Errorf("it names %v", got)
	}
	if got := (AnnouncedFacts{}).LotsOf("t1"); len(got) != 1 || got[0] != "t1" {
		t.Errorf("one from before names %v", got)
	}
}
