package demo

import (
	"context"
	"time"

	"sunlot/disclosure/power"
	"sunlot/internal/event"
)

// complaints is where a villager complains of any item.
const complaints = "向村务监督委员会反映；云溪镇纪委办公电话 0000-0000001。"

// villagesAct is cited by its edition of 2018; the numbers of that of 2025 are checked.
const villagesAct = "中华人民共和国村民委员会组织法（2018修正，现行条号待核）"

// otherItems are the township's micro-powers beside small works. The county is
// fictional; the articles are real, the days are the township's own.
var otherItems = []power.ItemForm{
	{
		Number: "ZD-01", Name: "村级重大事项决策（四议两公开）", Category: "decisions",
		Basis: []power.Basis{
			{Title: villagesAct, Article: "第二十三条"}, {Title: villagesAct, Article: "第二十四条"},
		},
		Responsible: "村党组织、村民委员会；村务监督委员会监督",
		Scope:       "村级发展规划、集体资产处置、公益事业兴办、集体收益分配等涉及村民利益的事项。",
		Rights:      "可以提出意见和建议；可以列席会议；可以查看会议记录和决议；对决议有异议的可以反映。",
		Steps: []power.ItemStep{
			{Name: "村党组织提议", Who: "村党组织", Leaves: "提议记录"},
			{Name: "村“两委”商议", Who: "村党组织、村民委员会", Days: 5, Leaves: "商议记录"},
			{Name: "党员大会审议", Who: "村党组织", Days: 5, Leaves: "审议记录和签到表"},
			{Name: "村民会议或者村民代表会议决议", Who: "村民委员会", Days: 7, Leaves: "签到表、表决票和决议"},
			{Name: "决议公开", Who: "村民委员会", Days: 2, Leaves: "公开照片"},
			{Name: "实施结果公开", Who: "村民委员会", Leaves: "结果公告"},
		},
		Discloses: "决议全文、应到和实到人数、表决结果、实施结果。",
		Until:     "决议后2个工作日内公开，长期保留。",
		Risks:     "少数人说了算；人数不够强行表决；代签代投；只公开结果不公开过程。",
		Complain:  complaints,
	},
	{
		Number: "SZ-01", Name: "集体资产资源出租", Category: "assets",
		Basis: []power.Basis{
			{Title: "中华人民共和国农村集体经济组织法", Article: "第三十六条"}, {Title: villagesAct, Article: "第二十四条"},
			{Title: "示范县农村产权流转交易参数（本县设定）"},
		},
		Responsible: "村集体经济组织；乡镇经管站审核",
		Scope:       "集体所有的土地、水面、房屋、店铺、设备对外出租。",
		Rights:      "可以参加决策会议；可以报名竞价，本集体成员依法享有优先权；可以查看全部报价和结果；公示期内可以提出异议。",
		Steps: []power.ItemStep{
			{Name: "登记资产并核实", Who: "村集体经办人、村务监督委员会", Days: 3, Leaves: "资产照片和四至"},
			{Name: "会议决议并核实", Who: "村集体经济组织", Days: 10, Leaves: "签到表和会议记录"},
			{Name: "起草交易公告，审核、审批", Who: "经办人、经管站、分管领导", Days: 5, Leaves: "公告"},
			{Name: "公告、报名和交保证金", Who: "乡镇经管站", Days: 10, Leaves: "公告栏照片"},
			{Name: "公开竞价", Who: "乡镇经管站", Days: 1, Leaves: "报价记录"},
			{Name: "成交结果公示", Who: "乡镇经管站", Days: 3, Leaves: "公示"},
			{Name: "签订合同", Who: "村集体经济组织", Days: 5, Leaves: "合同"},
			{Name: "收取租金", Who: "乡镇经管站", Leaves: "到账凭证"},
		},
		Discloses: "公告、决议、报价、结果、合同要点、每一期租金的应收和已收。",
		Until:     "每一步办完立即公开，长期保留。",
		Risks:     "低价发包；长期占用不交租金；不公开竞价直接指定；到期不收回。",
		Complain:  complaints,
	},
	{
		Number: "DY-01", Name: "发展党员", Category: "members",
		Basis:       []power.Basis{{Title: "中国共产党发展党员工作细则"}},
		Responsible: "村党组织；镇党委审批",
		Scope:       "接收入党申请、确定入党积极分子和发展对象、接收预备党员和转正。",
		Rights:      "年满十八岁的村民可以申请；公示期间可以向镇党委反映情况。",
		Steps: []power.ItemStep{
			{Name: "申请和谈话", Who: "村党组织", Days: 20, Leaves: "入党申请书和谈话记录"},
			{Name: "确定入党积极分子", Who: "村党组织", Leaves: "会议记录"},
			{Name: "确定发展对象并公示", Who: "村党组织", Days: 5, Leaves: "公示"},
			{Name: "支部大会讨论，报镇党委审批", Who: "村党组织、镇党委", Leaves: "支部大会决议"},
		},
		Discloses: "发展对象的基本情况和公示时间、地点。",
		Until:     "公示不少于5个工作日。",
		Risks:     "优亲厚友；近亲繁殖；程序倒置。",
		Complain:  "向村党组织或者云溪镇纪委反映，办公电话 0000-0000001。",
	},
	{
		Number: "RC-01", Name: "村级印章使用", Category: "affairs",
		Basis:       []power.Basis{{Title: "示范县村级印章管理规定（本县设定）"}},
		Responsible: "村民委员会；印章由镇便民服务中心代管的，由代管人登记",
		Scope:       "村民委员会、村集体经济组织印章的使用。",
		Rights:      "凭身份证件当场申请，不收费；不予盖章的，可以要求说明理由。",
		Steps: []power.ItemStep{
			{Name: "提出用印申请", Who: "村民或者经办人", Leaves: "用印申请单"},
			{Name: "审核", Who: "村民委员会主任", Days: 1, Leaves: "审核签字"},
			{Name: "登记、盖章", Who: "印章保管人", Days: 1, Leaves: "用印登记簿"},
		},
		Discloses: "每季度公开用印登记，隐去个人信息。",
		Until:     "每季度末后10个工作日内。",
		Risks:     "空白盖章；不登记；拖延刁难；借盖章收费。",
		Complain:  complaints,
	},
	{
		Number: "BM-01", Name: "临时救助申请", Category: "services",
		Basis:       []power.Basis{{Title: "社会救助暂行办法", Article: "第四十八条"}},
		Responsible: "村民委员会协助；云溪镇人民政府受理和审核",
		Scope:       "因火灾、交通事故、突发重大疾病等意外，基本生活暂时出现严重困难的家庭。",
		Rights:      "可以向镇人民政府申请，也可以请村民委员会代为提交；不批准的，应当得到书面说明。",
		Steps: []power.ItemStep{
			{Name: "提出申请", Who: "本人或者村民委员会代交", Leaves: "申请书和证明材料"},
			{Name: "入户核实", Who: "村民委员会、镇人民政府", Days: 3, Leaves: "核实记录"},
			{Name: "张榜公示", Who: "村民委员会", Days: 3, Leaves: "公示照片"},
			{Name: "审核、发放", Who: "镇人民政府", Days: 5, Leaves: "审批表和发放凭证"},
		},
		Discloses: "救助的条件、标准、程序和公示结果，隐去身份证号码、病情等个人信息。",
		Until:     "公示3个工作日。",
		Risks:     "优亲厚友；虚报冒领；截留克扣；收取好处费。",
		Complain:  complaints,
	},
}

// items publishes the township's list; the leader publishes on the day after.
func (s *script) items(day int) tale {
	return func(ctx context.Context, until func(time.Time) error) error {
		station, leader := s.Actors["station"], s.Actors["leader"]
		all := append([]power.ItemForm{WorksItem}, otherItems...)
		var drafted []string
		for i, form := range all {
			if err := until(s.diary.at(day, 10, 7*i)); err != nil {
				return err
			}
			id, err := s.Items.DraftItem(ctx, station, event.NewID(), "", form)
			if err != nil {
				return err
			}
			drafted = append(drafted, id)
		}
		s.worksItem = drafted[0]
		for i, id := range drafted {
			if err := until(s.diary.at(day+1, 15, 4*i)); err != nil {
				return err
			}
			if _, err := s.Items.PublishItem(ctx, leader, event.NewID(), id, 1); err != nil {
				return err
			}
		}
		return nil
	}
}
