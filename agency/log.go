package agency

import (
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"regexp"
	"strings"
)

// newLog makes the log of the whole program. Whatever looks like a network
// address is taken out of every line, because a reader's might be among them.
func newLog(w io.Writer, c Config) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		level = slog.LevelInfo
	}
	opt := &slog.HandlerOptions{Level: level, ReplaceAttr: scrubAttr}
	if c.Log == "json" {
		return slog.New(slog.NewJSONHandler(w, opt))
	}
	return slog.New(slog.NewTextHandler(w, opt))
}

// listenKey is the one attribute that may hold an address: our own.
const listenKey = "listen"

func scrubAttr(_ []string, a slog.Attr) slog.Attr {
	if a.Key == listenKey {
		return a
	}
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(scrub(a.Value.String()))
	case slog.KindAny:
		if _, ours := a.Value.Any().(slog.Level); !ours {
			a.Value = slog.StringValue(scrub(fmt.Sprint(a.Value.Any())))
		}
	}
	return a
}

var addressLike = regexp.MustCompile(`\[?[0-9A-Fa-f:.]*[0-9A-Fa-f][0-9A-Fa-f:.]*(?:%[0-9A-Za-z]+)?\]?(?::\d+)?`)

// scrub puts a word in place of each network address, with its port.
func scrub(line string) string {
	return addressLike.ReplaceAllStringFunc(line, func(s string) string {
		trimmed := strings.TrimRight(s, ":.")
		if !isNetAddress(trimmed) {
			return s
		}
		return "(address)" + s[len(trimmed):]
	})
}

func isNetAddress(s string) bool {
	if !strings.ContainsAny(s, ":.") {
		return false
	}
	if _, err := netip.ParseAddrPort(s); err == nil {
		return true
	}
	_, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return err == nil
}

// errorLog is where the http server complains; it knows readers' addresses.
type errorLog struct{ log *slog.Logger }

func (e errorLog) Write(p []byte) (int, error) {
	e.log.Warn("http", "said", strings.TrimSpace(string(p)))
	return len(p), nil
}
