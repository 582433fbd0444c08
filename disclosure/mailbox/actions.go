package mailbox

import "sunlot/internal/identity"

// OfficeKey is naming the offices that open sealed reports, and their keys.
var OfficeKey = identity.NewAction("office.key", "登记受理单位", identity.Administrator)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	OfficeKey,
}
