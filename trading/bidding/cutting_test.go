package bidding_test

import (
	"context"
	"errors"

	"sunlot/trading/bidding"
)

// cutting is a store whose node is killed after so many parts of an import.
type cutting struct {
	bidding.StatementStore
	left int
}

func (c *cutting) WorkStatement(ctx context.Context, fn func(bidding.StatementTx) error) error {
	if c.left == 0 {
		return errors.New("killed")
	}
	c.left--
	return c.StatementStore.WorkStatement(ctx, fn)
}
