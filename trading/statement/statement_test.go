package statement_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"sunlot/internal/fault"
	"sunlot/trading/statement"
)

const (
	header  = "交易流水号,交易时间,对方户名,对方账号,贷方金额,附言\n"
	payment = "S1,2026-11-23 09:30:00,竞买人甲,6222000000000000001,1544.00,BD7KQ4M2XA\n"
)

// paid is what payment says.
var paid = statement.Line{Serial: "S1", PaidAt: time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC), Payer: "竞买人甲",
	Account: "6222000000000000001", Amount: 154400, Memo: "BD7KQ4M2XA"}

func gb18030(t *testing.T, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// utf16le is the text as Excel's 'Unicode text' has it.
func utf16le(s string) string {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(s)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}

// lines are the payments that came in.
func lines(read statement.Statement) (in []statement.Line) {
	for _, row := range read.Rows {
		if row.Kind == statement.In {
			in = append(in, row.Line)
		}
	}
	return in
}

// TestReadStatement reads the same payment as different banks write it.
func TestReadStatement(t *testing.T) {
	for name, body := range map[string]string{
		"UTF-8":                    header + payment,
		"with a mark at the front": "\ufeff" + header + payment,
		"GB18030":                  gb18030(t, header+payment),
		"lines of Windows":         strings.ReplaceAll(header+payment, "\n", "\r\n"),
		"no line end":              strings.TrimSpace(header + payment),
		"quotes and commas": header +
			`"S1","2026-11-23 09:30:00","竞买人甲","6222000000000000001","1,544.00","BD7KQ4M2XA"`,
		"tabs after numbers": header +
			"S1\t,\"2026-11-23 09:30:00\t\",竞买人甲,6222000000000000001\t,1544.00\t,BD7KQ4M2XA\t\n",
		"blanks in numbers": header +
			"S1,2026-11-23 09:30:00, 竞买人甲 ,6222 0000 0000 0000 001,¥ 1544.00 元,BD7KQ4M2XA\n",
		"full-width": header +
			"S1,2026-11-23 09:30:00,竞买人甲," +
			"\uff16\uff12\uff12\uff12\uff10\uff10" +
			"\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff11," +
			"\uff11\uff15\uff14\uff14\uff0e\uff10\uff10,BD7KQ4M2XA\n",
		"another order": "附言,贷方金额\uff08元\uff09,付款账号,付款人户名,入账时间,流水号\n" +
			"BD7KQ4M2XA,1544,6222-0000-0000-0000-001,竞买人甲,20261123 093000,S1\n",
		"lines before the header": "账号,1234\n户名,云溪镇三资代理中心\n\n" + header + payment,
		"a comma at the end":      header + strings.Replace(payment, "\n", ",\n", 1),
		"day and hour apart": "流水号,交易日期,交易时间,对方户名,对方账号,金额,备注\nS1,2026/11/23,09:30,竞买人甲," +
			"6222000000000000001,+1544.00,BD7KQ4M2XA\n",
		"UTF-16": utf16le(header + payment),
		"a tab after a quoted number": header +
			"\"S1\"\t,2026-11-23 09:30:00,竞买人甲,6222000000000000001,\"1,544.00\"\t,BD7KQ4M2XA\n",
		"marks against rounding": header +
			"'S1,2026-11-23 09:30:00,竞买人甲,\"=\"\"6222000000000000001\"\"\",1544.00,BD7KQ4M2XA\n",
		"an hour that counts to twelve": header +
			"S1,2026/11/23 上午 9:30:00,竞买人甲,6222000000000000001,1544.00,BD7KQ4M2XA\n",
		"ICBC's instant": "流水号,交易时间戳,对方单位名称,对方账号,借方发生额,贷方发生额,摘要\n" +
			"S1,2026-11-23-09.30.00.000000,竞买人甲,6222000000000000001,-,1544.00,BD7KQ4M2XA\n",
		"BOC's titles": "交易流水号,交易时间,对方账户名,对方卡号/账号,借/贷,交易金额,用途\n" +
			"S1,20261123 09:30:00,竞买人甲,6222000000000000001,CREDIT,1544.00,BD7KQ4M2XA\n",
		"CCB's header": gb18030(t, "账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,"+
			"对方开户机构,记账日期,摘要,备注,账户明细编号-交易流水号\n"+
			"1,站,20261123 09:30:00,0.00,1544.00,1.00,人民币,竞买人甲,6222000000000000001,某支行,20261123,,BD7KQ4M2XA,S1\n"),
		"one amount and its side": "流水号,交易时间,对方户名,对方账号,交易金额,借贷标志,用途\nS1,20261123093000,竞买人甲," +
			"6222000000000000001,1544.00,贷,BD7KQ4M2XA\n",
	} {
		t.Run(name, func(t *testing.T) {
			read, err := statement.Read([]byte(body))
			if err != nil || len(read.Rows) != 1 || !slices.Equal(lines(read), []statement.Line{paid}) {
				t.Errorf("got %+v, %v", read, err)
			}
		})
	}
}

// TestEveryRowIsAnsweredFor: what came, what went, what was taken back, and what
// moved nothing, with the reason.
func TestEveryRowIsAnsweredFor(t *testing.T) {
	const two = "流水号,交易时间,对方户名,对方账号,借方金额,贷方金额,附言,原流水号\n"
	const one = "流水号,交易时间,对方户名,对方账号,交易金额,收支,附言\n"
	const day = ",2026-11-23 09:30:00,竞买人甲,1,"
	for name, c := range map[string]struct {
		body string
		kind statement.Kind
	}{
		"a credit":                    {two + "S" + day + ",20.00,x,\n", statement.In},
		"a debit":                     {two + "S" + day + "20.00,,退款,\n", statement.Out},
		"a credit below nothing":      {two + "S" + day + ",-20.00,x,\n", statement.Undone},
		"a debit marked":              {two + "S" + day + "20.00,0.00,冲正,\n", statement.Undone},
		"a debit sent back":           {two + "S" + day + "20.00,0.00,退汇,\n", statement.Undone},
		"a debit that names a credit": {two + "S" + day + "20.00,0.00,x,S0\n", statement.Undone},
		"a debit below nothing":       {two + "S" + day + "-20.00,,x,\n", statement.Back},
		"a credit sent back":          {two + "S" + day + ",20.00,退汇,\n", statement.Back},
		"no sum":                      {two + "S" + day + ",,x,\n", statement.Nothing},
		"nothing on either side":      {two + "S" + day + "0.00,0.00,x,\n", statement.Nothing},
		"a debit without a serial":    {two + day + "20.00,,手续费,\n", statement.Nothing},
		"a side in":                   {one + "S" + day + "20.00,收,x\n", statement.In},
		"a side out":                  {one + "S" + day + "20.00,支,x\n", statement.Out},
		"a side in below nothing":     {one + "S" + day + "-20.00,收入,x\n", statement.Undone},
		"a side out below nothing":    {one + "S" + day + "-20.00,DEBIT,x\n", statement.Back},
		"an English credit":           {one + "S" + day + "20.00,Credit,x\n", statement.In},
		"a minus":                     {"流水号,交易时间,对方户名,对方账号,金额,附言\nS" + day + "-20.00,x\n", statement.Out},
		"interest":                    {header + "S,2026-11-23 09:33:00,,,0.52,结息\n", statement.In},
	} {
		t.Run(name, func(t *testing.T) {
			read, err := statement.Read([]byte(c.body))
			if err != nil || len(read.Rows) != 1 || read.Rows[0].Kind != c.kind || read.Rows[0].Number != 2 {
				t.Fatalf("got %+v, %v", read, err)
			}
			if row := read.Rows[0]; row.Amount < 0 || (row.Kind == statement.Nothing) != (row.Reason != "") {
				t.Errorf("got %+v", row)
			}
		})
	}
}

// TestSerialsComeAgain on another day, and of a payment with what takes it back.
func TestSerialsComeAgain(t *testing.T) {
	read, err := statement.Read([]byte(header + payment + strings.Replace(payment, "11-23", "11-24", 1) +
		strings.Replace(payment, "1544.00", "-1544.00", 1)))
	if err != nil || len(read.Rows) != 3 || read.Rows[2].Kind != statement.Undone {
		t.Errorf("got %+v, %v", read, err)
	}
}

// TestWhoseStatement is read from above the header or from a column; two
// accounts are no one's statement, and a short number names none.
func TestWhoseStatement(t *testing.T) {
	const column = "本方账号,流水号,交易时间,对方户名,对方账号,贷方金额,附言\n"
	for name, c := range map[string]struct{ body, want string }{
		"nowhere":             {header + payment, ""},
		"above":               {"查询账号,3600 1234 5678\n" + header + payment, "360012345678"},
		"above, in one cell":  {"账号:360012345678,某站\n" + header + payment, "360012345678"},
		"above, wide":         {"账号：３６００１２３４５６７８\n" + header + payment, "360012345678"},
		"above, masked":       {"本方账号,3600****5678\n" + header + payment, "3600****5678"},
		"in a column":         {column + "360012345678," + payment, "360012345678"},
		"too short for one":   {"账号,1234\n" + header + payment, ""},
		"the same in both":    {"账号,360012345678\n" + column + "360012345678," + payment, "360012345678"},
		"the header's words":  {"账号,\n" + header + payment, ""},
		"beside its own name": {"户名,某站,账号,360012345678\n" + header + payment, "360012345678"},
	} {
		if read, err := statement.Read([]byte(c.body)); err != nil || read.Account != c.want {
			t.Errorf("%s: got %q, %v", name, read.Account, err)
		}
	}
}

// TestWhatARowUndoes is named by a column of its own, or told by a word of the bank's.
func TestWhatARowUndoes(t *testing.T) {
	const two = "流水号,交易时间,对方户名,对方账号,借方金额,贷方金额,附言,摘要,原流水号\n"
	read, err := statement.Read([]byte(two + "S2,2026-11-23 09:31:00,竞买人甲,1,20.00,,BD7KQ4M2XA,冲正,'S1\n" +
		"S3,2026-11-23 09:32:00,竞买人甲,1,20.00,,BD7KQ4M2XA,转账,\n"))
	if err != nil || len(read.Rows) != 2 {
		t.Fatalf("%+v, %v", read, err)
	}
	if r := read.Rows[0]; r.Kind != statement.Undone || r.Original != "S1" || r.Memo != "BD7KQ4M2XA；冲正" {
		t.Errorf("%+v", r)
	}
	if r := read.Rows[1]; r.Kind != statement.Out || r.Original != "" || r.Day() != "2026-11-23" {
		t.Errorf("%+v", r)
	}
}

// TestSameContent is the day, the sum and the payer, however they are written.
func TestSameContent(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*statement.Line)
		same   bool
	}{
		"nothing":             {func(*statement.Line) {}, true},
		"another memo":        {func(l *statement.Line) { l.Memo = "x" }, true},
		"a later second":      {func(l *statement.Line) { l.PaidAt = l.PaidAt.Add(time.Second) }, true},
		"a blank in the name": {func(l *statement.Line) { l.Payer = "竞买 人甲" }, true},
		"another name":        {func(l *statement.Line) { l.Payer = "竞买人乙" }, false},
		"another sum":         {func(l *statement.Line) { l.Amount++ }, false},
		"another day":         {func(l *statement.Line) { l.PaidAt = l.PaidAt.AddDate(0, 0, 1) }, false},
	} {
		other := paid
		c.change(&other)
		if paid.SameContent(other) != c.same || other.SameContent(paid) != c.same {
			t.Errorf("%s: %v", name, !c.same)
		}
	}
}

