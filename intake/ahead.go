package intake

import (
	"context"
	"iter"

	"wireroom/format"
)

const (
	// chunkItems are read before the first of them is given.
	chunkItems = 64
	// chunkBytes keeps a chunk of long items small in memory.
	chunkBytes = 1 << 20
)

// decoded is an item or what is wrong with it.
type decoded struct {
	item format.Item
	err  error
}

// ahead reads items while earlier ones are written. It holds few of them, and
// fewer of long ones, and stops reading when the loop ends or the context does.
func ahead(ctx context.Context, items iter.Seq2[format.Item, error]) iter.Seq[decoded] {
	return func(yield func(decoded) bool) {
		ctx, stop := context.WithCancel(ctx)
		read := make(chan []decoded)
		go func() {
			defer close(read)
			for chunk := range chunks(items) {
				select {
				case read <- chunk:
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
		for chunk := range read {
			for i, d := range chunk {
				chunk[i] = decoded{} // whoever takes it lets go of it
				if !yield(d) {
					return
				}
			}
		}
	}
}

// chunks puts items together.
func chunks(items iter.Seq2[format.Item, error]) iter.Seq[[]decoded] {
	return func(yield func([]decoded) bool) {
		var chunk []decoded
		size := 0
		for i, err := range items {
			chunk, size = append(chunk, decoded{i, err}), size+i.Size
			if len(chunk) < chunkItems && size < chunkBytes {
				continue
			}
			if !yield(chunk) {
				return
			}
			chunk, size = nil, 0
		}
		if chunk != nil {
			yield(chunk)
		}
	}
}
