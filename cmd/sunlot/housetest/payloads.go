package housetest

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// Payloads are ways to bring markup or script into a page through a text; the
// browser's tests type the same.
var Payloads = readPayloads()

func readPayloads() []string {
	var all []string
	text, err := os.ReadFile(File("web/e2e/payloads.json"))
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil || len(all) < 60 {
		panic(fmt.Sprintf("%d payloads: %v", len(all), err))
	}
	return all
}

// Plain asks that a page has no payload as it was typed.
func Plain(t *testing.T, where, body string) {
	t.Helper()
	for _, p := range Payloads {
		if at := strings.Index(body, p); at >= 0 && strings.ContainsAny(p, `<"'`) {
			t.Errorf("%s: %s", where, body[max(0, at-60):at+len(p)])
		}
	}
}
