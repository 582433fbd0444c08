package identity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunlot/internal/fault"
)

// fewestLetters is how many different characters a password has at least.
const fewestLetters = 5

// runs are what fingers type without thinking, each also backwards and begun anywhere.
var runs = []string{
	"01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm",
}

// common are whole passwords, or what they begin with, that every list of stolen
// ones has.
var common = []string{
	"password", "passw0rd", "p@ssw0rd", "iloveyou", "woaini", "5201314", "1314520", "administrator", "welcome",
	"letmein", "changeme", "sunlot", "shaibiao", "admin888", "test", "root", "guest", "woshishui", "nihao",
}

// weak says what is wrong with a password that somebody guesses without knowing
// more than the person's login, name and place; nil when nothing is.
func weak(password string, names ...string) error {
	folded := strings.ToLower(strings.TrimSpace(password))
	var letters []rune
	for _, r := range folded {
		if !unicode.IsSpace(r) && !slices.Contains(letters, r) {
			letters = append(letters, r)
		}
	}
	if len(letters) < fewestLetters {
		return fault.New(fault.Invalid, "密码里不同的字符太少，可以用一句自己容易记、别人猜不到的话").On("password")
	}
	for _, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if utf8.RuneCountInString(name) > 1 && strings.Contains(folded, name) {
			return fault.New(fault.Invalid, "密码中不能含有姓名或单位名称").On("password")
		}
	}
	if guessed(folded) {
		return fault.New(fault.Invalid, "这个密码太常见，别人一猜就中，可以用一句自己容易记、别人猜不到的话").On("password")
	}
	return nil
}

// guessed says whether nothing that is the person's own is left of the password
// when runs, common words and numbers are taken out of it.
func guessed(folded string) bool {
	left := folded
	for _, word := range common {
		left = strings.ReplaceAll(left, word, "")
	}
	for _, run := range runs {
		left = without(left, run)
		left = without(left, backwards(run))
	}
	own := strings.TrimFunc(left, func(r rune) bool { return !unicode.IsLetter(r) })
	return own == "" && (left != folded || !strings.ContainsFunc(folded, unicode.IsLetter) && repeats(folded))
}

// without takes every piece of the run of at least four characters out.
func without(text, run string) string {
	for size := len(run); size >= 4; size-- {
		for at := 0; at+size <= len(run); at++ {
			text = strings.ReplaceAll(text, run[at:at+size], "")
		}
	}
	return text
}

func backwards(run string) string {
	reversed := []byte(run)
	slices.Reverse(reversed)
	return string(reversed)
}

// repeats says whether the text is one piece over and over.
func repeats(text string) bool {
	for size := 1; size <= len(text)/2; size++ {
		if strings.Repeat(text[:size], len(text)/size+1)[:len(text)] == text {
			return true
		}
	}
	return false
}
