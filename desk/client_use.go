package desk

import (
	"time"

	"wireroom/clients"
	"wireroom/web/words"
)

// useDays is how far back the desk sees what a client took.
const useDays = 31

// useTable is what a client took, by day and without names.
type useTable struct {
	Heads []string
	Rows  []useRow
}

type useRow struct {
	Day   string
	Cells []string
}

func (v *visit) useOf(m *clients.Manager, id clients.ID) (useTable, error) {
	days, err := m.UsesOf(v.r.Context(), id, v.now.AddDate(0, 0, -useDays))
	if err != nil {
		return useTable{}, err
	}
	var t useTable
	for _, u := range clients.Uses {
		t.Heads = append(t.Heads, v.T("clients-use-"+string(u)))
	}
	for _, day := range days {
		at, err := time.Parse(time.DateOnly, day.Day)
		if err != nil {
			continue // no day that we wrote
		}
		row := useRow{Day: words.Day(v.lang, at)}
		for _, u := range clients.Uses {
			row.Cells = append(row.Cells, u.Amount(day.Count[u]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}
