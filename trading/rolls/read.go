package rolls

import (
	"slices"
	"strings"
	"unicode"

	"sunlot/internal/fault"
)

// nameHead and noteHeads are how tables call the columns that are read.
var (
	nameHead  = "姓名"
	noteHeads = []string{"区分", "组别", "小组", "户", "户别", "年龄", "备注"}
)

// ReadMembers reads a pasted list: a name a line, or a table's columns with blanks
// of a tabulator or commas between them. In a table with a head 姓名 is the name, the
// first of the columns that tell people apart the note, and nothing else is taken over;
// without a head a second column is the note. A number in front is not read.
func ReadMembers(text string) ([]Member, error) {
	var f fault.Form
	var members []Member
	var head []string
	for i, line := range strings.Split(text, "\n") {
		cells := cellsOf(line)
		if len(cells) == 0 {
			continue
		}
		if head == nil && len(members) == 0 && slices.Contains(cells, nameHead) {
			head = cells
			continue
		}
		m, ok := memberOf(head, cells)
		if !ok {
			f.Add("members", "第%d行读不懂：一行一个人，写姓名，同名的在逗号后加区分；从表格粘贴多列的，把有“姓名”的表头一起粘贴", i+1)
			return nil, f.Err()
		}
		members = append(members, m)
	}
	return members, nil
}

// cellsOf is what stands in a line; none for an empty one.
func cellsOf(line string) []string {
	line = strings.TrimPrefix(line, "\ufeff")
	if strings.TrimSpace(line) == "" {
		return nil
	}
	plain := strings.NewReplacer(",", "\t", "\uff0c", "\t").Replace(line)
	cells := strings.Split(plain, "\t")
	for i, cell := range cells {
		cells[i] = strings.Trim(strings.TrimSpace(cell), `"`)
	}
	return cells
}

// memberOf reads a line under its table's head, or without one.
func memberOf(head, cells []string) (Member, bool) {
	if head != nil {
		m := Member{Name: cellUnder(head, cells, nameHead)}
		for _, name := range noteHeads {
			if m.Note == "" {
				m.Note = cellUnder(head, cells, name)
			}
		}
		return apart(m), len(cells) <= len(head) && m.Name != ""
	}
	if len(cells) > 1 && number(cells[0]) {
		cells = cells[1:]
	}
	for len(cells) > 1 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	switch {
	case len(cells) > 2 || cells[0] == "" || strings.ContainsRune(cells[0], '、'):
		return Member{}, false
	case len(cells) == 2:
		return apart(Member{Name: cells[0], Note: cells[1]}), true
	}
	return apart(Member{Name: cells[0]}), true
}

func cellUnder(head, cells []string, name string) string {
	at := slices.Index(head, name)
	if at < 0 || at >= len(cells) {
		return ""
	}
	return cells[at]
}

// number says whether a cell is the line's number in its table.
func number(cell string) bool {
	return cell != "" && strings.IndexFunc(strings.TrimRight(cell, ".、"), func(r rune) bool {
		return !unicode.IsDigit(r)
	}) < 0
}

// apart takes what stands in brackets after a name for the note.
func apart(m Member) Member {
	at := strings.IndexAny(m.Name, "（(")
	if at <= 0 || m.Note != "" {
		return m
	}
	note := strings.TrimRight(m.Name[at:], "）) ")
	return Member{Name: strings.TrimSpace(m.Name[:at]), Note: strings.Trim(note, "（( ")}
}
