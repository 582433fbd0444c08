package verify

import (
	"strings"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading"
)

// TestAVoteIsHeldAgainstItsRoll: the log alone says whether those who were due are those of
// the roll in force on the day, and the page shows nothing else than the log.
func TestAVoteIsHeldAgainstItsRoll(t *testing.T) {
	const page = "/api/v1/resolutions/r"
	says := func(field string, value any) func(*county) {
		return func(c *county) { c.relogs("resolution:r", 1, field, value) }
	}
	roll := func(field string, value any) func(*county) {
		return func(c *county) { c.relogs("roll:l", 1, field, value) }
	}
	shows := func(value any, names ...string) func(*county) {
		return func(c *county) { c.shows(page, value, names...) }
	}
	for name, x := range map[string]struct {
		change func(*county)
		says   string
	}{
		"as it was":      {func(*county) {}, ""},
		"three of three": {says("count", trading.Count{Due: 3, Present: 3, For: 3}), "应到 3 人，名册上是 10 人"},
		"more than came": {says("count", trading.Count{Due: 10, Present: 9, For: 10}), "到会人数与票数、应到人数不符"},
		"more than due":  {says("count", trading.Count{Due: 10, Present: 11, For: 11}), "到会人数与票数、应到人数不符"},
		"fewer than none": {says("count", trading.Count{Due: 10, Present: 9, For: 10, Against: -1}),
			"到会人数与票数、应到人数不符"},
		"more for it than due": {says("count", trading.Count{Due: 10, Present: 9, For: 20, Against: -11}),
			"到会人数与票数、应到人数不符"},
		"more votes than came": {says("count", trading.Count{Due: 10, Present: 8, For: 5, Against: 4}),
			"到会人数与票数、应到人数不符"},
		"no roll":        {func(c *county) { delete(c.report.Streams, "roll:l") }, "日志中没有它所依据的应到人员名册"},
		"another event":  {says("roll", event.Ref{Stream: "asset:a", Seq: 1}), "日志中没有它所依据的应到人员名册"},
		"an unread roll": {roll("count", "many"), "日志中没有它所依据的应到人员名册"},
		"unread":         {says("count", "many"), "记录无法读取"},
		"another body":   {roll("assembly", "member_representatives"), "所依据的是别的会议的名册"},
		"another's meeting": {func(c *county) {
			c.relogs("asset:a", 1, "assembly", "village_representatives")
		}, "资产登记的决策会议是另一个"},
		"another's body": {roll("org", "h"), "所依据的是别的会议的名册"},
		"from later":     {roll("from", "2026-11-03"), "那时它没有核对或者没有起用"},
		"another day":    {says("roll_from", "2026-01-02"), "那时它没有核对或者没有起用"},
		"confirmed later": {func(c *county) {
			c.report.Streams["roll:l"][0].Event.At = opens.AddDate(0, 0, 1)
		}, "那时它没有核对"},
		"a newer one": {func(c *county) {
			c.due("m", "g", "2026-06-01", 12)
		}, "会议那天有效的是 2026-06-01 起用的另一版名册（roll:m）"},
		"a mended one": {func(c *county) { c.due("m", "g", "2026-01-01", 12) }, "会议那天有效的是 2026-01-01 起用的另一版"},
		"two at once": {func(c *county) {
			c.due("m", "g", "2025-06-01", 12)
			c.relogs("roll:m", 1, "entered", "2025-01-01T00:00:00.000Z")
		}, "名册 roll:m：另一版（roll:l）核对以前就登记了，两版同时在办"},
		"one whose entry nobody knows": {func(c *county) {
			c.due("m", "g", "2025-06-01", 12)
			c.relogs("roll:m", 1, "entered", "")
		}, "名册 roll:m：登记时间无法读取，或者晚于核对"},
		"entered no time":    {roll("entered", "zzz"), "名册 roll:l：登记时间无法读取"},
		"entered afterwards": {roll("entered", "2099-01-01T00:00:00.000Z"), "或者晚于核对"},
		"a roll twice": {func(c *county) {
			again := c.report.Streams["roll:l"][0]
			again.Event.Seq, again.Event.At = 2, again.Event.At.Add(time.Minute)
			c.report.Streams["roll:l"] = append(c.report.Streams["roll:l"], again)
		}, "两版同时在办"},
		"held afterwards": {func(c *county) {
			c.relogs("resolution:r", 1, "held_on", "2036-11-02")
			c.shows(page, "2036-11-02", "held_on")
		}, "会议在 2036-11-02，核实却在这以前"},
		"an older one":    {func(c *county) { c.due("m", "g", "2025-06-01", 12) }, ""},
		"one of later":    {func(c *county) { c.due("m", "g", "2026-11-03", 12) }, ""},
		"another group's": {func(c *county) { c.due("m", "h", "2026-06-01", 12) }, ""},
		"hidden":          {func(c *county) { delete(c.pages, page) }, "日志中有决议，页面上却没有"},
		"its day shown":   {shows("2026-11-03", "held_on"), "页面上的会议日期或名册与日志不符"},
		"its roll shown":  {shows("2026-01-02", "roll", "from"), "页面上的会议日期或名册与日志不符"},
		"its count shown": {shows(11, "count", "due"), "页面上的票数或结论与日志不符"},
		"its end shown":   {shows(false, "lawful"), "页面上的票数或结论与日志不符"},
		"its price shown": {shows(1, "form", "floor_price"), "页面上的租期或底价与日志不符"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounty(t)
			x.change(c)
			wrong, err := Compare(t.Context(), c.served(), c.report)
			said := strings.Join(wrong, "\n")
			if err != nil || (said == "") != (x.says == "") || !strings.Contains(said, x.says) {
				t.Errorf("%v, without %q:\n%s", err, x.says, said)
			}
		})
	}
}

// TestABodyIsTheOwnersOrAroundHim: the owner's own, the group's or village's in which he
// stands, and of the collectives that one which owns or acts; a neighbour's is none, and a
// circle ends.
func TestABodyIsTheOwnersOrAroundHim(t *testing.T) {
	c := newCounty(t)
	stands := func(org, parent string, kind identity.OrgKind) {
		c.logs(event.Of("org", org), "org.registered", identity.OrgFacts{Kind: kind, Name: org, Parent: parent})
	}
	stands("g", "v", identity.Group)
	stands("h", "v", identity.Group)
	stands("v", "t", identity.Village)
	stands("w", "t", identity.Village)
	stands("k", "v", identity.Collective)
	stands("l", "v", identity.Collective)
	stands("x", "y", identity.Group)
	stands("y", "x", identity.Group)
	k := knownIn(c.report)
	for owner, bodies := range map[string]string{
		"g": "gvk", // the group's, by the collective k
		"v": "vk",
		"l": "vl", // the collective's own, whoever acts
		"x": "xk",
	} {
		facts := trading.AssetFacts{Owner: owner, Acting: "k"}
		for _, org := range []string{"g", "h", "v", "w", "k", "l", "x", "y", "nobody"} {
			if k.decides(facts, org) != strings.Contains(bodies, org) {
				t.Errorf("of %s decides %s: %t", owner, org, !strings.Contains(bodies, org))
			}
		}
	}
}
