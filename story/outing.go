package story

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Outing is a release of a story with the text that was out with it, which may
// not be the one that is out now.
type Outing struct {
	Release int64
	Signal  Signal
	At      time.Time // when it went onto the wire
	Content Content   // as it was sent
}

// mostOutings bounds the stories that one statement asks for.
const mostOutings = 50

// Outings gives all releases of stories, in order. It is for reveal, which
// tells by them who may have had what.
func Outings(ctx context.Context, r db.Reader, ids []ID) (map[ID][]Outing, error) {
	all := map[ID][]Outing{}
	for len(ids) > 0 {
		some := ids[:min(len(ids), mostOutings)]
		ids = ids[len(some):]
		if err := readOutings(ctx, r, some, all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func readOutings(ctx context.Context, r db.Reader, ids []ID, all map[ID][]Outing) error {
	marks, args := make([]string, len(ids)), make([]any, len(ids))
	for i, id := range ids {
		marks[i], args[i] = "?"+strconv.Itoa(i+1), string(id)
	}
	rows, err := r.Query(ctx, `SELECT s.story, s.number, s.signal, w.at, w.payload, v.content FROM story_release s
		JOIN wire_record w ON w.number = s.wire
		JOIN story_revision v ON v.story = s.story AND v.number = s.revision
		WHERE s.story IN (`+strings.Join(marks, ", ")+`) ORDER BY s.story, s.number`, args...)
	if err != nil {
		return fault.Internal("read what was sent", err)
	}
	defer rows.Close()
	for rows.Next() {
		id, o, err := scanOuting(rows)
		if err != nil {
			return fault.Internal("read what was sent", err)
		}
		all[id] = append(all[id], o)
	}
	if err := rows.Err(); err != nil {
		return fault.Internal("read what was sent", err)
	}
	return nil
}

func scanOuting(r db.Scanner) (id ID, o Outing, err error) {
	var at int64
	var told, content string
	if err := r.Scan(&id, &o.Release, &o.Signal, &at, &told, &content); err != nil {
		return id, o, err
	}
	o.At = db.Time(at)
	var p payload
	if err := json.Unmarshal([]byte(told), &p); err != nil {
		return id, o, err
	}
	// One damaged text must not keep a kill of another from whoever waits for it.
	if err := json.Unmarshal([]byte(content), &o.Content); err != nil {
		o.Content = Content{}
	}
	if p.Alert {
		o.Content = o.Content.AlertOnly()
	}
	return id, o, nil
}
