package story

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Several reads stories by their ids; those that do not exist are not in it.
func (s *Store) Several(ctx context.Context, ids []ID) (map[ID]Story, error) {
	found := map[ID]Story{}
	// Always as many places, so that there is one statement to keep ready.
	const places = 25
	for some := range slices.Chunk(ids, places) {
		args := make([]any, places)
		var names []string
		for i := range places {
			args[i] = string(some[min(i, len(some)-1)])
			names = append(names, fmt.Sprintf("?%d", i+1))
		}
		all, err := s.many(ctx, columns+` WHERE s.id IN (`+strings.Join(names, ", ")+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, st := range all {
			found[st.ID] = st
		}
	}
	return found, nil
}
