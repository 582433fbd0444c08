package lead

import "sunlot/internal/identity"

// What the receiving offices do.
var (
	ReportRead   = identity.NewAction("report.read", "查看反映", identity.Receiver).Sealed()
	ReportAnswer = identity.NewAction("report.answer", "答复反映", identity.Receiver)
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	ReportRead,
	ReportAnswer,
}
