package statement_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

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
			"6222000000000000001,1544.00,BD7KQ4M2XA\n",
		"one amount and its side": "流水号,交易时间,对方户名,对方账号,交易金额,借贷标志,用途\nS1,20261123093000,竞买人甲," +
			"6222000000000000001,1544.00,贷,BD7KQ4M2XA\n",
	} {
		t.Run(name, func(t *testing.T) {
			lines, skipped, err := statement.Read([]byte(body))
			if err != nil || skipped != 0 || !slices.Equal(lines, []statement.Line{paid}) {
				t.Errorf("got %+v, %d, %v", lines, skipped, err)
			}
		})
	}
}

// TestReadStatementSkips leaves out what is no incoming money.
func TestReadStatementSkips(t *testing.T) {
	rows := payment + ",,,,,\n" + "S2,2026-11-23 09:31:00,某户,1,,支出\n" + "S3,2026-11-23 09:32:00,某户,1,-20.00,手续费\n" +
		"S4,,,,0.00,\n" + "S5,2026-11-23 09:33:00,,,0.52,结息\n"
	lines, skipped, err := statement.Read([]byte(header + rows))
	if err != nil || skipped != 3 || len(lines) != 2 || lines[1].Serial != "S5" || lines[1].Payer != "" {
		t.Errorf("got %+v, %d, %v", lines, skipped, err)
	}
	sides := "流水号,交易时间,对方户名,对方账号,交易金额,收支方向,摘要,附言\nS1,2026-11-23 09:30:00,竞买人甲,1,20.00,支出,转账,退款\n" +
		"S2,2026-11-23 09:30:00,竞买人甲,1,20.00,收入,转账,保证金\n"
	lines, skipped, err = statement.Read([]byte(sides))
	if err != nil || skipped != 1 || len(lines) != 1 || lines[0].Serial != "S2" || lines[0].Memo != "保证金;转账" {
		t.Errorf("got %+v, %d, %v", lines, skipped, err)
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
		"neither in nor out": {"流水号,交易时间,对方户名,对方账号,交易金额,借贷标志,用途\nS1,20261123093000,竞买人甲,1,1544.00,?,x\n", "应为借或贷"},
		"after a line in a text": {header + strings.Replace(payment, "BD7KQ4M2XA", "\"BD\n7KQ4M2XA\"", 1) +
			strings.Replace(payment, "S1", "", 1), "第 4 行"},
	} {
		t.Run(name, func(t *testing.T) {
			lines, skipped, err := statement.Read([]byte(c.body))
			if err == nil || lines != nil || skipped != 0 {
				t.Fatalf("got %d lines, %d skipped, %v", len(lines), skipped, err)
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
	if lines, _, err := statement.Read(rows(5000)); err != nil || len(lines) != 5000 {
		t.Errorf("5,000 rows: got %d, %v", len(lines), err)
	}
	if _, _, err := statement.Read(rows(5001)); fault.CodeOf(err) != fault.Invalid {
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
		lines, _, err := statement.Read(body)
		if err != nil && (lines != nil || len(fault.FieldsOf(err)) != 1) {
			t.Fatalf("%d lines with %v", len(lines), err)
		}
		for _, l := range lines {
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
