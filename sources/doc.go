// Package sources is the wire editor's tray: what other agencies and
// institutions publish in feeds, or lay as files into a folder, and what the
// desk makes drafts of.
//
// It promises that nothing that comes in goes out without a person, that
// nothing is taken twice, and that whoever is asked is asked politely: seldom,
// only for what has changed, by our name, and less and less often where it
// fails. Which of it is kept, for which section and desk, is ruled by the
// agency.
//
// The writing itself is left to the desk; whoever is asked is reached by the
// courier alone, and no folder but those under the agency's tray is read.
package sources
