// Package web is the drawing kit: views, routes with a declared policy, session
// cookies, the guard against forged forms, and the one place where an error
// becomes an answer. It knows no screen.
package web

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/identity"
)

// Sessions is what the kit asks of identity.
type Sessions interface {
	Authenticate(ctx context.Context, access string) (identity.Actor, error)
	Renew(ctx context.Context, refresh string) (identity.Tokens, error)
}

// Config is what cmd gives the kit.
type Config struct {
	URL      string // the address that people type, such as https://sunlot.example.cn
	Secret   []byte // the server's secret; the kit derives its own key from it
	Sessions Sessions
	Words    words.Registry     // what events and the steps of a case are called
	Actions  []*identity.Action // by which templates ask what the visitor may do
	Clock    calendar.Clock     // the deciding clock, shown by the banner of a demonstration
	Log      *slog.Logger
	// Banner is nil outside a demonstration.
	Banner func(ctx context.Context) (*Banner, error)
	// Withheld says of those hashes that are withheld what stands in their place.
	Withheld func(ctx context.Context, sha256 []string) (map[string]string, error)
	// Body is who runs the platform, in the foot of every public page.
	Body Body
	// Room is the name of a house without public pages, such as "受理室"; empty is the public one.
	Room string
	// PerMinute is how many requests an address may send in a minute; 0 means
	// 6,000, since whole villages share one.
	PerMinute int
	// Proxies are addresses or networks that may say for whom they ask, besides
	// this machine.
	Proxies []string
	// Roomy says whether photos and files may still be kept; nil is always.
	Roomy func() bool
}

// Banner is the strip that a demonstration shows on every page.
type Banner struct {
	Text  string // such as 示范数据
	Next  string // what the next stage is; empty when there is none
	Stage string // the address that the form 到下一阶段 posts to
}

// Kit is one program's web side.
type Kit struct {
	App *fiber.App

	cfg      Config
	url      *url.URL
	origins  map[string]bool
	csrfKey  []byte
	proxies  proxies
	bodies   *bodyBudgets
	menu     func(who identity.Actor) []MenuLink
	queue    func(c *fiber.Ctx) (*Queue, error)
	turns    *turns
	box      *silence
	static   *static
	declared []Route
}

// Body limits in bytes, and how long a request may take to arrive and then to be
// carried out. Photos come over slow village lines.
const (
	formLimit   = 1 << 20
	uploadLimit = 10 << 20
	headTime    = 10 * time.Second // of the head and what comes with it
	uploadTime  = 5 * time.Minute  // of the body
	handlerTime = 30 * time.Second
)

// requestsAtOnce bounds the connections that wait for a request or are answered,
// of all addresses together: each takes some 20 KB. A watcher's socket is none.
const requestsAtOnce = 8 * 1024

// New builds the app with its middleware. Screens add their routes afterwards.
func New(cfg Config) (*Kit, error) {
	at, err := url.Parse(cfg.URL)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return nil, errors.New("SUNLOT_URL must be an address such as https://sunlot.example.cn")
	}
	if len(cfg.Secret) < 16 {
		return nil, errors.New("SUNLOT_SECRET must have at least 16 bytes")
	}
	if cfg.Roomy == nil {
		cfg.Roomy = func() bool { return true }
	}
	if cfg.PerMinute == 0 {
		cfg.PerMinute = 6000
	}
	key := hmac.New(sha256.New, cfg.Secret)
	key.Write([]byte("csrf"))
	k := &Kit{cfg: cfg, url: at, origins: originsOf(at), csrfKey: key.Sum(nil), bodies: newBodyBudgets(),
		turns: &turns{most: inHand},
		box:   &silence{log: cfg.Log, now: time.Now}}
	k.proxies, err = readProxies(cfg.Proxies)
	if err != nil {
		return nil, err
	}
	k.static, err = ownStatic()
	if err != nil {
		return nil, err
	}
	if len(k.static.missingIslands()) > 0 {
		cfg.Log.Warn("islands are not built, pages go without them: make islands")
	}
	k.App = fiber.New(fiber.Config{
		AppName:               cfg.Room,
		Immutable:             true, // strings of a request outlive it in logs and goroutines
		DisableStartupMessage: true,
		Views:                 &Views{static: k.static},
		ErrorHandler:          k.fail,
		BodyLimit:             uploadLimit,
		StreamRequestBody:     true, // see arrive
		// A multipart form is read where it is asked for: a private one without copies.
		DisablePreParseMultipartForm: true,
		ReadTimeout:                  headTime,
		WriteTimeout:                 2 * time.Minute,
		IdleTimeout:                  time.Minute,
		Concurrency:                  requestsAtOnce,
		EnableTrustedProxyCheck:      true,
		TrustedProxies:               k.proxies.texts(),
		ProxyHeader:                  fiber.HeaderXForwardedFor,
		EnableIPValidation:           true,
	})
	k.App.Server().KeepHijackedConns = true // a live room's socket is its own to close
	drawn := k.App.AcquireCtx(&fasthttp.RequestCtx{})
	defer k.App.ReleaseCtx(drawn)
	_ = drawn.Render("", nil) // fiber makes a list when it first draws, and not for two requests at once
	k.middleware()
	return k, nil
}

// originsOf lists the origins whose forms are ours. On a loopback address all
// its names are the same machine.
func originsOf(at *url.URL) map[string]bool {
	all := map[string]bool{at.Scheme + "://" + at.Host: true}
	if loopback(at.Hostname()) {
		for _, name := range []string{"localhost", "127.0.0.1", "[::1]"} {
			host := name
			if at.Port() != "" {
				host += ":" + at.Port()
			}
			all[at.Scheme+"://"+host] = true
		}
	}
	return all
}

// Absolute is the whole address of a path of ours, as people type it.
func (k *Kit) Absolute(path string) string { return k.url.Scheme + "://" + k.url.Host + path }

// OwnOrigin says whether pages of that origin are ours.
func (k *Kit) OwnOrigin(origin string) bool { return k.origins[origin] }

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
