package fault

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// TestWhatACallerReadsOfAnError: the code, the sentence and the fields survive
// wrapping; what is no Error of ours is internal and says nothing to people.
func TestWhatACallerReadsOfAnError(t *testing.T) {
	ours := New(Conflict, "已有%d份", 2).On("lot").On("serial")
	for name, c := range map[string]struct {
		err     error
		code    Code
		message string
		fields  []string
	}{
		"nothing":     {nil, "", "", nil},
		"a stranger":  {io.EOF, Internal, "", nil},
		"ours":        {ours, Conflict, "已有2份", []string{"lot", "serial"}},
		"wrapped":     {fmt.Errorf("saving: %w", ours), Conflict, "已有2份", []string{"lot", "serial"}},
		"joined":      {errors.Join(io.EOF, ours), Conflict, "已有2份", []string{"lot", "serial"}},
		"of no field": {New(TooMany, "请稍后"), TooMany, "请稍后", nil},
	} {
		var fields []string
		for _, f := range FieldsOf(c.err) {
			fields = append(fields, f.Name)
			if f.Message != c.message {
				t.Errorf("%s: field %s says %q", name, f.Name, f.Message)
			}
		}
		if CodeOf(c.err) != c.code || MessageOf(c.err) != c.message || !slices.Equal(fields, c.fields) {
			t.Errorf("%s: %q, %q, %v", name, CodeOf(c.err), MessageOf(c.err), fields)
		}
	}
	if got := ours.Error(); got != "conflict: 已有2份；lot：已有2份；serial：已有2份" {
		t.Errorf("the log reads %q", got)
	}
}

// TestAFormIsMendedInOneGo: every wrong field is named once, by its first
// complaint, in the order of the form; a sound form is no error.
func TestAFormIsMendedInOneGo(t *testing.T) {
	var f Form
	if err := f.Err(); err != nil {
		t.Fatalf("nothing is wrong: %v", err)
	}
	f.Text("name", "姓名", "张三", 2)
	f.Optional("note", "备注", "", 0)
	f.Between("area", "面积", 1, 1, 1)
	if err := f.Err(); err != nil {
		t.Fatalf("at its limits the form is sound: %v", err)
	}
	f.Text("name", "姓名", " \t\n", 30)
	f.Add("area", "第一")
	f.Add("area", "第二")
	f.Add("note", "第三")
	err := f.Err()
	want := []Field{{"name", "请填写姓名"}, {"area", "第一"}, {"note", "第三"}}
	if CodeOf(err) != Invalid || !slices.Equal(FieldsOf(err), want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

// TestTexts: characters are counted, not bytes; what cannot be seen, or turns the
// order of what is read, is refused.
func TestTexts(t *testing.T) {
	for name, c := range map[string]struct {
		value string
		says  string
	}{
		"as long as allowed":   {"村民小组", ""},
		"one longer":           {"村民小组一", "姓名不能超过4个字，现为5个字"},
		"lines and tabs":       {"一\r\n\t", ""},
		"a null":               {"一\x00", "无法显示"},
		"an escape":            {"一\x1b", "无法显示"},
		"a delete":             {"一\x7f", "无法显示"},
		"right to left":        {"一\u202e", "无法显示"},
		"left to right":        {"一\u202d", "无法显示"},
		"an isolate":           {"一\u2066", "无法显示"},
		"a mark of direction":  {"一\u200e", "无法显示"},
		"an Arabic mark":       {"一\u061c", "无法显示"},
		"another isolate":      {"一\u2067", "无法显示"},
		"the first strong one": {"一\u2068", "无法显示"},
		"bytes of no text":     {"\xff", "无法显示"},
	} {
		for _, check := range []func(*Form){
			func(f *Form) { f.Text("name", "姓名", c.value, 4) }, func(f *Form) { f.Optional("name", "姓名", c.value, 4) },
		} {
			var f Form
			check(&f)
			fields := FieldsOf(f.Err())
			if c.says == "" && len(fields) == 0 {
				continue
			}
			if len(fields) != 1 || fields[0].Name != "name" || c.says == "" ||
				!strings.Contains(fields[0].Message, c.says) {
				t.Errorf("%s: %v, want %q", name, fields, c.says)
			}
		}
	}
}

// TestATextOfNothingIsMissing: letters that are drawn as nothing are no text.
func TestATextOfNothingIsMissing(t *testing.T) {
	var f Form
	f.Text("text", "内容", "\u2800 \u3164", 9)
	if fields := FieldsOf(f.Err()); len(fields) != 1 || !strings.Contains(fields[0].Message, "请填写") {
		t.Errorf("%v", fields)
	}
}

// TestNumbers: both ends of a range belong to it.
func TestNumbers(t *testing.T) {
	for value, sound := range map[int64]bool{-1: false, 0: true, 5: true, 9: true, 10: false} {
		var f Form
		f.Between("years", "租期", value, 0, 9)
		if got := f.Err() == nil; got != sound {
			t.Errorf("%d: %v", value, f.Err())
		}
	}
}

// What nobody sees in a name makes two of one, and a break a false line of a list.
func TestALineHasNothingUnseen(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"王\r\n五", "王\n", "王\t五", "王\u200b五", "\ufeff王五", "王\u2028五", "王\u202e五", "王\u3164"} {
		var f Form
		f.Line("name", "姓名", bad, 30)
		f.OptionalLine("other", "别名", bad, 30)
		var e *Error
		err := f.Err()
		if !errors.As(err, &e) || len(e.Fields) != 2 || !strings.Contains(e.Fields[0].Message, "看不见的字符") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, good := range []string{"买买提·吐尔逊", "葛\U000e0100城", "王 五", "3 号门面（东）"} {
		var f Form
		f.Line("name", "姓名", good, 30)
		if err := f.Err(); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	var f Form
	f.Line("name", "姓名", "", 30)
	if f.Err() == nil {
		t.Error("an empty one")
	}
}
