package identity

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/gate"
)

// How long tokens live, by the wall clock.
const (
	AccessLife   = 10 * time.Minute
	RefreshLife  = 14 * 24 * time.Hour
	refreshGrace = 30 * time.Second // two tabs that refresh at once get the same successor
)

const issuer = "sunlot"

// Refresh is one refresh token as kept: by its hash, never itself.
type Refresh struct {
	Hash       string // SHA-256 in hex of the token
	Family     string // all tokens that came from one login
	PersonID   string
	Version    int // the person's TokenVersion at the login
	ExpiresAt  time.Time
	ReplacedAt time.Time // zero while it is the family's newest
}

// RefreshTx is what rotating needs of a transaction; the token's row is locked.
type RefreshTx interface {
	Token() (Refresh, error) // fault.NotFound when there is none
	Replace(at time.Time, successor Refresh) error
	EndFamily(family string) error
}

// SessionStore keeps people's logins.
type SessionStore interface {
	// PersonByLogin and Person answer fault.NotFound when there is none.
	PersonByLogin(ctx context.Context, login string) (Person, error)
	Person(ctx context.Context, id string) (Person, error)
	// Changes counts what this node has changed of people and their memberships.
	Changes() int64
	// Memberships lists those that hold at that instant, with name and path of their organisation.
	Memberships(ctx context.Context, personID string, at time.Time) ([]Membership, error)
	// Vouches lists those since then on the person's account and by the person.
	Vouches(ctx context.Context, personID string, since time.Time) ([]Vouch, error)
	AddRefresh(ctx context.Context, r Refresh) error
	// FamilyOpen says whether a token of the family is kept that has not lapsed.
	FamilyOpen(ctx context.Context, family string, now time.Time) (bool, error)
	// WriteRefresh runs fn in one transaction with the token's row locked.
	WriteRefresh(ctx context.Context, hash string, fn func(RefreshTx) error) error
	// SetPassword saves a hash, raises TokenVersion by one and drops the person's refresh tokens.
	SetPassword(ctx context.Context, personID, hash string, mustChange bool) error
	TryStore
}

// Tokens is what a login gives.
type Tokens struct {
	Access, Refresh string
	AccessUntil     time.Time
	RefreshUntil    time.Time
	Device          string // what a browser keeps, so that it passes when others guess; empty unless it logs in
}

// Sessions logs people in and out.
type Sessions struct {
	Store  SessionStore
	Clock  calendar.Clock   // the deciding clock: which memberships hold
	Wall   func() time.Time // the wall clock: how long tokens live
	Secret []byte
	Log    *slog.Logger // the security log; nil where none is kept

	families  families
	standings standings
}

type claims struct {
	jwt.RegisteredClaims
	Type    string `json:"typ"`
	Version int    `json:"ver"`
	Family  string `json:"fam"`
}

var errLapsed = fault.New(fault.Unauthenticated, "登录已失效，请重新登录")

// Login exchanges a password for tokens. Guessing is slowed down by login and
// address, by login and by address, on all nodes together; a device that was
// right before has a line and a count of its own.
func (s *Sessions) Login(ctx context.Context, login, password string, from From) (Tokens, error) {
	login = FoldLogin(login)
	p, err := s.Store.PersonByLogin(ctx, login)
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return Tokens{}, err
	}
	hash := p.PasswordHash
	if err != nil || p.Disabled || p.lapsed(s.Clock.Now()) {
		hash = nobodysHash
	}
	by := caller{lane: gate.Strangers, key: from.Network}
	counts := []counted{{paceOfPair, login + "\n" + from.Network}, {paceOfAccount, login},
		{paceOfAddress, from.Network}}
	known := s.device(from, p.ID)
	if known != "" {
		by = caller{lane: gate.Acquaintances, key: known}
		counts = []counted{{paceOfDevice, known}}
	}
	right, err := s.guess(ctx, by, counts, hash, password)
	if err != nil {
		return Tokens{}, err
	}
	if !right {
		return Tokens{}, fault.New(fault.Unauthenticated, "登录名或密码不对").On("login")
	}
	tokens, err := s.begin(ctx, p)
	if known == "" {
		tokens.Device = s.newDevice(p.ID)
	}
	return tokens, err
}

