package alert

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"wireroom/fault"
	"wireroom/story"
	"wireroom/wire"
)

// size is how long each message is made, in bytes: room for a long headline and
// a sentence in Cyrillic.
const size = 2048

// Message is what a browser shows.
type Message struct {
	Title string `json:"title"`
	Body  string `json:"body,omitempty"`
	Lang  string `json:"lang"`
	Path  string `json:"path"` // on the site, where a click leads
}

// letter is a message as the browser's worker reads it.
type letter struct {
	Message
	Kind kind        `json:"kind"`
	Tag  string      `json:"tag"`  // what it takes the place of
	Wire wire.Number `json:"wire"` // of two with one tag the later counts
}

// text is the letter in at most size bytes.
func (l letter) text() ([]byte, error) {
	for {
		text, err := json.Marshal(l)
		if err != nil {
			return nil, fault.Internal("write an alert", err)
		}
		over := len(text) - size
		switch {
		case over <= 0:
			return text, nil
		case l.Body != "":
			l.Body = shorter(l.Body, over)
		case l.Title != "":
			l.Title = shorter(l.Title, over)
		default:
			return nil, fault.Invalid("alert", "its address is too long")
		}
	}
}

// shorter is a text without at least as many bytes of its end, and never the
// same.
func shorter(s string, by int) string {
	by = max(by, 1) + len("…")
	end := max(len(s)-by, 0)
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	if end == 0 {
		return ""
	}
	return s[:end] + "…"
}

// tag names the story on a screen.
func tag(n story.Number) string { return "news-" + strconv.FormatInt(int64(n), 10) }

// topic is by which a push service knows what takes the place of what it still
// holds. Two browsers' topics of one story have nothing in common.
func topic(auth []byte, n story.Number) string {
	h := hmac.New(sha256.New, auth)
	h.Write([]byte("topic " + tag(n)))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:24])
}