// TestABanksOwnSign in a name is kept as it is, and the rest is read.
func TestABanksOwnSign(t *testing.T) {
	body := gb18030(t, header) + strings.Replace(gb18030(t, payment), gb18030(t, "甲"), "\xaa\xa1\xfe\xfe\xa1\x40", 1)
	read, err := statement.Read([]byte(body))
	if err != nil || len(read.Rows) != 1 || read.Rows[0].Payer != "竞买人\ue000\ue4c5\ue4c6" {
		t.Errorf("got %+v, %v", read, err)
	}
}

// TestReadStatementRefuses: nothing is read of a statement with one bad line.
func TestReadStatementRefuses(t *testing.T) {
	with := func(old, new string) string { return header + payment + strings.Replace(payment, old, new, 1) }
	for name, c := range map[string]struct{ body, says string }{
		"nothing":            {" \n", "文件是空的"},
		"too large":          {header + strings.Repeat("x", 2<<20), "2 MB"},
		"a workbook":         {"PK\x03\x04" + header, "Excel"},
		"an old workbook":    {"\xd0\xcf\x11\xe0" + header, "Excel"},
		"another encoding":   {gb18030(t, header+payment) + "\xff\xfe\xff", "有无法识别的文字"},
		"no header":          {payment + payment, "没有找到表头"},
		"a header too low":   {strings.Repeat("x\n", 20) + header + payment, "没有找到表头"},
		"a column missing":   {"流水号,交易时间,对方户名,贷方金额,附言\n", "“对方账号”"},
		"a broken quote":     {with("BD7", `B"D7`), "第 3 行第"},
		"an open quote":      {with("BD7", `"BD7`), "引号"},
		"no serial":          {with("S1", ""), "第 3 行“交易流水号”"},
		"the same serial":    {with("S1", "s1"), "第 3 行“交易流水号”与第 2 行相同"},
		"no time":            {strings.Replace(with("S1", "S2"), "S2,2026-11-23 09:30:00", "S2,", 1), "第 3 行“交易时间”"},
		"a day alone":        {strings.Replace(with("S1", "S2"), "S2,2026-11-23 09:30:00", "S2,2026-11-23", 1), "只有日期"},
		"no such day":        {strings.Replace(with("S1", "S2"), "S2,2026-11-23", "S2,2026-11-31", 1), "第 3 行“交易时间”"},
		"an amount in words": {with("1544.00", "一千"), "第 3 行“贷方金额”"},
		"three decimals":     {with("1544.00", "1544.001"), "第 3 行“贷方金额”"},
		"an unquoted comma":  {with("1544.00", "1,544.00"), "第 3 行第 7 列"},
		"a rounded account":  {with("6222000000000000001", "6.222E+18"), "第 3 行“对方账号”"},
		"a rounded serial":   {with("S1", "2.02611E+17"), "第 3 行“交易流水号”"},
		"a mark of control":  {with("竞买人甲", "竞\x00买"), "第 3 行“对方户名”"},
		"a long serial":      {with("S1", strings.Repeat("9", 65)), "第 3 行“交易流水号”有 65 个字"},
		"a long memo": {strings.Replace(with("S1", "S2"), "BD7KQ4M2XA\n", strings.Repeat("款", 1001)+"\n", 1),
			"附言"},
		"a direction unknown": {"流水号,交易时间,对方户名,对方账号,交易金额,进出,用途\nS1,20261123093000,竞买人甲,1,1544.00,出,x\n",
			"表头缺少“借贷标志”一列"},
		"no direction at all": {"流水号,交易时间,对方户名,对方账号,金额,用途\nS1,20261123093000,竞买人甲,1,1544.00,x\n",
			"表头缺少“借贷标志”一列"},
		"an empty direction": {"流水号,交易时间,对方户名,对方账号,金额,收支,用途\nS1,20261123093000,竞买人甲,1,1544.00,,x\n",
			"“收支”是空的"},
		"both sides": {"流水号,交易时间,对方户名,对方账号,借方金额,贷方金额,用途\nS1,20261123093000,竞买人甲,1,1.00,2.00,x\n",
			"都有金额"},
		"against its side": {"流水号,交易时间,对方户名,对方账号,借方金额,贷方金额,收支,用途\nS1,20261123093000,竞买人甲,1,,2.00,支,x\n",
			"不一致"},
		"a comma for a point": {with("1544.00", `"1544,00"`), "第 3 行“贷方金额”"},
		"no amount's column":  {"流水号,交易时间,对方户名,对方账号,余额,附言\n", "“贷方金额”"},
		"two accounts": {"本方账号,流水号,交易时间,对方户名,对方账号,贷方金额,附言\n36001234," + payment + "36005678," +
			strings.Replace(payment, "S1", "S2", 1), "一份流水只能是一个账户的"},
		"half a sign of UTF-16": {utf16le(header+payment) + "x", "有无法识别的文字"},
		"neither in nor out":    {"流水号,交易时间,对方户名,对方账号,交易金额,借贷标志,用途\nS1,20261123093000,竞买人甲,1,1544.00,?,x\n", "应为借或贷"},
		"after a line in a text": {header + strings.Replace(payment, "BD7KQ4M2XA", "\"BD\n7KQ4M2XA\"", 1) +
			strings.Replace(payment, "S1", "", 1), "第 4 行"},
	} {
		t.Run(name, func(t *testing.T) {
			read, err := statement.Read([]byte(c.body))
			if err == nil || read.Rows != nil {
				t.Fatalf("got %d rows, %v", len(read.Rows), err)
			}
			fields := fault.FieldsOf(err)
			if fault.CodeOf(err) != fault.Invalid || len(fields) != 1 || fields[0].Name != "statement" ||
				!strings.Contains(fields[0].Message, c.says) {
				t.Errorf("got %v, want %q on statement", err, c.says)
			}
		})
	}
}

