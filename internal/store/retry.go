package store

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"

	gosqlite "github.com/glebarez/go-sqlite"
	mysqldriver "github.com/go-sql-driver/mysql"
	"gorm.io/gorm"
)

// Error numbers of MySQL and MariaDB.
const (
	mysqlDuplicate     = 1062
	mysqlLockWait      = 1205
	mysqlDeadlock      = 1213
	mysqlNoSavepoint   = 1305 // a deadlock has already undone the transaction that had it
	mysqlRecordChanged = 1020
	mysqlTooManyConns  = 1040
	mysqlDiskFull      = 1021
	mysqlTableFull     = 1114
	mysqlWriteFailed   = 1026

	// TiDB undoes a transaction whose rows or tables another has changed, also at COMMIT.
	tidbWriteConflict = 9007
	tidbTryAgain      = 8022
	tidbSchemaChanged = 8028
)

// Result codes of SQLite; the low byte is the primary code.
const (
	sqliteBusy        = 5
	sqliteLocked      = 6
	sqliteFull        = 13
	sqliteDuplicate   = 19 | 8<<8 // UNIQUE
	sqliteDuplicatePK = 19 | 6<<8 // PRIMARYKEY
)

// transient says that the transaction has been undone through no fault of its
// own and may be run again.
func transient(err error) bool {
	var m *mysqldriver.MySQLError
	if errors.As(err, &m) {
		switch m.Number {
		case mysqlLockWait, mysqlDeadlock, mysqlNoSavepoint, mysqlRecordChanged, mysqlTooManyConns,
			tidbWriteConflict, tidbTryAgain, tidbSchemaChanged:
			return true
		}
		return false
	}
	var s *gosqlite.Error
	if errors.As(err, &s) {
		return s.Code()&0xff == sqliteBusy || s.Code()&0xff == sqliteLocked
	}
	var gaveUp Unavailable
	return lost(err) && !errors.As(err, &gaveUp)
}

// full says that the database had no room left: nothing is written, and trying
// again helps once somebody has made some.
func full(err error) bool {
	var m *mysqldriver.MySQLError
	if errors.As(err, &m) {
		return m.Number == mysqlDiskFull || m.Number == mysqlTableFull || m.Number == mysqlWriteFailed
	}
	var s *gosqlite.Error
	return errors.As(err, &s) && s.Code()&0xff == sqliteFull
}

// undoneAtCommit says that the server has answered COMMIT with the transaction undone. Any other
// error of it leaves open what became of the transaction, whatever its number says elsewhere.
func undoneAtCommit(err error) bool {
	var m *mysqldriver.MySQLError
	if errors.As(err, &m) {
		return m.Number == mysqlDeadlock // a cluster's certification has failed
	}
	var s *gosqlite.Error
	return errors.As(err, &s) // it is this process that commits
}

// lost says that the connection broke. Before COMMIT the server then undoes the transaction.
func lost(err error) bool {
	var network net.Error
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, mysqldriver.ErrInvalidConn) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &network) && !network.Timeout()
}

// Duplicate says that a unique key already has this value.
func Duplicate(err error) bool {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return true
	}
	var m *mysqldriver.MySQLError
	if errors.As(err, &m) {
		return m.Number == mysqlDuplicate
	}
	var s *gosqlite.Error
	return errors.As(err, &s) && (s.Code() == sqliteDuplicate || s.Code() == sqliteDuplicatePK)
}
