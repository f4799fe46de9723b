package web

import "net/http"

// Search engines' tools fetch robots.txt from within a page, which is why pages
// without a script may connect to their own host.
const (
	policyPage = "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	policyDesk = policyPage + "; script-src 'self'"
)

// The slices are shared by all answers: building them per request costs more
// than the rest of a page from memory. Nobody may append to them.
var (
	pagePolicy = []string{policyPage}
	deskPolicy = []string{policyDesk}
	nosniff    = []string{"nosniff"}
	referrer   = []string{"same-origin"}
	opener     = []string{"same-origin"}
	features   = []string{"camera=(), geolocation=(), microphone=(), browsing-topics=()"}
	private    = []string{"private, no-store"}
)

// GuardScripted lets a reader's page whose work a browser does by a script alone
// run the program's own.
func GuardScripted(h http.Header) { h["Content-Security-Policy"] = deskPolicy }

// Guard sets the headers that every answer carries. Pages of the staff and of
// clients' people may run the program's own scripts; readers' pages
// run none, but for those of GuardScripted.
func Guard(h http.Header, who Who) {
	h["Content-Security-Policy"] = pagePolicy
	if who == Staff || who == Seat {
		h["Content-Security-Policy"] = deskPolicy
	}
	h["X-Content-Type-Options"] = nosniff
	h["Referrer-Policy"] = referrer
	h["Cross-Origin-Opener-Policy"] = opener
	h["Permissions-Policy"] = features
	if who != Anyone {
		h["Cache-Control"] = private
	}
}
