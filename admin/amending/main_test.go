package amending_test

import (
	"testing"

	"sunlot/cmd/sunlot/housetest"
)

func TestMain(m *testing.M) { housetest.Main(m) }
