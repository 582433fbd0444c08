package ledger

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Key signs for one log. Its name is the log's origin. It does not show the
// private part, however it is printed.
type Key struct {
	signer   note.Signer
	verifier note.Verifier
	text     string
}

// ParseKey reads a private key in the text form of signed-note
// ("PRIVATE+KEY+<origin>+<hash>+<base64>"). A key made for another origin is
// refused; an empty origin takes the key's own.
func ParseKey(text, origin string) (*Key, error) {
	text = strings.TrimSpace(text)
	signer, err := note.NewSigner(text)
	if err != nil {
		return nil, fmt.Errorf("ledger: the log key is malformed: %w", err)
	}
	if origin != "" && signer.Name() != origin {
		return nil, fmt.Errorf("ledger: the log key is of %s, the origin is %s", signer.Name(), origin)
	}
	// NewSigner has checked that there are five fields, the last an algorithm byte and a seed.
	seed, err := base64.StdEncoding.DecodeString(strings.SplitN(text, "+", 5)[4])
	if err != nil {
		return nil, err
	}
	public := ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey)
	verifierKey, err := note.NewEd25519VerifierKey(signer.Name(), public)
	if err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(verifierKey)
	if err != nil {
		return nil, err
	}
	return &Key{signer: signer, verifier: verifier, text: verifierKey}, nil
}

// LoadOrCreateKey reads dir/log.key, or makes it (mode 0600) for that origin at
// the first start. Nodes that share a database share the key by SUNLOT_LOG_KEY
// instead.
func LoadOrCreateKey(dir, origin string) (*Key, error) {
	path := filepath.Join(dir, "log.key")
	have, err := os.ReadFile(path)
	if err == nil {
		return ParseKey(string(have), origin)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	private, key, err := NewKey(origin)
	if err != nil {
		return nil, err
	}
	return key, writeFile(path, private+"\n")
}

// NewKey makes a key for that origin and returns its private text as well, as
// SUNLOT_LOG_KEY takes it. A name that cannot be an origin is refused.
func NewKey(origin string) (private string, key *Key, err error) {
	private, _, err = note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return "", nil, err
	}
	key, err = ParseKey(private, origin)
	return private, key, err
}

// Origin is the log's name, the first line of each checkpoint.
func (k *Key) Origin() string { return k.signer.Name() }

// Text is the verifier key in the text form of signed-note.
func (k *Key) Text() string { return k.text }

func (k *Key) String() string { return k.text }

// sign returns the text as a signed note.
func (k *Key) sign(text string) (string, error) {
	signed, err := note.Sign(&note.Note{Text: text}, k.signer)
	return string(signed), err
}

// open returns the text of a signed note that carries the verifier's signature.
func open(signed string, verifier note.Verifier) (string, error) {
	opened, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil {
		return "", err
	}
	return opened.Text, nil
}

// writeFile replaces a file (mode 0600) so that a crash leaves the old or the
// new content, whole and on the disk.
func writeFile(path, content string) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(content)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
