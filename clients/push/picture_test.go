package push

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/format"
	post "wireroom/mail"
	"wireroom/mail/mailtest"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
)

// house is the room within an agency that has stories, pictures and a client.
type house struct {
	*room
	stories *story.Store
	media   *media.Store
	client  clients.Client
}

var editor = staff.Person{ID: "e", Name: "Editor", Role: staff.Chief}

func opened(t *testing.T, d *db.DB, letters *post.Post) *house {
	t.Helper()
	h := &house{room: open(t, d, letters), stories: story.New(d, time.Now), media: media.New(t.TempDir())}
	m := masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en"}, ZoneName: "UTC", Zone: time.UTC, PublicURL: "https://pozirk.example",
		Sections: []masthead.Section{{ID: "politics"}}}
	named := func() masthead.Masthead { return m }
	h.ok(masthead.New(d).Found(t.Context(), m))
	store := clients.New(d, time.Now)
	manager, err := store.Manager(staff.New(d, time.Now), editor)
	h.ok(err)
	h.client, err = manager.Save(t.Context(), clients.Client{Name: "Radio", Starts: time.Now().Add(-time.Hour), Lang: "en"})
	h.ok(err)
	_, err = manager.SaveProduct(t.Context(), h.client.ID, clients.Product{Name: "all", Lets: reveal.Selection{Full: true}})
	h.ok(err)
	shaper := Shaper{Door: reveal.New(d, named, time.Now), Clients: store, Masthead: named, Pictures: h.media, Now: time.Now,
		Sizes: func(story.ID, string) []format.Size {
			return []format.Size{{Href: "https://pozirk.example/address", Type: "image/jpeg", Width: 320}}
		}}
	shaper.Receipt = func(token string) string { return "/wire/receipts/" + token }
	h.push.shape = shaper.Shape
	return h
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// hands has an address of the client brought the wire.
func (h *house) hands(e Endpoint) Endpoint {
	h.t.Helper()
	e.Client = string(h.client.ID)
	e, err := h.store.Add(h.t.Context(), e)
	h.ok(err)
	return e
}

// picture is a new one of a colour.
func (h *house) picture(shade uint8) string {
	h.t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	img.Set(1, 1, color.White)
	var b bytes.Buffer
	h.ok(jpeg.Encode(&b, img, nil))
	p, err := h.media.Add(&b)
	h.ok(err)
	return p.ID
}

// illustrated sends a story with pictures.
func (h *house) illustrated(pictures ...string) story.Story {
	h.t.Helper()
	c := story.Content{Headline: "Bridge opens", Slug: "bridge", Sections: []string{"politics"}, Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("It is open."))}}}
	for _, id := range pictures {
		c.Body.Blocks = append(c.Body.Blocks, story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: id, Caption: "The bridge", Credit: "A. Photographer", Alt: "A bridge"}})
	}
	st, err := h.stories.Create(h.t.Context(), editor, "en", "", c)
	h.ok(err)
	st, err = h.stories.Release(h.t.Context(), editor, st.ID, st.Revision)
	h.ok(err)
	return st
}

func TestPicturesLieBesideTheTextThatNamesThemUntilItIsKilled(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := opened(t, d, nil)
		f := takesFiles(t)
		formats := map[string]string{"ninjs": "json", "ninjs16": "json", "newsml": "xml", "nitf": "xml", "text": "txt"}
		for name := range formats {
			h.ok(os.Mkdir(filepath.Join(f.folder, name), 0o700))
			h.hands(Endpoint{Way: SFTP, Address: "sftp://wire@" + f.addr + "/" + name, Password: "letmein", Format: name, Pictures: true})
		}
		without := h.hands(Endpoint{Way: SFTP, Address: "sftp://wire@" + f.addr + "/in", Password: "letmein"})
		lies := func(folder string) string {
			all, err := os.ReadDir(filepath.Join(f.folder, folder))
			h.ok(err)
			var names []string
			for _, one := range all {
				names = append(names, one.Name())
			}
			return strings.Join(names, " ")
		}
		h.runs()
		first, second := h.picture(40), h.picture(200)
		st := h.illustrated(first, second, first)
		for name, ext := range formats {
			h.until(name+" lies there with its pictures", func() bool { return lies(name) == "wire-1-1.jpg wire-1-2.jpg wire-1."+ext })
			text, err := os.ReadFile(filepath.Join(f.folder, name, "wire-1."+ext))
			h.ok(err)
			if name != "text" && (!bytes.Contains(text, []byte("wire-1-1.jpg")) || !bytes.Contains(text, []byte("wire-1-2.jpg")) || bytes.Contains(text, []byte("/address"))) {
				t.Errorf("%s does not name its pictures:\n%s", name, text)
			}
			picture, err := os.ReadFile(filepath.Join(f.folder, name, "wire-1-1.jpg"))
			h.ok(err)
			if img, err := jpeg.DecodeConfig(bytes.NewReader(picture)); err != nil || img.Width != 400 {
				t.Errorf("the picture beside %s is %v wide: %v", name, img.Width, err)
			}
		}
		h.until("who wants no pictures has the text", func() bool { return lies("in") == "wire-1.json" })
		text, err := os.ReadFile(filepath.Join(f.folder, "in", "wire-1.json"))
		h.ok(err)
		if !bytes.Contains(text, []byte("/address")) {
			t.Errorf("it names no address:\n%s", text)
		}

		h.ok(os.WriteFile(filepath.Join(f.folder, "nitf", "wire-11.xml"), nil, 0o600))
		h.ok(os.WriteFile(filepath.Join(f.folder, "text", ".wire-1-3.jpg.part"), nil, 0o600)) // which was cut off in the middle
		_, err = h.stories.Kill(t.Context(), editor, st.ID, story.Say("It is closed."))
		h.ok(err)
		for name, ext := range formats {
			want := "wire-2." + ext
			if name == "nitf" {
				want = "wire-11.xml " + want // which is another's
			}
			h.until("of a kill "+name+" has its document alone", func() bool { return lies(name) == want })
		}
		h.ok(h.store.Picture(t.Context(), string(h.client.ID), without.ID, true))
		h.illustrated(second)
		h.until("who wants pictures now has them", func() bool { return lies("in") == "wire-2.json wire-3-1.jpg wire-3.json" })
	})
}

