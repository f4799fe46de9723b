package staff

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff/pass"
)

// challengeLife is how long a browser may take to answer.
const challengeLife = 5 * time.Minute

// Site is the host that passkeys are for. A browser gives a passkey to no
// other, which is what makes it worthless to a forged page.
type Site struct {
	ID     string // host without a port: "example.org"
	Origin string // "https://example.org"
	Name   string // the agency's
}

func (at Site) party() (*webauthn.WebAuthn, error) {
	w, err := webauthn.New(&webauthn.Config{
		RPID: at.ID, RPDisplayName: at.Name, RPOrigins: []string{at.Origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationPreferred,
		},
	})
	if err != nil {
		return nil, fault.Internal("set up passkeys for "+at.ID, err)
	}
	return w, nil
}

// Ceremony is a question to a browser.
type Ceremony struct {
	Token   string `json:"token"`   // to be sent back with the answer
	Options any    `json:"options"` // as navigator.credentials takes them, in JSON
}

// challenge keeps what was asked until it is answered, once.
func (s *Store) challenge(ctx context.Context, tx *db.Tx, person string, options any, asked *webauthn.SessionData) (Ceremony, error) {
	data, err := json.Marshal(asked)
	if err != nil {
		return Ceremony{}, fault.Internal("keep the challenge", err)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM person_challenge WHERE until <= ?1`, s.now()); err != nil {
		return Ceremony{}, fault.Internal("sweep the challenges", err)
	}
	c := Ceremony{Token: rand.Text(), Options: options}
	if _, err := tx.Exec(ctx, `INSERT INTO person_challenge (token, person, data, until) VALUES (?1, ?2, ?3, ?4)`,
		pass.Hash(c.Token), person, string(data), s.now().Add(challengeLife)); err != nil {
		return Ceremony{}, fault.Internal("keep the challenge", err)
	}
	return c, nil
}

// answered gives what was asked and forgets it; Forbidden when it was answered
// before, is over, or was asked of another.
func (s *Store) answered(ctx context.Context, tx *db.Tx, person, token string) (webauthn.SessionData, error) {
	var data string
	var asked webauthn.SessionData
	err := tx.QueryRow(ctx, `SELECT data FROM person_challenge WHERE token = ?1 AND person = ?2 AND until > ?3`,
		pass.Hash(token), person, s.now()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return asked, fault.Forbidden("passkey", "the question was answered before or is too old; ask again")
	}
	if err == nil {
		err = json.Unmarshal([]byte(data), &asked)
	}
	if err != nil {
		return asked, fault.Internal("read the challenge", err)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM person_challenge WHERE token = ?1`, pass.Hash(token)); err != nil {
		return asked, fault.Internal("use the challenge up", err)
	}
	return asked, nil
}
