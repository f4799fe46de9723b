package audience

import (
	"sync"
	"sync/atomic"
	"time"

	"wireroom/db"
	"wireroom/staff/pass"
)

// Store keeps the readers, their passes, links and sessions.
type Store struct {
	db      *db.DB
	now     func() time.Time
	links   pass.Keys
	keyFile string

	keys   sync.Mutex // guards what was read of the keys
	secret []byte
	sealTo []byte

	crowd crowd
	nets  atomic.Pointer[networks]
	tills map[string]Till // by name

	Zone func() *time.Location // whose clock daily letters go by; nil is UTC
}

// New opens the readers' tables. keyFile is where the key of the addresses
// lies, or is to be written when there is none yet; "" makes one that nobody
// has, so that addresses can never be read again.
func New(d *db.DB, now func() time.Time, keyFile string) *Store {
	return &Store{db: d, now: now, keyFile: keyFile, links: pass.Keys{
		DB: d, Now: now, Links: "reader_link", Sessions: "reader_session", Owner: "reader",
	}}
}
