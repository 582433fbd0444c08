package statement

import (
	"slices"
	"strings"
)

// column is what a column of a statement is about.
type column int

const (
	serialColumn column = iota
	timeColumn
	payerColumn
	accountColumn
	memoColumn
	creditColumn   // what came
	debitColumn    // what went
	amountColumn   // either, with a sign or a side
	sideColumn     // whether the amount came or went
	originalColumn // the serial of the row that this one undoes
	ownColumn      // the account whose statement it is
)

var neededColumns = []column{serialColumn, timeColumn, payerColumn, accountColumn, memoColumn}

// columnTitles are the banks' words for a column, the surest first. What a title
// is not here is not read; a title more is one word more.
var columnTitles = map[column][]string{
	serialColumn: {"流水号", "交易流水号", "账户明细编号-交易流水号", "银行流水号", "核心流水号", "交易序号"},
	timeColumn:   {"交易时间", "入账时间", "交易日期", "交易时间戳", "记账时间", "入账日期", "记账日期"},
	payerColumn: {"对方户名", "付款人户名", "对方账户名", "对方账户名称", "对方单位名称", "对方名称", "付款人名称",
		"交易对方户名"},
	accountColumn: {"对方账号", "付款账号", "对方卡号/账号", "对方账户", "对方卡号", "付款人账号", "交易对方账号"},
	memoColumn: {"附言", "备注", "用途", "摘要", "交易附言", "客户附言", "交易摘要", "交易用途", "交易类型", "业务类型",
		"交易种类"},
	creditColumn: {"贷方金额", "收入金额", "贷方发生额", "贷方发生金额", "收入", "贷方", "存入金额", "转入金额"},
	debitColumn:  {"借方金额", "支出金额", "借方发生额", "借方发生金额", "支出", "借方", "支取金额", "转出金额"},
	amountColumn: {"交易金额", "金额", "发生额", "发生金额"},
	sideColumn: {"借贷标志", "借贷标记", "借贷标识", "借贷方向", "借贷", "借/贷", "收支方向", "收支标志", "收支类型",
		"收支", "收/支", "资金流向", "交易方向"},
	originalColumn: {"原流水号", "原交易流水号", "被冲正流水号", "原业务流水号"},
	ownColumn:      {"本方账号", "账号", "查询账号", "本方账户", "我方账号"},
}

// placesOf finds the columns that a row names.
func placesOf(row []string) map[column][]int {
	places := map[column][]int{}
	for c, titles := range columnTitles {
		for _, title := range titles {
			if i := slices.IndexFunc(row, func(cell string) bool { return titleOf(cell) == title }); i >= 0 {
				places[c] = append(places[c], i)
			}
		}
	}
	return places
}

// titleOf is a title without its unit: "贷方金额"("元") is 贷方金额.
func titleOf(cell string) string {
	title, _, _ := strings.Cut(solid(cell), "(")
	return title
}

// complete refuses a header that lacks a column, and names it.
func (s *statement) complete(line int) error {
	for _, c := range neededColumns {
		if len(s.places[c]) == 0 {
			return missing(line, c)
		}
	}
	if len(s.places[creditColumn]) == 0 && len(s.places[amountColumn]) == 0 {
		return missing(line, creditColumn)
	}
	return nil
}

func missing(line int, c column) error {
	return unread("第 %d 行表头缺少“%s”一列，请在网银导出时选上", line, columnTitles[c][0])
}
