package register

import (
	"sunlot/internal/identity"
	"sunlot/trading"
)

// Actions lists what is done in this room, for the table of who may do what.
var Actions = []*identity.Action{
	trading.AssetRegister,
	trading.AssetConfirm,
}
