package portal

import (
	"archive/zip"
	"bytes"
	"context"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/format"
	"wireroom/format/choice"
	"wireroom/format/print"
	"wireroom/reveal"
)

const (
	// toCopy names no format but the bare text, for the clipboard.
	toCopy = "copy"
	// mostPacked is how many stories one zip holds.
	mostPacked = 200
)

// file gives a story as a file in a format of the contract.
func (p *Portal) file(w http.ResponseWriter, v *visit) error {
	d, err := v.dispatch(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	asked := v.r.URL.Query().Get("format")
	if asked == toCopy {
		return p.copied(w, d)
	}
	f, err := v.format(asked)
	if err != nil {
		return err
	}
	data, err := v.encoded(f, d)
	if err != nil {
		return err
	}
	p.Clients.Used(v.client.ID, clients.UseFile, 1)
	return save(w, f.Type, fileName(d, f), data)
}

// copied is the story as bare text, for whoever pastes it.
func (p *Portal) copied(w http.ResponseWriter, d reveal.Dispatch) error {
	r, has := d.Rendition()
	if !has {
		return fault.NotFound("the text")
	}
	body := strings.TrimSpace(print.Text(r.Blocks()))
	if line := r.Dateline(); line != "" {
		body = line + " " + body
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte(r.Headline() + "\n\n" + body + "\n"))
	return nil
}

// format is one of the contract's by its name.
func (v *visit) format(name string) (choice.Format, error) {
	for _, f := range v.client.Offered() {
		if f.Name == name {
			return f, nil
		}
	}
	return choice.Format{}, fault.Invalid("format", "the contract gives no format %.40q", name)
}

func (v *visit) encoded(f choice.Format, d reveal.Dispatch) ([]byte, error) {
	var b bytes.Buffer
	if err := f.Encode(&b, []format.Item{v.Ticker.Item(d)}, v.Ticker.Manner(v.client)); err != nil {
		return nil, fault.Internal("write a story as "+f.Name, err)
	}
	return b.Bytes(), nil
}

// zip gives several stories, each as a file in one format. One of them that
// the client may not have is answered like an address that does not exist.
func (p *Portal) zip(w http.ResponseWriter, v *visit) error {
	q := v.r.URL.Query()
	ids := q["story"]
	if len(ids) == 0 || len(ids) > mostPacked {
		return fault.Invalid("story", "choose from 1 to %d stories", mostPacked)
	}
	f, err := v.format(q.Get("format"))
	if err != nil {
		return err
	}
	data, err := v.packed(v.r.Context(), f, ids)
	if err != nil {
		return err
	}
	p.Clients.Used(v.client.ID, clients.UseFile, int64(len(ids)))
	return save(w, "application/zip", "wire-"+v.local(v.now).Format("2006-01-02-1504")+".zip", data)
}

func (v *visit) packed(ctx context.Context, f choice.Format, ids []string) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		d, err := v.dispatch(ctx, id)
		if err != nil {
			return nil, err
		}
		data, err := v.encoded(f, d)
		if err != nil {
			return nil, err
		}
		file, err := z.CreateHeader(&zip.FileHeader{Name: fileName(d, f), Method: zip.Deflate, Modified: sentAt(d).UTC().Truncate(2 * time.Second)})
		if err == nil {
			_, err = file.Write(data)
		}
		if err != nil {
			return nil, fault.Internal("pack stories", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fault.Internal("pack stories", err)
	}
	return b.Bytes(), nil
}

// fileName is the number on the wire and what of the slug a file's name may
// hold on any system.
func fileName(d reveal.Dispatch, f choice.Format) string {
	name := strconv.FormatInt(int64(d.Number), 10)
	if r, has := d.Rendition(); has {
		slug := strings.FieldsFunc(r.Slug(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
		if text := []rune(strings.Join(slug, "-")); len(text) > 0 {
			name += "-" + string(text[:min(len(text), 60)])
		}
	}
	return name + "." + f.Extension
}

func save(w http.ResponseWriter, kind, name string, data []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, _ = w.Write(data)
	return nil
}
