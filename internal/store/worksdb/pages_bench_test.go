package worksdb_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/valyala/fasthttp"
	"golang.org/x/sys/unix"

	"sunlot/cmd/sunlot/house"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// hotBids are those of the lot that everybody watches.
const hotBids = 1000

// lively makes one lot of the city the one that everybody watches, and whole what is
// opened besides.
func lively() []string {
	far := time.Now().Add(time.Hour).UnixMilli()
	return []string{
		"INSERT INTO bids (lot_id, seq, registration_id, person_id, number, priority_rank, price, matched, placed_at," +
			" ends_at, extended) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
			fmt.Sprint(hotBids) + ") SELECT 'l100047', 1000000 + i, 'q100047', 'p10048', 'x' || i, 0, 10000 + i, 0, " +
			"1700000000000 + i, 1, 0 FROM n",
		fmt.Sprintf("UPDATE lots SET mode = 'ascending', area = 100, years = 1, "+
			"terms = '{\"step\":1,\"most_steps\":10}', "+
			"start_price = 10000, opens_at = 1700000000000, ends_at = %[1]d, next_at = %[1]d, bids = %[2]d, "+
			"leading_bidder = 'x1', "+
			"leading_price = 20000 WHERE id = 'l100047'", far, hotBids),
		"UPDATE lots SET mode = 'ascending', area = 100, years = 1, start_price = 10000, " +
			"terms = '{\"step\":1,\"most_steps\":10}' WHERE id = 'l100050'",
		"UPDATE tenders SET document = '" + strings.Repeat("d", 54) + "1000000047' WHERE id IN ('n100047', 'n100050')",
		"UPDATE items SET edition = 1",
	}
}

// pages are what anybody may open of a city, each with its data.
var pages = []string{"/", "/tenders", "/tenders?sort=price&page=7", "/tenders/n100047", "/lots/l100047",
	"/lots/l100050", "/results", "/villages", "/villages/v10007", "/assets/a100047", "/items", "/items/i100007",
	"/projects", "/projects/j100007", "/projects?q=" + url.QueryEscape("桥77"), "/tenders?q=7000", "/about", "/help"}

// rate is how many pages a second are asked for, and for how long.
const (
	pageRate = 200
	pageFor  = 8 * time.Second
)