// guess compares a password with the hash of one. It is counted before it costs
// anything, and taken back when it was right.
func (s *Sessions) guess(ctx context.Context, by caller, counts []counted, hash, password string) (bool, error) {
	t := s.tries()
	if err := t.mayWait(ctx, counts); err != nil {
		return false, err
	}
	leave, err := gate.Heavy.Enter(ctx, by.lane, by.key)
	if err != nil {
		return false, err
	}
	defer leave()
	if err := t.count(ctx, counts); err != nil {
		return false, err
	}
	if !matches(hash, password) {
		return false, nil
	}
	return true, t.right(ctx, counts)
}

func (s *Sessions) tries() tries { return tries{s.Store, s.Wall, s.key("tries")} }

// CountJoin refuses an address that opens accounts without end.
func (s *Sessions) CountJoin(ctx context.Context, network string) error {
	return s.tries().count(ctx, []counted{{paceOfJoining, network}})
}

// CountObjection refuses who raises objections without end: an address, whoever its
// people say they are, and apart from it each who is signed in.
func (s *Sessions) CountObjection(ctx context.Context, who Actor, network string) error {
	of := network
	if who.SignedIn() {
		of = who.PersonID
	}
	return s.tries().count(ctx, []counted{{paceOfObjections, of}})
}

func (s *Sessions) begin(ctx context.Context, p Person) (Tokens, error) {
	secret := make([]byte, 32)
	rand.Read(secret)
	token := base64.RawURLEncoding.EncodeToString(secret)
	r := Refresh{
		Hash:      tokenHash(token),
		Family:    event.NewID(),
		PersonID:  p.ID,
		Version:   p.TokenVersion,
		ExpiresAt: s.Wall().Add(RefreshLife),
	}
	if err := s.Store.AddRefresh(ctx, r); err != nil {
		return Tokens{}, err
	}
	return s.tokens(p, token, r)
}

func (s *Sessions) tokens(p Person, refresh string, of Refresh) (Tokens, error) {
	now := s.Wall()
	until := now.Add(AccessLife)
	access, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{
		RegisteredClaims: jwt.RegisteredClaims{Issuer: issuer, Audience: jwt.ClaimStrings{issuer}, Subject: p.ID,
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(until)},
		Type: "access", Version: p.TokenVersion, Family: of.Family,
	}).SignedString(s.key("access"))
	return Tokens{Access: access, Refresh: refresh, AccessUntil: until, RefreshUntil: of.ExpiresAt}, err
}

// Authenticate says who an access token stands for, with today's memberships.
// A role taken away, a password changed or a login ended takes effect with the next
// request at this node, within a second at every other.
func (s *Sessions) Authenticate(ctx context.Context, access string) (Actor, error) {
	var c claims
	_, err := jwt.ParseWithClaims(access, &c, func(*jwt.Token) (any, error) { return s.key("access"), nil },
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired(), jwt.WithIssuer(issuer),
		jwt.WithAudience(issuer),
		jwt.WithTimeFunc(s.Wall))
	if err != nil || c.Type != "access" {
		return Actor{}, errLapsed
	}
	standing, err := s.standing(ctx, c.Subject)
	p := standing.person
	if fault.CodeOf(err) == fault.NotFound || err == nil && (p.Disabled || p.TokenVersion != c.Version) {
		return Actor{}, errLapsed
	}
	if err != nil {
		return Actor{}, err
	}
	open, err := s.open(ctx, c.Family)
	if err != nil {
		return Actor{}, err
	}
	if !open {
		return Actor{}, errLapsed
	}
	return standing.actor(), nil
}

