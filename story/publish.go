package story

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/wire"
)

// Head is what a teaser may show of a release; reveal reads it.
type Head struct {
	Headline string   `json:"headline"`
	Credit   string   `json:"credit,omitempty"`
	Place    string   `json:"place,omitempty"`
	Date     Date     `json:"date,omitzero"`
	Sections []string `json:"sections,omitempty"`
	Topics   []string `json:"topics,omitempty"`
	Blocks   []Node   `json:"blocks,omitempty"` // those before the cut
	More     bool     `json:"more,omitempty"`   // whether any follow
	Alert    bool     `json:"alert,omitempty"`  // the headline alone; the story follows
	Points   []string `json:"points,omitempty"`
	Length   int      `json:"length,omitempty"` // of the whole story, in words; 0 is not known
}

// Note is one line of a story's public history.
type Note struct {
	Signal Signal    `json:"signal"`
	Text   string    `json:"text,omitempty"`  // correction, advisory or kill notice
	Short  string    `json:"short,omitempty"` // of a correction or a kill, in one line
	At     time.Time `json:"at"`
}

// Status is IPTC's publication status.
type Status string

// The statuses.
const (
	Usable   Status = "usable"
	Withheld Status = "withheld"
	Canceled Status = "canceled"
)

// release is what goes out besides the story itself.
type release struct {
	signal  Signal
	texts   Texts
	by      string
	at      time.Time // when it was sent
	changed time.Time // when the text last changed, for imports; else as at
	wired   time.Time // when it got its wire number
	silent  bool
}

// put sends st.Content: the release, the wire record and the published text.
func put(ctx context.Context, tx *db.Tx, st *Story, r release) error {
	n, err := number(ctx, tx, st, r)
	if err != nil {
		return err
	}
	c := st.Content
	if st.Alert {
		c = c.AlertOnly()
	}
	c.Note, c.Open, c.EmbargoZone = "", false, "" // the desk's own
	st.Waits = whole(c.Embargo)
	if err := pastEmbargo(ctx, tx, st, r); err != nil {
		return err
	}
	lead := c.Lead()
	head, err := json.Marshal(Head{c.Headline, c.Credit, c.Place, c.Date, c.Sections, c.Topics, c.Body.Blocks[:lead], lead < len(c.Body.Blocks), st.Alert, c.Points, c.Body.Length()})
	if err != nil {
		return fault.Internal("publish a story", err)
	}
	notes, corrected, err := history(ctx, tx, st)
	if err != nil {
		return err
	}
	first := r.at
	if c.Embargo.After(first) {
		first = c.Embargo
	}
	var shown, place int64
	// What readers could once see keeps its place in the lists; what they
	// never could takes the place that its embargo gives it.
	err = tx.QueryRow(ctx, `INSERT INTO published (story, number, grp, lang, status, was_public, release, signal, wire,
			first_sent, changed, urgency, pin, plan, opens_at, embargo, head, notes, corrected, summary)
		VALUES (?1, ?2, ?3, ?4, 'usable', 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
		ON CONFLICT (story) DO UPDATE SET
			was_public = `+wasPublic+`,
			first_sent = CASE WHEN `+wasPublic+` = 1 THEN published.first_sent ELSE excluded.first_sent END,
			status = excluded.status, release = excluded.release, signal = excluded.signal, changed = excluded.changed,
			urgency = excluded.urgency, pin = excluded.pin, plan = excluded.plan, opens_at = excluded.opens_at,
			embargo = excluded.embargo, head = excluded.head, notes = excluded.notes,
			corrected = excluded.corrected, summary = excluded.summary
		RETURNING first_sent, wire`,
		string(st.ID), int64(st.Number), string(st.Group), string(st.Lang), st.Releases, string(r.signal), int64(n),
		db.Millis(first), db.Millis(r.changed), c.Rank(), st.Pin, c.Plan, db.Millis(c.OpensAt), db.Millis(c.Embargo),
		string(head), notes, db.Millis(corrected), c.Summary()).Scan(&shown, &place)
	if err != nil {
		return fault.Internal("publish a story", err)
	}
	if err := print(ctx, tx, st, c); err != nil {
		return err
	}
	return shelve(ctx, tx, st, shown, place)
}

