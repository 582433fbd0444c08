// Package account is the screens of an account: logging in and out, joining as a
// bidder, the password, and the large type of a browser's pages.
package account

import (
	"sunlot/internal/identity"
	"sunlot/web"
)

// Screens is what it takes to have an account.
type Screens struct {
	Kit      *web.Kit
	Admin    *identity.Admin
	Sessions *identity.Sessions
}

// Register declares the routes.
func (s *Screens) Register() {
	s.RegisterLogin()
	s.Kit.Get("/join", web.Public, s.joinForm)
	s.Kit.Post("/join", web.Public, s.join)
}

// RegisterLogin declares what it takes to log in; a house in which nobody joins
// declares it alone.
func (s *Screens) RegisterLogin() {
	k := s.Kit
	k.Get(web.LoginPath, web.Public, s.loginForm)
	k.Post(web.LoginPath, web.Public, s.login)
	k.Post("/logout", web.Public, s.logout)
	k.Post(web.CarePath, web.Public, s.care)
	k.Get(web.PasswordPath, web.SignedIn, s.passwordForm)
	k.Post(web.PasswordPath, web.SignedIn, s.password)
}
