package mailbox

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/gate"
)

// A code has 16 decimal digits, 53 bits: enough when each guess costs the work
// below, and few enough to be written on a cigarette packet.
const codeDigits = 16

// The cost of turning a code into keys (argon2id): whoever has the database and
// the server's secret still pays it for each guess.
const (
	stretchMemory = 64 * 1024 // KiB
	stretchTime   = 2
)

// keys is what follows from a code and the server's secret.
type keys struct {
	lookup string // by which the box is found
	pass   string // under which its identity is locked
}

// requestNumber is the least length of a report's request id: the code follows
// from it, so that a request sent twice shows the same code, kept by nobody.
const requestNumber = 16

// codeOf is the code of a report. The request id is the form's own random number.
func codeOf(requestID string) string {
	sum := sha256.Sum256([]byte("sunlot report code v1\n" + requestID))
	const all = 10_000_000_000_000_000
	return fmt.Sprintf("%016d", binary.BigEndian.Uint64(sum[:8])%all)
}

// onceOf names a report's request without telling its code or its content: the
// content's hash is keyed with the number, which the server forgets.
func onceOf(kind, requestID string, content ...[]byte) (event.Request, error) {
	if len(requestID) < requestNumber || len(requestID) > 64 {
		return event.Request{}, fault.New(fault.Invalid, "这一页不完整，请再点一次“密封并提交”").On("request_id")
	}
	name := sha256.Sum256([]byte("sunlot report request v1\n" + requestID))
	m := hmac.New(sha256.New, []byte(requestID))
	for _, part := range content {
		fmt.Fprintf(m, "%d\n", len(part))
		m.Write(part)
	}
	digest := hex.EncodeToString(m.Sum(nil))
	m.Write(make([]byte, sha256.BlockSize)) // over the end of the content that the hash keeps
	return event.Request{Kind: kind, ID: hex.EncodeToString(name[:]), Digest: digest}, nil
}

// ParseCode reads a code as people type it: digits in any width, grouped or not.
func ParseCode(typed string) (string, error) {
	var b strings.Builder
	for _, r := range typed {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '\uff10' && r <= '\uff19': // full-width
			b.WriteRune(r - '\uff10' + '0')
		case r == ' ' || r == '-' || r == '\u3000' || r == '\u00a0':
		default:
			return "", errCode()
		}
	}
	if b.Len() != codeDigits {
		return "", errCode()
	}
	return b.String(), nil
}

func errCode() error {
	return fault.New(fault.Invalid, "查询码是16位数字，请照原样输入").On("code")
}

// Grouped writes a code in groups of four.
func Grouped(code string) string {
	var groups []string
	for ; len(code) > 4; code = code[4:] {
		groups = append(groups, code[:4])
	}
	return strings.Join(append(groups, code), " ")
}

// keysOf stretches a code in turn: whoever reports for the first time does not
// wait behind those who try codes, and nobody behind another address that floods.
// from is the address whose turn it is, and is kept while it waits.
func (s *Service) keysOf(ctx context.Context, lane int, from, code string) (keys, error) {
	leave, err := gate.Heavy.Enter(ctx, lane, from)
	if err != nil {
		return keys{}, err
	}
	defer leave()
	giveBack, err := gate.Borrow(ctx, stretchMemory<<10)
	if err != nil {
		return keys{}, err
	}
	defer giveBack()
	salt := hmac.New(sha256.New, s.Secret)
	salt.Write([]byte("mailbox"))
	both := argon2.IDKey([]byte(code), salt.Sum(nil), stretchTime, stretchMemory, 1, 64)
	return keys{lookup: hex.EncodeToString(both[:32]), pass: hex.EncodeToString(both[32:])}, nil
}
