// Package archive finds stories: by words, names, sections, languages and dates,
// over whole texts, for whoever may read them.
//
// It follows the wire into an index that holds no text and can always be made
// again. It promises that what a viewer may not have plays no part in their
// answer: texts that everyone may have and texts for holders of plans stand on
// two shelves, of which the second is opened only for those who hold something;
// each story found is put before reveal's judge before it is counted; a story
// with a record on the wire that the index has not yet taken in is not found at
// all; and what is shown comes through reveal. It keeps and logs no query.
//
// How words meet is lexis's business, where terms lie is index's, and who may
// have what is reveal's.
package archive
