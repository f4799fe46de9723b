package media

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"

	"wireroom/fault"
)

// Widths are the widths in pixels that are kept beside the full picture. A
// picture narrower than a width is not blown up to it.
var Widths = []int{320, 640, 960, 1600}

// MaxBytes is the largest file that Add reads.
const MaxBytes = 64 << 20

// full is the width that means the picture at its own size.
const full = 0

// Picture is a picture in the cabinet: its id and its size in pixels.
type Picture struct {
	ID   string
	W, H int
	// Offered are the words that came in the file. Nothing keeps them: they
	// are for whoever writes the story to take or leave.
	Offered Words
}

// Store is the cabinet: a folder with a folder for each picture. Decoding a
// photograph takes hundreds of megabytes, so a Store works on one at a time.
type Store struct {
	dir   string
	most  int64 // bytes that a file may have, coming in or kept
	job   sync.Mutex
	fresh chan string // ids of pictures that may lack their WebP
	late  atomic.Bool // fresh was full
}

// New makes a Store over the folder dir, which need not exist yet.
func New(dir string) *Store {
	return &Store{dir: dir, most: MaxBytes, fresh: make(chan string, 64)}
}

// Add takes a picture in: JPEG, PNG, GIF (its first frame) or WebP, at most
// MaxBytes long, drawn anew too, and MaxPixels large; else it is [Unfit]. When
// it returns without an error, the picture is on disk.
func (s *Store) Add(r io.Reader) (Picture, error) {
	// However slowly and however many come in at once, they wait on the disk.
	parked, err := s.park(r)
	if err != nil {
		return Picture{}, err
	}
	defer os.Remove(parked)
	s.job.Lock()
	defer s.job.Unlock()
	data, err := os.ReadFile(parked)
	if err != nil {
		return Picture{}, fault.Internal("reading a picture", err)
	}
	img, err := decode(data)
	if err != nil {
		return Picture{}, err
	}
	defer debug.FreeOSMemory()
	p, err := s.draw(img)
	if err != nil {
		return Picture{}, err
	}
	p.Offered = offered(data)
	return p, nil
}

// draw encodes the picture and keeps it.
func (s *Store) draw(img image.Image) (Picture, error) {
	main, err := encode(img, fullQuality)
	if err != nil {
		return Picture{}, fault.Internal("encoding a picture", err)
	}
	if int64(len(main.data)) > s.most {
		return Picture{}, s.tooLarge()
	}
	p := Picture{ID: name(main.data), W: img.Bounds().Dx(), H: img.Bounds().Dy()}
	if s.has(p.ID) {
		return p, nil
	}
	return p, s.keep(p.ID, img, main)
}

// Put takes back a picture that another Store's Walk gave, under the same id.
// Bytes that are not that picture's, or that no Store wrote, are Invalid.
func (s *Store) Put(id string, r io.Reader) error {
	data, err := s.readAll(r)
	if err != nil {
		return err
	}
	if name(data) != id {
		return fault.Invalid("picture", "the bytes are not those of picture %s", id)
	}
	s.job.Lock()
	defer s.job.Unlock()
	if s.has(id) {
		return nil
	}
	img, err := decode(data)
	if err != nil {
		return err
	}
	if !bare(data) {
		return fault.Invalid("picture", "picture %s was not written by a picture desk", id)
	}
	return s.keep(id, img, file{data: data, ext: extension(data)})
}

// Open opens a picture at one of Widths, or at its own size for width 0 and
// when it is narrower than width. Another width or an unknown id is NotFound.
func (s *Store) Open(id string, width int) (io.ReadSeekCloser, string, error) {
	if !valid(id) || (width != full && !known(width)) {
		return nil, "", fault.NotFound("picture " + id)
	}
	for _, w := range []int{width, full} {
		for _, ext := range []string{jpegExt, pngExt} {
			f, err := os.Open(filepath.Join(s.folder(id), fileName(w, ext)))
			if err == nil {
				return f, contentType(ext), nil
			}
			if !errors.Is(err, fs.ErrNotExist) {
				return nil, "", fault.Internal("opening picture "+id, err)
			}
		}
	}
	return nil, "", fault.NotFound("picture " + id)
}

// OpenWebP is Open for those who can show WebP. As long as there is none of
// that width, or if it was not worth making, it gives what Open gives.
func (s *Store) OpenWebP(id string, width int) (io.ReadSeekCloser, string, error) {
	if valid(id) && known(width) {
		f, err := os.Open(filepath.Join(s.folder(id), fileName(width, webpExt)))
		if err == nil {
			return f, contentType(webpExt), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, "", fault.Internal("opening picture "+id, err)
		}
	}
	return s.Open(id, width)
}

// Size gives a picture's own size in pixels.
func (s *Store) Size(id string) (w, h int, err error) {
	f, _, err := s.Open(id, full)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	c, err := config(f)
	if err != nil {
		return 0, 0, fault.Internal("measuring picture "+id, err)
	}
	return c.Width, c.Height, nil
}

func (s *Store) readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, s.most+1))
	if err != nil {
		return nil, fault.Internal("reading a picture", err)
	}
	if int64(len(data)) > s.most {
		return nil, s.tooLarge()
	}
	return data, nil
}

func (s *Store) tooLarge() error {
	return &Unfit{Reason: TooManyBytes}
}

const idLen = 40

func name(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])[:idLen]
}

// valid keeps every path within the Store's folder.
func valid(id string) bool {
	if len(id) != idLen {
		return false
	}
	for _, c := range []byte(id) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func known(width int) bool {
	for _, w := range Widths {
		if w == width {
			return true
		}
	}
	return false
}

func (s *Store) folder(id string) string { return filepath.Join(s.dir, id[:2], id) }

func (s *Store) has(id string) bool {
	_, err := os.Stat(s.folder(id))
	return err == nil
}

func fileName(width int, ext string) string {
	if width == full {
		return "full" + ext
	}
	return strconv.Itoa(width) + ext
}
