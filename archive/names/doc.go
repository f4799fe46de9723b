// Package names knows how names sound, whichever custom spells them.
//
// It promises that the usual spellings of a Belarusian or Russian person or
// place (Cyrillic of either language and orthography, Belarusian Latin, the
// official and the English romanisations, Polish, and what Russian makes of
// them) have a key in common, that given names and places that differ by more
// than spelling are found by lists, and that a declined form keeps a key of
// its lemma. It works by rules and general lists alone; one spelling always
// gives the same keys.
//
// It does not know who is who: two people of one surname are one to it.
package names
