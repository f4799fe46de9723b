package intake

import (
	"errors"

	"wireroom/fault"
	"wireroom/format"
	"wireroom/story"
)

// MostListed is how many skipped and how many broken items, labels and lost
// fields a report lists by name, and what it quotes of a file is cut short, so
// that a bad file cannot fill the memory; the rest are counted.
const MostListed = 10_000

// Report is what became of a run.
type Report struct {
	Taken    int            `json:"taken"`
	Already  int            `json:"already"` // here from a run before
	Skipped  []Skip         `json:"skipped"`
	Broken   []Broken       `json:"broken"`
	Unlisted int            `json:"unlisted,omitempty"` // skipped and broken beyond MostListed
	Labels   map[string]int `json:"labels,omitempty"`   // of no section, with the number of stories; they are keywords now
	Lost     map[string]int `json:"lost,omitempty"`     // fields that found no place in a story
	DryRun   bool           `json:"dry_run,omitempty"`  // nothing was kept
	Silent   bool           `json:"silent,omitempty"`
}

// Skip is an item that is well but not for this agency's stories.
type Skip struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// Broken is an item that can't be taken.
type Broken struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Field  string `json:"field,omitempty"` // "" is the item itself
	Reason string `json:"reason"`
}

// newReport has no nil lists, for the sake of those who read its JSON.
func newReport(o Options) Report {
	return Report{Skipped: []Skip{}, Broken: []Broken{}, Labels: map[string]int{}, Lost: map[string]int{},
		DryRun: o.DryRun, Silent: o.Silent}
}

// Seen counts all items, whatever became of them.
func (r *Report) Seen() int {
	return r.Taken + r.Already + len(r.Skipped) + len(r.Broken) + r.Unlisted
}

// LostFields counts the fields that found no place, over all stories.
func (r *Report) LostFields() int {
	n := 0
	for _, times := range r.Lost {
		n += times
	}
	return n
}

func (r *Report) skip(file string, line int, reason string) {
	if len(r.Skipped) >= MostListed {
		r.Unlisted++
		return
	}
	r.Skipped = append(r.Skipped, Skip{file, line, reason})
}

func (r *Report) breaks(file string, line int, field, reason string) {
	if len(r.Broken) >= MostListed {
		r.Unlisted++
		return
	}
	r.Broken = append(r.Broken, Broken{file, line, field, reason})
}

// others stand for the labels, or the fields, beyond MostListed.
const others = "…"

func count(times map[string]int, name string) {
	name = format.Brief(name)
	if _, listed := times[name]; !listed && len(times) >= MostListed {
		name = others
	}
	times[name]++
}

func (r *Report) tell(w waiting, o story.Outcome) {
	var f *fault.Error
	switch {
	case o.Err == nil && o.Known:
		r.Already++
	case o.Err == nil:
		r.Taken++
	case errors.As(o.Err, &f):
		r.breaks(w.file, w.line, f.Subject, f.Why)
	default:
		r.breaks(w.file, w.line, "", o.Err.Error())
	}
}
