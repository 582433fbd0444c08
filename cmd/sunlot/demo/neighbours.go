package demo

import "sunlot/internal/identity"

// town is a township: who receives the villages' money and who decides there.
type town struct {
	name                    string
	station, second, leader string // logins
	account, shown          string // the deposit account, as a bank knows it and as a notice shows it
	phone                   string
}

var (
	yunxi = town{
		name:    "云溪镇",
		station: "station",
		second:  "stationb",
		leader:  "leader",
		account: "36010100209000123456",
		shown:   "3601 0100 2090 0012 3456",
		phone:   "0000-0000000",
	}
	nanhe = town{
		name:    "南河镇",
		station: "station2",
		second:  "station2b",
		leader:  "leader2",
		account: "36010100209000654321",
		shown:   "3601 0100 2090 0065 4321",
		phone:   "0000-0000002",
	}
)

// neighbourOrgs are what a whole county has beside the two villages that a visitor
// plays in, each after its parent. A county that is founded for a test has none of them.
var neighbourOrgs = []place{
	{identity.Village, "石桥村村民委员会", "云溪镇"},
	{identity.Collective, "石桥村经济合作社", "石桥村村民委员会"},
	{identity.Group, "石桥村第二村民小组", "石桥村村民委员会"},
	{identity.Township, "南河镇", "示范县"},
	{identity.Department, "南河镇经管站", "南河镇"},
	{identity.Village, "柳湾村村民委员会", "南河镇"},
	{identity.Collective, "柳湾村经济合作社", "柳湾村村民委员会"},
	{identity.Village, "高岭村村民委员会", "南河镇"},
	{identity.Collective, "高岭村经济合作社", "高岭村村民委员会"},
	{identity.Group, "高岭村第三村民小组", "高岭村村民委员会"},
	{identity.Village, "竹溪村村民委员会", "南河镇"},
	{identity.Collective, "竹溪村经济合作社", "竹溪村村民委员会"},
	{identity.Group, "竹溪村第一村民小组", "竹溪村村民委员会"},
}

// neighbours work there; none is real.
var neighbours = []person{
	{"clerk3", "石桥村经办人", "石桥村经济合作社", identity.Clerk},
	{"supervision3", "石桥村监委会主任", "石桥村村民委员会", identity.Supervision},
	{"station2", "南河镇经管员", "南河镇经管站", identity.Station},
	{"station2b", "南河镇经管员乙", "南河镇经管站", identity.Station},
	{"leader2", "南河镇分管领导", "南河镇", identity.Leader},
	{"clerk4", "柳湾村经办人", "柳湾村经济合作社", identity.Clerk},
	{"supervision4", "柳湾村监委会主任", "柳湾村村民委员会", identity.Supervision},
	{"clerk5", "高岭村经办人", "高岭村经济合作社", identity.Clerk},
	{"supervision5", "高岭村监委会主任", "高岭村村民委员会", identity.Supervision},
	{"clerk6", "竹溪村经办人", "竹溪村经济合作社", identity.Clerk},
	{"supervision6", "竹溪村监委会主任", "竹溪村村民委员会", identity.Supervision},
}
