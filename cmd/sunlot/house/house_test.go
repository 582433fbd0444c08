package house_test

import (
	"log/slog"
	"os"
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	code := m.Run()
	for _, f := range housetest.Foundations {
		f.Clear()
	}
	os.Exit(code)
}
