// Package background finds the paragraphs of a story that tell what was before:
// those that are about a day, a month or a year well before the story's dateline,
// and those that open as background does. Of many stories they make a timeline.
//
// It promises that the same text gives the same paragraphs; that what the story
// itself reports is not among them; and that a paragraph which many stories tell
// in nearly the same words stands once, as the newest has it. It reads what it is
// given and nothing else, so it can tell nothing of what somebody may not have.
//
// It leaves to dates which day a text means, and to the archive which stories
// belong together.
package background
