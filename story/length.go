package story

import (
	"context"
	"strconv"
	"strings"

	"wireroom/db"
	"wireroom/fault"
)

// Length is how many words the body has.
func (b Body) Length() int {
	n := 0
	for _, block := range b.Blocks {
		n += block.length()
	}
	return n
}

// length counts what stands in one block; a word may change its looks midway.
func (n Node) length() int {
	var text strings.Builder
	sum := 0
	for _, c := range n.Content {
		switch {
		case c.Text != "":
			text.WriteString(c.Text)
		case c.Type == HardBreak:
			text.WriteByte(' ')
		default:
			sum += c.length()
		}
	}
	return sum + len(strings.Fields(text.String()))
}

// measure tells readers the length of a story that was sent without it. What is
// shown of it is written here and read elsewhere, so the length is put at its end.
func measure(ctx context.Context, tx *db.Tx, st Story) error {
	if st.SentRevision == 0 {
		return nil
	}
	sent, err := revision(ctx, tx, st.ID, st.SentRevision)
	if err != nil || sent.Content.Body.Length() == 0 {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE published SET head = SUBSTR(head, 1, LENGTH(head) - 1) || ?2
		WHERE story = ?1 AND plan <> '' AND status <> ?3 AND head NOT LIKE '%"length":%' AND head NOT LIKE '%"alert":true%'`,
		string(st.ID), `,"length":`+strconv.Itoa(sent.Content.Body.Length())+`}`, string(Canceled))
	if err != nil {
		return fault.Internal("measure a story", err)
	}
	return nil
}
