package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"regul/jobs"
)

// pingTimeout is how long a ping may take: it must not hold the night up.
const pingTimeout = 5 * time.Second

// pinger tells a monitor, such as healthchecks.io, that a run began and how it ended, by a GET each. Nothing of the fund
// goes out but the exit status. A ping that fails is logged and changes nothing.
type pinger struct {
	to     *url.URL // nil: nobody is told
	client http.Client
	log    *slog.Logger
}

// parsePing reads the address of a monitor.
func parsePing(text string) (*url.URL, error) {
	to, err := url.Parse(text)
	if err != nil || to.Scheme != "http" && to.Scheme != "https" || to.Host == "" {
		return nil, errors.New("it is no address such as https://hc.example.org/ping/KEY") // which may be a secret: it is not repeated
	}
	if to.Scheme == "http" && !isLoopback(to.Hostname()) {
		return nil, errors.New("it must begin with https://: everybody on the way could read its key; http:// is for this machine alone")
	}
	return to, nil
}

// isLoopback says whether a host is this machine.
func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// newPinger pings an address; without one, or when it is none, it does nothing.
func newPinger(address string, log *slog.Logger) *pinger {
	p := &pinger{client: http.Client{Timeout: pingTimeout, CheckRedirect: noRedirect}, log: log}
	if address != "" {
		p.to, _ = parsePing(address)
	}
	return p
}

// noRedirect follows nobody elsewhere: the key must not go with it.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// started tells that the run begins.
func (p *pinger) started() { p.get("start") }

// ended tells how the run ended: a success by the address itself, a failure by its exit status.
func (p *pinger) ended(status int) {
	if succeeded(status) {
		p.get()
	} else {
		p.get(strconv.Itoa(status))
	}
}

func (p *pinger) get(below ...string) {
	if p.to == nil {
		return
	}
	if err := p.request(p.to.JoinPath(below...)); err != nil {
		p.log.Warn("ping failed", "host", p.to.Host, "error", err.Error())
	}
}

// request fetches an address, however the run itself ends. The error does not hold the address.
func (p *pinger) request(address *url.URL) error {
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address.String(), nil)
	if err != nil {
		return errors.New("the address can't be asked for")
	}
	request.Header.Set("User-Agent", "regul")
	response, err := p.client.Do(request)
	if err != nil {
		var asked *url.Error
		if errors.As(err, &asked) {
			err = asked.Err
		}
		return err
	}
	defer response.Body.Close()
	io.Copy(io.Discard, io.LimitReader(response.Body, 64<<10)) // nobody reads it
	if response.StatusCode >= http.StatusMultipleChoices {     // a monitor that sends elsewhere was told nothing
		return fmt.Errorf("the answer was %d %s", response.StatusCode, http.StatusText(response.StatusCode))
	}
	return nil
}

// succeeded says whether an exit status is that of a success: published, also with rejects, or nothing new.
func succeeded(status int) bool { return status == 0 || status == jobs.WithRejects }
