// Package dates finds the dates in a story's text and says which they are: "last
// Tuesday" and "у жніўні летась" mean a day and a month only beside the story's
// dateline. The archive's timelines are made of them.
//
// It promises that a value is as fine as the text and no finer (a year stays a
// year), that durations and ages are no dates, and that without a sign of the
// future a weekday or a month is the latest one past, as in news. It knows
// English, Russian and Belarusian; it leaves to others what happened then.
package dates
