package house_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/cmd/sunlot/housetest/hostile"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

// What a siege may do to honest people, and to the machine.
const (
	siegeBid    = time.Second      // 99 of 100 bids are answered within
	siegeReport = 10 * time.Second // a report is taken within
	siegeLogin  = 10 * time.Second
	siegePeak   = 400 << 20 // bytes of memory
	siegeGroup  = 512 << 20 // of the machine's limit, where it gives one
)

// siegeTime is how long it lasts; the long form is by SUNLOT_SIEGE, in seconds.
func siegeTime(short time.Duration) time.Duration {
	if n, err := strconv.Atoi(os.Getenv("SUNLOT_SIEGE")); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	return short
}

// TestSiege attacks the program in every way that one request or one client has,
// all at once, on a disk that is nearly full, while eight bidders bid, one logs
// in and one villager reports. No bid is lost, nobody waits long, and the
// program stays small.
func TestSiege(t *testing.T) {
	program := housetest.Program(t)
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		s := &siege{bidden: prepareBids(t, c, program, 1)}
		s.start()
		ctx, stop := context.WithTimeout(t.Context(), siegeTime(12*time.Second))
		defer stop()
		enemy := &hostile.Driver{To: strings.TrimPrefix(s.servers[0].url, "http://"), Tokens: s.join(4)}
		var all sync.WaitGroup
		all.Go(func() { enemy.Run(ctx) })
		for i := range killBidders {
			all.Go(func() { s.steady(ctx, i) })
		}
		all.Go(func() { s.honest(ctx) })
		all.Wait()
		peak := s.peak()
		s.report(enemy, peak)
		s.resolve()
		s.servers[0].kill()
		s.whole()
	})
}

// siege is the program under attack and what honest people saw.
type siege struct {
	*bidden
	group string // the folder of its control group, if there is one

	seen    sync.Mutex // owns the rest
	bids    []time.Duration
	reports []time.Duration
	logins  []time.Duration
}

// start runs the program with a disk that is nearly full, and within the
// machine's limit where it gives one.
func (s *siege) start() {
	k := s.servers[0]
	var disk unix.Statfs_t
	if err := unix.Statfs(s.config.Dir, &disk); err != nil {
		s.t.Fatal(err)
	}
	free := int64(disk.Bavail) * disk.Bsize
	k.env = append(k.env, fmt.Sprintf("SUNLOT_KEEP_FREE=%d", (free-100<<20)>>20), "GOGC=100", "GOMEMLIMIT=")
	s.enclose()
	command := []string{k.program, "demo"}
	if s.group != "" {
		command = []string{"sh", "-c", "echo $$ > " + s.group + "/cgroup.procs && exec " + k.program + " demo"}
	}
	k.process = exec.Command(command[0], command[1:]...)
	k.process.Env = k.env
	said := &spoken{}
	k.process.Stdout, k.process.Stderr = said, said
	if err := k.process.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(k.kill)
	k.ready(said)
}

// enclose makes a control group of 512 MiB, of version 1 or 2, where this
// process may.
func (s *siege) enclose() {
	for parent, limit := range map[string]string{"/sys/fs/cgroup/memory": "memory.limit_in_bytes",
		"/sys/fs/cgroup": "memory.max"} {
		if _, err := os.Stat(filepath.Join(parent, "cgroup.procs")); err != nil {
			continue
		}
		group := filepath.Join(parent, "sunlot-siege-"+event.NewID())
		if os.Mkdir(group, 0o755) != nil {
			continue
		}
		s.t.Cleanup(func() { os.Remove(group) })
		if os.WriteFile(filepath.Join(group, limit), []byte(strconv.Itoa(siegeGroup)), 0o600) == nil {
			s.group = group
			return
		}
	}
	s.t.Log("this machine gives no limit to a group of processes")
}

// peak is the most memory that the program had, in bytes.
func (s *siege) peak() int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.servers[0].process.Process.Pid))
	if err != nil {
		s.t.Fatal("the program is gone:", err)
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	kib, err := strconv.Atoi(strings.Fields(after)[0])
	if err != nil {
		s.t.Fatal(err)
	}
	return kib << 10
}

// ask sends a request as somebody from the address.
func (s *siege) ask(from *http.Client, path, kind string, body []byte, headers ...string) (int, []byte, error) {
	r, err := http.NewRequest("POST", s.servers[0].url+path, bytes.NewReader(body))
	if err != nil {
		s.t.Error(err)
		return 0, nil, err
	}
	r.Header.Set("Content-Type", kind)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := from.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, text, err
}

