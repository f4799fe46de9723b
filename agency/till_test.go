package agency_test

import (
	"testing"

	"wireroom/agency"
)

func TestTillsAreNamedOnceEachAndByNamesThatThereAre(t *testing.T) {
	for line, good := range map[string]bool{
		"": true, "manual": true, "stripe, manual": true, "test,manual": true,
		"cash": false, "manual, cash": false, "manual, manual": false,
	} {
		c := agency.Defaults(t.TempDir())
		if err := c.Set("till", line, "the test"); (err == nil) != good {
			t.Errorf("till = %q: %v", line, err)
		}
	}
}
