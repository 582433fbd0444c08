package tradingdb_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sunlot/cmd/sunlot/house"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// httpLots are the lots that are bidden for at once, each by two of its own.
const httpLots = 64

// BenchmarkBidsOverHTTP is how many bids a second are accepted by the whole house on 64
// lots, each bid a request of the API by a bidder who is signed in, beside the bare rows
// on the same database. The clients are on the same processors. The goal is 3,000. Run it
// with -benchtime 1x.
func BenchmarkBidsOverHTTP(b *testing.B) {
	for name, config := range map[string]func(b *testing.B) store.Config{
		"sqlite":  func(b *testing.B) store.Config { return store.Config{Dir: b.TempDir()} },
		"mariadb": func(b *testing.B) store.Config { return store.Config{DSN: storetest.Schema(b), Dir: b.TempDir()} },
	} {
		b.Run(name, func(b *testing.B) {
			c := config(b)
			db := storetest.Open(b, c)
			durable(b, db)
			auction(b, db, httpLots, benchBidders, time.Now().Add(24*time.Hour), 0, 0)
			storetest.Exec(b, db, "UPDATE orgs SET kind = 'county', name = '示范县' WHERE id = 'c'")
			storetest.Must(b, db.Close())
			h := housetest.Still(b, c)
			bids, bare := bidsOverHTTP(b, h), bareInsert(b, storetest.On(h.DB), httpLots)
			for b.Loop() {
				var ours, theirs int64
				for spent := time.Duration(0); spent < benchFor; spent += benchTurn {
					theirs += inTurn(httpLots, bare)
					ours += inTurn(httpLots, bids)
				}
				b.ReportMetric(float64(ours)/benchFor.Seconds(), "bids/s")
				b.ReportMetric(float64(theirs)/benchFor.Seconds(), "bare/s")
				b.ReportMetric(float64(ours)/float64(theirs), "ratio")
				b.ReportMetric(0, "ns/op")
			}
		})
	}
}

// bidsOverHTTP raises a lot's price by a step: each writer its own lot's, by its two
// bidders in turn, on a connection of its own.
func bidsOverHTTP(b *testing.B, h *house.House) func(writer, turn int) bool {
	door, err := net.Listen("tcp", "127.0.0.1:0")
	storetest.Must(b, err)
	go h.Kit.Serve(door)
	b.Cleanup(func() { h.Kit.App.ShutdownWithTimeout(5 * time.Second) })
	tokens := make([]string, 2*httpLots)
	for i := range tokens {
		tokens[i] = joined(b, h, i)
	}
	conns := make([]*bufio.ReadWriter, httpLots)
	steps := make([]int, httpLots)
	for i := range conns {
		conn, err := net.Dial("tcp", door.Addr().String())
		storetest.Must(b, err)
		b.Cleanup(func() { conn.Close() })
		conns[i] = bufio.NewReadWriter(bufio.NewReader(conn), bufio.NewWriter(conn))
	}
	var told atomic.Bool
	return func(writer, _ int) bool {
		conn := conns[writer]
		step := steps[writer]
		body := fmt.Sprintf(`{"price":%d}`, 40000+step)
		fmt.Fprintf(conn, "POST /api/v1/lots/n%d/bids HTTP/1.1\r\nHost: 127.0.0.1\r\n"+
			"Authorization: Bearer %s\r\nX-Forwarded-For: 10.%d.%d.%d\r\n"+
			"Idempotency-Key: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", writer+1,
			tokens[2*writer+step%2], writer, step/200%200, step%200, event.NewID(), len(body), body)
		storetest.Must(b, conn.Flush())
		got, err := http.ReadResponse(conn.Reader, nil)
		storetest.Must(b, err)
		said, err := io.ReadAll(got.Body)
		storetest.Must(b, err)
		if got.StatusCode != http.StatusOK {
			if !told.Swap(true) {
				b.Errorf("bid %d: %d %s", step, got.StatusCode, said)
			}
			return false
		}
		steps[writer]++
		return true
	}
}

// joined opens an account and puts it in the place of one of the auction's bidders; it is
// the account's token.
func joined(b *testing.B, h *house.House, i int) string {
	login, password := fmt.Sprintf("jing%d", i), "a long enough secret"
	id, err := h.Admin.Join(b.Context(), event.NewID(), identity.JoinForm{
		Name:     "竞买人" + strings.Repeat("甲", 1+i%3),
		Login:    login,
		Password: password,
	})
	storetest.Must(b, err)
	storetest.Exec(b, storetest.On(h.DB), "UPDATE registrations SET person_id = ? WHERE person_id = ?", id,
		fmt.Sprintf("p%d", i+1))
	from := identity.From{Network: fmt.Sprintf("10.0.%d.1", i)}
	tokens, err := h.Sessions.Login(b.Context(), login, password, from)
	storetest.Must(b, err)
	return tokens.Access
}
