package verify_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sunlot/cmd/sunlot/housetest"
	"sunlot/disclosure/ledger"
	"sunlot/disclosure/ledger/fscktest"
	"sunlot/internal/store"
)

func TestStrangersVerifyTheRunningServer(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		r.KeepLog()
		said, err := r.Outside(ledger.Target{
			Key:       strings.TrimSpace(r.Log.KeyText()),
			StateFile: filepath.Join(t.TempDir(), "state"),
		})
		if err != nil || !strings.Contains(said, "核验通过") ||
			!strings.Contains(said, "起始价 300.00 元/亩·年，上一期租金 260.00 元/亩·年") {
			t.Errorf("verify: %v\n%s", err, said)
		}
		for _, private := range []string{"户代表1", "上一承租方", "青塘村经办人"} {
			if strings.Contains(said, private) {
				t.Errorf("the log names %s", private)
			}
		}
		if said, ok := fscktest.Run(t, r.URL+"/log", r.Log.KeyText()); !ok {
			t.Errorf("fsck: %s", said)
		}
		_, err = r.Outside(ledger.Target{Key: "elsewhere+1234+AaqubDHzHfSg0MghH3JkUasYsqBWU1GLdRsa4dtdPpP9"})
		if err == nil {
			t.Error("another key verifies this log")
		}
	})
}

func TestChangedPagesAreNamed(t *testing.T) {
	for name, c := range map[string]struct{ set, says string }{
		"price":    {"start_price = 20000", "起始价为 200.00，日志中为 300.00"},
		"document": {"document = '0000000000000000000000000000000000000000000000000000000000000000'", "公告文件为 0000"},
		"deadline": {"opens_at = opens_at + 60000", "竞价开始"},
		"hidden":   {"state = 'withdrawn'", "页面上却没有"},
	} {
		t.Run(name, func(t *testing.T) {
			r := housetest.OnSQLite(t)
			r.KeepLog()
			n := r.Neighbour()
			r.Tamper("", "UPDATE tenders SET "+c.set+" WHERE id = ?", n.ID)
			said, err := r.Outside(ledger.Target{})
			if err == nil || !strings.Contains(said, c.says) || !strings.Contains(said, "交易 "+n.ID) ||
				!strings.Contains(said, string(n.Stream())+"/1") {
				t.Errorf("%v\n%s", err, said)
			}
		})
	}
}

func TestChangedBytesAreNamed(t *testing.T) {
	housetest.Each(t, func(t *testing.T, r *housetest.House) {
		r.KeepLog()
		n := r.Neighbour()
		var leaf []byte
		r.Ok(r.Inspect().QueryRow("SELECT leaf FROM events WHERE stream = ? AND seq = 1", string(n.Stream())).
			Scan(&leaf))
		forged := bytes.Replace(leaf, []byte(`"start_price":30000`), []byte(`"start_price":20000`), 1)
		r.Tamper("events_no_update", "UPDATE events SET leaf = ? WHERE stream = ? AND seq = 1", forged,
			string(n.Stream()))
		said, err := r.Outside(ledger.Target{})
		if err == nil || !strings.Contains(said, "的记录（"+string(n.Stream())+" 第 1 号）被改动") {
			t.Errorf("%v\n%s", err, said)
		}
		if said, ok := fscktest.Run(t, r.URL+"/log", r.Log.KeyText()); ok {
			t.Errorf("fsck finds nothing wrong: %s", said)
		}
		r.Tamper("", "UPDATE events SET leaf = ? WHERE stream = ? AND seq = 1", leaf, string(n.Stream()))
		r.Tamper("", "UPDATE documents SET body = ? WHERE sha256 = ?", []byte("{}"), n.Document)
		if said, err = r.Outside(ledger.Target{}); err == nil || !strings.Contains(said, "公布的文件与日志中的校验码不符") {
			t.Errorf("%v\n%s", err, said)
		}
	})
}

func TestABrokenLogIsNotReady(t *testing.T) {
	dir := t.TempDir()
	r := housetest.Open(t, store.Config{Dir: dir})
	r.KeepLog()
	// A database that lost its newest checkpoint is behind the guard file.
	r.Tamper("", "UPDATE log_head SET sequenced = 5, signed_size = 0, checkpoint = ''")
	// The next event waits for an index that is taken: that is no passing fault.
	r.Ok(r.Blind.TickIfDue(t.Context()))
	r.Start(t.Context())
	defer func() { r.Stop(); r.Loops.Wait() }()
	for range 100 {
		if r.Nobody().Get("/readyz").StatusCode == 503 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("a log that signs nothing more is called ready")
}
