package works

import "sunlot/internal/identity"

// What is done in this room.
var (
	ProjectOpen    = identity.NewAction("project.open", "登记工程项目", identity.Clerk)
	ProjectConfirm = identity.NewAction("project.confirm", "核实工程项目", identity.Supervision).After("project.open")
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	ProjectOpen,
	ProjectConfirm,
}