// BenchmarkPages is how long the public pages of a city's data take at 200 a second, and
// how much of the processor they take beside a tenth of the data: the most of any page.
// The goals are 50 ms for 99 of 100, and 1.3. Run it with -benchtime 1x.
func BenchmarkPages(b *testing.B) {
	for name, config := range map[string]func(b *testing.B) store.Config{
		"sqlite":  func(b *testing.B) store.Config { return store.Config{Dir: b.TempDir()} },
		"mariadb": func(b *testing.B) store.Config { return store.Config{DSN: storetest.Schema(b), Dir: b.TempDir()} },
	} {
		b.Run(name, func(b *testing.B) {
			tenth, whole := cityHouse(b, config(b), 10), cityHouse(b, config(b), 1)
			for b.Loop() {
				worst := 0.0
				var small, large time.Duration
				for _, page := range pages {
					cost := costs(b, page, tenth, whole)
					ratio := cost[1].Seconds() / cost[0].Seconds()
					b.Logf("%-32s %6.2f ms of CPU, ratio %.2f", page, ms(cost[1]), ratio)
					small, large, worst = small+cost[0], large+cost[1], max(worst, ratio)
				}
				atRate(b, whole, pages, pageRate, pageFor)
				b.ReportMetric(ms(large)/float64(len(pages)), "cpu-ms/page")
				b.ReportMetric(large.Seconds()/small.Seconds(), "ratio")
				b.ReportMetric(worst, "worst-ratio")
				b.ReportMetric(0, "ns/op")
			}
		})
	}
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// cityHouse is the whole house on a part of a city's data. Its loops stand still.
func cityHouse(b *testing.B, c store.Config, part int) *house.House {
	db := storetest.Open(b, c)
	storetest.Fill(b, db, slices.DeleteFunc(cityPart(part).rows(), func(f storetest.Filling) bool {
		return slices.Contains([]string{"events", "outbox", "log_leaves", "log_tiles"}, f.Table) // no events, no log
	}), lively()...)
	storetest.Must(b, db.Close())
	return housetest.Still(b, c)
}

// How often a page is drawn to know its cost: the least of so many turns.
const (
	costTurns = 7
	costDraws = 5
)

// costs are what one drawing of a page takes of the processor in each house, without a
// client's share, in turns.
func costs(b *testing.B, page string, houses ...*house.House) []time.Duration {
	least := slices.Repeat([]time.Duration{time.Hour}, len(houses))
	for turn := range 1 + costTurns {
		for i, h := range houses {
			begun := spent(b)
			for range costDraws {
				drawn(b, h, page)
			}
			if turn > 0 { // the first fills what is remembered
				least[i] = min(least[i], (spent(b)-begun)/costDraws)
			}
		}
	}
	return least
}

func drawn(b *testing.B, h *house.House, page string) {
	var c fasthttp.RequestCtx
	var ask fasthttp.Request
	ask.SetRequestURI(page)
	ask.SetHost("127.0.0.1")
	c.Init(&ask, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, nil)
	h.Kit.App.Handler()(&c)
	if got := c.Response.StatusCode(); got != http.StatusOK {
		b.Fatalf("%s: %d %s", page, got, c.Response.Body())
	}
}

// spent is what this process has had of the processors; what others do beside it counts
// for nothing.
func spent(b *testing.B) time.Duration {
	var used unix.Rusage
	storetest.Must(b, unix.Getrusage(unix.RUSAGE_SELF, &used))
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// atRate asks for the pages in turn, so many a second whether or not the ones before have
// been answered, each from an address of its own; and after each for the page that only
// says ok, so that one sees what the machine's other work does to both. It reports how
// long they took from when they were due.
func atRate(b *testing.B, h *house.House, all []string, rate int, long time.Duration) {
	door, err := net.Listen("tcp", "127.0.0.1:0")
	storetest.Must(b, err)
	go h.Kit.Serve(door)
	defer h.Kit.App.ShutdownWithTimeout(5 * time.Second)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: rate}, Timeout: 30 * time.Second}
	took := make([]time.Duration, 2*int(long.Seconds()*float64(rate)))
	var asking sync.WaitGroup
	var failed atomic.Int64
	begun := time.Now()
	for i := range took {
		page, due := "/healthz", begun.Add(time.Duration(i)*time.Second/time.Duration(2*rate))
		if i%2 == 0 {
			page = all[i/2%len(all)]
		}
		time.Sleep(time.Until(due))
		asking.Go(func() {
			ask, _ := http.NewRequest("GET", "http://"+door.Addr().String()+page, nil)
			ask.Header.Set("X-Forwarded-For", fmt.Sprintf("10.1.%d.%d", i/200%200, i%200))
			got, err := client.Do(ask)
			if err == nil {
				_, err = io.Copy(io.Discard, got.Body)
				got.Body.Close()
			}
			if err != nil || got.StatusCode != http.StatusOK {
				failed.Add(1)
			}
			took[i] = time.Since(due)
		})
	}
	asking.Wait()
	if n := failed.Load(); n > 0 {
		b.Errorf("%d of %d failed", n, len(took))
	}
	var pages, bare []time.Duration
	for i, d := range took {
		if i%2 == 0 {
			pages = append(pages, d)
		} else {
			bare = append(bare, d)
		}
	}
	slices.Sort(pages)
	slices.Sort(bare)
	b.ReportMetric(ms(pages[len(pages)/2]), "p50-ms")
	b.ReportMetric(ms(pages[len(pages)*99/100]), "p99-ms")
	b.ReportMetric(ms(bare[len(bare)*99/100]), "ok-p99-ms")
}
