package main

import (
	"bytes"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sunlot/disclosure/ledger/fscktest"
	"sunlot/internal/store"
)

// outside runs verify against the running house as a stranger would.
func (r *running) outside(flags ...string) (said string, err error) {
	var out bytes.Buffer
	err = run(r.t.Context(), append([]string{"verify", r.url}, flags...), &out)
	return out.String(), err
}

// tamper changes rows behind the program's back, as an operator with the
// database's password could: without its triggers.
func (r *running) tamper(trigger, statement string, args ...any) {
	r.t.Helper()
	db := r.inspect()
	if r.store.DSN == "" {
		own, err := sql.Open("sqlite", "file:"+filepath.Join(r.store.Dir, "sunlot.db")+"?_pragma=busy_timeout(10000)")
		r.ok(err)
		defer own.Close()
		db = own
	}
	if trigger != "" {
		_, err := db.Exec("DROP TRIGGER " + trigger)
		r.ok(err)
	}
	done, err := db.Exec(statement, args...)
	r.ok(err)
	if n, _ := done.RowsAffected(); n != 1 {
		r.t.Fatalf("%s changed %d rows", statement, n)
	}
}

func TestStrangersVerifyTheRunningServer(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		r.keepLog()
		said, err := r.outside("--key", strings.TrimSpace(r.log.KeyText()), "--state", filepath.Join(t.TempDir(), "state"))
		if err != nil || !strings.Contains(said, "核验通过") || !strings.Contains(said, "起始价 300.00 元/亩·年(上一期 260.00)") {
			t.Errorf("verify: %v\n%s", err, said)
		}
		for _, private := range []string{"户代表1", "上一承租户", "青塘村经办人"} {
			if strings.Contains(said, private) {
				t.Errorf("the log names %s", private)
			}
		}
		if said, ok := fscktest.Run(t, r.url+"/log", r.log.KeyText()); !ok {
			t.Errorf("fsck: %s", said)
		}
		_, err = r.outside("--key", "elsewhere+1234+AaqubDHzHfSg0MghH3JkUasYsqBWU1GLdRsa4dtdPpP9")
		if err == nil {
			t.Error("another key verifies this log")
		}
	})
}

func TestChangedPagesAreNamed(t *testing.T) {
	for name, c := range map[string]struct{ set, says string }{
		"price":    {"start_price = 20000", "起始价为 200.00,日志中为 300.00"},
		"document": {"document = '0000000000000000000000000000000000000000000000000000000000000000'", "公告文件为 0000"},
		"deadline": {"opens_at = opens_at + 60000", "竞价开始"},
		"hidden":   {"state = 'withdrawn'", "页面上却没有"},
	} {
		t.Run(name, func(t *testing.T) {
			r := sqliteHouse(t)
			r.keepLog()
			n := r.neighbour()
			r.tamper("", "UPDATE tenders SET "+c.set+" WHERE id = ?", n.ID)
			said, err := r.outside()
			if err == nil || !strings.Contains(said, c.says) || !strings.Contains(said, "交易 "+n.ID) || !strings.Contains(said, string(n.Stream())+"/1") {
				t.Errorf("%v\n%s", err, said)
			}
		})
	}
}

func TestChangedBytesAreNamed(t *testing.T) {
	eachHouse(t, func(t *testing.T, r *running) {
		r.keepLog()
		n := r.neighbour()
		var leaf []byte
		r.ok(r.inspect().QueryRow("SELECT leaf FROM events WHERE stream = ? AND seq = 1", string(n.Stream())).Scan(&leaf))
		forged := bytes.Replace(leaf, []byte(`"start_price":30000`), []byte(`"start_price":20000`), 1)
		r.tamper("events_no_update", "UPDATE events SET leaf = ? WHERE stream = ? AND seq = 1", forged, string(n.Stream()))
		said, err := r.outside()
		if err == nil || !strings.Contains(said, "的记录("+string(n.Stream())+" 第 1 号)被改动") {
			t.Errorf("%v\n%s", err, said)
		}
		if said, ok := fscktest.Run(t, r.url+"/log", r.log.KeyText()); ok {
			t.Errorf("fsck finds nothing wrong: %s", said)
		}
		r.tamper("", "UPDATE events SET leaf = ? WHERE stream = ? AND seq = 1", leaf, string(n.Stream()))
		r.tamper("", "UPDATE documents SET body = ? WHERE sha256 = ?", []byte("{}"), n.Document)
		if said, err = r.outside(); err == nil || !strings.Contains(said, "公布的文件与日志中的指纹不符") {
			t.Errorf("%v\n%s", err, said)
		}
	})
}

func TestABrokenLogIsNotReady(t *testing.T) {
	dir := t.TempDir()
	r := open(t, store.Config{Dir: dir})
	r.keepLog()
	// A database that lost its newest checkpoint is behind the guard file.
	r.tamper("", "UPDATE log_head SET sequenced = 5, signed_size = 0, checkpoint = ''")
	// The next event waits for an index that is taken: that is no passing fault.
	r.ok(r.blind.TickIfDue(t.Context()))
	r.start(t.Context())
	defer func() { r.stop(); r.loops.Wait() }()
	for range 100 {
		if r.nobody().get("/readyz").StatusCode == 503 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("a log that signs nothing more is called ready")
}
