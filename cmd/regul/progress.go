package main

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows on a terminal how a run goes on; elsewhere it shows nothing.
type progress struct {
	mutex sync.Mutex
	to    io.Writer // nil: show nothing
	bar   *progressbar.ProgressBar
}

func newProgress(to io.Writer, quiet bool) *progress {
	if file, isFile := to.(*os.File); quiet || !isFile || !term.IsTerminal(int(file.Fd())) {
		return &progress{}
	}
	return &progress{to: to}
}

// throttle is how often the line is drawn anew.
const throttle = 100 * time.Millisecond

// units are what the steps of a stage are called.
var units = map[string]string{"read": "rows", "settle": "shards"}

// Stage starts a stage of so many steps; 0 is unknown.
func (p *progress) Stage(name string, steps int64) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.to == nil {
		return
	}
	if p.bar != nil {
		p.bar.Finish()
	}
	if steps == 0 {
		steps = -1
	}
	p.bar = progressbar.NewOptions64(steps, progressbar.OptionSetWriter(p.to), progressbar.OptionSetDescription(name),
		progressbar.OptionShowIts(), progressbar.OptionShowCount(), progressbar.OptionSetItsString(units[name]),
		progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(throttle))
}

// Step counts steps.
func (p *progress) Step(n int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.bar != nil {
		p.bar.Add(n)
	}
}

// end clears the line.
func (p *progress) end() {
	if p.bar != nil {
		p.bar.Finish()
	}
}
