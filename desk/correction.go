package desk

import "wireroom/story"

// correction sends a text that was wrong anew, and tells readers so.
func (d *Desk) correction() panel {
	return panel{noun: "correction", act: story.ActCorrect, note: "note", needed: true, sends: true, texts: true,
		says: func(f *foresight) {
			f.replaces()
			f.note("says-correction", "says-correction-locked")
			f.short("says-short-correction")
			f.wire("says-wire-correction")
			f.others()
		},
		do: d.Stories.Correct, later: d.Stories.ScheduleCorrection,
	}
}
