package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	mysqldriver "github.com/go-sql-driver/mysql"
	"gorm.io/driver/mysql"
	"gorm.io/gorm"
)

// session is what every connection runs with, whatever the address asked for:
// the two databases must decide alike, and a silent truncation is data loss.
var session = []string{
	"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
	"SET SESSION time_zone = '+00:00', autocommit = 1, foreign_key_checks = 1, unique_checks = 1, " +
		"innodb_lock_wait_timeout = 10," +
		" sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO," +
		"NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'",
}

// How long the server may take for an answer, whatever the address says: longer
// than it waits for a lock, so that it is the server that gives up first. A
// network that swallows an answer would otherwise stop a line of bids for ever.
// A migration rebuilds whole tables.
const (
	answerLimit    = 15 * time.Second
	migrationLimit = time.Hour
)

func (db *DB) openMySQL(dsn string) error {
	db.dialect = "mysql"
	config, err := parseMySQL(dsn)
	if err != nil {
		return err
	}
	db.server = config
	conn, err := connect(config, 32)
	if err != nil {
		return err
	}
	db.writer, err = gorm.Open(mysql.New(mysql.Config{Conn: conn, SkipInitializeWithVersion: true}), settings())
	if err != nil {
		conn.Close()
		return fmt.Errorf("store: %w", err)
	}
	db.read = db.writer
	return nil
}

// connect opens a pool of connections with the session settings.
func connect(config *mysqldriver.Config, most int) (*sql.DB, error) {
	connector, err := mysqldriver.NewConnector(config)
	if err != nil {
		return nil, errors.New("store: SUNLOT_DSN has an option that the driver refuses")
	}
	conn := pool(sql.OpenDB(forced{connector}), most)
	conn.SetConnMaxLifetime(10 * time.Minute) // below the idle limits of common proxies
	return conn, nil
}

// parseMySQL reads mysql://user:password@host:port/name?option=value; options
// are those of go-sql-driver. Its errors never repeat the address, which holds a password.
func parseMySQL(dsn string) (*mysqldriver.Config, error) {
	address, err := url.Parse(dsn)
	if err != nil || address.Hostname() == "" {
		return nil, errors.New("store: SUNLOT_DSN must look like mysql://user:password@host:3306/name")
	}
	config, err := mysqldriver.ParseDSN("tcp(localhost)/?" + address.RawQuery)
	if err != nil {
		return nil, errors.New("store: SUNLOT_DSN has an option that the driver does not know")
	}
	port := address.Port()
	if port == "" {
		port = "3306"
	}
	config.Addr = net.JoinHostPort(address.Hostname(), port)
	config.User = address.User.Username()
	config.Passwd, _ = address.User.Password()
	config.DBName = strings.TrimPrefix(address.Path, "/")
	config.ParseTime = true
	config.Loc = time.UTC
	config.ClientFoundRows = true // RowsAffected counts the rows found, as SQLite does
	config.InterpolateParams = true
	config.MultiStatements = false
	config.AllowAllFiles = false
	config.Timeout = 10 * time.Second
	config.ReadTimeout = answerLimit
	config.WriteTimeout = answerLimit
	config.Logger = &mysqldriver.NopLogger{}
	if err := config.Apply(mysqldriver.Charset("utf8mb4", "")); err != nil {
		return nil, err
	}
	return config, nil
}

// forced gives each new connection the session settings, after those of the address.
type forced struct{ driver.Connector }

func (f forced) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := f.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	for _, statement := range session {
		if _, err := conn.(driver.ExecerContext).ExecContext(ctx, statement, nil); err != nil {
			conn.Close()
			return nil, err
		}
	}
	return conn, nil
}
