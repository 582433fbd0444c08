package store_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/store"
	"sunlot/internal/store/storetest"
)

func request(t *testing.T, id string, content any) event.Request {
	t.Helper()
	r, err := event.NewRequest("person1", "note.take", id, content)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// take is an act that records one event and answers with its seq.
func take(tx *store.Tx) (string, error) {
	if _, err := tx.Lock("lot:1"); err != nil {
		return "", err
	}
	e, err := tx.Record("lot:1", "note.taken", note{1}, nil)
	return fmt.Sprint(e.Seq), err
}

func TestSameRequestSameAnswer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		first, err := db.Once(t.Context(), request(t, "request-1", "a"), take)
		if err != nil || first != "1" {
			t.Fatalf("%q, %v", first, err)
		}
		again, err := db.Once(t.Context(), request(t, "request-1", "a"), func(*store.Tx) (string, error) {
			t.Error("ran again")
			return "", nil
		})
		if err != nil || again != first {
			t.Errorf("again %q, %v", again, err)
		}
		if _, err := db.Once(t.Context(), request(t, "request-1", "b"), take); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("same id with other content: %v", err)
		}
		other := request(t, "request-1", "a")
		other.Kind = "note.drop"
		if answer, err := db.Once(t.Context(), other, take); err != nil || answer != "2" {
			t.Errorf("same id of another kind: %q, %v", answer, err)
		}
		other.Actor = "person2"
		if answer, err := db.Once(t.Context(), other, take); err != nil || answer != "3" {
			t.Errorf("same id of another person: %q, %v", answer, err)
		}
		if n := storetest.Rows(t, db, "events"); n != 3 {
			t.Errorf("%d events", n)
		}
	})
}

func TestByRequestAnswersTruthfully(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		r := request(t, "request-1", "a")
		if _, found, err := db.ByRequest(t.Context(), r.Actor, r.Kind, r.ID); found || err != nil {
			t.Errorf("before: %v, %v", found, err)
		}
		if _, err := db.Once(t.Context(), r, func(tx *store.Tx) (string, error) {
			take(tx)
			return "", fault.New(fault.Invalid, "价格不对")
		}); fault.CodeOf(err) != fault.Invalid {
			t.Fatal(err)
		}
		if _, found, err := db.ByRequest(t.Context(), r.Actor, r.Kind, r.ID); found || err != nil {
			t.Errorf("after a refusal: %v, %v", found, err)
		}
		for _, table := range []string{"events", "outbox", "streams", "requests", "refusals"} {
			if n := storetest.Rows(t, db, table); n != 0 {
				t.Errorf("bad input left %d rows in %s", n, table)
			}
		}
		if _, err := db.Once(t.Context(), r, take); err != nil {
			t.Fatalf("the id is used up by a refusal: %v", err)
		}
		if answer, found, err := db.ByRequest(t.Context(), r.Actor, r.Kind, r.ID); answer != "1" || !found ||
			err != nil {
			t.Errorf("after: %q, %v, %v", answer, found, err)
		}
		for _, id := range []string{"request-1 ", "REQUEST-1", "请求编号", ""} {
			if _, found, err := db.ByRequest(t.Context(), r.Actor, r.Kind, id); found || err != nil {
				t.Errorf("id %q: %v, %v", id, found, err)
			}
		}
	})
}

func TestTwinsAtTheSameTime(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		var all sync.WaitGroup
		var ran atomic.Int64
		for range 24 {
			all.Go(func() {
				answer, err := db.Once(t.Context(), request(t, "request-1", "a"), func(tx *store.Tx) (string, error) {
					if ran.Add(1) == 1 {
						time.Sleep(20 * time.Millisecond)
						return "", fault.New(fault.Invalid, "第一次不成")
					}
					return take(tx)
				})
				if fault.CodeOf(err) == fault.Invalid {
					return // the one that was refused; the next of its twins does the work
				}
				if err != nil || answer != "1" {
					t.Errorf("%q, %v", answer, err)
				}
			})
		}
		all.Wait()
		if n := storetest.Rows(t, db, "events"); n != 1 {
			t.Errorf("%d events", n)
		}
	})
}

func TestRefusedActsAreNoted(t *testing.T) {
	t.Parallel()
	storetest.EachConfig(t, func(t *testing.T, c store.Config) {
		clock := &storetest.HandClock{At: storetest.Noon}
		c.Clock = clock
		db := storetest.Open(t, c)
		refuse := func(n int, err error) {
			t.Helper()
			_, got := db.Once(t.Context(), request(t, fmt.Sprintf("request-%d", n), n),
				func(tx *store.Tx) (string, error) {
					take(tx)
					return "", err
				})
			if !errors.Is(got, err) {
				t.Fatalf("answered %v instead of %v", got, err)
			}
		}
		refuse(1, fault.New(fault.Conflict, "已截止"))
		refuse(2, fault.New(fault.Forbidden, "不是您的岗位"))
		refuse(3, fault.New(fault.Invalid, "价格不对"))
		refuse(4, fault.New(fault.NotFound, "没有"))
		var got []struct{ Person, Kind, Code, Message string }
		if err := db.Reader().Table("refusals").Order("id").Find(&got).Error; err != nil {
			t.Fatal(err)
		}
		if s := fmt.Sprint(got); s != "[{person1 note.take conflict 已截止} {person1 note.take forbidden 不是您的岗位}]" {
			t.Errorf("refusals %s", s)
		}
		for n := range 70 {
			refuse(100+n, fault.New(fault.Conflict, "已截止"))
		}
		if n := storetest.Rows(t, db, "refusals"); n != 60 {
			t.Errorf("%d refusals in an hour, want 60", n)
		}
		clock.Set(storetest.Noon.Add(2 * time.Hour))
		refuse(200, fault.New(fault.Conflict, "已截止"))
		if n := storetest.Rows(t, db, "refusals"); n != 61 {
			t.Errorf("%d refusals after the hour, want 61", n)
		}
		if n := storetest.Rows(t, db, "events") + storetest.Rows(t, db, "requests"); n != 0 {
			t.Errorf("refused acts left %d rows", n)
		}
	})
}

// A unique key of fn's own tables is not taken for that of the request.
func TestForeignDuplicateIsNotATwin(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *storetest.DB) {
		_, err := db.Once(t.Context(), request(t, "request-1", "a"), func(tx *store.Tx) (string, error) {
			insert := "INSERT INTO calendar_years (year, body) VALUES (2030, '{}')"
			tx.SQL().Exec(insert)
			return "", tx.SQL().Exec(insert).Error
		})
		if err == nil || fault.CodeOf(err) != fault.Internal ||
			!strings.Contains(strings.ToLower(err.Error()), "year") && !strings.Contains(err.Error(), "Duplicate") {
			t.Fatalf("%v", err)
		}
	})
}