func TestReadStatementRows(t *testing.T) {
	rows := func(n int) []byte {
		var b strings.Builder
		b.WriteString(header)
		for i := range n {
			fmt.Fprintf(&b, "S%d,2026-11-23 09:30:00,竞买人甲,6222000000000000001,1544.00,BD7KQ4M2XA\n", i)
		}
		return []byte(b.String())
	}
	if read, err := statement.Read(rows(5000)); err != nil || len(read.Rows) != 5000 {
		t.Errorf("5,000 rows: got %d, %v", len(read.Rows), err)
	}
	if _, err := statement.Read(rows(5001)); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("5,001 rows: got %v", err)
	}
}

func TestMemoCode(t *testing.T) {
	const code = "BD7KQ4M2XA"
	for memo, want := range map[string][]string{
		code: {code},
		"青塘村鱼塘保证金" + code + "竞买人甲": {code},
		"bd7kq4m2xa":   {code},
		"BD 7KQ4 M2XA": {code},
		"BD-7KQ4-M2XA": {code},
		"BD—7KQ4–M2XA": {code},
		"\uff22\uff24\uff17\uff2b\uff31\uff14\uff2d\uff12\uff38\uff21": {code},
		"BD\u30007KQ4\tM2XA":         {code},
		"编号:BD7K\u200bQ4M2XA 38.60亩": {code},
		code + " " + code:            {code},
		code + "、BD3MZ8WRTY":         {code, "BD3MZ8WRTY"},
		"BD" + code:                  {"BDBD7KQ4M2", code},
		"":                           nil,
		"保证金":                        nil,
		"BD7KQ4M2X":                  nil,
		"BD7KQ4M2X0":                 nil,
		"BD7KQ4M2XI":                 nil,
		"BD7KQ;4M2XA":                nil,
		"BD7KQ4M2X款":                 nil,
	} {
		if got := statement.MemoCode(memo); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", memo, got, want)
		}
	}
}

func FuzzReadStatement(f *testing.F) {
	f.Add([]byte(header + payment))
	f.Add([]byte("\xef\xbb\xbf" + header + payment + "\xff"))
	f.Add([]byte("流水号,交易时间,对方户名,对方账号,交易金额,借贷标志,用途\nS1,20261123093000,\"竞\n甲\",1,1544.00,贷"))
	f.Fuzz(func(t *testing.T, body []byte) {
		read, err := statement.Read(body)
		if err != nil && (read.Rows != nil || len(fault.FieldsOf(err)) != 1) {
			t.Fatalf("%d rows with %v", len(read.Rows), err)
		}
		for _, l := range read.Rows {
			if l.Kind == statement.Nothing {
				continue
			}
			if l.Serial == "" || l.Amount <= 0 || l.PaidAt.IsZero() {
				t.Fatalf("read %+v", l)
			}
			for _, code := range statement.MemoCode(l.Memo) {
				if len(code) != 10 || !strings.HasPrefix(code, statement.CodePrefix) {
					t.Fatalf("%q has no code %q", l.Memo, code)
				}
			}
		}
	})
}
