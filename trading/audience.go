package trading

import (
	"sunlot/internal/casework"
	"sunlot/internal/identity"
)

// Field is a part of a noun that has an audience of its own.
type Field string

const (
	AssetRegisterEntry Field = "asset.entry"
	AssetDraftEntry    Field = "asset.draft" // what waits for a second person's look
	AssetLastTenant    Field = "asset.last_tenant"
	ResolutionResult   Field = "resolution.result" // counts, day, terms, whether it is lawful
	ResolutionVotes    Field = "resolution.votes"  // who voted how
	ResolutionPapers   Field = "resolution.papers" // photos with names and signatures
	ResolutionMend     Field = "resolution.mend"
	TenderTerms        Field = "tender.terms"
	TenderMend         Field = "tender.mend"
	TenderTrail        Field = "tender.trail"       // steps by role and time
	TenderTrailNames   Field = "tender.trail_names" // who took them
	SupplementText     Field = "supplement.text"
	LotBidders         Field = "lot.bidders"        // how many may bid, which numbers have a priority right
	LotBids            Field = "lot.bids"           // number, price and time
	RegistrationEntry  Field = "registration.entry" // who has registered, and that somebody has
	DepositEntry       Field = "deposit.entry"
	AwardResult        Field = "award.result" // price, number and real name of the winner
	ObjectionText      Field = "objection.text"
	ObjectionPerson    Field = "objection.person"

	// of what is objected to the station: it reads neither
	ObjectionAtStationText   Field = "objection.at_station.text"
	ObjectionAtStationPerson Field = "objection.at_station.person"
)

// Always is the stage of what has the same audience throughout.
const Always casework.State = ""

// audiences is the one table of who sees which field at which stage. A stage
// not listed has the field's audience of always; a field not listed nobody sees.
var audiences = map[Field]map[casework.State]identity.Audience{
	AssetRegisterEntry: {Always: identity.Public},
	AssetDraftEntry:    {Always: identity.Handlers},
	AssetLastTenant:    {Always: identity.Handlers},
	ResolutionResult:   {Always: identity.Handlers, Confirmed: identity.Public},
	ResolutionVotes:    {Always: identity.Handlers},
	ResolutionPapers:   {Always: identity.Handlers},
	ResolutionMend:     {Always: identity.Handlers},
	TenderTerms:        {Always: identity.Handlers, Announced: identity.Public},
	TenderMend:         {Always: identity.Handlers},
	TenderTrail:        {Always: identity.Handlers, Announced: identity.Public},
	TenderTrailNames:   {Always: identity.Handlers},
	SupplementText:     {Always: identity.Handlers, Released: identity.Public},
	LotBidders:         {Always: identity.Public, Listed: identity.Nobody},
	LotBids:            {Always: identity.Public, Listed: identity.Nobody},
	RegistrationEntry:  {Always: identity.Handlers},
	DepositEntry:       {Always: identity.Handlers},
	AwardResult:        {Always: identity.Public},
	ObjectionText:      {Always: identity.Public, Raised: identity.Handlers},
	ObjectionPerson:    {Always: identity.Handlers},

	ObjectionAtStationText:   {Always: identity.Public, Referred: identity.Handlers},
	ObjectionAtStationPerson: {Always: identity.Handlers},
}

// AudienceOf is who may see the field of a noun in that state.
func AudienceOf(field Field, at casework.State) identity.Audience {
	stages, ok := audiences[field]
	if !ok {
		return identity.Nobody
	}
	if a, ok := stages[at]; ok {
		return a
	}
	return stages[Always]
}

// handles lists, for the fields that not every official of the place handles,
// the actions that make a handler; the others take OfficeRead.
var handles = map[Field][]*identity.Action{
	ResolutionVotes:  {ResolutionRecord, ResolutionConfirm},
	ResolutionPapers: {ResolutionRecord, ResolutionConfirm},
	AssetDraftEntry:  {AssetRegister, AssetConfirm},
	AssetLastTenant:  {AssetRegister, TenderCheck},

	RegistrationEntry: {RegistrationQualify},
	DepositEntry:      {DepositImport},
	ObjectionText:     {ObjectionAnswer, ObjectionRule},
	ObjectionPerson:   {ObjectionAnswer},

	ObjectionAtStationText:   {ObjectionRule},
	ObjectionAtStationPerson: {ObjectionRule},
}

// Sees says whether the actor may see the field of a noun in that state and place.
func Sees(who identity.Actor, field Field, at casework.State, place identity.Path) bool {
	actions, ok := handles[field]
	if !ok {
		actions = []*identity.Action{identity.OfficeRead}
	}
	handler := false
	for _, act := range actions {
		handler = handler || who.May(act, place)
	}
	return AudienceOf(field, at).Sees(handler, false)
}

// Masked is what the public may see of an account's or a slip's number: its last
// four characters.
func Masked(s string) string {
	signs := []rune(s)
	if len(signs) <= 4 {
		return "****"
	}
	return "****" + string(signs[len(signs)-4:])
}

// ReadsPapers says whether somebody handles what a photo that is not public is
// attached to. A village's papers are its own; what lies at a township is its
// station's.
func ReadsPapers(who identity.Actor, at identity.Path) bool {
	if at == at.Township() {
		return who.May(RegistrationQualify, at)
	}
	return who.May(ResolutionRecord, at) || who.May(ResolutionConfirm, at)
}
