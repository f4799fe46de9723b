package main

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"wireroom/bulletin/alert"
	"wireroom/bulletin/alert/envelope"
)

// browsers are those that are rung for each of the stories.
const browsers = 40

// dayLong is a longer life than news have: by it whoever cannot read a message
// knows a withdrawal.
const dayLong = 24 * 60 * 60

// rings has readers' browsers be rung for everything. Their push service takes
// the first alert for each browser and asks to wait with more; for one browser
// it answers nothing at all.
func (t *town) rings(ctx context.Context, dir string) error {
	s := httptest.NewTLSServer(http.HandlerFunc(t.push))
	t.servers = append(t.servers, s)
	roots := filepath.Join(dir, "roots.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(roots, text, 0o600); err != nil {
		return err
	}
	// The program knows the makers of certificates that the machine knows.
	if err := os.Setenv("SSL_CERT_FILE", roots); err != nil {
		return err
	}
	if err := t.agency.Alerts.SetRule(ctx, t.ada, alert.Rule{Lang: "en", Live: true, Urgency: 9}); err != nil {
		return err
	}
	for n := range browsers {
		key, err := ecdh.P256().GenerateKey(rand.Reader)
		if err != nil {
			return err
		}
		b := alert.Browser{Endpoint: s.URL + "/" + strconv.Itoa(n), Browser: envelope.Browser{Key: key.PublicKey().Bytes(), Auth: make([]byte, envelope.AuthSize)},
			Choice: alert.Choice{Lang: "en"}}
		_, _ = rand.Read(b.Auth)
		if err := t.agency.Alerts.Keep(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// push stands in for the browsers' push service.
func (t *town) push(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	name := "alert " + r.URL.Path
	life, _ := strconv.Atoi(r.Header.Get("TTL"))
	if life > dayLong {
		t.clock.hears(name)
	}
	t.mu.Lock()
	first := !t.busy[name]
	t.busy[name] = true
	t.mu.Unlock()
	switch {
	case r.URL.Path == "/0":
		select {
		case <-t.gate:
		case <-r.Context().Done():
		}
	case first || life > dayLong:
		w.WriteHeader(http.StatusCreated)
	default:
		w.Header().Set("Retry-After", "600")
		w.WriteHeader(http.StatusTooManyRequests)
	}
}

// told waits until the alerts have come to the end of the wire, so that all that
// is to be told waits.
func (t *town) told(ctx context.Context) error {
	head, err := t.agency.Wire.Head(ctx)
	for err == nil {
		all, err := t.agency.Wire.Followers(ctx)
		if err != nil {
			return err
		}
		for _, f := range all {
			if f.Name == alert.Follower && f.Cursor == head {
				return nil
			}
		}
		time.Sleep(lookAgain)
	}
	return err
}
