// Package trading lets what a village owns: from the asset and the resolution
// over the tender to its published notice.
package trading

import (
	"context"

	"sunlot/internal/blob"
	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/trading/rules"
)

// Service is the use-cases. The deciding time comes from the transaction; Clock
// only serves reads.
type Service struct {
	Store  Store
	Photos blob.Photos
	Pack   rules.Pack
	Clock  calendar.Clock
	Blind  Blind // of registrations
}

// CalendarNow is the schedules that the program and the administrator know.
func (s *Service) CalendarNow(ctx context.Context) (calendar.Calendar, error) {
	years, err := s.Store.Years(ctx)
	return calendar.Published.With(years...), err
}

// otherAsset refuses to turn a case into one of another asset.
func otherAsset() error {
	return fault.New(fault.Invalid, "资产不能更改,请另行登记或起草").On("asset")
}
