// Package wireroom is the house itself. It holds no program: its test keeps
// the rules by which the rooms are built, and the rooms stand beside it, named
// after those of a newsroom; docs/architecture.md shows the way of a story
// through them.
package wireroom
