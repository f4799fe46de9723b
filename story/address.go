package story

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"wireroom/db"
	"wireroom/fault"
)

// MaxAddress is how many bytes an old address may have.
const MaxAddress = 1000

// isStray reports parts of a query that name no page.
func isStray(name string) bool {
	return strings.HasPrefix(name, "utm_") || slices.Contains([]string{"fbclid", "gclid", "yclid", "replytocom", "amp", "preview"}, name)
}

// OldAddress spells the address of a page elsewhere as the table has it: path
// and query, for the host is ours now; "" when it names no page.
func OldAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Opaque != "" {
		return ""
	}
	path := strings.ToLower(strings.TrimRight(u.Path, "/"))
	if path != "" && path[0] != '/' {
		return ""
	}
	if q := telling(u.Query()); q != "" {
		path += "?" + q
	}
	if len(path) > MaxAddress || strings.ContainsFunc(path, unprintable) {
		return ""
	}
	return path
}

func unprintable(r rune) bool { return r < ' ' || r == 0x7f || r == '\ufffd' }

// telling is a query without strays, in one order.
func telling(all url.Values) string {
	for name := range all {
		if isStray(name) {
			delete(all, name)
		}
	}
	return all.Encode()
}

// OldAddresses are the spellings under which an address that somebody asks for
// may be known, the best first: whole, by one part of its query, by its path.
func OldAddresses(u *url.URL) []string {
	const enough = 8
	all := []string{OldAddress(u.RequestURI())}
	values := u.Query()
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names[:min(len(names), enough)] {
		one := url.Values{name: values[name][:1]}
		all = append(all, OldAddress(u.Path+"?"+one.Encode()))
	}
	all = append(all, OldAddress((&url.URL{Path: u.Path}).String()))
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// keepAddresses notes where the story could be read. An address that leads to
// another story already keeps leading there.
func keepAddresses(ctx context.Context, tx *db.Tx, id ID, addresses []string) error {
	for _, address := range addresses {
		if address = OldAddress(address); address == "" {
			continue
		}
		_, err := tx.Exec(ctx, `INSERT INTO old_address (address, story) VALUES (?1, ?2) ON CONFLICT (address) DO NOTHING`, address, string(id))
		if err != nil {
			return fault.Internal("keep an old address", err)
		}
	}
	return nil
}
