package statement_test

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"sunlot/internal/fault"
	"sunlot/trading/statement"
)

// strange is a statement of a bank whose words nobody has heard of.
const strange = "本地银行回单,,,,,,\n" +
	"业务编码,记录时刻,往来人,往来号码,进项,结存余额,说明\n" +
	"S1,2026-11-23 09:30:00,竞买人甲,6222000012345678,\"2,000.00\",\"52,000.00\",BD7KQ4M2XA\n" +
	"S2,2026-11-23 09:31:00,竞买人乙,6222000087654321,300.00,\"52,300.00\",转账\n"

var strangeColumns = map[string]int{"serial": 0, "time": 1, "payer": 2, "account": 3, "credit": 4, "memo": 6}

func TestAHeaderOfUnknownWordsIsTold(t *testing.T) {
	_, err := statement.Read([]byte(strange))
	var unclear *statement.Unclear
	if !errors.As(err, &unclear) || fault.CodeOf(err) != fault.Invalid || fault.FieldsOf(err)[0].Name != "statement" {
		t.Fatalf("%v", err)
	}
	if len(unclear.Titles) != 7 || unclear.Titles[4] != "进项" || unclear.Sample(4) != "2,000.00、300.00" {
		t.Errorf("%+v", unclear)
	}
	said := statement.Header{Key: statement.Key(unclear.Titles), Columns: strangeColumns}
	if err := said.Fits(unclear.Titles); err != nil {
		t.Fatal(err)
	}
	read, err := statement.Read([]byte(strange), said)
	if err != nil || len(read.Rows) != 2 || read.Rows[0].Amount != 200000 || read.Rows[0].Memo != "BD7KQ4M2XA" ||
		read.Rows[1].Payer != "竞买人乙" {
		t.Errorf("%+v %v", read, err)
	}
	other := strings.Replace(strange, "往来人", "往来单位", 1)
	if _, err := statement.Read([]byte(other), said); !errors.As(err, &unclear) {
		t.Errorf("another header is read by what was said of this one: %v", err)
	}
}

func TestAHeaderThatLacksAColumnSaysWhatIsKnown(t *testing.T) {
	body := strings.Replace(strings.Replace(strange, "业务编码", "流水号", 1), "记录时刻", "交易时间", 1)
	body = strings.Replace(body, "往来人", "对方户名", 1)
	_, err := statement.Read([]byte(body))
	var unclear *statement.Unclear
	if !errors.As(err, &unclear) || !strings.Contains(fault.MessageOf(err), "对方账号") {
		t.Fatalf("%v", err)
	}
	if len(unclear.Known) != 3 || unclear.Known["payer"] != 2 || unclear.Sample(0) != "S1、S2" {
		t.Errorf("%+v", unclear)
	}
}

