package story

import (
	"encoding/json"
	"strings"

	"wireroom/fault"
)

// facts is the content as lists need it, without its body.
func (st Story) facts() (string, error) {
	c := st.Content
	c.Body = Body{}
	data, err := json.Marshal(c)
	if err != nil {
		return "", fault.Internal("write a story's facts", err)
	}
	return string(data), nil
}

// spaced is a list of ids as a search finds each of them.
func spaced(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return " " + strings.Join(ids, " ") + " "
}
