package trading

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