// Renew exchanges a refresh token for its successor and a new access token. A
// token just replaced gives the same successor for 30 seconds; used later it
// ends every session of its family, because somebody has a copy.
func (s *Sessions) Renew(ctx context.Context, refresh string) (Tokens, error) {
	next := s.successor(refresh)
	var kept Refresh
	lapsed, reused := false, false
	err := s.Store.WriteRefresh(ctx, tokenHash(refresh), func(tx RefreshTx) error {
		now := s.Wall()
		var err error
		kept, err = tx.Token()
		if err != nil {
			return err
		}
		lapsed = !now.Before(kept.ExpiresAt)
		switch {
		case lapsed:
			return nil
		case kept.ReplacedAt.IsZero():
			successor := kept
			successor.Hash = tokenHash(next)
			return tx.Replace(now, successor)
		case now.Sub(kept.ReplacedAt) > refreshGrace:
			lapsed, reused = true, true
			return tx.EndFamily(kept.Family)
		}
		return nil
	})
	if reused {
		s.families.ended(kept.Family)
		noteSecurity(ctx, s.Log, "session.token_reused", kept.PersonID, kept.PersonID, "ended", err)
	}
	if fault.CodeOf(err) == fault.NotFound || lapsed {
		return Tokens{}, errLapsed
	}
	if err != nil {
		return Tokens{}, err
	}
	p, err := s.Store.Person(ctx, kept.PersonID)
	if err != nil {
		return Tokens{}, err
	}
	if p.Disabled || p.TokenVersion != kept.Version {
		return Tokens{}, errLapsed
	}
	return s.tokens(p, next, kept)
}

// Logout ends the sessions of the token's family. An unknown token is no error.
func (s *Sessions) Logout(ctx context.Context, refresh string) error {
	family := ""
	err := s.Store.WriteRefresh(ctx, tokenHash(refresh), func(tx RefreshTx) error {
		kept, err := tx.Token()
		if err != nil {
			return err
		}
		family = kept.Family
		return tx.EndFamily(kept.Family)
	})
	s.families.ended(family)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	return err
}

// ChangePassword sets a new password, ends all other sessions and opens a new one.
func (s *Sessions) ChangePassword(ctx context.Context, who Actor, old, password string) (Tokens, error) {
	if !who.SignedIn() {
		return Tokens{}, errLapsed
	}
	p, err := s.Store.Person(ctx, who.PersonID)
	if err != nil {
		return Tokens{}, err
	}
	by := caller{lane: gate.Acquaintances, key: p.ID}
	right, err := s.guess(ctx, by, []counted{{paceOfOwner, p.ID}}, p.PasswordHash, old)
	if err != nil {
		return Tokens{}, err
	}
	if !right {
		err := fault.New(fault.Invalid, "原密码不对").On("old")
		noteSecurity(ctx, s.Log, "password.change", p.ID, p.ID, "refused", err)
		return Tokens{}, err
	}
	if old == password {
		return Tokens{}, fault.New(fault.Invalid, "新密码不能与原密码相同").On("password")
	}
	names := []string{p.Name}
	for _, m := range who.Memberships {
		names = append(names, m.OrgName)
	}
	hash, err := hashFor(ctx, by, p.Login, password, names...)
	if err != nil {
		return Tokens{}, err
	}
	if err := s.Store.SetPassword(ctx, p.ID, hash, false); err != nil {
		return Tokens{}, err
	}
	noteSecurity(ctx, s.Log, "password.change", p.ID, p.ID, "done", nil)
	p, err = s.Store.Person(ctx, p.ID)
	if err != nil {
		return Tokens{}, err
	}
	return s.begin(ctx, p)
}

// key derives a key for one purpose from the server's secret.
func (s *Sessions) key(purpose string) []byte {
	m := hmac.New(sha256.New, s.Secret)
	m.Write([]byte(purpose))
	return m.Sum(nil)
}

// successor follows from the token and the server's secret, so that it can be
// given again without being kept.
func (s *Sessions) successor(token string) string {
	m := hmac.New(sha256.New, s.key("refresh"))
	m.Write([]byte(token))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
