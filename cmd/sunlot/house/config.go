package house

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/blob"
	"sunlot/internal/store"
	"sunlot/web"
)

// Config is the program's settings: by environment, or by the flag of the same
// name. The README has the table.
type Config struct {
	Addr, URL, Data, DSN, LogKey, Secret, Origin, Rules string

	Proxies  string
	KeepFree string // MiB
	Quiet    string // seconds
	Guard    string // folder; empty is none

	LeadsAddr, LeadsURL, LeadsData, LeadsDSN string // the reading room's

	Body web.Body // who runs the platform

	// Narrow refuses writes while the database's account may rewrite the record.
	Narrow bool

	tables store.Set // whose tables the database has
}

// ReadConfig reads the environment and then the flags.
func ReadConfig(name string, words []string, more func(*flag.FlagSet)) (Config, error) {
	var c Config
	f := flag.NewFlagSet("sunlot "+name, flag.ContinueOnError)
	for _, s := range []struct {
		to                   *string
		flag, env, otherwise string
		says                 string
	}{
		{&c.Addr, "addr", "SUNLOT_ADDR", ":8080", "address to listen on"},
		{&c.URL, "url", "SUNLOT_URL", "", "address that people type; default http://localhost and the port"},
		{&c.Data, "data", "SUNLOT_DATA", "data", "folder for photos, keys and the SQLite database"},
		{&c.DSN, "dsn", "SUNLOT_DSN", "", "mysql://user:password@host:3306/sunlot; empty is SQLite in the folder"},
		{&c.LogKey, "log-key", "SUNLOT_LOG_KEY", "", "private key of the public log; with SQLite made when missing"},
		{&c.Secret, "secret", "SUNLOT_SECRET", "",
			"secret of the sessions, at least 32 characters; with SQLite made when missing"},
		{&c.Origin, "origin", "SUNLOT_ORIGIN", "",
			"name of the public log, fixed at the first start; default the host of the address"},
		{&c.Rules, "rules", "SUNLOT_RULES", "shifan", "rule pack of the jurisdiction"},
		{&c.Proxies, "proxies", "SUNLOT_PROXIES", "",
			"addresses or networks of proxies, with commas between, besides this machine"},
		{&c.KeepFree, "keep-free", "SUNLOT_KEEP_FREE", "1024",
			"MiB of the data folder's disk that photos and files leave free"},
		{&c.Quiet, "quiet", "SUNLOT_QUIET", "5",
			"seconds for which no server can write before that is an outage, whose time every bidding gets back"},
		{&c.Guard, "guard", "SUNLOT_GUARD", stateDir(),
			"folder outside the data folder that knows what was signed last, so that no copy signs anew"},
		{&c.Body.Sponsor, "sponsor", "SUNLOT_SPONSOR", "", "主办单位 in the foot of every page; empty reads 待县核定"},
		{&c.Body.Undertaker, "undertaker", "SUNLOT_UNDERTAKER", "", "承办单位"},
		{&c.Body.Hotline, "hotline", "SUNLOT_HOTLINE", "", "监督电话"},
		{&c.Body.ICP, "icp", "SUNLOT_ICP", "", "ICP备案号"},
		{&c.Body.Police, "police-record", "SUNLOT_POLICE_RECORD", "", "公安备案号"},
		{&c.Body.Code, "site-code", "SUNLOT_SITE_CODE", "", "网站标识码"},
		{&c.LeadsAddr, "leads-addr", "SUNLOT_LEADS_ADDR", "",
			"address on which the reading room listens; empty is none in this process"},
		{&c.LeadsURL, "leads-url", "SUNLOT_LEADS_URL", "",
			"address that the reading room's officers type; default http://localhost and the port"},
		{&c.LeadsData, "leads-data", "SUNLOT_LEADS_DATA", "",
			"folder of the reading room's keys and SQLite database; default leads in the data folder"},
		{&c.LeadsDSN, "leads-dsn", "SUNLOT_LEADS_DSN", "",
			"the reading room's own database, as SUNLOT_DSN; empty is SQLite in its folder"},
	} {
		value := os.Getenv(s.env)
		if value == "" {
			value = s.otherwise
		}
		f.StringVar(s.to, s.flag, value, s.says+" ("+s.env+")")
	}
	if more != nil {
		more(f)
	}
	if err := f.Parse(words); err != nil {
		return c, err
	}
	if f.NArg() > 0 {
		return c, errors.New("do not understand " + strings.Join(f.Args(), " "))
	}
	return c, c.complete()
}

