package index

import (
	"database/sql"

	"wireroom/fault"
)

func known(rows *sql.Rows) ([]Known, error) {
	defer rows.Close()
	var all []Known
	for rows.Next() {
		var k Known
		var facts string
		if err := rows.Scan(&k.Row, &k.Seq, &k.Story, &facts); err != nil {
			return nil, fault.Internal("read the index", err)
		}
		if facts != "" {
			k.Facts = []byte(facts)
		}
		all = append(all, k)
	}
	if err := rows.Err(); err != nil {
		return nil, fault.Internal("read the index", err)
	}
	return all, nil
}
