package agency

import (
	"os"
	"path/filepath"
	"strings"

	"wireroom/fault"
)

// signFile says in the agency's folder at which address it is being served, so
// that a link made meanwhile leads there.
const signFile = "serving"

func (a *Agency) sign() string { return filepath.Join(a.Config.Data, signFile) }

func (a *Agency) hangSign(addr string) error {
	if err := os.WriteFile(a.sign(), []byte(addr+"\n"), 0o600); err != nil {
		return fault.Internal("noting the address", err)
	}
	return nil
}

// takeSign takes the sign down, unless another program has hung its own.
func (a *Agency) takeSign(addr string) {
	if a.signed() == addr {
		_ = os.Remove(a.sign())
	}
}

// signed is the address on the sign; "" without one.
func (a *Agency) signed() string {
	addr, err := os.ReadFile(a.sign())
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(addr))
}
