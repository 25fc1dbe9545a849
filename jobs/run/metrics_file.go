package run

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
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
func (m *Metrics) Write(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer folder.Close() // which lets go of the lock
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
	text := m.text(readMetrics(path))
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

// writeDurably writes a new file that everybody can read, whatever the umask.
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
	var b strings.Builder
	for _, f := range families {
		lines := told[f.name]
		if _, newBatch := told[batchInfo]; f.stays && len(lines) == 0 && !newBatch {
			lines = before[f.name]
		}
		if len(lines) > 0 {
			fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s gauge\n%s\n", f.name, f.help, f.name, strings.Join(lines, "\n"))
		}
	}
	return b.String() + metricsEnd + "\n"
}

// sampleLine is a line as samples.add makes it.
var sampleLine = regexp.MustCompile(`^([a-z_]+)(\{([a-z_]+="(\\.|[^"\\])*",?)+\})? -?[0-9]+(\.[0-9]+)?$`)

// readMetrics reads what may stay of a file of an earlier run: nothing if there is none or it is damaged.
func readMetrics(path string) samples {
	file, err := os.Open(path)
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
