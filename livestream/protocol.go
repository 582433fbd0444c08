package livestream

import (
	"encoding/json"
	"regexp"
	"strconv"
	"time"

	"sunlot/internal/event"
)

// What a command may be refused with; the numbers are centrifuge's.
type refusal struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	Temporary bool   `json:"temporary,omitempty"`
}

var (
	errInternal      = refusal{100, "internal server error", true}
	errUnknown       = refusal{102, "unknown channel", false}
	errAlready       = refusal{105, "already subscribed", false}
	errLimit         = refusal{106, "limit exceeded", false}
	errBadRequest    = refusal{107, "bad request", false}
	errNotAvailable  = refusal{108, "not available", false}
	errUnrecoverable = refusal{112, "unrecoverable position", false}
)

// Why a socket is closed. From 3500 on the client stays away; below it comes back.
const (
	closeRestart = 1012
	closeNoPong  = 3012
	closeTooMany = 3013
	closeBad     = 3501
	closeStale   = 3502
)

// gapCode is from 2500 on, so that the client subscribes again with recovery.
const gapCode = 2500

// rejectUnrecovered is the flag by which a client wants an error in place of a
// subscription that does not continue.
const rejectUnrecovered = 2

// command is one line of a client. The answer to our ping is an empty one.
type command struct {
	ID          uint32              `json:"id"`
	Connect     *struct{}           `json:"connect"`
	Subscribe   *subscribeRequest   `json:"subscribe"`
	Unsubscribe *unsubscribeRequest `json:"unsubscribe"`
	History     *historyRequest     `json:"history"`
	Ping        *struct{}           `json:"ping"`
}

type subscribeRequest struct {
	Channel event.Stream `json:"channel"`
	Recover bool         `json:"recover"`
	Epoch   string       `json:"epoch"`
	Offset  int64        `json:"offset"`
	Flag    int64        `json:"flag"`
}

type unsubscribeRequest struct {
	Channel event.Stream `json:"channel"`
}

type historyRequest struct {
	Channel event.Stream `json:"channel"`
	Limit   int          `json:"limit"` // 0 asks for the position only, a negative one for as much as there may be
	Since   *struct {
		Offset int64  `json:"offset"`
		Epoch  string `json:"epoch"`
	} `json:"since"`
	Reverse bool `json:"reverse"`
}

// channelForm keeps names plain, so that they can be written into JSON as they are.
var channelForm = regexp.MustCompile(`^[a-z]{1,16}:[A-Za-z0-9_-]{1,47}$`)

// Messages are written by hand: a leaf is sent byte for byte, and encoding/json
// would escape it anew.

func publication(s event.Stream, e entry) []byte {
	b := make([]byte, 0, len(e.leaf)+len(s)+64)
	b = append(b, `{"push":{"channel":"`+string(s)+`","pub":`...)
	return append(e.append(b), `}}`...)
}

func (e entry) append(b []byte) []byte {
	b = append(append(b, `{"data":`...), e.leaf...)
	return append(strconv.AppendInt(append(b, `,"offset":`...), e.seq, 10), '}')
}

func appendEntries(b []byte, all []entry) []byte {
	b = append(b, '[')
	for i, e := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = e.append(b)
	}
	return append(b, ']')
}

func status(s event.Stream, now, end time.Time, head int64, viewers int) []byte {
	said := struct {
		Now     string `json:"now"`
		End     string `json:"end,omitempty"`
		Head    int64  `json:"head"`
		Viewers int    `json:"viewers"`
	}{Now: event.Stamp(now), Head: head, Viewers: viewers}
	if !end.IsZero() {
		said.End = event.Stamp(end)
	}
	return push(s, "pub", map[string]any{"data": said})
}

func unsubscription(s event.Stream) []byte {
	return push(s, "unsubscribe", map[string]any{"code": gapCode, "reason": "insufficient state"})
}

func push(s event.Stream, kind string, body any) []byte {
	return encode(map[string]any{"push": map[string]any{"channel": s, kind: body}})
}

// subscribed is the answer to a subscription.
type subscribed struct {
	epoch      string
	offset     int64 // where the client stands before missed
	recovering bool
	recovered  bool
	missed     []entry
}

func (a subscribed) reply(id uint32) []byte {
	said := encode(struct {
		Recoverable bool   `json:"recoverable"`
		Positioned  bool   `json:"positioned"`
		Epoch       string `json:"epoch"`
		Offset      int64  `json:"offset"`
		Recovering  bool   `json:"was_recovering,omitempty"`
		Recovered   bool   `json:"recovered,omitempty"`
	}{true, true, a.epoch, a.offset, a.recovering, a.recovered})
	return replyWith(id, "subscribe", said, a.missed)
}

// replyWith adds the publications to an answer that is a JSON object.
func replyWith(id uint32, kind string, said []byte, all []entry) []byte {
	b := append([]byte(`{"id":`), strconv.FormatUint(uint64(id), 10)...)
	b = append(b, `,"`+kind+`":`...)
	b = append(b, said[:len(said)-1]...)
	b = append(b, `,"publications":`...)
	return append(appendEntries(b, all), `}}`...)
}

func reply(id uint32, kind string, body any) []byte {
	return encode(map[string]any{"id": id, kind: body})
}

// encode writes what can always be written.
func encode(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return body
}
