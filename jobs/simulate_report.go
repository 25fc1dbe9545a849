package jobs

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/writers/report"
)

// WriteReport writes the simulation as a page with charts, readable by its owner alone. A file of that name is replaced, at once.
func (s *Simulation) WriteReport(path string) error {
	page := &report.Simulation{AsOf: s.AsOf, Law: s.Law, Reform: s.Reform, Changes: s.changes, All: report.Effect(s.All), Categories: effectsOf(s.Categories),
		Years: effectsOf(s.Years), Deciles: effectsOf(s.Deciles), OneSided: s.OneSided}
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

func effectsOf(effects []Effect) []report.Effect {
	list := make([]report.Effect, len(effects))
	for i := range effects {
		list[i] = report.Effect(effects[i])
	}
	return list
}

// replaceFile puts a private file in the place of another of that name, or of none.
func replaceFile(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // 0600
	if err != nil {
		return UsageError("--report: %w", cause(err))
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

// changesOf lists the parameters that differ between two laws, in the years that were compared.
func changesOf(before, after *law.Law, years []int) []report.Change {
	var changes []report.Change
	for _, year := range years {
		b, errBefore := before.Year(year)
		a, errAfter := after.Year(year)
		if errBefore != nil || errAfter != nil {
			continue
		}
		for i, t := range b.Thresholds {
			if now := a.Thresholds[i]; now.Amount != t.Amount && t.Valid.Overlaps(year) {
				changes = append(changes, report.Change{Parameter: t.Name + ", " + t.Meaning, When: fmt.Sprint(year), From: report.EUR(t.Amount),
					To: report.EUR(now.Amount), Article: t.Article})
			}
		}
	}
	return append(changes, rateChanges(before, after, years)...)
}

// rateChanges lists the rates that differ, by quarter, those of quarters that follow each other together.
func rateChanges(before, after *law.Law, years []int) []report.Change {
	var changes []report.Change
	names, articles := map[string]bool{}, map[string]string{}
	var order []string
	for _, year := range years {
		for _, r := range before.Rates(year) {
			if articles[r.Name] = r.Article; !names[r.Name] {
				names[r.Name] = true
				order = append(order, r.Name)
			}
		}
	}
	for _, name := range order {
		var last *report.Change
		var end law.Quarter
		for _, year := range years {
			for number := 1; number <= 4; number++ {
				quarter := law.QuarterOf(year, number)
				was, known := before.Rate(name, quarter)
				is, knownNow := after.Rate(name, quarter)
				if !known || !knownNow || was == is {
					last = nil
					continue
				}
				from, to := was.Percent()+" %", is.Percent()+" %"
				if last != nil && last.From == from && last.To == to && end+1 == quarter {
					last.When = last.When[:len("2018Q2")] + " to " + quarter.String()
				} else {
					changes = append(changes, report.Change{Parameter: "rate " + name, When: quarter.String(), From: from, To: to, Article: articles[name]})
					last = &changes[len(changes)-1]
				}
				end = quarter
			}
		}
	}
	return changes
}
