package identity_test

import (
	"strings"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

func TestFoldLogin(t *testing.T) {
	for typed, want := range map[string]string{
		"13800000000":         "13800000000",
		" +86 138-0000-0000 ": "13800000000",
		"１３８ ００００ ００００":       "13800000000",
		"8613800000000":       "13800000000",
		"Jiafang":             "jiafang",
		"ｊｉａ":                 "jia",
		"23800000000":         "23800000000",
	} {
		if got := identity.FoldLogin(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

// TestABidderLogsInByPhone: however the number is typed it is one account, and no second one is
// opened with it.
func TestABidderLogsInByPhone(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		join := func(login string) error {
			_, err := d.admin.Join(ctx, event.NewID(), identity.JoinForm{
				Name:     "竞买人甲",
				Login:    login,
				Password: password,
				Network:  "192.0.2.1",
			})
			return err
		}
		if err := join("138 0000 0000"); err != nil {
			t.Fatal(err)
		}
		for _, typed := range []string{"13800000000", "+8613800000000", "138-0000-0000"} {
			if _, err := d.Login(ctx, typed, password, identity.From{Network: "192.0.2.1"}); err != nil {
				t.Errorf("%s: %v", typed, err)
			}
			if err := join(typed); fault.CodeOf(err) != fault.Conflict {
				t.Errorf("%s again: %v", typed, err)
			}
		}
		_, err := d.admin.Join(ctx, event.NewID(), identity.JoinForm{Name: "竞买人乙", Login: "13900000000",
			Password: "139-0000-0000"})
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "password" {
			t.Errorf("the number as a password: %v", err)
		}
		var kept []string
		err = d.db.Read(ctx).Table("refusals").Pluck("message", &kept).Error
		if err != nil || len(kept) == 0 || strings.Contains(strings.Join(kept, " "), "138") {
			t.Errorf("what was refused keeps the number: %v, %v", kept, err)
		}
		for _, wrong := range []string{"12800000000", "1380000000", "138000000001", "ab", "中文名"} {
			fields := fault.FieldsOf(join(wrong))
			if len(fields) != 1 || fields[0].Name != "login" {
				t.Errorf("%s: %+v", wrong, fields)
			}
		}
	})
}
