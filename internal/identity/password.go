package identity

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"sunlot/internal/fault"
)

// The costs of argon2id (OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane).
const (
	argonMemory = 19 * 1024 // KiB
	argonTime   = 2
	argonLanes  = 1
)

// hashing bounds how many passwords are hashed at once: each takes 19 MiB.
var hashing = make(chan struct{}, 4)

// HashPassword returns the PHC string of a new password, or says what is wrong with it.
func HashPassword(login, password string) (string, error) {
	switch n := utf8.RuneCountInString(password); {
	case n < 10:
		return "", fault.New(fault.Invalid, "密码至少10个字符,可以用一句好记的话").On("password")
	case n > 128:
		return "", fault.New(fault.Invalid, "密码不能超过128个字符").On("password")
	case strings.Contains(strings.ToLower(password), strings.ToLower(login)):
		return "", fault.New(fault.Invalid, "密码中不能含有登录名").On("password")
	}
	salt := make([]byte, 16)
	rand.Read(salt)
	return phc(salt, stretch(password, salt)), nil
}

func stretch(password string, salt []byte) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, 32)
}

func phc(salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", argonMemory, argonTime, argonLanes,
		b.EncodeToString(salt), b.EncodeToString(key))
}

// nobodysHash is compared against when there is no such login, so that the
// answer takes as long as for a wrong password.
var nobodysHash = phc(make([]byte, 16), make([]byte, 32))

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
	return subtle.ConstantTimeCompare([]byte(phc(salt, stretch(password, salt))), []byte(hash)) == 1
}

// OneTimePassword is a random password to be told once and changed at the first login.
func OneTimePassword() string {
	r := strings.ToLower(rand.Text())
	return r[:4] + "-" + r[4:8] + "-" + r[8:12] + "-" + r[12:16]
}
