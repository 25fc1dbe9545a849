package main

import (
	"sync"
	"time"

	"regul/cmd/regul/config"
	"regul/cmd/regul/terminal"
	"regul/jobs"
	"regul/jobs/run"
)

// reporter tells those who are not at the terminal how a run goes: Prometheus by a file, a monitor by pings. Whatever
// fails there is logged and changes nothing of the run.
type reporter struct {
	*terminal.Progress
	metrics string // file; "" is none
	ping    *pinger
	began   time.Time
	result  *run.Result // nil: the run did not get so far

	stages sync.Mutex
	times  []run.StageTime
	stage  string // that is being timed
	since  time.Time
}

// newReporter tells whom the configuration names. A progress that is wrapped by it also times the stages.
func newReporter(conf *config.Config, p *terminal.Progress) *reporter {
	return &reporter{Progress: p, metrics: conf.Text("metrics"), ping: newPinger(conf.Text("ping"), p.Log), began: p.Began}
}

// Stage times the stages.
func (r *reporter) Stage(name string, steps int64) {
	r.endTime(name)
	r.Progress.Stage(name, steps)
}

// endTime ends the stage that is being timed and begins the next; "" is none. A stage that comes again adds up.
func (r *reporter) endTime(next string) {
	r.stages.Lock()
	defer r.stages.Unlock()
	now := time.Now()
	if r.stage != "" {
		at := -1
		for i := range r.times {
			if r.times[i].Stage == r.stage {
				at = i
			}
		}
		if at < 0 {
			at = len(r.times)
			r.times = append(r.times, run.StageTime{Stage: r.stage})
		}
		r.times[at].Took += now.Sub(r.since)
	}
	r.stage, r.since = next, now
}

// ended tells how the run ended.
func (r *reporter) ended(status int) {
	r.endTime("")
	if r.metrics != "" {
		m := &run.Metrics{Began: r.began, Ended: time.Now(), Status: status, Succeeded: succeeded(status), Stages: r.times,
			Result: r.result}
		if err := m.Write(r.metrics); err != nil {
			r.Log.Warn("metrics can't be written", "file", r.metrics, "error", jobs.Cause(err).Error())
		}
	}
	r.ping.ended(status)
}
