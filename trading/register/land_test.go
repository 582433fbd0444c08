package register

import "testing"

func TestOneLandUnderManyNames(t *testing.T) {
	for name, others := range map[string][]string{
		"3号塘":  {"三号塘", "叁号塘", "03塘", "（3号）塘", "3号，塘", "3、塘", "3_塘", "第三号塘", "3—号塘", "No.3塘", "㈢号塘", "③塘"},
		"11号地": {"第十一号地", "十一号地", "一一号地", "11号地块", "11号地。"},
		"103号": {"一百零三号", "一百〇三号", "一〇三号"},
		"20号":  {"二十号", "二〇号", "贰拾号"},
		"3-1塘": {"3\u22121塘", "3\u25001塘", "3\u30fc1塘", "3~1塘", "3\u20141塘", "3\u20111塘", "3号1塘", "3 1塘", "3-01塘"},
		"路":    {"路。", "东至路", "东至：路", "北至路，"},
		"第三组":  {"三组", "3组"},
	} {
		for _, other := range others {
			if bound(name) != bound(other) {
				t.Errorf("%s is %q, %s is %q", name, bound(name), other, bound(other))
			}
		}
	}
}

func TestAnotherLandIsAnother(t *testing.T) {
	for _, pair := range [][2]string{
		{"2-11号商铺", "21-1号商铺"}, {"1-2号", "12号"}, {"1号11号", "11号1号"}, {"1-12号棚", "11-2号棚"},
		{"1-2号地", "12号地"}, {"3号楼1号", "31号楼"}, {"1 2号", "12号"}, {"路", "路边"}, {"第3第1", "31"},
		{"三3号地", "33号地"}, {"三3号地", "三十三号地"}, {"30号", "3号"}, {"十号", "一号"}, {"一百三号", "103号"},
		{"#", "第"}, {"十一号", "十号一号"},
	} {
		if bound(pair[0]) == bound(pair[1]) {
			t.Errorf("%s and %s are %q", pair[0], pair[1], bound(pair[0]))
		}
	}
}