// print puts the whole text where reveal alone reads it.
func print(ctx context.Context, tx *db.Tx, st *Story, c Content) error {
	body, err := json.Marshal(c)
	if err == nil {
		_, err = tx.Exec(ctx, `INSERT INTO published_body (story, release, body) VALUES (?1, ?2, ?3)
			ON CONFLICT (story) DO UPDATE SET release = excluded.release, body = excluded.body`,
			string(st.ID), st.Releases, string(body))
	}
	if err != nil {
		return fault.Internal("publish a text", err)
	}
	return nil
}

// wasPublic tells whether readers could see the story before this change, in
// an upsert that tells the time of the change as excluded.changed.
const wasPublic = `CASE WHEN published.was_public = 1 OR (published.status = 'usable'
	AND published.embargo <= excluded.changed) THEN 1 ELSE 0 END`

// shelve puts the story under its sections, at the place in time and on the
// wire that its first release gave it.
func shelve(ctx context.Context, tx *db.Tx, st *Story, shown, place int64) error {
	if st.Releases > 1 {
		if _, err := tx.Exec(ctx, `DELETE FROM published_section WHERE story = ?1`, string(st.ID)); err != nil {
			return fault.Internal("shelve a story", err)
		}
	}
	for _, id := range st.Content.Sections {
		_, err := tx.Exec(ctx, `INSERT INTO published_section (story, section, lang, first_sent, wire, status, embargo)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`, string(st.ID), id, string(st.Lang), shown, place,
			string(Usable), db.Millis(st.Content.Embargo))
		if err != nil {
			return fault.Internal("shelve a story", err)
		}
	}
	return nil
}

// restate changes what a release is worth, not its text. A killed text is
// taken out of what is published altogether.
func restate(ctx context.Context, tx *db.Tx, st *Story, r release) error {
	if _, err := number(ctx, tx, st, r); err != nil {
		return err
	}
	notes, _, err := history(ctx, tx, st)
	if err != nil {
		return err
	}
	status, erase := Usable, ""
	switch r.signal {
	case SignalHold:
		status = Withheld
	case SignalKill:
		status, erase = Canceled, `, head = '{}', summary = '', pin = 0, changed = ?2`
	}
	// A hold and its end leave the time of the text as it was. What nobody
	// could see before it was held is first sent when it is let out.
	var shown int64
	err = tx.QueryRow(ctx, `UPDATE published SET
		was_public = CASE WHEN was_public = 1 OR (status = 'usable' AND embargo <= ?2) THEN 1 ELSE 0 END,
		first_sent = CASE WHEN was_public = 1 OR status = 'usable' THEN first_sent WHEN embargo > ?2 THEN embargo ELSE ?2 END,
		status = ?3, release = ?4, signal = ?5, notes = ?6`+erase+` WHERE story = ?1 RETURNING first_sent`,
		string(st.ID), db.Millis(r.changed), string(status), st.Releases, string(r.signal), notes).Scan(&shown)
	if err != nil {
		return fault.Internal("publish a change of "+string(st.ID), err)
	}
	return restock(ctx, tx, st, status, shown)
}

// restock has the sections and the whole text follow a change of status.
func restock(ctx context.Context, tx *db.Tx, st *Story, status Status, shown int64) error {
	_, err := tx.Exec(ctx, `UPDATE published_section SET status = ?2, first_sent = ?3 WHERE story = ?1`,
		string(st.ID), string(status), shown)
	if err != nil {
		return fault.Internal("publish a change", err)
	}
	if status == Canceled {
		_, err = tx.Exec(ctx, `DELETE FROM published_body WHERE story = ?1`, string(st.ID))
	} else {
		_, err = tx.Exec(ctx, `UPDATE published_body SET release = ?2 WHERE story = ?1`, string(st.ID), st.Releases)
	}
	if err != nil {
		return fault.Internal("publish a change", err)
	}
	return nil
}

