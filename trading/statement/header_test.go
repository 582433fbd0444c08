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