// join opens accounts as anybody can, and logs in.
func (s *siege) join(n int) []string {
	s.t.Helper()
	from := hostile.From("127.0.6.1")
	var tokens []string
	for i := range n {
		login := fmt.Sprintf("hostile%d", i)
		status, body, err := s.ask(from, "/api/v1/accounts", "application/json", []byte(fmt.Sprintf(
			`{"name":"某人%d","login":%q,"password":"tea garden water"}`, i, login)), "Idempotency-Key", event.NewID())
		if err != nil || status != http.StatusOK {
			s.t.Fatalf("joining: %d %s %v", status, body, err)
		}
		tokens = append(tokens, s.login(from, login, "tea garden water"))
	}
	return tokens
}

func (s *siege) login(from *http.Client, login, password string) string {
	s.t.Helper()
	status, body, err := s.ask(from, "/api/v1/sessions", "application/json",
		[]byte(fmt.Sprintf(`{"login":%q,"password":%q}`, login, password)))
	var got struct {
		Access string `json:"access_token"`
	}
	if err != nil || json.Unmarshal(body, &got) != nil || got.Access == "" {
		s.t.Errorf("%s logs in: %d %s %v", login, status, body, err)
	}
	return got.Access
}

// steady is one bidder, who bids about ten times in a second from an address of his own.
func (s *siege) steady(ctx context.Context, bidder int) {
	from := hostile.From(fmt.Sprintf("127.0.1.%d", 1+bidder))
	for ctx.Err() == nil {
		s.mu.Lock()
		price := s.price + money.Fen(1000*(1+bidder))
		s.mu.Unlock()
		request := event.NewID()
		begun := time.Now()
		status, body, err := s.ask(from, "/api/v1/lots/"+s.lot+"/bids", "application/json",
			[]byte(fmt.Sprintf(`{"price":%d,"match":false}`, price)), "Authorization", "Bearer "+s.tokens[bidder],
			"Idempotency-Key", request)
		took := time.Since(begun)
		if err != nil || status == http.StatusServiceUnavailable {
			s.t.Errorf("a bid: %d %.200s %v", status, body, err)
		}
		s.told(bidder, request, status, body)
		s.seen.Lock()
		s.bids = append(s.bids, took)
		s.seen.Unlock()
		time.Sleep(100 * time.Millisecond)
	}
}

// honest is a villager who reports, and a station's clerk who logs in, again and again.
func (s *siege) honest(ctx context.Context) {
	villager, clerk := hostile.From("127.0.10.1"), hostile.From("127.0.11.1")
	for n := 0; ctx.Err() == nil; n++ {
		kind, body := housetest.MultipartOf(s.t, url.Values{"request_id": {event.NewID()}, "about": {"village"},
			"category": {"money"}, "text": {fmt.Sprint("鱼塘的租金没有进账，", n)}})
		begun := time.Now()
		status, page, err := s.ask(villager, "/report", kind, body)
		took := time.Since(begun)
		if err != nil || status != http.StatusOK || !housetest.CodeShown.Match(page) {
			s.t.Errorf("report %d: %d %s %v", n, status, housetest.Brief(string(page)), err)
		}
		begun = time.Now()
		s.login(clerk, "station", demo.Password)
		s.seen.Lock()
		s.reports, s.logins = append(s.reports, took), append(s.logins, time.Since(begun))
		s.seen.Unlock()
		time.Sleep(200 * time.Millisecond)
	}
}

// report says what was measured and what is beyond the limits.
func (s *siege) report(enemy *hostile.Driver, peak int) {
	s.t.Helper()
	for attack, answers := range enemy.Did() {
		s.t.Logf("%s: %v", attack, answers)
	}
	for what, taken := range map[string]struct {
		all     []time.Duration
		percent int
		most    time.Duration
	}{
		"bids":    {s.bids, 99, siegeBid},
		"reports": {s.reports, 100, siegeReport},
		"logins":  {s.logins, 100, siegeLogin},
	} {
		if len(taken.all) == 0 {
			s.t.Errorf("no %s in all the time", what)
			continue
		}
		slices.Sort(taken.all)
		at := taken.all[min(len(taken.all)-1, len(taken.all)*taken.percent/100)]
		s.t.Logf("%d %s: median %s, p%d %s, slowest %s", len(taken.all), what, taken.all[len(taken.all)/2],
			taken.percent, at, taken.all[len(taken.all)-1])
		if at > taken.most {
			s.t.Errorf("%s: p%d is %s, want at most %s", what, taken.percent, at, taken.most)
		}
	}
	s.t.Logf("peak memory %d MiB; within a group of 512 MiB: %v", peak>>20, s.group != "")
	if peak > siegePeak {
		s.t.Errorf("peak memory %d MiB, want at most %d", peak>>20, siegePeak>>20)
	}
	if len(s.acked) == 0 || s.killed != 0 {
		s.t.Errorf("%d bids were taken", len(s.acked))
	}
}
