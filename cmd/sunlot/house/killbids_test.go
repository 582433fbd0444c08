package house_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/ledger"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
	"sunlot/trading/bidding"
)

const killBidders = 8

// bidKills is how often the server is killed; the long form is by SUNLOT_KILLS.
func bidKills(short int) int {
	if n, err := strconv.Atoi(os.Getenv("SUNLOT_KILLS")); err == nil && n > 0 {
		return n
	}
	return short
}

// TestKilledWhileBidding kills the server with SIGKILL while eight clients bid:
// no acknowledged bid is lost, none is there twice, the order is right, and each
// unknown answer is resolved truthfully.
func TestKilledWhileBidding(t *testing.T) {
	t.Parallel()
	program := housetest.Program(t)
	kills := bidKills(30)
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		t.Parallel()
		b := prepareBids(t, c, program, 1)
		b.play(kills)
		b.whole()
	})
	t.Run("two processes", func(t *testing.T) {
		t.Parallel()
		b := prepareBids(t, store.Config{DSN: storetest.Schema(t)}, program, 2)
		narrow, _ := storetest.Narrow(t, b.config.DSN)
		for _, k := range b.servers { // as the rights of a server's account have it
			k.env = append(k.env, "SUNLOT_DSN="+narrow)
		}
		b.play(kills)
		b.whole()
	})
}

// plants are faults that the driver must catch. Each is a change to the source
// of the store, built beside it; the product has none of it.
var plants = []struct {
	name, file string
	processes  int
	change     [][2]string
}{
	{"acknowledged before the commit", "place.go", 1, [][2]string{
		{"		close(j.done)\n", "		shut(j.done)\n"},
		{"		return b.write()\n",
			"		if err := b.write(); err != nil {\n\t\t\treturn err\n\t\t}\n\t\tfor _, j := range jobs " +
				"{\n\t\t\tshut(j.done)\n\t\t}\n\t\ttime.Sleep(20 * time.Millisecond)\n\t\treturn nil\n"},
		{"// take removes", "func shut(c chan struct{}) {\n\tdefer func() { recover() }()\n\tclose(c)\n}\n\n// take " +
			"removes"},
	}},
	{"the lot read without its lock", "batch.go", 2, [][2]string{
		{"	var err error\n	b.lots, err = b.t.lockLots(slices.Sorted(maps.Keys(lots)))\n	if err != nil {",
			"	var err error\n	early := map[string]trading.Lot{}\n	for id := range lots {\n" +
				"		var row lotRow\n" +
				"		if b.t.SQL().Where(\"id = ?\", id).Take(&row).Error == nil {\n" +
				"			early[id] = lotRead{Row: row}.lot()\n		}\n	}\n" +
				"	time.Sleep(3 * time.Millisecond)\n	b.lots, err = " +
				"b.t.lockLots(slices.Sorted(maps.Keys(lots)))\n	for id, l := range early {\n		b.lots[id] = " +
				"l\n	}\n	if err != nil {"},
	}},
}

// TestTheDriverCatchesFaults runs the same driver against a server with a fault.
func TestTheDriverCatchesFaults(t *testing.T) {
	t.Parallel()
	for _, p := range plants {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			c := store.Config{DSN: storetest.Schema(t)}
			b := prepareBids(t, c, planted(t, p.file, p.change), p.processes)
			var found []string
			for round := 0; round < 6 && len(found) == 0; round++ {
				b.play(5)
				found = b.judge()
			}
			if len(found) == 0 {
				t.Error("the driver saw nothing wrong")
			}
			t.Logf("caught: %.1000s", strings.Join(found, "; "))
		})
	}
}