// number counts the release and gives it its place on the wire.
func number(ctx context.Context, tx *db.Tx, st *Story, r release) (wire.Number, error) {
	st.Releases++
	n, err := announce(ctx, tx, st, r)
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO story_release (story, number, revision, signal, note, at, person, wire, short, desk_note)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`,
		string(st.ID), st.Releases, st.SentRevision, string(r.signal), r.texts.Readers, db.Millis(r.at), r.by, int64(n),
		r.texts.Short, r.texts.Desk)
	if err != nil {
		return 0, fault.Internal("write a release", err)
	}
	return n, nil
}

// payload is what the wire record tells besides its columns. Sum ties the
// revision's text to the chain of hashes.
type payload struct {
	Number Number `json:"number"`
	Group  Group  `json:"group"`
	Sum    string `json:"sum,omitempty"`
	Pin    int    `json:"pin,omitempty"`   // of a placement; 0 takes it off
	Alert  bool   `json:"alert,omitempty"` // of the text, its headline alone went out
}

func announce(ctx context.Context, tx *db.Tx, st *Story, r release) (wire.Number, error) {
	p := payload{Number: st.Number, Group: st.Group}
	if r.signal == SignalPin {
		p.Pin = st.Pin
	}
	if r.signal == SignalNew || r.signal == SignalUpdate || r.signal == SignalCorrection {
		content, err := json.Marshal(st.Content)
		if err != nil {
			return 0, fault.Internal("sum up a revision", err)
		}
		sum := sha256.Sum256(content)
		p.Sum, p.Alert = hex.EncodeToString(sum[:]), st.Alert
	}
	data, err := json.Marshal(p)
	if err != nil {
		return 0, fault.Internal("write to the wire", err)
	}
	return wire.Append(ctx, tx, r.wired, wire.Entry{
		Story: string(st.ID), Revision: strconv.FormatInt(st.SentRevision, 10), Release: st.Releases,
		Signal: string(r.signal), Urgency: st.Content.Rank(), Lang: string(st.Lang), Silent: r.silent, Payload: string(data),
	})
}

// repin changes the story's place on the front page.
func repin(ctx context.Context, tx *db.Tx, st *Story) error {
	if _, err := announce(ctx, tx, st, release{signal: SignalPin, wired: st.Changed}); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE published SET pin = ?2 WHERE story = ?1`, string(st.ID), st.Pin); err != nil {
		return fault.Internal("pin a story", err)
	}
	return nil
}

// history is the public history as JSON, what changed after the first release,
// and the time of the last correction.
func history(ctx context.Context, tx *db.Tx, st *Story) (_ string, corrected time.Time, _ error) {
	if st.Releases == 1 {
		return "[]", corrected, nil
	}
	rows, err := tx.Query(ctx, `SELECT signal, note, short, at FROM story_release WHERE story = ?1
		AND signal IN ('update', 'correction', 'kill') ORDER BY number`, string(st.ID))
	if err != nil {
		return "", corrected, fault.Internal("read the releases", err)
	}
	defer rows.Close()
	notes := []Note{}
	for rows.Next() {
		var n Note
		var at int64
		if err := rows.Scan(&n.Signal, &n.Text, &n.Short, &at); err != nil {
			return "", corrected, fault.Internal("read the releases", err)
		}
		n.At = db.Time(at)
		if n.Signal == SignalCorrection {
			corrected = n.At
		}
		notes = append(notes, n)
	}
	if err := rows.Err(); err != nil {
		return "", corrected, fault.Internal("read the releases", err)
	}
	data, err := json.Marshal(notes)
	if err != nil {
		return "", corrected, fault.Internal("write the history", err)
	}
	return string(data), corrected, nil
}
