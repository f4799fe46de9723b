// Package ninjs reads news in JSON: one item, an array or a line for each, as
// they are or gzipped, of the standard's versions 1.0 to 3.1, of Superdesk and
// of the envelopes in which agencies' services wrap their items.
//
// It promises to hold one item at a time, to name the field that makes an item
// unfit and to go on with the next, to take no markup but the typed body's,
// and to lose nothing silently: what has no place of its own in a story stands
// in the editor's note, and what found no room even there is listed. It leaves
// to intake what becomes of an item.
package ninjs
