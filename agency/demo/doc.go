// Package demo holds a complete invented agency: its house, its people, three
// weeks of its wire in three languages and the pictures that go with it.
//
// It promises that everything it hands over is valid and is dated relative to
// the moment it was asked for. The country, the people, the organisations and
// the events are made up. It leaves to agency the work of playing all this
// into a newsroom.
package demo
