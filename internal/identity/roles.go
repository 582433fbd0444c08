package identity

import "slices"

// Role is what somebody is at an organisation.
type Role string

const (
	Administrator  Role = "administrator"  // 县级系统管理员: organisations and accounts, no business
	Clerk          Role = "clerk"          // 村集体经办人
	Supervision    Role = "supervision"    // 村务监督委员会成员
	Station        Role = "station"        // 乡镇经管站(交易服务站)工作人员
	Leader         Role = "leader"         // 乡镇分管领导
	Representative Role = "representative" // 村民代表、户代表
	Villager       Role = "villager"       // 村民
	BidderRole     Role = "bidder"         // 竞买人, who opened the account himself
	Receiver       Role = "receiver"       // 检举控告受理人员, in the reading room's own database
)

// Action is one thing that a use-case does.
type Action string

const (
	OrgAdd            Action = "org.add"
	PersonAdd         Action = "person.add"
	RoleGive          Action = "role.give"
	CalendarAdd       Action = "calendar.add"
	OfficeRead        Action = "office.read"
	AssetRegister     Action = "asset.register"
	ResolutionRecord  Action = "resolution.record"
	ResolutionConfirm Action = "resolution.confirm"
	VoteCheck         Action = "vote.check"
	TenderDraft       Action = "tender.draft"
	TenderCheck       Action = "tender.check"
	TenderApprove     Action = "tender.approve"
	TenderAnnounce    Action = "tender.announce"
	SupplementPropose Action = "supplement.propose"
	SupplementRelease Action = "supplement.release"

	LotRegister         Action = "lot.register"
	BidPlace            Action = "bid.place"
	RegistrationQualify Action = "registration.qualify"
	DepositImport       Action = "deposit.import"
	DepositRefund       Action = "deposit.refund"
	ObjectionAnswer     Action = "objection.answer"
	ContractOffer       Action = "contract.offer"
	ContractSign        Action = "contract.sign"
	RentReceive         Action = "rent.receive"

	ItemDraft      Action = "item.draft"
	ItemPublish    Action = "item.publish"
	ProjectOpen    Action = "project.open"
	ProjectConfirm Action = "project.confirm"

	OfficeKey    Action = "office.key"
	ReportRead   Action = "report.read"
	ReportAnswer Action = "report.answer"
)

// roles is the one table of who may do what. What is not in it nobody may.
var roles = map[Role]struct {
	label   string
	at      []OrgKind // the kinds of organisation where the role exists
	actions []Action
}{
	Administrator: {"县级系统管理员", []OrgKind{County}, []Action{OrgAdd, PersonAdd, RoleGive, CalendarAdd, OfficeKey}},
	Clerk:         {"村集体经办人", []OrgKind{Collective}, []Action{OfficeRead, AssetRegister, ResolutionRecord, TenderDraft, TenderAnnounce, SupplementPropose, ContractOffer, ProjectOpen}},
	Supervision:   {"村务监督委员会成员", []OrgKind{Village}, []Action{OfficeRead, ResolutionConfirm, ProjectConfirm}},
	Station: {"乡镇经管站工作人员", []OrgKind{Department}, []Action{OfficeRead, TenderCheck, SupplementRelease,
		RegistrationQualify, DepositImport, DepositRefund, ObjectionAnswer, RentReceive, ItemDraft}},
	Leader:         {"乡镇分管领导", []OrgKind{Township}, []Action{OfficeRead, TenderApprove, ItemPublish}},
	Representative: {"村民代表", []OrgKind{Village, Group}, []Action{VoteCheck}},
	Villager:       {"村民", []OrgKind{Village, Group}, nil},
	BidderRole:     {"竞买人", []OrgKind{County}, []Action{LotRegister, BidPlace, ContractSign}},
	Receiver:       {"检举控告受理人员", []OrgKind{Department}, []Action{ReportRead, ReportAnswer}},
}

var actionLabels = map[Action]string{
	OrgAdd: "登记单位", PersonAdd: "开立账号", RoleGive: "任免岗位", CalendarAdd: "登记放假安排",
	OfficeRead: "查看办理情况", AssetRegister: "登记资产", ResolutionRecord: "登记决议",
	ResolutionConfirm: "核实决议", VoteCheck: "查对表决", TenderDraft: "起草交易",
	TenderCheck: "审核交易", TenderApprove: "审批交易", TenderAnnounce: "发布公告",
	SupplementPropose: "起草补充公告", SupplementRelease: "发布补充公告",
	LotRegister: "报名竞买", BidPlace: "报价", RegistrationQualify: "审核竞买资格", DepositImport: "匹配保证金", DepositRefund: "退还保证金",
	ObjectionAnswer: "答复异议", ContractOffer: "出租方签订合同", ContractSign: "承租方签订合同", RentReceive: "登记租金到账",
	OfficeKey: "登记受理单位", ReportRead: "查看反映", ReportAnswer: "答复反映",
	ItemDraft: "起草小微权力事项", ItemPublish: "公布小微权力事项", ProjectOpen: "登记工程项目", ProjectConfirm: "核实工程项目",
}

// Roles lists the roles in the order of the table in the documents.
func Roles() []Role {
	return []Role{Administrator, Clerk, Supervision, Station, Leader, Representative, Villager, BidderRole, Receiver}
}

// Label is the role's name on the screen.
func (r Role) Label() string { return roles[r].label }

// Known says whether there is such a role.
func (r Role) Known() bool { _, ok := roles[r]; return ok }

// At says whether the role exists at that kind of organisation.
func (r Role) At(k OrgKind) bool { return slices.Contains(roles[r].at, k) }

// RolesAt lists the roles that exist at that kind of organisation.
func RolesAt(k OrgKind) []Role {
	return slices.DeleteFunc(Roles(), func(r Role) bool { return !r.At(k) })
}

// Actions lists what the role may do.
func (r Role) Actions() []Action { return slices.Clone(roles[r].actions) }

func (r Role) may(act Action) bool { return slices.Contains(roles[r].actions, act) }

// Official says whether who holds the role handles or decides cases, and
// therefore may not bid: 《电子招标投标办法》第二十三条 for the operators of a platform.
func (r Role) Official() bool {
	return r == Administrator || slices.Contains(roles[r].actions, OfficeRead)
}

// Label is the action's name on the screen.
func (a Action) Label() string { return actionLabels[a] }

// Audience is who may see a field at a stage, from nobody to everybody.
type Audience string

const (
	Nobody   Audience = "nobody"   // kept for the record, shown on no page
	Own      Audience = "own"      // only the person it is about
	Handlers Audience = "handlers" // the officials who handle the case
	Public   Audience = "public"   // everybody, without an account
)

// Sees says whether a viewer may see what is meant for audience a: everybody
// sees the public, handlers their cases, and each person their own.
func (a Audience) Sees(handler, own bool) bool {
	switch a {
	case Public:
		return true
	case Handlers:
		return handler
	case Own:
		return own
	}
	return false
}
