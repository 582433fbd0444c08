package mailbox

import "sunlot/internal/identity"

// What is done with the offices that open sealed reports, and their keys.
var (
	OfficeKey     = identity.NewAction("office.key", "登记受理单位", identity.Administrator)
	OfficeConfirm = identity.NewAction("office.confirm", "确认受理单位的公钥", identity.Administrator).
			After("office.key")
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	OfficeKey,
	OfficeConfirm,
}
