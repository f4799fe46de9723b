package agency

import (
	"wireroom/courier"
	"wireroom/intake"
)

// Intake takes stories in from elsewhere.
func (a *Agency) Intake() *intake.Intake { return intake.New(a.DB, a.now) }

// Courier goes out to addresses that people typed.
func (a *Agency) Courier() *courier.Courier { return a.courier }
