package identity

import (
	"context"
	"regexp"
	"strings"

	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/gate"
	"sunlot/internal/typed"
)

// JoinForm is how a bidder opens an account. Name is that of the identity card
// or the licence: the deposit must come from an account of this name.
type JoinForm struct {
	Name     string `json:"name"`
	Login    string `json:"login"`
	Password string `json:"password"`
	Network  string `json:"-"` // the address, by whose share it waits
}

// Join opens a bidder's account in the county. It says nothing of any lot.
func (a *Admin) Join(ctx context.Context, requestID string, form JoinForm) (string, error) {
	once, err := event.NewRequest("visitor", "person.join", requestID, []string{form.Name, form.Login})
	if err != nil {
		return "", err
	}
	form.Name = strings.TrimSpace(form.Name)
	var f fault.Form
	f.Line("name", "姓名或单位名称", form.Name, 60)
	a.mayBePublic(&f, "name", form.Name)
	form.Login = FoldLogin(form.Login)
	checkLogin(&f, form.Login)
	hash, err := hashFor(ctx, caller{lane: gate.Strangers, key: form.Network}, form.Login, form.Password,
		form.Name)
	if fault.CodeOf(err) == fault.Unavailable {
		return "", err
	}
	for _, wrong := range fault.FieldsOf(err) {
		f.Add(wrong.Name, "%s", wrong.Message)
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	county, err := a.county(ctx)
	if err != nil {
		return "", err
	}
	return a.Store.WriteAdmin(ctx, once, func(tx AdminTx) (string, error) {
		p := Person{ID: event.NewID(), Name: form.Name, Login: form.Login, PasswordHash: hash}
		if err := tx.AddPerson(p); err != nil {
			return "", err
		}
		m := Membership{ID: event.NewID(), PersonID: p.ID, OrgID: county.ID, Role: BidderRole, From: a.Clock.Now()}
		return p.ID, tx.AddMembership(m)
	})
}

// county is the one organisation of that kind: a department of the county lies at the same path.
func (a *Admin) county(ctx context.Context) (Org, error) {
	orgs, err := a.Store.OrgsIn(ctx, Everywhere, []OrgKind{County})
	if err != nil {
		return Org{}, err
	}
	if len(orgs) != 1 {
		return Org{}, fault.New(fault.Unavailable, "平台尚未启用，暂不能注册")
	}
	return orgs[0], nil
}

var (
	loginName  = regexp.MustCompile(`^[a-z][a-z0-9._-]{2,31}$`)
	loginPhone = regexp.MustCompile(`^1[3-9]\d{9}$`)
)

// FoldLogin is a login as it is kept: a mobile number without what parts its digits and
// without the country's, a name in small letters, as a telephone's keyboard begins with
// a capital one.
func FoldLogin(text string) string {
	phone := typed.Phone(text)
	if len(phone) == len("8613800000000") { // the country's number, without its mark
		phone = strings.TrimPrefix(phone, "86")
	}
	if loginPhone.MatchString(phone) {
		return phone
	}
	return strings.ToLower(typed.Plain(text))
}

// checkLogin refuses what is neither a mobile number nor a name.
func checkLogin(f *fault.Form, login string) {
	if !loginName.MatchString(login) && !loginPhone.MatchString(login) {
		f.Add("login", "请填写11位手机号；不用手机号的，登录名为3至32个字符，可用小写字母、数字、点和短横线，第一个必须是字母")
	}
}

func loginFits(login string) error {
	var f fault.Form
	checkLogin(&f, login)
	return f.Err()
}
