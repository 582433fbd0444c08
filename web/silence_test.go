package web

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"bytes"
	"log/slog"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// What fails under the report box is not logged at its time, but at the full hour.
func TestFailuresOfTheBoxAreToldByTheHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		s := &silence{log: slog.New(slog.NewJSONHandler(&out, nil)), now: time.Now}
		time.Sleep(7*time.Minute + 3*time.Second)
		s.failed(errors.New("no key"))
		time.Sleep(20 * time.Minute)
		s.failed(errors.New("disk full"))
		if out.Len() > 0 {
			t.Errorf("said at once: %s", out.String())
		}
		time.Sleep(33 * time.Minute)
		synctest.Wait()
		if got := out.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, `"times":2,"last":"disk full"`) ||
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
