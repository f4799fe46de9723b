// Package fault names what can go wrong in the newsroom, so that each face
// (a page, a command, an API) can speak to the person in its own words.
//
// A fault has a kind, a subject (what it concerns, in words a person knows)
// and perhaps a cause. Domain rooms return faults; faces turn the kind into a
// status and a sentence. An error without a fault in its chain is Internal:
// the person learns nothing of it but that we know.
package fault

import (
	"errors"
	"fmt"
)

// Kind says how a face should answer.
type Kind int

const (
	// KindInternal is our own failure; the cause is for the log alone.
	KindInternal Kind = iota
	// KindNotFound is something that does not exist for the one who asks.
	KindNotFound
	// KindInvalid is input that breaks a rule; the subject names the field.
	KindInvalid
	// KindConflict is an act on a state that has moved on meanwhile.
	KindConflict
	// KindForbidden is an act that this person may not do.
	KindForbidden
	// KindGone is something public once and withdrawn for ever.
	KindGone
)

func (k Kind) String() string {
	return [...]string{"internal", "not found", "invalid", "conflict", "forbidden", "gone"}[k]
}

// Error is a fault: kind, subject and cause.
type Error struct {
	Kind    Kind
	Subject string // "story 161418", or for Invalid the field: "headline"
	Why     string // a sentence for a person, without the subject
	Cause   error  // for the log; may be nil
}

func (e *Error) Error() string {
	s := e.Subject + ": " + e.Kind.String()
	if e.Why != "" {
		s = e.Subject + ": " + e.Why
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// NotFound says that the subject does not exist for the one who asks.
func NotFound(subject string) error { return &Error{Kind: KindNotFound, Subject: subject} }

// Invalid says which field breaks which rule.
func Invalid(field, format string, args ...any) error {
	return &Error{Kind: KindInvalid, Subject: field, Why: fmt.Sprintf(format, args...)}
}

// Conflict says that the subject has moved on since the person looked.
func Conflict(subject, format string, args ...any) error {
	return &Error{Kind: KindConflict, Subject: subject, Why: fmt.Sprintf(format, args...)}
}

// Forbidden says that this person may not do it, and who may.
func Forbidden(subject, format string, args ...any) error {
	return &Error{Kind: KindForbidden, Subject: subject, Why: fmt.Sprintf(format, args...)}
}

// Internal wraps a failure of ours with what we were doing.
func Internal(doing string, cause error) error {
	return &Error{Kind: KindInternal, Subject: doing, Cause: cause}
}

// KindOf finds the kind of the first fault in the chain; KindInternal if none.
func KindOf(err error) Kind {
	var f *Error
	if errors.As(err, &f) {
		return f.Kind
	}
	return KindInternal
}

// Is reports whether err is a fault of kind k.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }
