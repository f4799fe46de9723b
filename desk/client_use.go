package desk

import (
	"wireroom/clients"
	"wireroom/web/words"
)

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
	days, err := m.UsesOf(v.r.Context(), id)
	if err != nil {
		return useTable{}, err
	}
	var t useTable
	for _, u := range clients.Uses {
		t.Heads = append(t.Heads, v.T("clients-use-"+string(u)))
	}
	for _, day := range days {
		t.Rows = append(t.Rows, useRow{words.Day(v.lang, day.Day), day.Amounts()})
	}
	return t, nil
}
