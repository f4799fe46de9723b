package intake

import (
	"context"
	"iter"

	"wireroom/format/ninjs"
)

// decoded is an item or what is wrong with it.
type decoded struct {
	item ninjs.Item
	err  error
}

// ahead reads items while earlier ones are written. It holds few of them, and
// stops reading when the loop ends or the context does.
func ahead(ctx context.Context, items iter.Seq2[ninjs.Item, error]) iter.Seq[decoded] {
	return func(yield func(decoded) bool) {
		ctx, stop := context.WithCancel(ctx)
		read := make(chan decoded, 64)
		go func() {
			defer close(read)
			for i, err := range items {
				select {
				case read <- decoded{i, err}:
				case <-ctx.Done():
					return
				}
			}
		}()
		defer func() {
			stop()
			for range read { // until the reader has left the file
				continue
			}
		}()
		for d := range read {
			if !yield(d) {
				return
			}
		}
	}
}
