package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"sunlot/internal/fault"
	"sunlot/internal/gate"
	"sunlot/internal/typed"
)

// cost is what one hash takes. It stands in each stored hash, so that raising
// today's leaves the older ones valid.
type cost struct {
	memory uint32 // KiB
	time   uint32 // passes
	lanes  uint8
}

// today is the cost of new hashes (OWASP Password Storage Cheat Sheet: argon2id
// with 19 MiB, 2 passes, 1 lane).
var today = cost{memory: 19 * 1024, time: 2, lanes: 1}

// costOf reads the cost of a stored hash. It is false when there is none, or
// one that this server should not pay.
func costOf(text string) (c cost, ok bool) {
	n, err := fmt.Sscanf(text, "m=%d,t=%d,p=%d", &c.memory, &c.time, &c.lanes)
	dear := c.memory > 256*1024 || c.time > 16 || c.lanes > 16
	return c, n == 3 && err == nil && !dear && c.time > 0 && c.lanes > 0
}

// caller is who waits for a hash, which takes 19 MiB and a processor.
type caller struct {
	lane int
	key  string
}

// HashPassword returns the PHC string of a new password, or says what is wrong with it.
func HashPassword(login, password string) (string, error) {
	return hashFor(context.Background(), caller{lane: gate.Acquaintances, key: "office"}, login, password)
}

// hashFor refuses also what is guessed by knowing the person's names.
func hashFor(ctx context.Context, by caller, login, password string, names ...string) (string, error) {
	switch n := utf8.RuneCountInString(password); {
	case n < 10:
		return "", fault.New(fault.Invalid, "密码至少10个字符，可以用一句自己容易记、别人猜不到的话").On("password")
	case n > 128:
		return "", fault.New(fault.Invalid, "密码不能超过128个字符").On("password")
	case strings.Contains(strings.ToLower(password), strings.ToLower(login)),
		strings.Contains(typed.Account(password), login): // a number with blanks or dashes in it
		return "", fault.New(fault.Invalid, "密码中不能含有登录名").On("password")
	}
	if err := weak(password, names...); err != nil {
		return "", err
	}
	return hashed(ctx, by, password)
}

func hashed(ctx context.Context, by caller, password string) (string, error) {
	leave, err := gate.Heavy.Enter(ctx, by.lane, by.key)
	if err != nil {
		return "", err
	}
	defer leave()
	salt := make([]byte, 16)
	rand.Read(salt)
	return today.hash(password, salt), nil
}

// hash is the PHC string of a password. Whoever asks is inside of gate.Heavy.
func (c cost) hash(password string, salt []byte) string {
	return c.phc(salt, argon2.IDKey([]byte(password), salt, c.time, c.memory, c.lanes, 32))
}

func (c cost) phc(salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", c.memory, c.time, c.lanes,
		b.EncodeToString(salt), b.EncodeToString(key))
}

// nobodysHash is compared against when there is no such login, so that the
// answer takes as long as for a wrong password.
var nobodysHash = today.phc(make([]byte, 16), make([]byte, 32))

// matches says whether the password belongs to the PHC string.
func matches(hash, password string) bool {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil || utf8.RuneCountInString(password) > 128 {
		return false
	}
	c, ok := costOf(parts[3])
	if !ok {
		return false
	}
	return subtle.ConstantTimeCompare([]byte(c.hash(password, salt)), []byte(hash)) == 1
}

// OneTimePassword is a random password to be told once and changed at the first login.
func OneTimePassword() string {
	r := strings.ToLower(rand.Text())
	return r[:4] + "-" + r[4:8] + "-" + r[8:12] + "-" + r[12:16]
}
