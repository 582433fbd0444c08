package web

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/sync/semaphore"

	"sunlot/internal/fault"
)

// A request's body is read by the route that it is meant for, as it arrives:
// what an address announces takes no memory, only what has come. All bodies
// together, from their first byte until they are answered, stay within a budget,
// of which one address has a share. The first bytes of each have a budget of
// their own, so that photos on their way never keep a bid out.

// bodyBudgets are in bytes: of what is small, and of what goes beyond it.
type bodyBudgets struct{ small, large budget }

const (
	smallBody  = 64 << 10
	smallTotal = 16 << 20
	smallShare = 4 << 20
	largeTotal = 32 << 20
	largeShare = 20 << 20
	patience   = 20 * time.Second // how long a body waits for room, and then for its turn
	silent     = 15 * time.Second // how long nothing may come
	slowest    = 2 << 10          // bytes a second, on the average after that time
)

func newBodyBudgets() *bodyBudgets {
	return &bodyBudgets{
		small: budget{all: semaphore.NewWeighted(smallTotal), share: smallShare},
		large: budget{all: semaphore.NewWeighted(largeTotal), share: largeShare},
	}
}

// budget is bytes of memory that addresses share.
type budget struct {
	all   *semaphore.Weighted
	share int

	mu   sync.Mutex // owns used
	used map[string]int
}

// take waits for the bytes, unless the address has its share already.
func (b *budget) take(ctx context.Context, address string, bytes int) bool {
	if bytes == 0 {
		return true
	}
	if !b.count(address, bytes) {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if b.all.Acquire(ctx, int64(bytes)) != nil {
		b.count(address, -bytes)
		return false
	}
	return true
}

func (b *budget) give(address string, bytes int) {
	if bytes == 0 {
		return
	}
	b.all.Release(int64(bytes))
	b.count(address, -bytes)
}

func (b *budget) count(address string, bytes int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.used == nil {
		b.used = map[string]int{}
	}
	used := b.used[address] + bytes
	if used > b.share {
		return false
	}
	b.used[address] = used
	if used == 0 {
		delete(b.used, address)
	}
	return true
}

// body is one request's while it is in memory.
type body struct {
	bytes        []byte
	budgets      *bodyBudgets
	address      string
	small, large int // what is taken of the budgets
	roomy        func() bool
	wait         func(until time.Time) // for the next bytes
	private      bool
}

var (
	errTooLarge = fiber.NewError(fiber.StatusRequestEntityTooLarge)
	errBodies   = fault.New(fault.Unavailable, "没有传完，请过一会儿再传一次；网慢的，照片分几次传")
	errFull     = fault.New(fault.Unavailable, "服务器快存满了，现在收不下照片和文件；文字和报价照常。请告诉平台管理员")
	errCutOff   = fiber.NewError(fiber.StatusBadRequest)
	errSlow     = fiber.NewError(fiber.StatusRequestTimeout)
)

// withHead is how much of a body the server takes together with the head, before
// anything of ours runs.
const withHead = 8 << 10

// arriving stamps the request before anything may keep it waiting; what is larger
// than comes with the head is stamped again when it is there.
func (k *Kit) arriving(c *fiber.Ctx) error {
	c.Locals(localArrived, k.cfg.Clock.Now())
	return c.Next()
}

// Arrived is when the request had arrived whole, by the deciding clock: before it
// waited for its turn, its login or the database.
func Arrived(c *fiber.Ctx) time.Time {
	at, _ := c.Locals(localArrived).(time.Time)
	return at
}

// arrive reads what was sent, at most so many bytes, and gives the memory back
// when the rest of the chain has answered. Of a report every buffer that it went
// through is wiped.
func (k *Kit) arrive(c *fiber.Ctx, most int) (done func(), err error) {
	stream := c.Request().BodyStream()
	if stream == nil {
		return func() {}, nil
	}
	b := &body{
		budgets: k.bodies,
		address: networkOf(c.IP()),
		private: isReport(c.Path()),
		roomy:   k.cfg.Roomy,
	}
	conn := c.Context().Conn()
	b.wait = func(until time.Time) { _ = conn.SetReadDeadline(until) }
	announced := c.Request().Header.ContentLength()
	err = b.read(c.UserContext(), stream, announced, most)
	if err == nil {
		if announced < 0 || announced > withHead {
			c.Locals(localArrived, k.cfg.Clock.Now())
		}
		dropStream(c)
		c.Request().SetBodyRaw(b.bytes)
		return b.free, nil
	}
	b.free()
	dropStream(c)
	c.Context().SetConnectionClose()
	if own, ok := conn.(*wipingConn); ok {
		own.linger = !errors.Is(err, errCutOff)
	}
	return nil, err
}

// read grows with what comes. announced is below zero when the sender does not say.
func (b *body) read(ctx context.Context, from io.Reader, announced, most int) error {
	if announced > most {
		return errTooLarge
	}
	limit := most
	if announced >= 0 {
		limit = announced
	}
	begun := time.Now()
	for {
		if len(b.bytes) == cap(b.bytes) {
			if err := b.grow(ctx, limit); err != nil {
				return err
			}
		}
		took := time.Since(begun)
		if took > silent && len(b.bytes) < slowest*int(took.Seconds()) || took > uploadTime {
			return errSlow
		}
		b.wait(time.Now().Add(silent))
		n, err := from.Read(b.bytes[len(b.bytes):cap(b.bytes)])
		b.bytes = b.bytes[:len(b.bytes)+n]
		switch {
		case err == io.EOF && announced >= 0 && len(b.bytes) < announced:
			return errCutOff
		case err == io.EOF:
			return nil
		case errors.Is(err, os.ErrDeadlineExceeded):
			return errSlow
		case err != nil:
			return errCutOff
		case len(b.bytes) > limit:
			return errTooLarge
		}
	}
}

// grow doubles the buffer, to one byte above the limit at most: the byte tells
// that more comes.
func (b *body) grow(ctx context.Context, limit int) error {
	const first = 4 << 10
	size := min(max(first, 2*cap(b.bytes)), limit+1)
	small := min(size, smallBody) - b.small
	large := max(0, size-smallBody) - b.large
	if large > 0 && !b.roomy() {
		return errFull
	}
	if !b.budgets.small.take(ctx, b.address, small) {
		return errBodies
	}
	b.small += small
	if !b.budgets.large.take(ctx, b.address, large) {
		return errBodies
	}
	b.large += large
	wider := make([]byte, len(b.bytes), size)
	copy(wider, b.bytes)
	if b.private {
		clear(b.bytes)
	}
	b.bytes = wider
	return nil
}

func (b *body) free() {
	if b.private {
		clear(b.bytes[:cap(b.bytes)])
	}
	b.budgets.small.give(b.address, b.small)
	b.budgets.large.give(b.address, b.large)
	b.small, b.large = 0, 0
	b.bytes = nil
}

// dropStream lets go of a body that is read or is not wanted. The server has
// taken its first bytes into a buffer of its own, which is used again.
func dropStream(c *fiber.Ctx) {
	_ = c.Request().CloseBodyStream()
	taken := c.Request().Body()
	clear(taken[:cap(taken)])
}

// noEncoding refuses packed bodies before anything reads them: unpacked, three
// kilobytes can be gigabytes. No browser and no client of ours packs what it sends.
func noEncoding(c *fiber.Ctx) error {
	if len(c.Request().Header.PeekAll(fiber.HeaderContentEncoding)) > 0 {
		c.Context().SetConnectionClose()
		return fiber.NewError(fiber.StatusUnsupportedMediaType)
	}
	return c.Next()
}
