package desk

import "wireroom/story"

// correction sends a text that was wrong anew, and tells readers so.
func (d *Desk) correction() panel {
	return panel{noun: "correction", act: story.ActCorrect, note: "note", needed: true, sends: true,
		says: func(f *foresight) {
			f.replaces()
			f.say("note", "says-correction")
			f.wire("says-wire-correction")
			f.others()
		},
		do: d.Stories.Correct,
	}
}
