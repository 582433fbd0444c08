package bidding

import "testing"

func TestAnAccountsNumberIsReadOutOfWords(t *testing.T) {
	for text, want := range map[string]string{
		"户名：经管站；开户行：农商银行；账号：3601 0100 2090 0012 3456（须从本人账户转入）": "36010100209000123456",
		"账号36010100-2090":              "360101002090",
		"账号 3601010020，电话 08881234567": "",
		"见附件":                          "",
	} {
		if got := numberIn(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
