package lead

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/fault"
)

// TestMoves walks every pair of a report's states and keeps its part of
// docs/lifecycles.md true.
func TestMoves(t *testing.T) {
	const head = "\n## Report 反映\n"
	var doc strings.Builder
	doc.WriteString(head + "\n| from | to |\n|---|---|\n")
	for _, from := range States() {
		var ways []string
		for _, to := range append(States(), "x", mailbox.Waiting) {
			r := Report{State: from}
			err := r.move(to)
			listed := slices.Contains(moves[from], to)
			allowed := from == to || listed
			refused := r.State == from && fault.CodeOf(err) == fault.Conflict
			if allowed != (err == nil) || allowed && r.State != to || !allowed && !refused {
				t.Errorf("%s to %s: %v, now %s", from, to, err, r.State)
			}
			if listed {
				ways = append(ways, fmt.Sprintf("%s %s", to, to.Label()))
			}
		}
		if len(ways) == 0 || from.Label() == "" {
			t.Errorf("%s has no way on or no name", from)
		}
		fmt.Fprintf(&doc, "| %s %s | %s |\n", from, from.Label(), strings.Join(ways, "、"))
	}
	const path = "../../docs/lifecycles.md"
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(have), head)
	if whole := before + doc.String(); whole != string(have) {
		if err := os.WriteFile(path, []byte(whole), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s did not say what the code does; it is written anew", path)
	}
}

func TestKeysAreTheirOwnersAlone(t *testing.T) {
	keys := Keyring{Dir: t.TempDir() + "/keys"}
	recipient, err := keys.Make()
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(keys.path(recipient))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if folder, err := os.Stat(keys.Dir); err != nil || folder.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v %v", folder.Mode(), err)
	}
	sealed, err := mailbox.Seal(mailbox.Letter{Text: []byte("x")}, recipient)
	if err != nil {
		t.Fatal(err)
	}
	key, err := keys.Identity(recipient)
	if err != nil {
		t.Fatal(err)
	}
	if l, err := mailbox.Open(sealed, key); err != nil || string(l.Text) != "x" {
		t.Errorf("%q %v", l.Text, err)
	}
	for _, nobody := range []string{"", "../keys/" + recipient, recipient[:61], recipient + "x"} {
		if _, err := keys.Identity(nobody); err == nil {
			t.Errorf("%q has a key", nobody)
		}
	}
}
