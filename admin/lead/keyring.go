package lead

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"filippo.io/age"
)

// Keyring keeps each office's key as a file of the folder, readable by this
// program's user only, in the form that the age command reads.
type Keyring struct{ Dir string }

var recipientForm = regexp.MustCompile(`^age1[a-z0-9]{58}$`)

func (k Keyring) path(recipient string) string { return filepath.Join(k.Dir, recipient+".txt") }

// Make implements Keys. A key whose transaction fails is left over and harmless.
func (k Keyring) Make() (string, error) {
	fresh, err := age.GenerateX25519Identity()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(k.Dir, 0o700); err != nil {
		return "", err
	}
	recipient := fresh.Recipient().String()
	f, err := os.OpenFile(k.path(recipient), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	_, err = f.WriteString("# public key: " + recipient + "\n" + fresh.String() + "\n")
	return recipient, errors.Join(err, f.Sync(), f.Close())
}

// Identity implements Keys.
func (k Keyring) Identity(recipient string) (age.Identity, error) {
	if !recipientForm.MatchString(recipient) {
		return nil, errors.New("lead: no recipient: " + recipient)
	}
	text, err := os.ReadFile(k.path(recipient))
	if err != nil {
		return nil, err
	}
	all, err := age.ParseIdentities(strings.NewReader(string(text)))
	if err != nil {
		return nil, err
	}
	return all[0], nil
}
