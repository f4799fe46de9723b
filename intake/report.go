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
	Drafts   int            `json:"drafts,omitempty"` // of those taken
	Already  int            `json:"already"`          // here from a run before, or twice in the files
	Skipped  []Skip         `json:"skipped"`
	Broken   []Broken       `json:"broken"`
	Unlisted int            `json:"unlisted,omitempty"` // skipped and broken beyond MostListed
	Labels   map[string]int `json:"labels,omitempty"`   // of no section, with the number of stories; they are keywords now
	Lost     map[string]int `json:"lost,omitempty"`     // fields that found no place in a story
	DryRun   bool           `json:"dry_run,omitempty"`  // nothing was kept
	Silent   bool           `json:"silent,omitempty"`

	// Of a publishing system's archive:
	Stories   int            `json:"stories,omitempty"`    // items that are stories there, whatever became of them
	Left      map[string]int `json:"left,omitempty"`       // out, as the map says, by kind, state or access
	Aside     map[string]int `json:"aside,omitempty"`      // what no body can hold and the editor's note tells, with how often
	Names     map[string]int `json:"names,omitempty"`      // how many authors, terms … were found
	Guessed   []string       `json:"guessed,omitempty"`    // names that the map does not have
	Pictures  int            `json:"pictures,omitempty"`   // taken, or found by a dry run
	Missing   []Skip         `json:"missing,omitempty"`    // pictures that were not to be had
	Unfound   int            `json:"unfound,omitempty"`    // of these beyond MostListed
	OtherKind int            `json:"other_kind,omitempty"` // files of folders that are of no such kind
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
		Left: map[string]int{}, Aside: map[string]int{}, Names: map[string]int{},
		DryRun: o.DryRun, Silent: o.Silent}
}

// Seen counts all items, whatever became of them.
func (r *Report) Seen() int {
	left := 0
	for _, n := range r.Left {
		left += n
	}
	return r.Taken + r.Already + len(r.Skipped) + len(r.Broken) + r.Unlisted + left
}

// LostFields counts the fields that found no place, over all stories.
func (r *Report) LostFields() int {
	n := 0
	for _, times := range r.Lost {
		n += times
	}
	return n
}

func (r *Report) misses(file string, line int, what string) {
	if len(r.Missing) >= MostListed {
		r.Unfound++
		return
	}
	r.Missing = append(r.Missing, Skip{file, line, format.Brief(what)})
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
		if w.Draft {
			r.Drafts++
		}
	case errors.As(o.Err, &f):
		r.breaks(w.file, w.line, f.Subject, f.Why)
	default:
		r.breaks(w.file, w.line, "", o.Err.Error())
	}
}

// finds counts the names that were found, and lists those that a map lacks.
func (r *Report) finds(f *found) {
	for table, all := range f.names {
		r.Names[table] = len(all)
		said := f.chart.table(table)
		if said == nil {
			continue
		}
		for _, key := range sorted(all) {
			if _, ok := said[key]; !ok && len(r.Guessed) < MostListed {
				r.Guessed = append(r.Guessed, table+"."+key)
			}
		}
	}
}