func TestNoHeaderIsNotToldApart(t *testing.T) {
	for name, body := range map[string]string{
		"nothing": "流水", "rows alone": "S1,2026-11-23 09:30:00,竞买人甲,6222000012345678,2.00,BD7KQ4M2XA\n",
	} {
		_, err := statement.Read([]byte(body))
		var unclear *statement.Unclear
		if errors.As(err, &unclear) || fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatColumnsCannotMean(t *testing.T) {
	titles := strings.Split("业务编码,记录时刻,往来人,往来号码,进项,结存余额,说明", ",")
	none := -2 // stands for a column that is not told
	for field, change := range map[string]map[string]int{
		"column_serial":  {"serial": 7},
		"column_time":    {"time": -1},
		"column_payer":   {"payer": 0},
		"column_credit":  {"credit": 5},
		"column_amount":  {"amount": 5},
		"column_account": {"account": none},
		"column_memo":    {"memo": none},
	} {
		h := statement.Header{Columns: maps.Clone(strangeColumns)}
		for name, place := range change {
			h.Columns[name] = place
			if place == none {
				delete(h.Columns, name)
			}
		}
		if fields := fault.FieldsOf(h.Fits(titles)); len(fields) == 0 || fields[0].Name != field {
			t.Errorf("%s: %+v", field, fields)
		}
	}
	h := statement.Header{Columns: maps.Clone(strangeColumns)}
	delete(h.Columns, "credit")
	if fields := fault.FieldsOf(h.Fits(titles)); len(fields) != 1 || fields[0].Name != "column_credit" {
		t.Errorf("no sum: %+v", fields)
	}
}

// TestAToldHeaderHidesNoReversal: the words of one stand in a remark that nobody chose.
func TestAToldHeaderHidesNoReversal(t *testing.T) {
	for name, titles := range map[string]string{
		"known remarks":   "流水号,交易时间,付款方,对方账号,附言,摘要,贷方金额,借方金额",
		"unknown remarks": "流水号,交易时间,付款方,对方账号,附言,说明文字,贷方金额,借方金额",
	} {
		columns := map[string]int{"serial": 0, "time": 1, "payer": 2, "account": 3, "memo": 4, "credit": 6, "debit": 7}
		h := statement.Header{Key: statement.Key(strings.Split(titles, ",")), Columns: columns}
		body := titles + "\nC1,2026-11-23 09:30:00,竞买人甲,6222000012345678,BD7KQ4M2XA,冲正,,20.00\n"
		read, err := statement.Read([]byte(body), h)
		if err != nil || len(read.Rows) != 1 || read.Rows[0].Kind != statement.Undone {
			t.Errorf("%s: %+v %v", name, read.Rows, err)
		}
	}
}

// TestDayAndHourOfAToldHeader: they may stand in two columns.
func TestDayAndHourOfAToldHeader(t *testing.T) {
	titles := "流水号,哪天,几点,付款方,对方账号,附言,贷方金额"
	columns := map[string]int{"serial": 0, "time": 1, "clock": 2, "payer": 3, "account": 4, "memo": 5, "credit": 6}
	h := statement.Header{Key: statement.Key(strings.Split(titles, ",")), Columns: columns}
	body := titles + "\nS1,2026-11-23,09:30:00,竞买人甲,6222000012345678,BD7KQ4M2XA,20.00\n"
	read, err := statement.Read([]byte(body), h)
	if err != nil || len(read.Rows) != 1 || read.Rows[0].PaidAt.Hour() != 1 {
		t.Errorf("%+v %v", read.Rows, err)
	}
}

// TestWordsAboveAHeader: whose account it is stands above, in rows that may look like a header.
func TestWordsAboveAHeader(t *testing.T) {
	above := "账户名称,某站,币种,人民币,单位,元\n账号,99990100209000999999\n"
	known := above + "流水号,交易时间,对方户名,对方账号,附言,贷方金额\nF1,2026-11-28 09:30:00,甲,6222000000000000001,x,10.00\n"
	if read, err := statement.Read([]byte(known)); err != nil || read.Account != "99990100209000999999" {
		t.Errorf("%q %v", read.Account, err)
	}
	_, err := statement.Read([]byte(above + "交易号1,时刻,往来人,对方账号(16位),说明,进项,结存\n" +
		"F1,2026-11-28 09:30:00,甲,6222000000000000001,x,10.00,9.00\n"))
	var unclear *statement.Unclear
	if !errors.As(err, &unclear) || unclear.Titles[0] != "交易号1" || unclear.Sample(5) != "10.00" {
		t.Errorf("%+v", unclear)
	}
	_, err = statement.Read([]byte(strings.Repeat("列,", 70) + "列\n"))
	if unclear = nil; errors.As(err, &unclear) {
		t.Error("seventy columns are told apart by nobody")
	}
}

func TestTitlesThatSayOtherwise(t *testing.T) {
	for title, name := range map[string]string{"结余": "credit", "账户余额": "amount", "支出金额": "credit",
		"贷方金额(元)": "debit", "序号": "serial", "对方户名": "credit"} {
		columns := maps.Clone(strangeColumns)
		titles := []string{"甲", "乙", "丙", "丁", "戊", "己", "庚", title}
		columns[name] = 7
		fields := fault.FieldsOf(statement.Header{Columns: columns}.Fits(titles))
		if len(fields) == 0 || fields[0].Name != "column_"+name {
			t.Errorf("%s as %s: %+v", title, name, fields)
		}
	}
}
