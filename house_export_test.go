package wireroom_test

import (
	"testing"

	"wireroom/agency/export"
	"wireroom/db/dbtest"
)

// An export that forgets a table looks whole, until somebody needs it.
func TestEveryTableGoesOutInAnExportOrIsSaidToStay(t *testing.T) {
	d := dbtest.SQLite(t)
	if err := export.Declared(t.Context(), d, d); err != nil {
		t.Error(err)
	}
}
