package works

import (
	"sunlot/internal/blob"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/trading/rules"
)

// Service is the use-cases.
type Service struct {
	Store Store
	Pack  func() rules.Pack
	Days  casework.Schedules
	Clock calendar.Clock
	Files blob.Files // documents of projects
}
