package storetest

import (
	"fmt"
	"sync/atomic"
	"testing"

	"sunlot/internal/event"
	"sunlot/internal/identity"
	"sunlot/trading/register"
	"sunlot/trading/resolving"
	"sunlot/trading/tendering"
)

var requests atomic.Int64

// nextRequest is the id of a request that nobody has made.
func nextRequest() string { return fmt.Sprintf("request-%d", requests.Add(1)) }

// TradeTx is every transaction of the trade at once; the store has one type for them.
type TradeTx interface {
	register.Tx
	resolving.Tx
	tendering.Tx
}

// Act runs fn as one act of clerk1.
func Act(t *testing.T, db *DB, fn func(TradeTx) error) error {
	t.Helper()
	r, err := event.NewRequest("clerk1", "trade.act", nextRequest(), []any{})
	Must(t, err)
	_, err = db.WriteResolution(t.Context(), r, func(tx resolving.Tx) (string, error) { return "", fn(tx.(TradeTx)) })
	return err
}

// Admin runs fn as one act of keeping accounts.
func Admin(t *testing.T, db *DB, fn func(identity.AdminTx) error) error {
	t.Helper()
	r, err := event.NewRequest("admin", "admin.act", nextRequest(), []any{})
	Must(t, err)
	_, err = db.WriteAdmin(t.Context(), r, func(tx identity.AdminTx) (string, error) { return "", fn(tx) })
	return err
}
