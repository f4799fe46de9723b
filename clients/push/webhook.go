package push

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"wireroom/courier"
	"wireroom/fault"
)

// secretSign opens a secret as Standard Webhooks writes it.
const secretSign = "whsec_"

// answerTime is how long an endpoint may take to answer, and mostAnswer how
// much of what it says is read.
const (
	answerTime = 15 * time.Second
	mostAnswer = 4 << 10
)

// statusGone is the answer by which Standard Webhooks has an endpoint ask not
// to be called again.
const statusGone = 410

// Sign gives the signature of a webhook under a secret, after Standard
// Webhooks: "v1," and base64 over id, seconds and body. A secret that is none
// signs nothing, "".
func Sign(secret, id string, at time.Time, body []byte) string {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretSign))
	if err != nil || len(key) == 0 {
		return ""
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	h.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// call brings a parcel to a webhook.
func (p *Push) call(ctx context.Context, e Endpoint, c parcel) error {
	now := p.now()
	signatures := Sign(e.Secret, c.id, now, c.Body)
	if e.Before != "" && now.Before(e.Until) {
		signatures += " " + Sign(e.Before, c.id, now, c.Body)
	}
	if signatures == "" {
		return fault.Conflict("endpoint", "it has no secret to sign by, as after an import; draw a new one and tell the client")
	}
	header := map[string]string{
		"Content-Type": c.Type, "webhook-id": c.id, "webhook-timestamp": strconv.FormatInt(now.Unix(), 10), "webhook-signature": signatures,
		"Wireroom-Number": strconv.FormatInt(int64(c.number), 10), "Wireroom-Signal": c.signal,
	}
	if c.Receipt != "" {
		header["Wireroom-Receipt"] = c.Receipt
	}
	a, err := p.courier.Do(ctx, courier.Errand{Method: "POST", Address: e.Address, Body: c.Body, Time: answerTime, Most: mostAnswer, Header: header})
	// What a yes says beside is not needed, however long it is.
	if err != nil && a.Status == 0 {
		return err
	}
	if a.OK() {
		return nil
	}
	return &refusal{words: a.Words(), wait: a.Wait(now), gone: a.Status == statusGone}
}

// refusal is an answer that is no yes.
type refusal struct {
	words string
	wait  time.Duration // that is asked for; 0 is none
	gone  bool          // for ever
}

func (r *refusal) Error() string { return "it answers " + r.words }
