package channel

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"wireroom/courier"
	"wireroom/fault"
)

// telegram is where bots are answered.
const telegram = "https://api.telegram.org"

// reply is what the Bot API answers.
type reply struct {
	OK          bool   `json:"ok"`
	Description string `json:"description"`
	Result      json.RawMessage
}

// gone begins what is said of a message that is there no more, or that is as
// it should be already.
var gone = []string{"message to edit not found", "message to delete not found", "message is not modified", "message can't be edited"}

// undeletable is a message that is too old to be taken out; it can be edited.
const undeletable = "message can't be deleted"

// call has the bot do something. What the answer says of a message that is not
// there is no fault: said tells it.
func (f *Feeder) call(ctx context.Context, c Channel, method string, args map[string]any) (r reply, said string, err error) {
	if c.Token == "" {
		return r, "", fault.Conflict("the channel "+c.Name, "it has no token, as after an import; give it that of its bot")
	}
	base := c.Base
	if base == "" {
		base = telegram
	}
	args["chat_id"] = c.Chat
	body, err := json.Marshal(args)
	if err != nil {
		return r, "", fault.Internal("speak to a channel", err)
	}
	answer, err := f.Courier.Do(ctx, courier.Errand{Method: "POST", Address: strings.TrimSuffix(base, "/") + "/bot" + c.Token + "/" + method,
		Header: map[string]string{"Content-Type": "application/json"}, Body: body})
	if err != nil {
		// Errors of the way name the address, and with it the token.
		return r, "", fault.Internal("reach the channel "+c.Name, hidden(err, c.Token))
	}
	if err := json.Unmarshal(answer.Body, &r); err != nil {
		return r, "", fault.Internal("speak to the channel "+c.Name, errors.New(answer.Words()))
	}
	if r.OK {
		return r, "", nil
	}
	said = strings.TrimPrefix(strings.TrimPrefix(r.Description, "Bad Request: "), "Forbidden: ")
	for _, known := range append(gone, undeletable) {
		if strings.HasPrefix(said, known) {
			return r, known, nil
		}
	}
	return r, "", fault.Internal("post in the channel "+c.Name, errAnswer(answer.Words()+": "+r.Description))
}

// errAnswer is an answer that is a refusal: nothing was done.
type errAnswer string

func (e errAnswer) Error() string { return string(e) }

// hidden is an error in whose words a secret is blotted out.
func hidden(err error, secret string) error {
	return errors.New(strings.ReplaceAll(err.Error(), secret, "…"))
}

// text are the arguments of a message that reads so.
func text(html string) map[string]any {
	return map[string]any{"text": html, "parse_mode": "HTML", "link_preview_options": map[string]any{"is_disabled": true}}
}

// sends posts a message and gives its number.
func (f *Feeder) sends(ctx context.Context, c Channel, html string) (int64, error) {
	r, _, err := f.call(ctx, c, "sendMessage", text(html))
	if err != nil {
		return 0, err
	}
	var m struct {
		ID int64 `json:"message_id"`
	}
	if err := json.Unmarshal(r.Result, &m); err != nil || m.ID == 0 {
		return 0, fault.Internal("post in the channel "+c.Name, errors.New("the answer names no message"))
	}
	return m.ID, nil
}

// edits has a message read otherwise.
func (f *Feeder) edits(ctx context.Context, c Channel, message int64, html string) error {
	args := text(html)
	args["message_id"] = message
	_, _, err := f.call(ctx, c, "editMessageText", args)
	return err
}

// removes takes a message out; one that is too old for that is struck: it says
// otherwise in its stead.
func (f *Feeder) removes(ctx context.Context, c Channel, message int64, otherwise string) error {
	_, said, err := f.call(ctx, c, "deleteMessage", map[string]any{"message_id": message})
	if err != nil || said != undeletable {
		return err
	}
	return f.edits(ctx, c, message, otherwise)
}
