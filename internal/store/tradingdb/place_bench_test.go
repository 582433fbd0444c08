package tradingdb_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/mode"
)

const (
	benchBidders = 129              // two for each writer; no common divisor with 50 lots
	benchFor     = 3 * time.Second  // of each side, in turns
	benchTurn    = time.Second / 2  // so that the machine's other work meets both alike
	warmUp       = time.Second / 10 // before each turn
)

// BenchmarkPlaceBid is how many bids a second are accepted, each with its
// request, event, leaf and answer, beside the bare rows on the same database:
// for many lots the insert of the bid's row in a transaction of its own, for one
// lot that insert after a lock on the lot's stream. Both databases wait for the
// disk at each commit. Run it with -benchtime 1x.
func BenchmarkPlaceBid(b *testing.B) {
	for name, config := range map[string]func(b *testing.B) store.Config{
		"sqlite":  func(b *testing.B) store.Config { return store.Config{Dir: b.TempDir()} },
		"mariadb": func(b *testing.B) store.Config { return store.Config{DSN: storetest.Schema(b)} },
	} {
		for _, lots := range []int{1, 50} {
			for _, writers := range []int{1, 64} {
				b.Run(fmt.Sprintf("%s/lots=%d/writers=%d", name, lots, writers), func(b *testing.B) {
					db := storetest.Open(b, config(b))
					durable(b, db)
					auction(b, db, lots, benchBidders, time.Now().Add(24*time.Hour), 0, 0)
					for b.Loop() {
						compare(b, db, lots, writers)
					}
				})
			}
		}
	}
}

// durable makes the server of the tests wait for the disk at each commit.
func durable(b *testing.B, db *storetest.DB) {
	if db.Dialect() == "sqlite" {
		return
	}
	server := db.Read(context.Background())
	storetest.Must(b, server.Exec("SET GLOBAL innodb_flush_log_at_trx_commit = 1").Error)
	b.Cleanup(func() { server.Exec("SET GLOBAL innodb_flush_log_at_trx_commit = 0") })
}

func compare(b *testing.B, db *storetest.DB, lots, writers int) {
	bids, bare := bidder(b, db, lots), bareInsert(b, db, lots)
	var ours, theirs int64
	for spent := time.Duration(0); spent < benchFor; spent += benchTurn {
		theirs += inTurn(writers, bare)
		ours += inTurn(writers, bids)
	}
	b.ReportMetric(float64(ours)/benchFor.Seconds(), "bids/s")
	b.ReportMetric(float64(theirs)/benchFor.Seconds(), "bare/s")
	b.ReportMetric(float64(ours)/float64(theirs), "ratio")
	b.ReportMetric(0, "ns/op")
}

// inTurn counts how often the writers do it in one turn.
func inTurn(writers int, do func(writer, turn int) bool) int64 {
	var all sync.WaitGroup
	var done atomic.Int64
	begin := time.Now().Add(warmUp)
	end := begin.Add(benchTurn)
	for w := range writers {
		all.Go(func() {
			for i := 0; ; i++ {
				did := do(w, i)
				now := time.Now()
				if now.After(end) {
					return
				}
				if did && now.After(begin) {
					done.Add(1)
				}
			}
		})
	}
	all.Wait()
	return done.Load()
}

// bidder raises the leading price by a step, for one of the writer's two bidders.
func bidder(b *testing.B, db *storetest.DB, lots int) func(writer, turn int) bool {
	return func(writer, turn int) bool {
		lot, person := fmt.Sprintf("n%d", 1+(writer+turn)%lots), fmt.Sprintf("p%d", 1+2*writer+turn/lots%2)
		once, err := event.NewRequest(person, "bid.place", event.NewID(), trading.BidForm{Lot: lot})
		storetest.Must(b, err)
		_, err = db.PlaceBid(context.Background(), once, lot, person, time.Now(),
			func(tx bidding.BidTx) (string, error) {
				l := tx.Lot()
				r, _ := tx.Registration()
				by, err := l.ModeRules()
				storetest.Must(b, err)
				may, err := by.Choices(l.Board, mode.Bidder{})
				storetest.Must(b, err)
				price := may.Least
				board, err := by.Accept(l.Board, mode.Offer{Bidder: r.Number, Price: price, At: tx.At()})
				if err != nil {
					return "", err
				}
				storetest.Must(b, l.Stand(by, board))
				bid := trading.Bid{
					Lot:          l.ID,
					Registration: r.ID,
					PersonID:     r.PersonID,
					Number:       r.Number,
					Price:        price,
					At:           tx.At(),
					EndsAt:       board.EndsAt,
				}
				seq, err := tx.Place(bid, l, trading.BidFacts{
					Bidder: r.Number,
					Price:  price,
					EndsAt: board.EndsAt.Format(event.TimeFormat),
				})
				answer, _ := json.Marshal(trading.Receipt{
					Lot:    l.ID,
					Seq:    seq,
					Number: r.Number,
					Price:  price,
					At:     tx.At(),
					EndsAt: board.EndsAt,
				})
				return string(answer), err
			})
		return err == nil
	}
}

// bareInsert inserts the bid's row alone, in its own transaction; on one lot
// after a lock on the stream, without which bids have no order.
func bareInsert(b *testing.B, db *storetest.DB, lots int) func(writer, turn int) bool {
	pool := storetest.Writer(b, db)
	lock := ""
	if lots == 1 {
		storetest.Must(b, db.InTx(b.Context(), func(tx *store.Tx) error { _, err := tx.Lock("lot:n1"); return err }))
		lock = "SELECT last_seq FROM streams WHERE stream = ?"
		if db.Dialect() == "mysql" {
			lock += " FOR UPDATE"
		}
	}
	var seq atomic.Int64
	seq.Store(time.Now().UnixNano())
	return func(writer, turn int) bool {
		tx, err := pool.Begin()
		storetest.Must(b, err)
		lot, person := fmt.Sprintf("n%d", 1+(writer+turn)%lots), fmt.Sprintf("p%d", 1+2*writer)
		var last int64
		if lock != "" {
			storetest.Must(b, tx.QueryRow(lock, "lot:"+lot).Scan(&last))
		}
		_, err = tx.Exec("INSERT INTO bids (lot_id, seq, registration_id, person_id, number, priority_rank, "+
			"price, matched, placed_at, ends_at, extended)"+
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", lot, seq.Add(1), "q1", person, "1001", 0, 40000, 0, 1, 1, 0)
		storetest.Must(b, err)
		storetest.Must(b, tx.Commit())
		return true
	}
}
