package lead

import (
	"os"
	"slices"
	"testing"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/fault"
)

// TestMoves walks every pair of a report's states.
func TestMoves(t *testing.T) {
	for _, from := range States() {
		for _, to := range append(States(), "x", mailbox.Waiting) {
			r := Report{State: from}
			err := r.move(to)
			allowed := from == to || slices.Contains(moves[from], to)
			if allowed != (err == nil) || allowed && r.State != to || !allowed && (r.State != from || fault.CodeOf(err) != fault.Conflict) {
				t.Errorf("%s to %s: %v, now %s", from, to, err, r.State)
			}
		}
		if len(moves[from]) == 0 || from.Label() == "" {
			t.Errorf("%s has no way on or no name", from)
		}
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
