// Package saved reads saved pages of a news site: HTML in which an article
// stands among everything else.
//
// It promises the article with what the page says of it to machines: its time,
// its writers, its section, its address, who may read it. It leaves the search
// for the article among the rest to a library, and to intake which pages become
// stories.
package saved
