package webp

import "github.com/tetratelabs/wazero/experimental"

// sandbox is memory for one picture after the other. libwebp needs several times
// a picture's size, and new memory for each would be garbage by the hundred
// megabytes.
type sandbox struct{ memory []byte }

// Allocate hands the memory out. No two modules have it at a time.
func (s *sandbox) Allocate(_, _ uint64) experimental.LinearMemory {
	s.memory = s.memory[:0]
	return s
}

// Reallocate grows the memory; what is new of it holds zeros.
func (s *sandbox) Reallocate(size uint64) []byte {
	if size > uint64(cap(s.memory)) {
		larger := make([]byte, size, size+size/4)
		copy(larger, s.memory)
		s.memory = larger
	}
	s.memory = s.memory[:size]
	return s.memory
}

// Free leaves nothing of one picture to the next.
func (s *sandbox) Free() {
	clear(s.memory)
	s.memory = s.memory[:0]
}
