package story

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// standing is what the table of stories has of each, in the order of scan.
const standing = `s.id, s.number, s.grp, s.lang, s.state, s.revision, s.sent, s.releases,
	s.first_sent, s.changed, s.pin, COALESCE(s.source, ''), s.writer, s.desk, s.stage, s.assigned, s.legal,
	s.send_at, s.send_by, s.send_base, s.send_missed, s.origin, s.origin_revision, s.alert, s.waits, s.send_act, s.send_texts,
	COALESCE(o.state, ''), COALESCE(o.sent, 0), COALESCE(o.revision, 0)`

const columns = `SELECT ` + standing + `, r.person, r.content
	FROM story s JOIN story_revision r ON r.story = s.id AND r.number = s.revision
	LEFT JOIN story o ON o.id = s.origin`

type row interface{ Scan(...any) error }

func scan(r row) (Story, error) {
	var st Story
	var first, changed, sendAt, waits int64
	var missed, texts, content string
	err := r.Scan(&st.ID, &st.Number, &st.Group, &st.Lang, &st.State, &st.Revision, &st.SentRevision, &st.Releases,
		&first, &changed, &st.Pin, &st.Source,
		&st.Writer, &st.Desk, &st.Stage, &st.Assigned, &st.Legal, &sendAt, &st.SendBy, &st.SendBase, &missed,
		&st.Origin, &st.OriginRevision, &st.Alert, &waits, &st.SendAct, &texts, &st.original.state, &st.original.sent, &st.original.newest, &st.By, &content)
	if errors.Is(err, sql.ErrNoRows) {
		return Story{}, fault.NotFound("the story")
	}
	if err != nil {
		return Story{}, fault.Internal("read a story", err)
	}
	st.FirstSent, st.Changed, st.SendAt, st.Waits = db.Time(first), db.Time(changed), db.Time(sendAt), db.Time(waits)
	if err := json.Unmarshal([]byte(content), &st.Content); err != nil {
		return Story{}, fault.Internal("read a revision", err)
	}
	if err := st.SendTexts.read(texts); err != nil {
		return Story{}, err
	}
	return st, st.Missed.read(missed)
}

// flag is how a table keeps a yes or a no.
func flag(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// title is what the desk's search looks through.
func (st Story) title() string {
	return strings.ToLower(st.Content.Headline + " " + st.Content.Slug)
}

func load(ctx context.Context, r db.Reader, id ID) (Story, error) {
	if !db.IsID(string(id)) {
		return Story{}, fault.NotFound("the story")
	}
	return scan(r.QueryRow(ctx, columns+` WHERE s.id = ?1`, string(id)))
}

// insert writes a new story and its first revision.
func insert(ctx context.Context, tx *db.Tx, st Story) error {
	var source any
	if st.Source != "" {
		source = st.Source
	}
	_, err := tx.Exec(ctx, `INSERT INTO story
		(id, number, grp, lang, state, revision, sent, releases, first_sent, changed, pin, source, writer)
		VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, 0, ?6, 0, ?7, ?8)`,
		string(st.ID), int64(st.Number), string(st.Group), string(st.Lang), string(st.State), db.Millis(st.Changed), source, st.Writer)
	if err != nil {
		return fault.Internal("write a story", err)
	}
	return nil
}

// save writes what an act changed.
func save(ctx context.Context, tx *db.Tx, st Story) error {
	facts, err := st.facts()
	if err != nil {
		return err
	}
	tx.Notify(Channel)
	_, err = tx.Exec(ctx, `UPDATE story SET state = ?2, revision = ?3, sent = ?4, releases = ?5,
		first_sent = ?6, changed = ?7, pin = ?8, desk = ?9, stage = ?10, assigned = ?11, legal = ?12,
		send_at = ?13, send_by = ?14, send_base = ?15, origin = ?16, origin_revision = ?17, alert = ?18, title = ?19,
		facts = ?20, sections = ?21, author = ?22, touched = (SELECT MAX(touched) + 1 FROM story),
		send_missed = ?23, waits = ?24, send_act = ?25, send_texts = ?26
		WHERE id = ?1`,
		string(st.ID), string(st.State), st.Revision, st.SentRevision, st.Releases,
		db.Millis(st.FirstSent), db.Millis(st.Changed), st.Pin, st.Desk, st.Stage, st.Assigned, st.Legal,
		db.Millis(st.SendAt), st.SendBy, st.SendBase, string(st.Origin), st.OriginRevision, flag(st.Alert), st.title(),
		facts, spaced(st.Content.Sections), st.By, st.Missed.String(), db.Millis(st.Waits),
		string(st.SendAct), st.SendTexts.kept())
	if err != nil {
		return fault.Internal("write a story", err)
	}
	return nil
}

// addRevision numbers and keeps a content as the story's newest.
func addRevision(ctx context.Context, tx *db.Tx, st *Story, c Content, by string, at time.Time) error {
	data, err := json.Marshal(c)
	if err != nil {
		return fault.Internal("write a revision", err)
	}
	st.Revision++
	st.Content, st.By = c, by
	_, err = tx.Exec(ctx, `INSERT INTO story_revision (story, number, at, person, content)
		VALUES (?1, ?2, ?3, ?4, ?5)`, string(st.ID), st.Revision, db.Millis(at), by, string(data))
	if err != nil {
		return fault.Internal("write a revision", err)
	}
	return nil
}

func note(ctx context.Context, tx *db.Tx, id ID, by string, act, words string, at time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO story_act (story, at, person, act, note, number)
		SELECT CAST(?1 AS TEXT), CAST(?2 AS BIGINT), CAST(?3 AS TEXT), CAST(?4 AS TEXT), CAST(?5 AS TEXT), COALESCE(MAX(number), 0) + 1
		FROM story_act WHERE story = CAST(?1 AS TEXT)`,
		string(id), db.Millis(at), by, act, words)
	if err != nil {
		return fault.Internal("note an act", err)
	}
	return nil
}

// nextNumber takes the next public number.
func nextNumber(ctx context.Context, tx *db.Tx) (Number, error) {
	var n int64
	err := tx.QueryRow(ctx, `INSERT INTO counter (name, last) VALUES ('story', 1)
		ON CONFLICT (name) DO UPDATE SET last = counter.last + 1 RETURNING last`).Scan(&n)
	if err != nil {
		return 0, fault.Internal("take a story number", err)
	}
	return Number(n), nil
}

// keepNumber moves the counter past a number that came from outside.
func keepNumber(ctx context.Context, tx *db.Tx, n Number) error {
	_, err := tx.Exec(ctx, `INSERT INTO counter (name, last) VALUES ('story', ?1)
		ON CONFLICT (name) DO UPDATE SET last = CASE WHEN counter.last < ?1 THEN ?1 ELSE counter.last END`, int64(n))
	if err != nil {
		return fault.Internal("keep a story number", err)
	}
	return nil
}
