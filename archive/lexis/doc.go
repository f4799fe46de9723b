// Package lexis is the archive's one reader of words: what it makes of a text
// is what the index holds, on either engine, and what it makes of a query is
// what the index is asked for.
//
// It promises that a word and its forms, in English, Russian and Belarusian,
// come to one term in whatever case and with whatever marks they are written;
// that a Latin letter typed inside a Cyrillic word does no harm; that a word
// with a capital also has the keys of its name, so that any customary spelling
// of a person or place finds every other; and that each token says which bytes
// of the text it stands for. When what it makes of a text changes, so does
// Version, by which an index knows that it is out of date.
//
// It leaves to names how names sound, and to the archive what is done with terms.
package lexis
