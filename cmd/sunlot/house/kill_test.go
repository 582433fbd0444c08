package house_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"sunlot/cmd/sunlot/demo"
	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/verify"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
	"sunlot/trading"
)

const (
	kills   = 50
	waiting = 150 // notices that can be published
)

// TestKilledWhilePublishing kills the whole program 50 times with SIGKILL while
// a clerk publishes notices. Every notice that was acknowledged has its leaf,
// every unknown answer is resolved truthfully, no index is missing.
func TestKilledWhilePublishing(t *testing.T) {
	t.Parallel()
	program := housetest.Program(t)
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		t.Parallel()
		k := prepareKills(t, c)
		k.program = program
		for cycle := 0; cycle < kills; cycle++ {
			k.cycle()
		}
		k.judge()
	})
}

// killed is a program that is started and killed, and what its client was told.
type killed struct {
	t       *testing.T
	r       *housetest.House // that made its database
	program string
	env     []string
	url     string
	token   string
	process *exec.Cmd
	within  time.Duration // of the kill after the requests: as long as three take on this machine

	mu      sync.Mutex // owns the rest
	left    []string   // tenders to publish
	acked   []string
	unknown map[string]string // tender by request id
}

// prepareKills seeds a demonstration with approved tenders and lets go of its database.
func prepareKills(t *testing.T, c store.Config) *killed {
	r := housetest.Open(t, c)
	var left []string
	s := &demo.Seeder{
		House:  r.House,
		Clock:  r.Clock,
		Actors: map[string]identity.Actor{},
		Orgs:   map[string]string{"松坪村第一村民小组": r.Org("松坪村第一村民小组")},
	}
	for _, login := range []string{"clerk2", "supervision2", "station", "leader"} {
		s.Actors[login] = r.Actor(login)
	}
	photos, err := s.Photos(t.Context(), s.Actors["clerk2"], trading.FarmLand, "kills", 2)
	r.Ok(err)
	form := r.Neighbour().TenderForm
	for range waiting {
		left = append(left, approved(r, s, form, photos))
	}
	k := alone(r)
	k.left = left
	return k
}

// alone lets go of the database, for the program to run on it by itself.
func alone(r *housetest.House) *killed {
	r.T.Helper()
	r.Ok(r.DB.SetSetting(r.T.Context(), demo.Offset,
		strconv.FormatInt(time.Duration(r.Clock.Ahead.Load()).Milliseconds()+1, 10)))
	r.Ok(r.Kit.App.Shutdown())
	r.Ok(r.DB.Close())

	address := housetest.Address(r.T)
	k := &killed{t: r.T, r: r, within: 30 * time.Millisecond, unknown: map[string]string{}, url: "http://" + address}
	k.env = append(os.Environ(), "SUNLOT_QUIET=3600", "SUNLOT_ADDR="+address, "SUNLOT_URL="+k.url,
		"SUNLOT_DATA="+r.Store.Dir, "SUNLOT_GUARD="+r.T.TempDir(),
		"SUNLOT_DSN="+r.Store.DSN,
		"SUNLOT_ORIGIN=sunlot.test/log", "SUNLOT_LOG_KEY="+content(r.T, r.Store.Dir, "log.key"),
		"SUNLOT_SECRET="+content(r.T, r.Store.Dir, "secret"))
	return k
}

func content(t *testing.T, dir, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(body))
}

// approved is one more tender that only waits to be published, of an asset like the form's:
// one that is announced keeps its asset to itself.
func approved(r *housetest.House, s *demo.Seeder, form trading.TenderForm, photos []string) string {
	r.T.Helper()
	ctx := r.T.Context()
	like, err := r.Assets.AssetFor(ctx, s.Actors["clerk2"], trading.AssetRegister, form.Asset)
	r.Ok(err)
	like.Name += event.NewID()
	for i := range like.Plots {
		like.Plots[i].Name += event.NewID()
	}
	form.Asset, err = s.Register(ctx, "clerk2", "supervision2", like.AssetForm)
	r.Ok(err)
	resolution, err := s.Resolution(ctx, demo.TeaGarden, form.Asset, photos, calendar.DateOf(r.Clock.Now()))
	r.Ok(err)
	form.Resolution = resolution
	id, err := r.Tendering.DraftTender(ctx, s.Actors["clerk2"], event.NewID(), form)
	r.Ok(err)
	_, err = r.Tendering.SubmitTender(ctx, s.Actors["clerk2"], event.NewID(), id, 1)
	r.Ok(err)
	_, err = r.Tendering.CheckTender(ctx, s.Actors["station"], event.NewID(), id, 2)
	r.Ok(err)
	_, err = r.Tendering.ApproveTender(ctx, s.Actors["leader"], event.NewID(), id, 3)
	r.Ok(err)
	return id
}

// start runs the program and waits until it is ready.
func (k *killed) start() {
	k.t.Helper()
	k.process = exec.Command(k.program, "demo")
	k.process.Env = k.env
	var said strings.Builder
	k.process.Stdout, k.process.Stderr = &said, &said
	if err := k.process.Start(); err != nil {
		k.t.Fatal(err)
	}
	k.ready(&said)
}

