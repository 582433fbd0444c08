package web

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofiber/fiber/v2"
)

// lines is a log that is read while it may be written.
type lines struct {
	mu  sync.Mutex // owns all
	all bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// What fails under the report box is not logged at its time, but at the full hour.
func TestFailuresOfTheBoxAreToldByTheHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &lines{}
		s := &silence{log: slog.New(slog.NewJSONHandler(out, nil)), now: time.Now}
		time.Sleep(7*time.Minute + 3*time.Second)
		s.failed(errors.New("no key"))
		time.Sleep(20 * time.Minute)
		s.failed(errors.New("disk full"))
		if said := out.String(); said != "" {
			t.Errorf("said at once: %s", said)
		}
		time.Sleep(33 * time.Minute)
		synctest.Wait()
		if got := out.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, `"last":"disk full"`) ||
			!strings.Contains(got, ":00:00Z") {
			t.Errorf("at the full hour: %s", got)
		}
	})
}

func TestAFailureUnderTheBoxLeavesNoLine(t *testing.T) {
	h := open(t)
	h.Get("/report/broken", Anonymous, func(*fiber.Ctx) error { return errors.New("no key") })
	h.expect(h.ask("GET", "/report/broken", ""), 500, "系统出错")
	if h.log.Len() > 0 {
		t.Errorf("%s", h.log)
	}
}