// planted builds the program with a changed source file of the store.
func planted(t *testing.T, name string, change [][2]string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "internal", "store", "tradingdb", name))
	if err != nil {
		t.Fatal(err)
	}
	source := content(t, filepath.Dir(path), name) + "\n"
	for _, c := range change {
		if !strings.Contains(source, c[0]) {
			t.Fatalf("%s has changed: it no longer has %q", name, c[0])
		}
		source = strings.Replace(source, c[0], c[1], 1)
	}
	dir := t.TempDir()
	faulty, overlay := filepath.Join(dir, name), filepath.Join(dir, "overlay.json")
	plan, err := json.Marshal(map[string]map[string]string{"Replace": {path: faulty}})
	if err == nil {
		err = os.WriteFile(faulty, []byte(source), 0o600)
	}
	if err == nil {
		err = os.WriteFile(overlay, plan, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return housetest.Built(t, "-overlay", overlay)
}

// bidden is one lot under fire: what each client was told.
type bidden struct {
	t         *testing.T
	lot       string
	config    store.Config
	guard     string // folder that the servers of one machine share
	servers   []*killed
	tokens    []string
	killed    int
	mu        sync.Mutex // owns the rest
	price     money.Fen  // the highest that anybody was told of
	acked     map[string]trading.Receipt
	unknown   map[string]int // bidder by request id
	abandoned []string       // requests that were not carried out
}

// prepareBids opens the neighbour's lot with eight bidders and lets go of its database.
func prepareBids(t *testing.T, c store.Config, program string, processes int) *bidden {
	t.Helper()
	r := housetest.Open(t, c)
	b := &bidden{
		t:       t,
		lot:     r.Neighbour().Lot,
		config:  r.Store,
		guard:   t.TempDir(),
		acked:   map[string]trading.Receipt{},
		unknown: map[string]int{},
	}
	logins := r.Admitted(b.lot, killBidders)
	l, err := r.DB.Lot(t.Context(), b.lot, identity.Everywhere)
	r.Ok(err)
	b.price = l.Terms.Start
	r.Clock.Ahead.Add(int64(l.Board.OpensAt.Sub(r.Clock.Now())))
	r.Ok(r.Bidding.OpenLot(t.Context(), b.lot))
	r.Ok(r.DB.SetSetting(t.Context(), demo.Offset,
		strconv.FormatInt(time.Duration(r.Clock.Ahead.Load()).Milliseconds()+1, 10)))
	for _, login := range logins {
		b.tokens = append(b.tokens, r.Program(login).Bearer)
	}
	r.Ok(r.Kit.App.Shutdown())
	r.Ok(r.DB.Close())
	for range processes {
		b.servers = append(b.servers, b.server(program))
	}
	return b
}

func (b *bidden) server(program string) *killed {
	address := housetest.Address(b.t)
	k := &killed{t: b.t, program: program, url: "http://" + address}
	data := b.config.Dir
	if b.config.DSN != "" {
		data = b.t.TempDir() // two processes share a database, not a folder
		for _, name := range []string{"checkpoint"} {
			if body, err := os.ReadFile(filepath.Join(b.config.Dir, name)); err == nil {
				os.WriteFile(filepath.Join(data, name), body, 0o600)
			}
		}
	}
	k.env = append(os.Environ(), "SUNLOT_QUIET=3600", "SUNLOT_ADDR="+address, "SUNLOT_URL="+k.url, "SUNLOT_DATA="+data,
		"SUNLOT_GUARD="+b.guard,
		"SUNLOT_DSN="+b.config.DSN,
		"SUNLOT_ORIGIN=sunlot.test/log", "SUNLOT_LOG_KEY="+content(b.t, b.config.Dir, "log.key"),
		"SUNLOT_SECRET="+content(b.t, b.config.Dir, "secret"))
	return k
}

// play starts the servers and kills one of them so many times while all bid.
func (b *bidden) play(kills int) {
	for _, k := range b.servers {
		k.start()
	}
	b.resolve()
	for range kills {
		stop := make(chan struct{})
		var clients sync.WaitGroup
		for i := range killBidders {
			clients.Go(func() { b.bid(i, stop) })
		}
		b.wait(time.Duration(5+rand.IntN(60)) * time.Millisecond)
		victim := b.servers[rand.IntN(len(b.servers))]
		victim.kill()
		b.killed++
		close(stop)
		clients.Wait()
		victim.start()
		b.resolve()
	}
	for _, k := range b.servers {
		k.kill()
	}
}

// wait lets so much time pass, and on a slow machine as much more as one bid takes.
func (b *bidden) wait(least time.Duration) {
	b.mu.Lock()
	before := len(b.acked)
	b.mu.Unlock()
	begun := time.Now()
	for more := true; more && time.Since(begun) < 5*time.Second; {
		time.Sleep(least)
		b.mu.Lock()
		more = len(b.acked) == before
		b.mu.Unlock()
	}
}

// bid is one client's stream of bids, each a little above what was last heard of.
func (b *bidden) bid(bidder int, stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		b.mu.Lock()
		price := b.price + money.Fen(1000*(1+rand.IntN(3)))
		b.mu.Unlock()
		request := event.NewID()
		status, body := b.on(bidder, b.servers[(bidder+rand.IntN(len(b.servers)))%len(b.servers)], "POST",
			"/api/v1/lots/"+b.lot+"/bids", request,
			fmt.Sprintf(`{"price":%d,"match":false}`, price))
		b.told(bidder, request, status, body)
	}
}

