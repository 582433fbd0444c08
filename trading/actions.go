package trading

import "sunlot/internal/identity"

// What is done by the rooms of trading: the audience table or several rooms ask
// for these; the others stand in the room that owns them.
var (
	AssetRegister = identity.NewAction("asset.register", "登记资产", identity.Clerk)
	AssetConfirm  = identity.NewAction("asset.confirm", "核实资产登记", identity.Supervision).
			After("asset.register")
	ResolutionRecord  = identity.NewAction("resolution.record", "登记决议", identity.Clerk)
	ResolutionConfirm = identity.NewAction("resolution.confirm", "核实决议", identity.Supervision).
				After("resolution.record")
	TenderDraft         = identity.NewAction("tender.draft", "起草公告", identity.Clerk)
	TenderCheck         = identity.NewAction("tender.check", "审核公告", identity.Station).After("tender.draft")
	RegistrationQualify = identity.NewAction("registration.qualify", "审核竞买资格", identity.Station)
	DepositImport       = identity.NewAction("deposit.import", "核对保证金", identity.Station)
	ObjectionAnswer     = identity.NewAction("objection.answer", "答复异议", identity.Station)
	ObjectionRule       = identity.NewAction("objection.rule", "答复对经管站的异议、决定成立的异议", identity.Leader)
	ObjectionSecond     = identity.NewAction("objection.second", "复核撤销成交结果", identity.Supervision).
				After("objection.rule")
	// ObjectionStand is the second person's where the committee has not said its word in time:
	// it may have nobody, or nobody who takes no part himself.
	ObjectionStand = identity.NewAction("objection.stand", "代为复核撤销成交结果", identity.Leader).
			After("objection.rule")
	ContractOffer = identity.NewAction("contract.offer", "村集体签订合同", identity.Clerk).Binding()
)
