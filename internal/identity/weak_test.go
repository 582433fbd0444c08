package identity

import (
	"testing"

	"sunlot/internal/fault"
)

// TestWhatEverybodyGuesses is no password; a phrase is one.
func TestWhatEverybodyGuesses(t *testing.T) {
	for _, bad := range []string{
		"1234567890", "0123456789", "0987654321", "aaaaaaaaaa", "          ", "ababababab", "qwertyuiop", "poiuytrewq",
		"1qaz2wsx3edc", "password123", "Password2026", "P@ssw0rd1234", "iloveyou1314", "woaini5201314", "abcdefghij",
		"admin888admin888", "asdfghjkl123", "Sunlot123456", "1q2w3e4r5t", "password password",
	} {
		if err := weak(bad); fault.CodeOf(err) != fault.Invalid || fault.FieldsOf(err)[0].Name != "password" {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, good := range []string{
		"a long enough phrase", "shifan-demo-2026", "鱼塘边的老槐树开花了", "13872946503",
		"my password is a secret", OneTimePassword(),
	} {
		if err := weak(good, "王某某", "", "云"); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, named := range []string{"青塘村村民委员会2026", "我是王某某我在这里办事"} {
		if err := weak(named, "王某某", "青塘村村民委员会"); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%q: %v", named, err)
		}
	}
}
