package story

import (
	"encoding/json"

	"wireroom/fault"
	"wireroom/wire"
)

// NumberOn is the public number of the story that a record of the wire tells of.
func NumberOn(r wire.Record) (Number, error) {
	var p payload
	if err := json.Unmarshal([]byte(r.Payload), &p); err != nil {
		return 0, fault.Internal("reading a wire record", err)
	}
	return p.Number, nil
}
