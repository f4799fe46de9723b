package intake

import (
	"slices"
	"testing"
	"testing/synctest"

	"wireroom/format"
)

func TestFewItemsAreReadAheadAndFewerLongOnes(t *testing.T) {
	for size, most := range map[int]int{100: 3 * chunkItems, chunkBytes: 3} {
		synctest.Test(t, func(t *testing.T) {
			read := 0
			items := func(yield func(format.Item, error) bool) {
				for read = 1; read <= 1000 && yield(format.Item{Line: read, Size: size}, nil); read++ {
					continue
				}
			}
			for range ahead(t.Context(), items) {
				synctest.Wait() // until the reader reads no further
				if read > most {
					t.Errorf("%d items of %d bytes are read before the first is taken", read, size)
				}
				break
			}
		})
	}
}

func TestItemsReadAheadComeInTheirOrder(t *testing.T) {
	var got []int
	items := func(yield func(format.Item, error) bool) {
		for n := 1; n <= 1000 && yield(format.Item{Line: n, Size: n * 1000}, nil); n++ {
			continue
		}
	}
	for d := range ahead(t.Context(), items) {
		got = append(got, d.item.Line)
	}
	if len(got) != 1000 || !slices.IsSorted(got) {
		t.Errorf("%d items came", len(got))
	}
}
