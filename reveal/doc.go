// Package reveal is the one door between what is published and the world: a
// story, a viewer and the hour give a rendition, and every output takes
// renditions.
//
// It promises that nothing but this package reads the published texts, that a
// Rendition can be made nowhere else, that a teaser never held the words it
// leaves out, and that whatever it does not know (a status, a plan, an hour)
// gives the least. It leaves to the faces how a rendition looks.
package reveal
