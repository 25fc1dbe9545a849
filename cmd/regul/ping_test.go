package main

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// monitor is a server that keeps what it was asked for.
func monitor(t *testing.T, status int) (address string, asked *[]string) {
	t.Helper()
	asked = &[]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.Method+" "+r.URL.String())
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

// logged is a log of JSON lines, in memory.
func logged() (*slog.Logger, *bytes.Buffer) {
	var text bytes.Buffer
	return slog.New(slog.NewJSONHandler(&text, nil)), &text
}

func TestPingTellsStartAndEnd(t *testing.T) {
	address, asked := monitor(t, http.StatusOK)
	log, text := logged()
	p := newPinger(address+"/ping/KEY?rid=1", log)
	p.started()
	for _, status := range []int{0, 3, 1, 2, 4, 75} {
		p.ended(status)
	}
	want := []string{"GET /ping/KEY/start?rid=1", "GET /ping/KEY?rid=1", "GET /ping/KEY?rid=1", "GET /ping/KEY/1?rid=1",
		"GET /ping/KEY/2?rid=1", "GET /ping/KEY/4?rid=1", "GET /ping/KEY/75?rid=1"}
	if !slices.Equal(*asked, want) || text.Len() > 0 {
		t.Errorf("asked %q, want %q; log %s", *asked, want, text)
	}
}

func TestPingIsOffByDefault(t *testing.T) {
	log, text := logged()
	p := newPinger("", log)
	p.started()
	p.ended(1)
	if text.Len() > 0 {
		t.Errorf("log %s", text)
	}
}

// The path of the address is a secret: who has it can tell the monitor that all is well.
func TestPingThatFailsIsLoggedWithoutItsKey(t *testing.T) {
	refusing, _ := monitor(t, http.StatusNotFound)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for _, address := range []string{refusing, gone.URL} {
		log, text := logged()
		newPinger(address+"/ping/KEY", log).ended(1)
		if !strings.Contains(text.String(), `"level":"WARN","msg":"ping failed","host":"127.0.0.1:`) ||
			strings.Contains(text.String(), "KEY") {
			t.Errorf("log %s", text)
		}
	}
}

func TestPingDoesNotWaitLong(t *testing.T) {
	t.Parallel()
	over := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-over }))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(over) })
	log, text := logged()
	began := time.Now()
	newPinger(server.URL, log).started()
	if took := time.Since(began); took < pingTimeout || took > pingTimeout+3*time.Second ||
		!strings.Contains(text.String(), "ping failed") {
		t.Errorf("it took %s; log %s", took, text)
	}
}

// Every run pings, however it ends, and the exit status is its own.
func TestRunPings(t *testing.T) {
	t.Parallel()
	address, asked := monitor(t, http.StatusInternalServerError)
	folder := deliver(t)
	run := func(status int, args ...string) {
		t.Helper()
		command := exec.Command("regul", append([]string{"run", "--new-ledger", "--config", folder + "/regul.yaml", "--as-of",
			"2026-06-30"}, args...)...)
		command.Env = append(os.Environ(), "REGUL_PING="+address+"/KEY", "GORACE=atexit_sleep_ms=0")
		output, _ := command.CombinedOutput()
		if got := command.ProcessState.ExitCode(); got != status {
			t.Errorf("%q: status %d, want %d: %s", args, got, status, output)
		}
		if strings.Count(string(output), `"msg":"ping failed"`) != 2 || strings.Contains(string(output), "KEY") {
			t.Errorf("%q: %s", args, output)
		}
	}
	run(0)
	run(0, "--revenue", folder+"/inbox/none*.csv")
	run(2, "--workers", "0")
	run(1, "--revenue", folder+"/state/payments.csv")
	if want := strings.Fields("/KEY/start /KEY /KEY/start /KEY /KEY/start /KEY/2 /KEY/start /KEY/1"); strings.Join(*asked, " ") != "GET "+
		strings.Join(want, " GET ") {
		t.Errorf("asked %q", *asked)
	}
}

func TestPingWantsAnAddress(t *testing.T) {
	for _, text := range []string{"hc.example.org/KEY", "ftp://hc.example.org/KEY", "https:///KEY", ":KEY", "https://hc example.org"} {
		if to, err := parsePing(text); err == nil || strings.Contains(err.Error(), text) {
			t.Errorf("%q: %v, %v", text, to, err)
		}
	}
}

// The key of a monitor does not travel in the clear, nor to whoever a monitor names.
func TestPingKeepsItsKey(t *testing.T) {
	for address, want := range map[string]bool{"http://hc.example.org/KEY": false, "http://10.0.0.1/KEY": false,
		"http://localhost.example.org/KEY": false, "https://hc.example.org/KEY": true, "http://localhost:8000/KEY": true,
		"http://127.0.0.1/KEY": true, "http://[::1]:80/KEY": true} {
		if _, err := parsePing(address); (err == nil) != want || err != nil && strings.Contains(err.Error(), "KEY") {
			t.Errorf("%s: %v", address, err)
		}
	}
	elsewhere, asked := monitor(t, http.StatusOK)
	server := httptest.NewServer(http.RedirectHandler(elsewhere+"/stolen", http.StatusFound))
	t.Cleanup(server.Close)
	log, text := logged()
	newPinger(server.URL+"/KEY", log).started()
	if len(*asked) > 0 || !strings.Contains(text.String(), "the answer was 302 Found") || strings.Contains(text.String(), "KEY") {
		t.Errorf("asked %q; log %s", *asked, text)
	}
}
