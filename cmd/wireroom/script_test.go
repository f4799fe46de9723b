package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"

	"wireroom/agency"
	"wireroom/db"
)

// scriptCommands are what the scripts can do beside running the program.
var scriptCommands = map[string]func(*testscript.TestScript, bool, []string){
	"status":     scriptStatus,
	"news":       scriptNews,
	"rewrite":    scriptRewrite,
	"picture":    scriptPicture,
	"spoil":      scriptSpoil,
	"damage":     scriptDamage,
	"samebackup": scriptSameBackup,
	"serving":    scriptServing,
	"demo":       scriptDemo,
	"get":        scriptGet,
	"stop":       scriptStop,
	"taken":      scriptTaken,
}

// status N COMMAND… runs a command that must end with status N.
func scriptStatus(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := err.(*exec.ExitError); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("%s ends with status %d, not %s", strings.Join(args[1:], " "), got, args[0])
	}
}

func inAgency(ts *testscript.TestScript, data string, work func(context.Context, *agency.Agency) error) {
	ctx := context.Background()
	a, err := openAgency(ctx, ts.MkAbs(data))
	ts.Check(err)
	defer a.Close()
	ts.Check(work(ctx, a))
}

// news DIR N sends N stories.
func scriptNews(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	inAgency(ts, args[0], func(ctx context.Context, a *agency.Agency) error {
		by, err := someone(ctx, a)
		for i := 0; i < n && err == nil; i++ {
			_, err = send(ctx, a, by, fmt.Sprintf("Łukašenka – «навіна» %d", i))
		}
		return err
	})
}

// rewrite DIR N changes what record N of the wire says.
func scriptRewrite(ts *testscript.TestScript, _ bool, args []string) {
	inAgency(ts, args[0], func(ctx context.Context, a *agency.Agency) error {
		return a.DB.Do(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE wire_record SET urgency = 1 WHERE CAST(number AS TEXT) = ?1`, args[1])
			return err
		})
	})
}

// picture DIR adds a picture.
func scriptPicture(ts *testscript.TestScript, _ bool, args []string) {
	inAgency(ts, args[0], func(_ context.Context, a *agency.Agency) error {
		img := image.NewRGBA(image.Rect(0, 0, 400, 300))
		for i := range 400 {
			img.Set(i, i%300, color.RGBA{uint8(i), 80, 120, 255})
		}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			return err
		}
		_, err := a.Pictures.Add(&b)
		return err
	})
}

// spoil DIR changes a byte of each picture.
func scriptSpoil(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]+"/pictures"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return flip(path, path)
	}))
}

// damage FILE COPY copies a backup with a byte changed in the largest of what
// it holds.
func scriptDamage(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(damage(ts.MkAbs(args[0]), ts.MkAbs(args[1])))
}

func damage(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	box, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	largest := slices.MaxFunc(box.File, func(a, b *zip.File) int { return cmp.Compare(a.CompressedSize64, b.CompressedSize64) })
	at, err := largest.DataOffset()
	if err != nil {
		return err
	}
	data[at+int64(largest.CompressedSize64/2)] ^= 0xff
	return os.WriteFile(to, data, 0o600)
}

func flip(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	data[len(data)/2] ^= 0xff
	return os.WriteFile(to, data, 0o600)
}

// samebackup A B compares two manifests, but for when they were made. Rows have
// no order of their own, so tables are compared by their size.
func scriptSameBackup(ts *testscript.TestScript, _ bool, args []string) {
	var pair [2]agency.Manifest
	for i, name := range args {
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(name)), &pair[i]))
		pair[i].Made = pair[0].Made
	}
	if !reflect.DeepEqual(pair[0], pair[1]) {
		ts.Fatalf("the backups differ:\n%v\n%v", pair[0], pair[1])
	}
}

// server is a program that serves during a script.
type server struct {
	cmd    *exec.Cmd
	url    string
	stdout *bufio.Reader
	said   string
	stderr bytes.Buffer
}

// serving knows the last server of each script; scripts run side by side.
var (
	servingMu sync.Mutex
	serving   = map[string]*server{}
)

func start(args ...string) (*server, error) { return startAt("127.0.0.1:0", args...) }

func startAt(addr string, args ...string) (*server, error) {
	s := &server{cmd: exec.Command("wireroom", append(args, "--addr", addr)...)}
	s.cmd.Stderr = &s.stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	s.stdout = bufio.NewReader(out)
	if s.said, err = s.stdout.ReadString('\n'); err != nil {
		return nil, fmt.Errorf("it does not serve: %s", s.stderr.String())
	}
	_, url, _ := strings.Cut(strings.TrimSpace(s.said), " ")
	s.url = strings.TrimSuffix(strings.TrimSpace(url), "/")
	return s, nil
}

// serving DIR starts the program.
func scriptServing(ts *testscript.TestScript, _ bool, args []string) {
	serveDuring(ts, "serve", "--data", ts.MkAbs(args[0]))
}

// demo DIR starts the demo agency.
func scriptDemo(ts *testscript.TestScript, _ bool, args []string) {
	serveDuring(ts, "demo", "--dir", ts.MkAbs(args[0]))
}

func serveDuring(ts *testscript.TestScript, args ...string) {
	s, err := start(args...)
	ts.Check(err)
	ts.Defer(func() { _ = s.cmd.Process.Kill() })
	servingMu.Lock()
	defer servingMu.Unlock()
	serving[ts.Name()] = s
}

func served(ts *testscript.TestScript) *server {
	servingMu.Lock()
	defer servingMu.Unlock()
	return serving[ts.Name()]
}

// get PATH prints the status and the text of an answer.
func scriptGet(ts *testscript.TestScript, _ bool, args []string) {
	answer, err := http.Get(served(ts).url + args[0])
	ts.Check(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	ts.Check(err)
	fmt.Fprintf(ts.Stdout(), "%d %s", answer.StatusCode, text)
}

// stop asks the program to end and prints all that it said.
func scriptStop(ts *testscript.TestScript, _ bool, _ []string) {
	s := served(ts)
	ts.Check(s.cmd.Process.Signal(syscall.SIGTERM))
	rest, err := io.ReadAll(s.stdout)
	ts.Check(err)
	ts.Check(s.cmd.Wait())
	fmt.Fprint(ts.Stdout(), s.said, string(rest))
	fmt.Fprint(ts.Stderr(), s.stderr.String())
}

// taken DIR serves twice at one address; the second must fail.
func scriptTaken(ts *testscript.TestScript, _ bool, args []string) {
	s, err := start("serve", "--data", ts.MkAbs(args[0]))
	ts.Check(err)
	defer func() { _ = s.cmd.Process.Kill() }()
	addr := strings.TrimPrefix(s.url, "http://")
	if ts.Exec("wireroom", "serve", "--data", args[0], "--addr", addr) == nil {
		ts.Fatalf("two programs serve at %s", addr)
	}
}
