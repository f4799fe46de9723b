package desk

import (
	"strings"

	"wireroom/wire"
)

// owed says of each row from which clients a receipt is missing.
func (v *visit) owed(rows []landed) error {
	if len(rows) == 0 || v.desk.Clients == nil {
		return nil
	}
	last, first := wire.Number(rows[0].Wire), wire.Number(rows[len(rows)-1].Wire)
	all, err := v.desk.Clients.Receipts(v.r.Context(), first, last)
	if err != nil {
		return err
	}
	missing, asked := map[int64][]string{}, map[int64]bool{}
	for _, r := range all {
		asked[int64(r.Wire)] = true
		if r.Confirmed.IsZero() {
			missing[int64(r.Wire)] = append(missing[int64(r.Wire)], r.Name)
		}
	}
	for i, row := range rows {
		if names := missing[row.Wire]; len(names) > 0 {
			rows[i].Owes = v.T("board-owes", "clients", strings.Join(names, ", "))
		}
		rows[i].Given = asked[row.Wire] && rows[i].Owes == ""
	}
	return nil
}
