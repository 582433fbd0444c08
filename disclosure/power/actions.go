package power

import "sunlot/internal/identity"

// What is done with the items of micro-power.
var (
	ItemDraft   = identity.NewAction("item.draft", "起草小微权力事项", identity.Station)
	ItemPublish = identity.NewAction("item.publish", "公布小微权力事项", identity.Leader).After("item.draft")
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	ItemDraft,
	ItemPublish,
}
