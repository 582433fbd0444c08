package casework

import (
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// TakesBack lets only whoever has sent a case to the next desk take it back, and only while
// nobody has begun with it there: while it is still in the state in which it waits.
func (l Lifecycle) TakesBack(who identity.Actor, sender string, is, waits State) error {
	switch {
	case is != waits:
		return fault.New(fault.Conflict, "%s当前为“%s”，不能收回：只有送出以后还没有人办理的可以收回", l.Noun, l.Label(is))
	case who.PersonID != sender:
		return fault.New(fault.Forbidden, "只有提交的本人可以收回；本人不在的，请办理的一方退回")
	}
	return nil
}
