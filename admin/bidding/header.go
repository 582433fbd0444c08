package bidding

import (
	"errors"
	"fmt"
	"strconv"

	"sunlot/internal/money"
	"sunlot/trading/statement"
	"sunlot/web"
)

// headerForm asks which column of a bank's file is what.
type headerForm struct {
	Key      string
	Meanings []meaningField
	Read     *reading // by what was told; nil before
}

// reading is what a file comes to by what was told of its columns.
type reading struct {
	Name  string          // statement.Unclear.Reading
	Rows  []statement.Row // the first
	Kinds []readKind
}

type readKind struct {
	Label string
	Rows  int
	Sum   money.Fen
}

// firstRows is how many rows are shown of what is read.
const firstRows = 5

func readingOf(u *statement.Unclear) *reading {
	if u.Read == nil {
		return nil
	}
	r := reading{Name: u.Reading, Rows: u.Read.Rows[:min(len(u.Read.Rows), firstRows)]}
	for _, k := range []struct {
		kind  statement.Kind
		label string
	}{{statement.In, "收入"}, {statement.Out, "支出"}, {statement.Undone, "银行冲正"}, {statement.Back, "退款被银行退回"},
		{statement.Nothing, "不处理"}} {
		rows, sum := u.Read.Sum(k.kind)
		r.Kinds = append(r.Kinds, readKind{k.label, rows, sum})
	}
	return &r
}

type meaningField struct {
	Name, Label, Hint, Value string
	Choices                  []web.Choice
	Optional                 bool
}

// hints help where two columns are taken for each other.
var hints = map[string]string{
	"credit": "只选收入一列，不要选余额",
	"amount": "收入和支出在同一列时选这一项，不选“收入金额”",
	"memo":   "转账附言码所在的一列，也可能叫用途、备注",
	"remark": "写明转账、冲正、退汇的一列",
	"serial": "银行给每笔的编号，每次导出都一样；不要选每次从1排起的序号",
	"time":   "有日期和时刻的一列",
}

// unclearHeader is the form for a file whose columns have to be told, with what is
// known of them or was typed; nil for any other error.
func unclearHeader(err error, typed web.Typed) *headerForm {
	var unclear *statement.Unclear
	if !errors.As(err, &unclear) {
		return nil
	}
	form := headerForm{Key: statement.Key(unclear.Titles), Read: readingOf(unclear)}
	var columns []web.Choice
	for i, title := range unclear.Titles {
		label := fmt.Sprintf("第 %d 列 %s", i+1, title)
		if sample := unclear.Sample(i); sample != "" {
			label += "（如 " + sample + "）"
		}
		columns = append(columns, web.Choice{Value: strconv.Itoa(i), Label: label})
	}
	again := typed["header"] == form.Key
	for _, m := range statement.Meanings {
		field := meaningField{
			Name:    "column_" + m.Name,
			Label:   m.Label,
			Hint:    hints[m.Name],
			Choices: columns,

			Optional: !m.Needed,
		}
		if place, known := unclear.Known[m.Name]; known && !again {
			field.Value = strconv.Itoa(place)
		}
		if again {
			field.Value = typed[field.Name]
		}
		form.Meanings = append(form.Meanings, field)
	}
	return &form
}

// headerSaid is what the form says of the columns; of a file whose columns nobody told
// apart it says nothing. What is no number is a column that no file has.
func headerSaid(r *web.Reader) statement.Header {
	h := statement.Header{Key: r.Text("header")}
	if h.Key == "" {
		return h
	}
	h.Columns = map[string]int{}
	for _, m := range statement.Meanings {
		said := r.Text("column_" + m.Name)
		if said == "" {
			continue
		}
		place, err := strconv.Atoi(said)
		if err != nil {
			place = -1
		}
		h.Columns[m.Name] = place
	}
	return h
}