// complete fills in what follows from other settings and refuses what would
// make two nodes disagree.
func (c *Config) complete() error {
	_, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return errors.New("SUNLOT_ADDR must be like :8080 or 127.0.0.1:8080")
	}
	if c.URL == "" {
		c.URL = "http://localhost:" + port
	}
	if c.Origin == "" {
		c.Origin = strings.TrimSuffix(c.URL[strings.Index(c.URL, "://")+3:], "/") + "/log"
	}
	if c.LeadsAddr != "" {
		_, port, err := net.SplitHostPort(c.LeadsAddr)
		if err != nil {
			return errors.New("SUNLOT_LEADS_ADDR must be like :8081 or 127.0.0.1:8081")
		}
		if c.LeadsURL == "" {
			c.LeadsURL = "http://localhost:" + port
		}
	}
	if c.LeadsData == "" {
		c.LeadsData = filepath.Join(c.Data, "leads")
	}
	if c.DSN != "" && (c.LogKey == "" || c.Secret == "") {
		return errors.New("with SUNLOT_DSN all nodes share SUNLOT_LOG_KEY and SUNLOT_SECRET: set both " +
			"(sunlot init --new-keys, without SUNLOT_DSN, prints new ones)")
	}
	if _, err := c.keepFree(); err != nil {
		return err
	}
	if _, err := c.quiet(); err != nil {
		return err
	}
	if c.Secret != "" && len(c.Secret) < 32 {
		return errors.New("SUNLOT_SECRET must have at least 32 characters")
	}
	return nil
}

// keepFree is how many bytes photos and files leave free.
func (c Config) keepFree() (int64, error) {
	if c.KeepFree == "" {
		return 1 << 30, nil
	}
	n, err := strconv.ParseUint(c.KeepFree, 10, 40)
	if err != nil {
		return 0, errors.New("SUNLOT_KEEP_FREE must be a number of MiB, such as 1024")
	}
	return int64(n) << 20, nil
}

// quiet is how long no server writes before that is an outage; 0 is the usual.
func (c Config) quiet() (time.Duration, error) {
	if c.Quiet == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(c.Quiet, 10, 16)
	if err != nil || n < 3 {
		return 0, errors.New("SUNLOT_QUIET must be a number of seconds from 3 on, such as 5")
	}
	return time.Duration(n) * time.Second, nil
}

// proxies lists the operator's proxies.
func (c Config) proxies() []string {
	return strings.FieldsFunc(c.Proxies, func(r rune) bool { return r == ',' || r == ' ' })
}

// space watches the disk of the data folder.
func (c Config) space() (*blob.Space, error) {
	keep, err := c.keepFree()
	return &blob.Space{Dir: c.Data, Keep: keep}, err
}

// Key is the log's signing key.
func (c Config) Key() (*ledger.Key, error) {
	if c.LogKey != "" {
		return ledger.ParseKey(c.LogKey, c.Origin)
	}
	return ledger.LoadOrCreateKey(c.Data, c.Origin)
}

// secret is the sessions' secret; with SQLite it is made at the first start.
func (c Config) secret() ([]byte, error) {
	if c.Secret != "" {
		return []byte(c.Secret), nil
	}
	path := filepath.Join(c.Data, "secret")
	kept, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return kept, err
	}
	kept = []byte(NewSecret())
	return kept, os.WriteFile(path, kept, 0o600)
}

// OfRoom is the settings by which the reading room is built: its own folder,
// database, secret and log.
func (c Config) OfRoom() Config {
	return Config{
		Addr:   c.LeadsAddr,
		URL:    c.LeadsURL,
		Data:   c.LeadsData,
		DSN:    c.LeadsDSN,
		Origin: "reading-room",
		Rules:  c.Rules,

		Narrow:   c.Narrow,
		Proxies:  c.Proxies,
		KeepFree: c.KeepFree,
		Guard:    c.Guard,

		tables: store.Lead,
	}
}

func NewSecret() string {
	fresh := make([]byte, 32)
	rand.Read(fresh)
	return hex.EncodeToString(fresh)
}
