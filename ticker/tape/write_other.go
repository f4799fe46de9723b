//go:build !linux

package tape

import "syscall"

// write gives a socket that never waits what it takes.
func write(fd uintptr, data []byte) (int, error) { return syscall.Write(int(fd), data) }
