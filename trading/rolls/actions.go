package rolls

import "sunlot/internal/identity"

// What is done in this room.
var (
	RollEnter   = identity.NewAction("roll.enter", "登记应到人员名册", identity.Clerk)
	RollConfirm = identity.NewAction("roll.confirm", "核对应到人员名册", identity.Station).After("roll.enter")
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{RollEnter, RollConfirm}