// ready waits until the program answers, or stops the test with what it said.
func (k *killed) ready(said fmt.Stringer) {
	k.t.Helper()
	for range 3000 {
		if res, err := http.Get(k.url + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	k.kill()
	k.t.Fatalf("did not become ready:\n%s", said.String())
}

// settled waits until the log has stopped growing: the proof follows within a
// second, on a busy machine within a few.
func (k *killed) settled() {
	last := ""
	for range 20 {
		_, now := k.call("GET", "/log/checkpoint", "", "")
		if len(now) > 0 && string(now) == last {
			return
		}
		last = string(now)
		time.Sleep(time.Second)
	}
}

func (k *killed) kill() {
	k.process.Process.Kill()
	k.process.Wait()
}

// cycle starts the program, publishes three notices at once and kills it
// somewhere in between: a busy machine is given longer, a quick one less.
func (k *killed) cycle() {
	k.start()
	k.login()
	k.resolve()
	timer := time.AfterFunc(rand.N(k.within), func() { k.process.Process.Kill() })
	before := len(k.acked)
	var clients sync.WaitGroup
	for range 3 {
		clients.Go(k.publish)
	}
	clients.Wait()
	timer.Stop()
	k.kill()
	switch len(k.acked) - before {
	case 0:
		k.within = min(k.within*4/3, 2*time.Second)
	case 3:
		k.within = max(k.within*3/4, 5*time.Millisecond)
	}
}

func (k *killed) login() {
	k.t.Helper()
	if k.token != "" {
		return
	}
	status, body := k.call("POST", "/api/v1/sessions", "",
		fmt.Sprintf(`{"login":"clerk2","password":%q}`, demo.Password))
	var got struct {
		Access string `json:"access_token"`
	}
	if json.Unmarshal(body, &got) != nil || got.Access == "" {
		k.t.Fatalf("login: %d %s", status, body)
	}
	k.token = got.Access
}

// publish announces one waiting tender and notes what the answer was.
func (k *killed) publish() {
	k.mu.Lock()
	if len(k.left) == 0 {
		k.mu.Unlock()
		return
	}
	id := k.left[0]
	k.left = k.left[1:]
	k.mu.Unlock()
	request := event.NewID()
	status, body := k.call("POST", "/api/v1/tenders/"+id+"/announce", request, `{"version":4}`)
	k.mu.Lock()
	defer k.mu.Unlock()
	switch status {
	case http.StatusOK:
		k.acked = append(k.acked, id)
	case 0, http.StatusServiceUnavailable:
		k.unknown[request] = id
	default:
		k.t.Errorf("announce: %d %s", status, body)
	}
}

// resolve asks what became of the requests whose answer was lost: one that was
// carried out counts as acknowledged, the others wait again.
func (k *killed) resolve() {
	k.t.Helper()
	for request, id := range k.unknown {
		status, body := k.call("GET", "/api/v1/requests/tender.announce/"+request, "", "")
		var got struct {
			Found bool   `json:"found"`
			ID    string `json:"id"`
		}
		if status != http.StatusOK || json.Unmarshal(body, &got) != nil {
			k.t.Fatalf("by request: %d %s", status, body)
		}
		if got.Found && got.ID == id {
			k.acked = append(k.acked, id)
		} else {
			k.left = append(k.left, id)
		}
	}
	clear(k.unknown)
}

// call returns status 0 when the answer was lost.
func (k *killed) call(method, path, request, body string) (int, []byte) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, k.url+path, strings.NewReader(body))
	if err != nil {
		k.t.Error(err)
		return 0, nil
	}
	req.Close = true
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", request)
	if k.token != "" {
		req.Header.Set("Authorization", "Bearer "+k.token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil
	}
	defer res.Body.Close()
	var answer strings.Builder
	buffer := make([]byte, 4096)
	for {
		n, err := res.Body.Read(buffer)
		answer.Write(buffer[:n])
		if err != nil {
			if err.Error() != "EOF" {
				return 0, nil // cut off within the answer
			}
			return res.StatusCode, []byte(answer.String())
		}
	}
}

// judge verifies the log from outside and looks for every acknowledged notice.
func (k *killed) judge() {
	k.t.Helper()
	k.start()
	defer k.kill()
	k.resolve()
	k.settled()
	report, err := ledger.Verify(k.t.Context(), ledger.Target{URL: k.url})
	if err != nil {
		k.t.Fatal(err)
	}
	for _, f := range report.Findings {
		k.t.Error(f)
	}
	for _, id := range k.acked {
		if entries := report.Streams[event.Of("tender", id)]; len(entries) != 1 ||
			entries[0].Event.Kind != "tender.announced" {
			k.t.Errorf("acknowledged notice %s has %d leaves", id, len(entries))
		}
	}
	for _, id := range k.left {
		if len(report.Streams[event.Of("tender", id)]) != 0 {
			k.t.Errorf("notice %s is in the log, though its request was not carried out", id)
		}
	}
	if wrong, err := verify.Compare(k.t.Context(), k.url, report); err != nil || len(wrong) > 0 {
		k.t.Errorf("%v %v", wrong, err)
	}
	if len(k.acked) < kills/5 {
		k.t.Errorf("only %d notices were acknowledged: the test says too little", len(k.acked))
	}
	k.t.Logf("%d kills: %d acknowledged, %d not carried out, %d leaves", kills, len(k.acked), len(k.left),
		report.Checkpoint.Size)
}
