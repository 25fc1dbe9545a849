package terminal

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"regul/jobs"
	"regul/jobs/run"
)

// Progress tells how a run goes on: on a terminal by a line that moves, elsewhere by a log of its stages. It is the one
// place that reads the clock of a run.
type Progress struct {
	Log      *slog.Logger
	terminal io.Writer // nil: there is none
	Began    time.Time

	mutex sync.Mutex
	stage stage
	idle  string                   // what a line of the log has for a stage between two of them
	bar   *progressbar.ProgressBar // nil: nothing is shown
}

// stage is what is being done now.
type stage struct {
	name  string
	steps int64
	began time.Time
}

// NewProgress writes to standard error, or, when quiet, nowhere. On a terminal the log holds warnings only: people
// watch the line.
func NewProgress(to io.Writer, quiet bool) *Progress {
	p := &Progress{Began: time.Now(), idle: "start"}
	if quiet {
		p.Log = slog.New(slog.DiscardHandler)
		return p
	}
	if file, isFile := to.(*os.File); isFile && term.IsTerminal(int(file.Fd())) {
		p.terminal = to
		p.Log = slog.New(staged{slog.NewJSONHandler(aside{p}, &slog.HandlerOptions{Level: slog.LevelWarn}), p})
		return p
	}
	p.Log = slog.New(staged{slog.NewJSONHandler(to, nil), p})
	return p
}

// staged gives every line of the log that has no stage the one of the run.
type staged struct {
	slog.Handler
	*Progress
}

func (s staged) Handle(ctx context.Context, line slog.Record) error {
	named := false
	line.Attrs(func(a slog.Attr) bool {
		named = named || a.Key == "stage"
		return !named
	})
	if !named {
		s.mutex.Lock()
		line.AddAttrs(slog.String("stage", cmp.Or(s.stage.name, s.idle)))
		s.mutex.Unlock()
	}
	return s.Handler.Handle(ctx, line)
}

// aside writes to the terminal beside the line that moves, which is then drawn again below.
type aside struct{ *Progress }

const clearLine = "\r\x1b[K"

func (a aside) Write(line []byte) (int, error) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if _, err := a.terminal.Write(append([]byte(clearLine), line...)); err != nil {
		return 0, err
	}
	return len(line), nil
}

// Started logs what a run works with: where its batches are, and the memory to stay within, in bytes.
func (p *Progress) Started(o *run.Options, out string, memory int64) {
	files := 0
	for _, paths := range o.Inputs {
		files += len(paths)
	}
	p.Log.Info("run started", "version", jobs.Program(), "law", Short(o.Subject.Version(&o.Parameters)), "as_of",
		o.Parameters.AsOf.String(), "files", files, "out", out, "workers", o.Workers, "memory_bytes", memory, "max_rejects",
		o.MaxRejects.String())
}

// units are what the steps of a stage are called.
var units = map[string]string{"read": "rows", "settle": "shards"}

// throttle is how often the line is drawn again.
const throttle = 100 * time.Millisecond

// Stage ends the stage before and starts one of so many steps; 0 is unknown.
func (p *Progress) Stage(name string, steps int64) {
	p.endStage()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.stage, p.idle = stage{name: name, began: time.Now()}, "end"
	if p.terminal == nil {
		return
	}
	options := []progressbar.Option{progressbar.OptionSetWriter(p.terminal), progressbar.OptionSetDescription(name),
		progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(throttle),
		progressbar.OptionSetRenderBlankState(true), progressbar.OptionSetElapsedTime(true), progressbar.OptionSetPredictTime(true)}
	if unit := units[name]; unit != "" {
		options = append(options, progressbar.OptionShowCount(), progressbar.OptionSetItsString(unit))
		if steps == 0 { // the remaining time is not known, but the pace is
			options = append(options, progressbar.OptionShowIts())
		}
	}
	if steps == 0 {
		steps = -1
	}
	p.bar = progressbar.NewOptions64(steps, options...)
}

// Step counts steps.
func (p *Progress) Step(n int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.stage.steps += int64(n)
	if p.bar != nil {
		p.bar.Add(n)
	}
}

// endStage clears the line and logs what the stage took.
func (p *Progress) endStage() {
	ended := p.clear()
	if ended.name == "" {
		return
	}
	attributes := []any{"stage", ended.name, "seconds", seconds(ended.began)}
	if unit := units[ended.name]; unit != "" {
		attributes = append(attributes, unit, ended.steps)
	}
	p.Log.Info("stage ended", attributes...)
}

// clear ends what is shown and forgets the stage.
func (p *Progress) clear() stage {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.bar != nil {
		p.bar.Finish() // which clears the line
		p.bar = nil
	}
	ended := p.stage
	p.stage = stage{}
	return ended
}

// Succeeded logs the result of the run.
func (p *Progress) Succeeded(r *run.Result) {
	p.endStage()
	if !r.Published {
		attributes := []any{"rejects", r.Rejected, "seconds", seconds(p.Began)}
		if r.Nothing != "" {
			attributes = append(attributes, "why", r.Nothing)
		}
		p.Log.Info("nothing new", attributes...)
		return
	}
	p.Log.Info("batch published", "batch", r.Manifest.Batch, "sha256", r.Manifest.Told(), "regularisations",
		r.Manifest.ControlTotals.Regularisations, "rejects", r.Rejected, "seconds", seconds(p.Began))
}

// Failed logs why there is no batch. On a terminal the error itself, which follows, is enough.
func (p *Progress) Failed(err error) {
	ended := p.clear()
	if p.terminal == nil {
		p.Log.Error("run failed", "stage", cmp.Or(ended.name, "start"), "status", int(jobs.KindOf(err)), "error", err.Error(), "seconds",
			seconds(p.Began))
	}
}

// seconds is the time since then, to the millisecond.
func seconds(since time.Time) float64 { return float64(time.Since(since).Milliseconds()) / 1000 }
