package verify

import (
	"maps"
	"path"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// checkCounts holds the counts of the manifest against each other: every row read has one fate.
func (v *verifier) checkCounts() error {
	c := v.add("counts", "sums")
	m := v.manifest
	var rejected int64
	for _, input := range slices.Sorted(maps.Keys(m.Counts)) {
		n := m.Counts[input]
		hold(c, batch.ManifestName, "the sum of the fates of "+input, n.Settled+n.Superseded+n.AlreadySettled+n.Repeated+n.Rejected, n.Read)
		var rows int64
		for i := range m.Inputs {
			if m.Inputs[i].Input == input {
				rows += m.Inputs[i].Rows
			}
		}
		hold(c, batch.ManifestName, "the rows of the files of "+input, rows, n.Read)
		rejected += n.Rejected
	}
	var known []string
	for _, input := range v.subject.Inputs {
		if _, counted := m.Counts[input.String()]; counted || !input.CameLater() { // else it may be a batch of before there was this input
			known = append(known, input.String())
		}
	}
	slices.Sort(known)
	hold(c, batch.ManifestName, "the list of inputs that are counted", strings.Join(slices.Sorted(maps.Keys(m.Counts)), " "),
		strings.Join(known, " "))
	for _, input := range m.Inputs {
		_, known := m.Counts[input.Input]
		c.that(known, batch.ManifestName, 0, "there are no counts of an input file's kind")
	}
	var byCode, byOutcome int64
	for code, n := range m.Rejects {
		byCode += n
		c.that(slices.Contains(v.subject.CodeNames(), code), batch.ManifestName, 0, "a code of rejects is none of the list")
	}
	for outcome, n := range m.Outcomes {
		byOutcome += n
		c.that(outcome != "" && slices.Contains(pipeline.Outcomes(), outcome), batch.ManifestName, 0, "an outcome is none of the list")
	}
	hold(c, batch.ManifestName, "the sum of the rejects by code", byCode, rejected)
	if lines, there := v.rejectLines(); there {
		hold(c, batch.ManifestName, "the rows of the rejects as CSV", lines, rejected)
	}
	hold(c, batch.ManifestName, "the sum of the outcomes", byOutcome, m.ControlTotals.Regularisations)
	if v.subject.hasIncome {
		v.checkIncome()
	}
	return nil
}

// rejectLines is how many rows the manifest says that the rejects as CSV have; false: there are no such files.
func (v *verifier) rejectLines() (lines int64, there bool) {
	for i := range v.manifest.Files {
		if f := &v.manifest.Files[i]; path.Ext(f.Path) == ".csv" && path.Dir(f.Path) == v.subject.Rejects {
			lines, there = lines+f.Rows, true
		}
	}
	return lines, there
}

// checkIncome holds the income read against what became of it.
func (v *verifier) checkIncome() {
	c := v.add("income", "sums")
	income := v.manifest.ControlTotals.Income
	var sum money.Cents
	for fate := range rows.FateCount {
		sum += income[fate.String()]
	}
	hold(c, batch.ManifestName, "the number of fates of the income", len(income), int(rows.FateCount)+1)
	_, read := income["read"]
	for fate := range rows.FateCount {
		_, known := income[fate.String()]
		c.that(known && read, batch.ManifestName, 0, "there is no income of a fate")
	}
	hold(c, batch.ManifestName, "the income over the fates", sum, income["read"])
	totals := &v.manifest.ControlTotals
	hold(c, batch.ManifestName, "the income settled, with what waited, what was settled before of completed communications, that of "+
		"rechecked years and of years that rest on another",
		income[rows.Settled.String()]+totals.WaitingIncome+totals.CompletedIncome+totals.RecheckedIncome+totals.BorrowedIncome,
		totals.NetIncome)
}
