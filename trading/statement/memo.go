package statement

import (
	"crypto/rand"
	"slices"
	"strings"
	"unicode"
)

// MemoCode finds what may be a lot's code in a memo, in order and each once.
// People write memos: full-width, in small letters, with blanks and hyphens in
// the code, with other words right before and after it. Where two readings
// overlap, both are given: only one of them is a lot's.
func MemoCode(memo string) (codes []string) {
	text := strings.Map(memoSign, memo)
	for i := range text {
		code, found := codeAt(text[i:])
		if found && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// memoSign is a capital half-width sign, or nothing for what parts a code.
func memoSign(r rune) rune {
	switch r = narrow(r); {
	case r >= 'a' && r <= 'z':
		return r - 'a' + 'A'
	case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Pd, r), r == '−', r == '_':
		return -1
	}
	return r
}

const codeLength = len(CodePrefix) + 8

func codeAt(text string) (string, bool) {
	if len(text) < codeLength || !strings.HasPrefix(text, CodePrefix) {
		return "", false
	}
	code := text[:codeLength]
	for _, r := range code[len(CodePrefix):] {
		if !strings.ContainsRune(codeLetters, r) {
			return "", false
		}
	}
	return code, true
}

// codeLetters leave out what is mistaken for another on a bank's paper form.
const codeLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// CodePrefix begins the code of each lot.
const CodePrefix = "BD"

// NewCode is a random code of 40 bits for the memo of a deposit.
func NewCode() string {
	code := make([]byte, 8)
	rand.Read(code)
	for i := range code {
		code[i] = codeLetters[int(code[i])%len(codeLetters)] // 256 is a multiple of 32: no letter is likelier
	}
	return CodePrefix + string(code)
}
