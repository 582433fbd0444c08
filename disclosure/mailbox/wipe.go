package mailbox

import "runtime"

// Sealing leaves pieces of what it sealed on the stack and in the processor's
// registers, which a signal writes to memory. A call that uses as much of the
// stack before makes it large enough, so that it is not copied in between; the
// same call afterwards writes over the pieces, and moves zeros of every size
// through the registers that move bytes.
const deepest = 48 << 10

//go:noinline
func wipeStack() {
	var over [deepest]byte
	clear(over[:])
	for _, n := range []int{16, 32, 64, 128, 256, 1 << 10, 4 << 10, deepest / 2} {
		copy(over[:n], over[deepest/2:])
	}
	runtime.KeepAlive(&over)
}
