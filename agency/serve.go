package agency

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"wireroom/fault"
)

// What a connection may take. An answer is made in memory, so a minute is for
// the slowest line; the longest request is a picture sent to the desk.
const (
	headerTime = 10 * time.Second
	readTime   = 2 * time.Minute
	writeTime  = 2 * time.Minute
	idleTime   = 2 * time.Minute
	headerSize = 32 << 10
)

// Listen takes the configured address, with port 0 a free one, and says which
// it is. Connections wait until Run.
func (a *Agency) Listen() (addr string, err error) {
	if a.doors.site, err = listen(a.Config.Addr); err != nil {
		return "", err
	}
	a.doors.site = limit(a.doors.site, a.Config.Connections)
	if a.Config.Metrics != "" {
		if a.doors.metrics, err = listen(a.Config.Metrics); err != nil {
			return "", errors.Join(err, a.doors.site.Close())
		}
	}
	a.Config.Addr = a.doors.site.Addr().String()
	return a.Config.Addr, nil
}

func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fault.Internal("listening at "+addr, err)
	}
	return l, nil
}

// doors are the listeners; nil where there is none.
type doors struct{ site, metrics net.Listener }

// loops are what runs beside the answering, each until its context ends.
func (a *Agency) loops() []func(context.Context) {
	clerk := a.face().ticker
	return []func(context.Context){
		a.followMasthead, a.followRegister, a.followWire, a.followClock, a.followPlans, a.followOutlets, a.followArchive,
		a.lightenPictures, a.followOrders, a.watchReaders, a.settleFiles, a.countReaders,
		a.sendBulletins, a.sendCuttings, a.feedChannels, a.ringBrowsers, a.readBounces, a.watchSources, a.bring, a.tellHub,
		a.followStream, clerk.Ask, clerk.Alarm, a.face().portal.Tell, a.face().portal.KeepUse,
	}
}

// Run serves until the context ends, then stops gracefully: what is under way
// is answered within the configured grace. It returns nil after such a stop.
func (a *Agency) Run(ctx context.Context) error {
	if a.doors.site == nil {
		if _, err := a.Listen(); err != nil {
			return err
		}
	}
	work, stopWork := context.WithCancel(ctx)
	var loops sync.WaitGroup
	for _, loop := range a.loops() {
		loops.Go(func() { loop(work) })
	}
	defer loops.Wait()
	defer stopWork()

	handler := a.Handler()
	failed := make(chan error, 2)
	var servers []*http.Server
	serve := func(l net.Listener, h http.Handler) {
		s := a.server(h)
		s.RegisterOnShutdown(a.face().desk.HangUp)
		s.RegisterOnShutdown(a.face().portal.HangUp)
		servers = append(servers, s)
		go func() { failed <- s.Serve(l) }()
	}
	if a.doors.metrics != nil {
		handler = a.figures.counting(handler)
		serve(a.doors.metrics, http.HandlerFunc(a.metrics))
		a.Log.Info("showing figures", listenKey, a.doors.metrics.Addr().String())
	}
	// Connections have waited since Listen: the first may ask whether we are
	// ready as soon as the server runs.
	if err := a.hangSign(a.Config.Addr); err != nil {
		return err
	}
	defer a.takeSign(a.Config.Addr)
	a.open.Store(true)
	serve(a.doors.site, handler)
	a.Log.Info("serving", listenKey, a.doors.site.Addr().String())

	var err error
	select {
	case <-ctx.Done():
		a.Log.Info("stopping")
	case err = <-failed:
		err = fault.Internal("serving", err)
	}
	a.open.Store(false)
	return errors.Join(err, a.stop(servers))
}

func (a *Agency) server(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ErrorLog: log.New(errorLog{a.Log}, "", 0),
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: headerSize,
	}
}

// stop lets the servers finish; those that do not in time are cut off.
func (a *Agency) stop(servers []*http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), a.Config.Grace)
	defer cancel()
	var errs []error
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			errs = append(errs, fault.Internal("stopping", fmt.Errorf("answers were cut off: %w", err)), s.Close())
		}
	}
	a.doors = doors{}
	return errors.Join(errs...)
}
