package whatif

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"regul/jobs"
	"regul/pipeline"
	"regul/writers/report"
)

// WriteReport writes the simulation as a page with charts in a language of the reports ("" is English), readable by its owner alone. A
// file of that name is replaced, at once.
func (s *Simulation) WriteReport(path, language string) error {
	page := &report.Simulation{Language: language, Name: s.Name, AsOf: s.AsOf, Law: s.Law, Reform: s.Reform, Fees: s.fees,
		Changes: s.changes, All: s.All, Categories: s.Categories, Years: s.Years, Deciles: slices.Clone(s.Deciles), OneSided: s.OneSided}
	for i := range page.Deciles {
		page.Deciles[i].Name, _, _ = strings.Cut(page.Deciles[i].Name, ":")
	}
	for _, outcome := range pipeline.Outcomes() {
		if counts, there := s.Outcomes[outcome]; there {
			page.Outcomes = append(page.Outcomes, report.Outcomes{Name: outcome, Before: int64(counts[0]), After: int64(counts[1])})
		}
	}
	var text bytes.Buffer
	if err := report.WriteSimulation(&text, page); err != nil {
		return err
	}
	return replaceFile(path, text.Bytes())
}

// CheckReport says whether a page can be written there, before the work is done in vain.
func CheckReport(path string) error {
	if there, err := os.Stat(path); err == nil && !there.Mode().IsRegular() {
		return jobs.UsageError("--report: %s is not a file", path)
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return jobs.UsageError("--report: %w", jobs.Cause(err))
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// replaceFile puts a private file in the place of another of that name, or of none.
func replaceFile(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // 0600
	if err != nil {
		return jobs.UsageError("--report: %w", jobs.Cause(err))
	}
	defer os.Remove(file.Name())
	_, err = file.Write(content)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
