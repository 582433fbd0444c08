package public

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sunlot/internal/event"
)

func TestEverySayingHasItsLabels(t *testing.T) {
	for kind, said := range sayings {
		if said.title == "" {
			t.Errorf("%s has no title", kind)
		}
		for _, name := range said.facts {
			if labels[name].label == "" || labels[name].write == nil {
				t.Errorf("%s: %s has no label", kind, name)
			}
		}
	}
}

func TestEventsInWords(t *testing.T) {
	for _, c := range []struct {
		kind, facts, title string
		want               []fact
	}{
		{"bid.placed", `{"bidder":"7620","ends_at":"2026-10-09T02:00:00.000Z","extended":false,"match":true,"price":32000}`, "有人报价",
			[]fact{{"竞买号", "7620"}, {"单价", "320.00 元/亩·年"}, {"行使优先权跟价", "是"}, {"截止时间顺延", "否"}, {"竞价截止", "2026年10月9日 10:00:00.000"}}},
		{"rent.received", `{"amount":746200,"due":746200,"payment":1,"received":746200,"received_on":"2026-10-14","serial":"****vkus"}`, "收到租金",
			[]fact{{"第几期", "1"}, {"这次到账", "7,462.00 元"}, {"这一期应收", "7,462.00 元"}, {"这一期已收", "7,462.00 元"}, {"到账日期", "2026年10月14日"}, {"银行流水号", "****vkus"}}},
		{"blind.tick", `{"root":"00","tick":7}`, "盲心跳:每分钟一次,没有人报名也照样有", []fact{{"第几次", "7"}}},
		{"tender.posted", `{}`, "公告贴上了村公告栏", nil},
		{"new.kind", `{"price":1}`, "new.kind", nil},
		{"bid.placed", `{"bidder":7,"ends_at":"soon","extended":"no","match":null,"price":1.5}`, "有人报价", nil},
		{"bid.placed", `[]`, "有人报价", nil},
	} {
		got := wordsOf(event.Event{Kind: c.kind, Facts: json.RawMessage(c.facts)})
		if got.Title != c.title || !slices.Equal(got.Facts, c.want) {
			t.Errorf("%s %s: %v", c.kind, c.facts, got)
		}
	}
}

func TestFingerprintsCanBeReadOut(t *testing.T) {
	hash, fours := event.Hash([]byte("key\n")), regexp.MustCompile(`^([0-9a-f]{4} ){15}[0-9a-f]{4}$`)
	if got := grouped(hash); strings.ReplaceAll(got, " ", "") != hash || !fours.MatchString(got) {
		t.Error(got)
	}
}
