package main

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ran is how a command ended: what it said, how long it took, its peak memory.
type ran struct {
	out  string
	took time.Duration
	peak int64 // bytes
}

func run(args ...string) (ran, error) {
	cmd := exec.Command(program, args...)
	began := time.Now()
	out, err := cmd.CombinedOutput()
	r := ran{out: string(out), took: time.Since(began)}
	if err != nil {
		return r, fmt.Errorf("wireroom %s: %w\n%s", args[0], err, out)
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.peak = usage.Maxrss << 10 // kibibytes on Linux
	}
	return r, nil
}

// server is the program as it serves.
type server struct {
	cmd  *exec.Cmd
	url  string
	data string
}

func serve(data string) (*server, error) {
	cmd := exec.Command(program, "serve", "--data", data, "--addr", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	_, url, ok := strings.Cut(strings.TrimSpace(line), " ")
	if err != nil || !ok {
		return nil, errors.Join(fmt.Errorf("the program says %q instead of its address", line), cmd.Process.Kill(), err)
	}
	return &server{cmd, strings.TrimSuffix(strings.TrimSpace(url), "/"), data}, nil
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(os.Interrupt)
	_ = s.cmd.Wait()
}

// resident is the memory that the program takes now, in bytes.
func (s *server) resident() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmRSS:" {
			kib, err := strconv.ParseInt(f[1], 10, 64)
			return kib << 10, err
		}
	}
	return 0, errors.New("the system does not tell the program's memory")
}

// processor is how long the processor has worked for the program.
func (s *server) processor() (time.Duration, error) {
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	var all time.Duration
	for _, task := range tasks {
		data, err := os.ReadFile(task)
		if err != nil {
			continue // a thread that has ended
		}
		var ran time.Duration
		if _, err := fmt.Sscan(string(data), &ran); err != nil {
			return 0, err
		}
		all += ran
	}
	return all, nil
}

// get reads a page whole, compressed as it comes, and gives its body's length.
func get(url, coding string) (*http.Response, []byte, error) {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("Accept-Encoding", coding)
	return read(http.DefaultTransport.RoundTrip(r))
}

func mebibytes(n int64) string { return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20)) }
