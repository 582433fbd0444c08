package trading

import (
	"time"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Act is one step of a case: who did what, as whom, when, and with which
// reasons. The trail is private and append-only; an event tells the public the
// steps by role and time.
type Act struct {
	Noun     event.Stream
	Kind     string
	PersonID string
	Name     string // of the person, when read
	Role     identity.Role
	At       time.Time
	Reasons  []fault.Field // what a return asks to mend
}

// RoleFor is the role by which the actor may do it at the place.
func RoleFor(who identity.Actor, act identity.Action, at identity.Path) identity.Role {
	for _, m := range who.Memberships {
		if m.Path.Covers(at) {
			for _, may := range m.Role.Actions() {
				if may == act {
					return m.Role
				}
			}
		}
	}
	return ""
}

// Return is why a case goes back, field by field.
type Return struct {
	Version int           `json:"version"`
	Reasons []fault.Field `json:"reasons"`
}

// maxReasons is more than any form has fields.
const maxReasons = 60

// Check refuses a return that gives no reason.
func (r Return) Check() error {
	var f fault.Form
	if len(r.Reasons) == 0 {
		f.Add("reasons", "请至少写明一处需要修改的内容和理由")
	}
	if len(r.Reasons) > maxReasons {
		f.Add("reasons", "退回理由不能超过%d条", maxReasons)
	}
	for _, reason := range r.Reasons {
		f.Text("reasons", "需要修改的栏目", reason.Name, 40)
		f.Text("reasons", "退回理由", reason.Message, 300)
	}
	return f.Err()
}

// act notes a step in the trail at the deciding time of the noun's stream.
func act(tx Papers, who identity.Actor, as identity.Action, noun event.Stream, at identity.Path, kind string, reasons []fault.Field) error {
	now, err := tx.Lock(noun)
	if err != nil {
		return err
	}
	return tx.AddAct(Act{Noun: noun, Kind: kind, PersonID: who.PersonID, Role: RoleFor(who, as, at), At: now, Reasons: reasons})
}

var actLabels = map[string]string{
	"asset.registered": "登记资产", "asset.corrected": "更正资产登记",
	"resolution.recorded": "登记决议", "resolution.submitted": "提交核实", "resolution.confirmed": "核实决议", "resolution.returned": "退回决议",
	"tender.drafted": "起草", "tender.submitted": "提交审核", "tender.checked": "审核通过", "tender.approved": "批准",
	"tender.returned": "退回修改", "tender.withdrawn": "撤回", "tender.announced": "发布公告", "tender.posted": "张贴公告栏",
	"supplement.proposed": "起草补充公告", "supplement.released": "发布补充公告", "supplement.returned": "退回补充公告",
	"registration.qualified": "审核通过", "registration.refused": "审核未通过",
	"deposit.received": "登记到账", "deposit.matched": "匹配", "deposit.rejected": "退回无主款", "deposit.refunded": "原路退回",
	"contract.offered": "出租方签订", "contract.signed": "承租方签订", "rent.received": "登记租金到账",
	"item.drafted": "起草事项", "item.published": "公布事项",
	"project.proposed": "登记项目", "project.opened": "核实项目", "project.returned": "退回项目", "project.recorded": "登记环节", "project.rejected": "退回登记",
	"project.staged": "核实环节", "project.skipped": "核实跳过的环节", "project.varied": "核实变更签证", "project.accepted": "核实验收",
	"project.settled": "核实决算", "project.paid": "核实付款",
}

// ActLabel is a step's name on the screen.
func ActLabel(kind string) string { return actLabels[kind] }
