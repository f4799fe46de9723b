package db

import (
	"context"
	"slices"

	"wireroom/fault"
)

// tables stand in the order in which rows can be put back: whoever is
// referred to comes first.
var tables = []string{
	"masthead", "person", "person_link", "person_session",
	"person_passkey", "person_challenge", "person_code", "person_recovery", "person_pen", "person_thaw", "person_try", "staff_act",
	"reader", "reader_pass", "reader_link", "reader_session", "reader_ask", "reader_key", "reader_change", "reader_follow", "reader_cutting",
	"code_batch", "code_spent", "company", "invoice", "reader_day", "story_day", "gift_used",
	"counter", "wire_head", "wire_record", "wire_arrival", "follower",
	"story", "story_revision", "story_release", "story_act",
	"story_comment", "story_mention", "quotation", "turn",
	"known", "known_slug", "known_version",
	"story_working", "story_lock", "desk_presence", "saved_search", "old_address",
	"published", "published_body", "published_section",
	"copybook", "plan_event", "plan_coverage",
	"bulletin", "bulletin_issue", "bulletin_item", "bulletin_waiting", "bulletin_letter", "channel", "channel_post",
	"alert_rule", "alert_key", "alert_browser", "alert", "alert_due",
	"client", "client_past", "client_product", "client_token", "client_seat", "client_link", "client_session", "client_receipt", "client_search", "client_use",
	"push_endpoint", "push_lane", "push_dead", "source", "hub_listener",
	"till_order", "till_fact", "till_month", "till_coupon",
}

// Tables are the names of all tables with data in the latest version, in the
// order in which a backup can be put back into them.
func (d *DB) Tables() []string { return slices.Clone(tables) }

// Bytewise is a column of texts in an order by their bytes, which is the same
// on either engine, whatever language the server was set up for.
func (d *DB) Bytewise(column string) string {
	if d.engine == Postgres {
		return column + ` COLLATE "C"`
	}
	return column
}

// TablesAt are the names of all tables with data as q sees them, sorted: those
// of whatever version the database has.
func (d *DB) TablesAt(ctx context.Context, q Reader) ([]string, error) {
	catalog := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%'`
	if d.engine == Postgres {
		catalog = `SELECT table_name FROM information_schema.tables
			WHERE table_schema = current_schema() AND table_name NOT LIKE 'goose_%'`
	}
	rows, err := q.Query(ctx, catalog)
	if err != nil {
		return nil, fault.Internal("listing the tables", err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fault.Internal("listing the tables", err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		return nil, fault.Internal("listing the tables", err)
	}
	slices.Sort(names)
	return names, nil
}
