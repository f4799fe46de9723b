package agency

import "wireroom/intake"

// Intake takes stories in from elsewhere.
func (a *Agency) Intake() *intake.Intake { return intake.New(a.DB, a.now) }
