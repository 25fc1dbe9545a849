package run

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/current"
	"regul/jobs/storage"
	"regul/pipeline"
)

// The file is the text format of Prometheus, for the textfile collector of its node exporter. It is written here, in a
// few lines, rather than by Prometheus' own library: that one would bring protocol buffers along for thirteen gauges.

// metricsMode lets everybody read the file: the node exporter runs as another user, and the file holds nothing of a person.
const metricsMode = 0o644

// metricsEnd is the last line. A file without it was cut off.
const metricsEnd = "# EOF"

// maxMetrics is how much of an earlier file is read, in bytes; a whole one has some ten thousand.
const maxMetrics = 1 << 20

var escapeLabel = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// Write replaces the file by one of this run, at once. What this run can't tell of the last success and of the last batch stays as
// the file before had it; a damaged one has nothing that could stay. Two runs do not write at the same time.
func (m *Metrics) Write(path string) error { return replaceMetrics(path, m.text) }

// WriteBatchMetrics makes a batch the last one of the metrics, after an act on the ledger: one that was released, or that counts once a
// later one was withdrawn; nil: there is none. What is of the last run stays.
func WriteBatchMetrics(path string, out storage.Storage, m *batch.Manifest, published time.Time) error {
	told := samples{}
	if m != nil {
		told.add("regul_last_batch_timestamp_seconds", timestamp(published))
		told.batch(m)
		if err := told.ofBatch(out, m); err != nil {
			return err
		}
	}
	return replaceMetrics(path, func(before samples) string {
		return textOf(func(f *family) []string {
			if strings.HasPrefix(f.name, "regul_last_batch_") || strings.HasPrefix(f.name, "regul_open_") {
				return told[f.name]
			}
			return before[f.name]
		})
	})
}

// aged is since when something of a balance waits.
type aged struct{ unseen, due pipeline.Date }

// ofBatch tells what the manifest of a batch does not: the ages of its balances, and the rejects that are open on its day.
func (s samples) ofBatch(out storage.Storage, m *batch.Manifest) error {
	asOf, err := jobs.Day(m.AsOf)
	if err != nil {
		return err
	}
	about, due := m.About(), "due_date"
	if about.HasDossier() {
		due = "oldest_due_date"
	}
	oldest := aged{}
	fields := batch.Fields[aged]{batch.DayField("unseen_since", func(a *aged) *pipeline.Date { return &a.unseen }),
		batch.DayField(due, func(a *aged) *pipeline.Date { return &a.due })}
	if m.MoneyLedger {
		err = fields.Each(out, m, m.Parts(about.Balances), func(a *aged) error {
			oldest = aged{pipeline.Oldest(oldest.unseen, a.unseen), pipeline.Oldest(oldest.due, a.due)}
			return nil
		})
	}
	if err != nil {
		return err
	}
	s.ages(map[string]int64{"unseen": daysSince(oldest.unseen, asOf), "open": daysSince(oldest.due, asOf)})
	open, err := current.OpenRejects(out, about)
	if err == nil && open != nil {
		s.open(open, asOf, SubjectOf(m))
	}
	return err
}

// LastBatchIn is the batch that the metrics of a file tell as the last one; "" if they tell none.
func LastBatchIn(path string) string {
	for _, line := range readMetrics(path)[batchInfo] {
		_, rest, _ := strings.Cut(line, `batch="`)
		name, _, _ := strings.Cut(rest, `"`)
		return name
	}
	return ""
}

// replaceMetrics replaces the file by a text that is made of the one before.
func replaceMetrics(path string, textAfter func(before samples) string) error {
	unlock, err := lockMetrics(path)
	if err != nil {
		return err
	}
	defer unlock()
	text := textAfter(readMetrics(path))
	// The collector takes files that end in .prom alone.
	temporary := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".tmp")
	if err := os.Remove(temporary); err != nil && !errors.Is(err, os.ErrNotExist) { // what a killed run has left
		return err
	}
	if err := writeDurably(temporary, text); err != nil {
		os.Remove(temporary)
		return err
	}
	return os.Rename(temporary, path)
}

// How long a run waits for another one that writes the same metrics, and how often it looks.
const (
	metricsWait = 5 * time.Second
	metricsLook = 20 * time.Millisecond
)

// lockMetrics takes the lock of a file of metrics: a file beside it that nobody else can open. A lock on the folder any reader could hold
// for ever.
func lockMetrics(path string) (unlock func() error, err error) {
	folder := storage.Directory(filepath.Dir(path))
	for began := time.Now(); ; time.Sleep(metricsLook) {
		unlock, err = folder.Lock("." + filepath.Base(path) + ".lock")
		if !errors.Is(err, storage.ErrLocked) {
			return unlock, err
		}
		if time.Since(began) > metricsWait {
			return nil, fmt.Errorf("another run writes them since %s", metricsWait)
		}
	}
}

// writeDurably writes a new file that everybody can read, under any umask.
func writeDurably(path, text string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, metricsMode)
	if err != nil {
		return err
	}
	_, err = io.WriteString(file, text)
	return errors.Join(err, file.Chmod(metricsMode), file.Sync(), file.Close())
}

// text is the file: what the run tells, and what stays of the file before.
func (m *Metrics) text(before samples) string {
	told := m.samples()
	_, newBatch := told[batchInfo]
	return textOf(func(f *family) []string {
		if lines := told[f.name]; len(lines) > 0 || !f.stays || newBatch {
			return lines
		}
		return before[f.name]
	})
}

// textOf is a file with the lines of each family.
func textOf(linesOf func(*family) []string) string {
	var b strings.Builder
	for i := range families {
		f := &families[i]
		if lines := linesOf(f); len(lines) > 0 {
			fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s gauge\n%s\n", f.name, f.help, f.name, strings.Join(lines, "\n"))
		}
	}
	return b.String() + metricsEnd + "\n"
}

// sampleLine is a line as samples.add makes it.
var sampleLine = regexp.MustCompile(`^([a-z_]+)(\{([a-z_]+="(\\.|[^"\\])*",?)+\})? -?[0-9]+(\.[0-9]+)?$`)

// readMetrics reads what may stay of a file of an earlier run: nothing if there is none or it is damaged.
func readMetrics(path string) samples {
	file, err := storage.OpenRegular(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxMetrics))
	if err != nil || !strings.HasSuffix(string(text), "\n"+metricsEnd+"\n") {
		return nil
	}
	found, seen := samples{}, map[string]bool{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := sampleLine.FindStringSubmatch(line)
		if parts == nil || seen[parts[1]+parts[2]] {
			return nil
		}
		seen[parts[1]+parts[2]] = true
		found[parts[1]] = append(found[parts[1]], line)
	}
	return found
}