func (b *bidden) told(bidder int, request string, status int, body []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch status {
	case http.StatusOK:
		receipt, err := bidding.ReadReceipt(string(body))
		if err != nil {
			b.t.Errorf("receipt: %s", body)
			return
		}
		b.acked[request] = receipt
		b.price = max(b.price, receipt.Price)
	// somebody was faster
	case http.StatusConflict, http.StatusUnprocessableEntity, http.StatusBadRequest, http.StatusTooManyRequests:
	case 0, http.StatusServiceUnavailable, http.StatusInternalServerError:
		b.unknown[request] = bidder
	default:
		b.t.Errorf("bid: %d %s", status, body)
	}
}

func (b *bidden) on(bidder int, k *killed, method, path, request, body string) (int, []byte) {
	as := &killed{t: k.t, url: k.url, token: b.tokens[bidder]}
	return as.call(method, path, request, body)
}

// resolve asks what became of the bids whose answer was lost.
func (b *bidden) resolve() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for request, bidder := range b.unknown {
		status, body := b.on(bidder, b.servers[rand.IntN(len(b.servers))], "GET",
			"/api/v1/requests/bid.place/"+request, "", "")
		var got struct {
			Found bool   `json:"found"`
			ID    string `json:"id"`
		}
		if status != http.StatusOK || json.Unmarshal(body, &got) != nil {
			b.t.Fatalf("by request: %d %s", status, body)
		}
		if !got.Found {
			b.abandoned = append(b.abandoned, request)
			continue
		}
		receipt, err := bidding.ReadReceipt(got.ID)
		if err != nil {
			b.t.Fatalf("by request: %s", body)
		}
		b.acked[request] = receipt
		b.price = max(b.price, receipt.Price)
	}
	clear(b.unknown)
}

// whole says that nothing disagrees, and that there was something to agree on.
func (b *bidden) whole() {
	b.t.Helper()
	for _, wrong := range b.judge() {
		b.t.Error(wrong)
	}
	if len(b.acked) < b.killed/2 {
		b.t.Errorf("only %d bids in %d kills: the test says too little", len(b.acked), b.killed)
	}
}

// judge reads the record and says what does not agree with what was told.
func (b *bidden) judge() (wrong []string) {
	b.t.Helper()
	k := b.servers[0]
	k.start()
	defer k.kill()
	k.settled()
	report, err := ledger.Verify(b.t.Context(), ledger.Target{URL: k.url})
	if err != nil {
		return []string{err.Error()}
	}
	for _, f := range report.Findings {
		wrong = append(wrong, fmt.Sprint(f))
	}
	told := map[int64]trading.Receipt{}
	for request, r := range b.acked {
		if twin, twice := told[r.Seq]; twice {
			wrong = append(wrong, fmt.Sprintf("record %d was told to two requests: %v %v", r.Seq, r, twin))
		}
		told[r.Seq] = r
		if slices.Contains(b.abandoned, request) {
			wrong = append(wrong, "a request is both carried out and not")
		}
	}
	entries := report.Streams[event.Of("lot", b.lot)]
	wrong = append(wrong, agree(entries, told)...)
	var room struct {
		Lot struct {
			Bids  int
			Price money.Fen
		}
	}
	if status, body := b.on(0, k, "GET", "/api/v1/lots/"+b.lot, "", ""); status != http.StatusOK ||
		json.Unmarshal(body, &room) != nil || room.Lot.Bids != len(entries)-1 {
		wrong = append(wrong, fmt.Sprintf("the lot counts %d bids, the log %d", room.Lot.Bids, len(entries)-1))
	}
	b.t.Logf("%d kills: %d bids acknowledged, %d not carried out, %d in the log", b.killed, len(b.acked),
		len(b.abandoned), len(entries)-1)
	return wrong
}

// agree holds the log's bids against what the bidders were told.
func agree(entries []ledger.Entry, told map[int64]trading.Receipt) (wrong []string) {
	highest := money.Fen(0)
	for i, entry := range entries {
		e := entry.Event
		if e.Seq != int64(i+1) {
			wrong = append(wrong, fmt.Sprintf("record %d is in place %d", e.Seq, i+1))
		}
		if e.Kind != "bid.placed" {
			continue
		}
		var facts trading.BidFacts
		if json.Unmarshal(e.Facts, &facts) != nil || facts.Price <= highest {
			wrong = append(wrong, fmt.Sprintf("record %d: %d does not rise above %d", e.Seq, facts.Price, highest))
		}
		highest = facts.Price
		r, known := told[e.Seq]
		if !known || r.Price != facts.Price || r.Number != facts.Bidder || event.Stamp(r.At) != facts.Received {
			wrong = append(wrong, fmt.Sprintf("record %d is %s at %v, told was %+v", e.Seq, e.Facts, e.At, r))
		}
		delete(told, e.Seq)
	}
	for seq, r := range told {
		wrong = append(wrong, fmt.Sprintf("acknowledged and lost: record %d, %+v", seq, r))
	}
	return wrong
}
