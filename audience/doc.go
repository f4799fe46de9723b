// Package audience is the readers who hold a pass: a plan until a day.
//
// It promises that a session is worth what its passes are worth at the moment
// of asking, and that nothing is kept of what a reader reads. It leaves to
// reveal what a pass opens.
package audience
