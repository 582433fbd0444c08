package trading

import (
	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

// PublicOr narrows a list to the states that the public sees, unless the actor
// reads as an official everywhere in the scope.
func PublicOr(who identity.Actor, scope identity.Scope, states []casework.State,
	public ...casework.State) (identity.Scope, []casework.State) {
	official := len(scope) > 0
	for _, place := range scope {
		official = official && who.May(identity.OfficeRead, place)
	}
	if official {
		return scope, states
	}
	return scope, public
}
