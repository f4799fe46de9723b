// Package wireroom is the house itself. It holds no program: its test keeps
// the rules by which the rooms are built, and the rooms stand beside it, named
// after those of a newsroom. The program begins in cmd/wireroom, and
// docs/architecture.md shows the way of a story through the house.
package wireroom
