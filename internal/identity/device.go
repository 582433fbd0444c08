package identity

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// From is where a login comes from. It serves to slow down guessing and to let
// those pass who have been right before.
type From struct {
	Network string // the address
	Device  string // what the device was given at an earlier login; empty for none
}

// device is the number of a device on which the person has logged in before;
// empty for any other (OWASP, device cookies against online guessing).
func (s *Sessions) device(from From, personID string) string {
	number, mac, _ := strings.Cut(from.Device, ".")
	if personID == "" || len(number) != 26 || !hmac.Equal([]byte(mac), []byte(s.deviceMAC(number, personID))) {
		return ""
	}
	return number
}

// newDevice is what a device keeps from its first right login on.
func (s *Sessions) newDevice(personID string) string {
	number := rand.Text()
	return number + "." + s.deviceMAC(number, personID)
}

func (s *Sessions) deviceMAC(number, personID string) string {
	m := hmac.New(sha256.New, s.key("device"))
	m.Write([]byte(number + "\n" + personID))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}
