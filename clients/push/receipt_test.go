package push

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	post "wireroom/mail"
	"wireroom/mail/mailtest"
	"wireroom/story"
)

func TestWhatMendsOrTakesBackNamesWhereItIsConfirmed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		box := mailtest.Open(t)
		letters, err := post.New(post.Settings{Addr: box.Addr, From: "wire@pozirk.example", TLS: "none"})
		if err != nil {
			t.Fatal(err)
		}
		h := opened(t, d, letters)
		type told struct{ signal, header, body string }
		came := make(chan told, 10)
		v := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			came <- told{r.Header.Get("Wireroom-Signal"), r.Header.Get("Wireroom-Receipt"), string(body)}
		}))
		t.Cleanup(v.Close)
		f := takesFiles(t)
		hook := h.hands(Endpoint{Way: Webhook, Address: v.URL})
		file := h.hands(Endpoint{Way: SFTP, Address: "sftp://wire@" + f.addr + "/in", Password: "letmein", Format: "nitf"})
		h.hands(Endpoint{Way: Mail, Address: "radio@example.org"})
		h.runs()
		st := h.illustrated()
		if one := <-came; one.header != "" || strings.Contains(one.body, "receipt") {
			t.Errorf("a new story asks for a receipt: %+v", one)
		}
		box.Next(t)
		_, err = h.stories.Kill(t.Context(), editor, st.ID, story.Say("It is closed."))
		h.ok(err)
		const base = "https://pozirk.example/wire/receipts/"
		one := <-came
		var event struct{ Receipt string }
		h.ok(json.Unmarshal([]byte(one.body), &event))
		if one.signal != "kill" || event.Receipt != base+hook.ReceiptToken(2) || one.header != event.Receipt {
			t.Errorf("the webhook is told %+v", one)
		}
		h.until("the file lies there", func() bool { return strings.Join(f.files(t), " ") == "wire-2.xml" })
		text, err := os.ReadFile(filepath.Join(f.folder, "in", "wire-2.xml"))
		h.ok(err)
		if !strings.Contains(string(text), "Please confirm receipt: "+base+file.ReceiptToken(2)) {
			t.Errorf("the file says %s", text)
		}
		if letter := box.Next(t); !strings.Contains(strings.ReplaceAll(letter.Text, "\n", ""), base) {
			t.Errorf("the letter says %s", letter.Text)
		}
	})
}

func TestAReceiptsTokenIsItsEndpointsAloneAndOutlivesOneChangeOfSecret(t *testing.T) {
	r := open(t, dbtest.SQLite(t), nil)
	e, other := r.adds(Endpoint{Way: Webhook, Address: "https://a.example"}), r.adds(Endpoint{Way: Webhook, Address: "https://b.example"})
	knows := func(token string) bool {
		t.Helper()
		got, n, err := r.store.ByReceipt(t.Context(), token)
		if err != nil && !fault.Is(err, fault.KindNotFound) {
			t.Fatal(err)
		}
		return err == nil && got.ID == e.ID && n == 7
	}
	token := e.ReceiptToken(7)
	if !knows(token) {
		t.Error("a token is not known")
	}
	for _, wrong := range []string{"", "x", "..", "x.7.y", strings.Replace(token, ".7.", ".8.", 1), token + "0", strings.Replace(other.ReceiptToken(7), string(other.ID), string(e.ID), 1), string(e.ID) + ".-1.0"} {
		if knows(wrong) {
			t.Errorf("%q is taken for a token", wrong)
		}
	}
	if _, err := r.store.Rotate(t.Context(), "radio", e.ID); err != nil {
		t.Fatal(err)
	}
	if !knows(token) {
		t.Error("a token ends with its secret at once")
	}
	r.store.now = func() time.Time { return time.Now().Add(overlap + time.Minute) }
	if knows(token) {
		t.Error("a token outlives its secret")
	}
	if (Endpoint{ID: e.ID}).ReceiptToken(7) != "" {
		t.Error("without a secret there is a token")
	}
}
