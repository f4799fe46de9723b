// Command bench measures the program against its bounds, each beside a
// baseline of the same run: how fast it takes an archive in, what its pages
// cost against a server that does nothing else, how soon a story that is sent
// is seen, how long twenty people at the desk wait, what a hundred thousand readers
// need, and how much memory all that takes.
//
// It drives the built program from outside, as readers and editors do, and
// needs wrk from the system's packages. With WIREROOM_TESTDATA it takes the
// real stories that lie there; else it invents as many. Beside PostgreSQL it
// measures two machines too: how soon what a reader may no longer open is closed
// at both. With the word "nodes" it does only that, with "letters" only the
// sending of a bulletin, with "kill" only how soon a kill overtakes what waits;
// for these two it needs no built program. With "stream" it measures the stream
// to five thousand clients alone, with "search" only what is found among two
// hundred thousand stories, and beside it FTS5 as it comes and Bleve, which have
// a module of their own in the folder beside.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

const program = "bin/wireroom"

// parts are what can be measured by itself.
var parts = map[string]func(dir string) error{
	"stream": streaming, "letters": mailing, "kill": overtake, "search": searching, "accounts": readers, "import": during,
	"archive": inHouse(walk), "arrival": inHouse(arrival), "pages": inHouse(pages), "desk": atDesk,
}

func main() {
	if len(os.Args) == 4 && os.Args[1] == bareCommand {
		fail(serveBare(os.Args[2], os.Args[3]))
		return
	}
	dir, err := os.MkdirTemp("", "wireroom-bench-")
	fail(err)
	defer os.RemoveAll(dir)
	postgres := os.Getenv("WIREROOM_TEST_POSTGRES")
	if len(os.Args) == 2 && os.Args[1] == "nodes" && postgres != "" {
		fail(nodes(dir, postgres))
		return
	}
	if len(os.Args) == 2 {
		measures, ok := parts[os.Args[1]]
		if !ok {
			fail(fmt.Errorf("%q is not measured by itself", os.Args[1]))
		}
		fail(measures(dir))
		return
	}
	fail(measure(dir))
	if postgres == "" {
		fmt.Println("two machines over one PostgreSQL: not measured; run scripts/with-postgres go run ./bench nodes")
		return
	}
	fail(nodes(dir, postgres))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func measure(dir string) error {
	data, n, err := founded(dir)
	if err != nil {
		return err
	}
	if err := served(data, walk, arrival, pages); err != nil {
		return err
	}
	if err := typing(data, n); err != nil {
		return err
	}
	for _, part := range []func(string) error{during, readers, mailing, overtake} {
		if err := part(dir); err != nil {
			return err
		}
	}
	return nil
}

// founded is an agency with the archive taken in and a chief, and how many
// stories there are.
func founded(dir string) (data string, n int, err error) {
	data = filepath.Join(dir, "agency")
	if _, err := run("init", "--data", data, "--name", "Pozirk", "--languages", "en,ru,be",
		"--sections", "Politics,Economy,Security,Society", "--plan", "POZIRK+"); err != nil {
		return "", 0, err
	}
	stories, err := archive(dir)
	if err != nil {
		return "", 0, err
	}
	if n, err = takeIn(data, stories); err != nil {
		return "", 0, err
	}
	_, err = run("staff", "add", "--data", data, "--name", "Ada", "--email", "ada@example.org", "--role", "chief")
	return data, n, err
}

// inHouse measures one step of the program over the archive.
func inHouse(step func(*server) error) func(dir string) error {
	return func(dir string) error {
		data, _, err := founded(dir)
		if err != nil {
			return err
		}
		return served(data, step)
	}
}

func atDesk(dir string) error {
	data, n, err := founded(dir)
	if err != nil {
		return err
	}
	return typing(data, n)
}

// typing measures the desk while many work there.
func typing(data string, stories int) error {
	people, err := newsroom(data, stories)
	if err != nil {
		return err
	}
	return served(data, func(s *server) error { return s.works(people) })
}

// served measures the program while it serves.
func served(data string, steps ...func(*server) error) error {
	s, err := serve(data)
	if err != nil {
		return err
	}
	defer s.stop()
	for _, step := range steps {
		if err := step(s); err != nil {
			return err
		}
	}
	return nil
}

// tell prints one figure with its bound.
func tell(what, figure, bound string, met bool) {
	word := "met"
	if !met {
		word = "MISSED"
	}
	fmt.Printf("%-52s %14s   bound %-12s %s\n", what, figure, bound, word)
}
