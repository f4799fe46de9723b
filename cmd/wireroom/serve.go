package main

import (
	"context"
	"os"
	"time"

	"wireroom/agency"
)

type serveCmd struct {
	place
	Addr    string `help:"Where to listen; port 0 is a free one. Else as wireroom.toml says." placeholder:"HOST:PORT"`
	Metrics string `help:"A loopback address for the program's figures." placeholder:"HOST:PORT"`
	Log     string `help:"How log lines are written: text or json." placeholder:"FORM"`
}

// Run serves until a signal comes.
func (cmd *serveCmd) Run(ctx context.Context, out *output) error {
	c, err := cmd.config()
	if err != nil {
		return err
	}
	for _, flag := range []struct{ key, value string }{{"addr", cmd.Addr}, {"metrics", cmd.Metrics}, {"log", cmd.Log}} {
		if flag.value == "" {
			continue
		}
		if err := c.Set(flag.key, flag.value, "--"+flag.key); err != nil {
			return err
		}
	}
	a, err := agency.Open(ctx, c, agency.Options{Log: os.Stderr})
	if err != nil {
		return err
	}
	defer a.Close()
	return serve(ctx, a, out)
}

// serve runs an open agency until a signal comes and closes it. To a script it
// tells its address as one line of JSON when it listens.
func serve(ctx context.Context, a *agency.Agency, out *output) error {
	addr, err := a.Listen()
	if err != nil {
		return err
	}
	url := "http://" + addr + "/"
	if out.json {
		err = out.print(map[string]string{"url": url})
	} else {
		out.say("serve: %s", url)
	}
	if err != nil {
		return err
	}
	began := time.Now()
	thrifty()
	if err := a.Run(ctx); err != nil {
		return err
	}
	out.say("serve: stopped after %s", time.Since(began).Round(time.Second))
	return a.Close()
}
