package push

import (
	"io"
	"strconv"

	"wireroom/fault"
	"wireroom/format"
	"wireroom/mail"
	"wireroom/media"
	"wireroom/story"
	"wireroom/wire"
)

// File is a picture that goes beside a document, which names it.
type File struct {
	Name, Type string // "wire-12-1.jpg", "image/jpeg"
	Open       func() (io.ReadCloser, error)
}

func (f File) read() ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// attached are files as a letter has them.
func attached(files []File) ([]mail.File, error) {
	var all []mail.File
	for _, f := range files {
		body, err := f.read()
		if err != nil {
			return nil, fault.Internal("read "+f.Name, err)
		}
		all = append(all, mail.File{Name: f.Name, Type: f.Type, Body: body})
	}
	return all, nil
}

// Carries reports whether a way can bring files beside a document.
func (w Way) Carries() bool { return w == SFTP || w == Mail }

// mostAttached bounds the pictures of one letter, in bytes: many mailboxes take
// no more than ten megabytes, and written as text they grow by a third. What is
// over is named by its address.
const mostAttached = 7 << 20

// endings are those of the names of files.
var endings = map[string]string{"image/jpeg": ".jpg", "image/png": ".png"}

// album gathers the pictures of one document.
type album struct {
	pictures *media.Store
	stem     string // with which their names begin
	most     int64  // bytes; 0 is no bound
	address  func(of story.ID, picture string) []format.Size
	files    []File
	named    map[string][]format.Size
	bytes    int64
}

// albumOf is one for the document of a record.
func (s Shaper) albumOf(e Endpoint, n wire.Number) *album {
	a := &album{pictures: s.Pictures, stem: eventID(n), address: s.Sizes, named: map[string][]format.Size{}}
	if e.Way == Mail {
		a.most = mostAttached
	}
	return a
}

// sizes are those by which a document names a picture: the file that goes
// beside it, or its addresses where no file can.
func (a *album) sizes(of story.ID, id string) []format.Size {
	if known, ok := a.named[id]; ok {
		return known
	}
	size, kind, ok := a.measure(id)
	if !ok || a.most > 0 && a.bytes+size.Bytes > a.most {
		if a.address == nil {
			return nil
		}
		return a.address(of, id)
	}
	size.Href, size.Type = a.stem+"-"+strconv.Itoa(len(a.files)+1)+endings[kind], kind
	a.files = append(a.files, File{size.Href, kind, func() (io.ReadCloser, error) {
		f, _, err := a.pictures.Open(id, widest)
		return f, err
	}})
	a.bytes += size.Bytes
	a.named[id] = []format.Size{size}
	return a.named[id]
}

// widest is the width in which pictures are brought.
var widest = media.Widths[len(media.Widths)-1]

func (a *album) measure(id string) (size format.Size, kind string, ok bool) {
	w, h, err := a.pictures.Size(id)
	if err != nil || w == 0 {
		return size, "", false
	}
	f, kind, err := a.pictures.Open(id, widest)
	if err != nil {
		return size, "", false
	}
	defer f.Close()
	size.Bytes, err = f.Seek(0, io.SeekEnd)
	size.Width = min(w, widest)
	size.Height = h * size.Width / w
	return size, kind, err == nil && endings[kind] != ""
}
