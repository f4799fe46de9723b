package ghost

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// id is a row's name: text, in old exports a number.
type id string

// UnmarshalJSON takes both.
func (i *id) UnmarshalJSON(data []byte) error {
	s := strings.TrimSpace(string(data))
	switch {
	case s == "null":
		*i = ""
	case strings.HasPrefix(s, `"`):
		var text string
		err := json.Unmarshal(data, &text)
		*i = id(text)
		return err
	default:
		*i = id(s)
	}
	return nil
}

// instant is a time: text, in old exports milliseconds.
type instant string

// UnmarshalJSON takes both.
func (t *instant) UnmarshalJSON(data []byte) error {
	var text id
	if err := text.UnmarshalJSON(data); err != nil {
		return err
	}
	*t = instant(text)
	if ms, err := strconv.ParseInt(string(text), 10, 64); err == nil && len(text) > 8 {
		*t = instant(time.UnixMilli(ms).UTC().Format(time.RFC3339))
	}
	return nil
}

// words is a text or nothing, whatever else a file has there.
type words string

// UnmarshalJSON takes text.
func (w *words) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*w = words(text)
	}
	return nil
}

type named struct {
	ID   id    `json:"id"`
	Name words `json:"name"`
	Slug words `json:"slug"`
}

// wrapped is a row that stands in one with its address, as tools write it.
type wrapped[T any] struct {
	URL  words `json:"url"`
	Data *T    `json:"data"`
}

// unwrap reads a row, wrapped or not.
func unwrap[T any](data []byte) (row T, url string, err error) {
	var w wrapped[T]
	if json.Unmarshal(data, &w) == nil && w.Data != nil {
		return *w.Data, string(w.URL), nil
	}
	err = json.Unmarshal(data, &row)
	return row, string(w.URL), err
}

type post struct {
	ID         id      `json:"id"`
	UUID       words   `json:"uuid"`
	Title      words   `json:"title"`
	Slug       words   `json:"slug"`
	HTML       words   `json:"html"`
	Plain      words   `json:"plaintext"`
	Lexical    words   `json:"lexical"`
	Mobiledoc  words   `json:"mobiledoc"`
	Image      words   `json:"feature_image"`
	Alt        words   `json:"feature_image_alt"`
	Caption    words   `json:"feature_image_caption"`
	Type       words   `json:"type"`
	Page       any     `json:"page"` // true or 1 in old exports
	Status     words   `json:"status"`
	Visibility words   `json:"visibility"`
	Locale     words   `json:"locale"`
	Published  instant `json:"published_at"`
	Updated    instant `json:"updated_at"`
	Excerpt    words   `json:"custom_excerpt"`
	Canonical  words   `json:"canonical_url"`
	Writer     id      `json:"author_id"`

	Tags    []json.RawMessage `json:"tags"` // of Ghost's interface
	Authors []json.RawMessage `json:"authors"`
	Author  json.RawMessage   `json:"author"`
}

// tie is a row that joins a post with a tag or a writer.
type tie struct {
	Post   id  `json:"post_id"`
	Tag    id  `json:"tag_id"`
	Author id  `json:"author_id"`
	Order  int `json:"sort_order"`
}

// extra is what newer exports keep of a post in a table of its own.
type extra struct {
	Post    id    `json:"post_id"`
	Alt     words `json:"feature_image_alt"`
	Caption words `json:"feature_image_caption"`
}