// What a text names lies there, whole, before the text does.
func TestATextComesAfterItsPictures(t *testing.T) {
	r := open(t, dbtest.SQLite(t), nil)
	f := takesFiles(t)
	var seen []string
	pictured := func(name, bytes string) File {
		return File{name, "image/jpeg", func() (io.ReadCloser, error) {
			seen = append(seen, strings.Join(f.files(t), " "))
			return io.NopCloser(strings.NewReader(bytes)), nil
		}}
	}
	broken := true
	lays := Document{Extension: "xml", Body: []byte("<a/>"), Files: []File{pictured("one.jpg", "1"), pictured("two.jpg", "22"),
		{"three.jpg", "image/jpeg", func() (io.ReadCloser, error) {
			if broken {
				return nil, io.ErrUnexpectedEOF
			}
			return io.NopCloser(strings.NewReader("333")), nil
		}}}}
	e := r.adds(Endpoint{Way: SFTP, Address: "sftp://wire@" + f.addr + "/in", Password: "letmein"})
	if err := r.push.Try(t.Context(), e, lays, "1"); err == nil {
		t.Error("a picture that cannot be read is none")
	}
	if got := f.files(t); slices.Contains(got, "test-1.xml") {
		t.Errorf("the text came before its pictures: %v", got)
	}
	broken = false
	if err := r.push.Try(t.Context(), e, lays, "1"); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(seen[:2], []string{"", "one.jpg"}) {
		t.Errorf("they came over %q", seen)
	}
	if got := f.files(t); !slices.Equal(got, []string{"one.jpg", "test-1.xml", "three.jpg", "two.jpg"}) {
		t.Errorf("there lie %v", got)
	}
}

func TestALetterHoldsItsPicturesAsFarAsMailboxesTakeThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		box := mailtest.Open(t)
		letters, err := post.New(post.Settings{Addr: box.Addr, From: "wire@pozirk.example", TLS: "none"})
		if err != nil {
			t.Fatal(err)
		}
		h := opened(t, d, letters)
		h.hands(Endpoint{Way: Mail, Address: "radio@example.org", Format: "nitf", Pictures: true})
		h.runs()
		h.illustrated(h.picture(90))
		m, err := mail.ReadMessage(bytes.NewReader(box.Next(t).Raw))
		h.ok(err)
		kind, with, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
		if err != nil || kind != "multipart/mixed" {
			t.Fatalf("the letter is %s: %v", kind, err)
		}
		parts := multipart.NewReader(m.Body, with["boundary"])
		text, err := parts.NextPart()
		h.ok(err)
		said, err := io.ReadAll(text)
		h.ok(err)
		picture, err := parts.NextRawPart()
		h.ok(err)
		if !bytes.Contains(said, []byte("wire-1-1.jpg")) || picture.FileName() != "wire-1-1.jpg" || !strings.HasPrefix(picture.Header.Get("Content-Type"), "image/jpeg") {
			t.Errorf("beside %s lies %v", said, picture.Header)
		}
	})
}

func TestAnAlbumIsNoHeavierThanItsLetter(t *testing.T) {
	h := opened(t, dbtest.SQLite(t), nil)
	a := &album{pictures: h.media, stem: "wire-1", most: 1, address: func(story.ID, string) []format.Size { return []format.Size{{Href: "https://a"}} }, named: map[string][]format.Size{}}
	if got := a.sizes("s", h.picture(7)); len(got) != 1 || got[0].Href != "https://a" || len(a.files) != 0 {
		t.Errorf("a picture too heavy is named %v, and %d lie beside", got, len(a.files))
	}
	if got := a.sizes("s", "nowhere"); len(got) != 1 || got[0].Href != "https://a" {
		t.Errorf("one that is not there is named %v", got)
	}
}
