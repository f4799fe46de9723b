package desk

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"wireroom/fault"
	"wireroom/media"
	"wireroom/web"
)

// post is a form that was sent: what was typed, and a picture beside it.
type post struct {
	url.Values
	picture *media.Picture
	wrong   error // Invalid: why the picture was not taken
}

// partCost is what a text of a form weighs beside its letters, in bytes.
const partCost = 64

// badForm tells a body that is too large from one that is no form.
func badForm(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return fault.Invalid("form", "it can't be read: %v", err)
}

// read takes in a form. A picture in it goes to the cabinet; pictures nil
// passes over it. Texts of more than textSize together are refused as a whole.
func read(r *http.Request, pictures *media.Store) (post, error) {
	parts, err := r.MultipartReader()
	if errors.Is(err, http.ErrNotMultipart) {
		r.Body = http.MaxBytesReader(nil, r.Body, textSize)
		err = r.ParseForm()
		if err != nil {
			return post{}, badForm(err)
		}
		return post{Values: r.PostForm}, nil
	}
	if err != nil {
		return post{}, badForm(err)
	}
	p := post{Values: url.Values{}}
	left := int64(textSize)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return p, nil
		}
		if err != nil {
			return post{}, badForm(err)
		}
		if part.FileName() != "" {
			if err := p.take(part, pictures); err != nil {
				return post{}, err
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, left+1))
		if err != nil {
			return post{}, badForm(err)
		}
		if left -= int64(len(text) + len(part.FormName()) + partCost); left < 0 {
			return post{}, &web.Refusal{Status: http.StatusRequestEntityTooLarge}
		}
		p.Add(part.FormName(), string(text))
	}
}

func (p *post) take(file io.Reader, pictures *media.Store) error {
	if pictures == nil {
		return nil
	}
	picture, err := pictures.Add(file)
	if fault.Is(err, fault.KindInvalid) {
		p.wrong = err
		return nil
	}
	if err != nil {
		return err
	}
	p.picture = &picture
	return nil
}

// lines gives a typed text the line ends that we keep: browsers send \r\n.
func lines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// kept is a form that arrived from somebody no longer signed in.
type kept struct {
	frame
	Action string
	Fields []keptField
}

// keptField is one text of a kept form; without a label it is nothing to read.
type keptField struct{ Name, Label, Value string }

// field is one text of a form.
type field struct{ Name, Value string }

// keepForm shows a form again that arrived without a session, to be sent
// once more after signing in beside it.
func (d *Desk) keepForm(w http.ResponseWriter, r *http.Request) error {
	p, err := read(r, nil)
	if err != nil {
		return err
	}
	v, err := d.stranger(r)
	if err != nil {
		return err
	}
	if doc := p.Get("doc"); doc != "" {
		// A person can read the text in markup, and send it just as well.
		_, text := draw(doc)
		p.Del("doc")
		p.Set("body", text)
	}
	k := &kept{frame: v.frame(v.T("kept-title")), Action: r.URL.Path}
	k.frame.types()
	for name, values := range p.Values {
		for _, value := range values {
			k.Fields = append(k.Fields, keptField{name, v.keptLabel(name), value})
		}
	}
	slices.SortStableFunc(k.Fields, func(a, b keptField) int { return strings.Compare(a.Name, b.Name) })
	return v.show(w, http.StatusForbidden, "kept", k)
}

func (v *visit) keptLabel(name string) string {
	switch _, known := shapes[name]; {
	case name == "base", name == "do", name == "sure", name == "pin", name == "lang", name == "copy", name == "tab":
		return ""
	case name == "section":
		return v.T("field-sections")
	case known:
		return v.T("field-" + name)
	}
	if label := v.T("field-" + name); label != "field-"+name {
		return label
	}
	return name
}
