package rolls_test

import (
	"fmt"
	"testing"

	"sunlot/internal/fault"
	"sunlot/trading/rolls"
)

// TestReadMembers: what people paste is read as they mean it, and nothing of a table but
// names and what tells them apart; what is not understood is refused by its line.
func TestReadMembers(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a name a line":         {"张三\n李四\n", "[{张三 } {李四 }]"},
		"with empty lines":      {"\n 张三 \r\n\n\t\n李四", "[{张三 } {李四 }]"},
		"with what tells apart": {"张三，三组\n张三,五组\n李四\t62岁", "[{张三 三组} {张三 五组} {李四 62岁}]"},
		"with brackets":         {"张三（三组）\n张三(五组)\n张三 （ 东头 ）", "[{张三 三组} {张三 五组} {张三 东头}]"},
		"with numbers in front": {"1\t张三\n2.\t李四\t三组\n3、,王五", "[{张三 } {李四 三组} {王五 }]"},
		"a table": {"序号\t姓名\t身份证号\t组别\n1\t张三\t360100000000000000\t三组\n2\t李四\t\t\n",
			"[{张三 三组} {李四 }]"},
		"a table of a file":     {"\ufeff姓名,电话\n\"张三\",13900000000\n李四\n", "[{张三 } {李四 }]"},
		"empty columns behind":  {"张三\t\t\n李四,三组,,", "[{张三 } {李四 三组}]"},
		"names of minorities":   {"古丽·买买提\n阿卜杜拉·艾力", "[{古丽·买买提 } {阿卜杜拉·艾力 }]"},
		"nothing":               {" \n\t", "[]"},
		"two on a line":         {"张三、李四", "第1行"},
		"columns without heads": {"张三\n李四\t三组\t户主", "第2行"},
		"more than the head":    {"姓名\t组别\n张三\t三组\t又一列", "第2行"},
		"nobody in a row":       {"姓名\t组别\n\t三组", "第2行"},
	} {
		got, err := rolls.ReadMembers(c.text)
		said := fmt.Sprint(got)
		if err != nil {
			said = fault.FieldsOf(err)[0].Message
		}
		if len(said) < len(c.want) || said[:len(c.want)] != c.want {
			t.Errorf("%s: %s, want %s", name, said, c.want)
		}
	}
}
