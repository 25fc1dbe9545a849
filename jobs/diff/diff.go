package diff

import (
	"context"
	"maps"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
)

// Side is one of two batches that are compared: its name, with or without the prefix of its folder, and where it is.
type Side struct {
	Out   storage.Storage
	Batch string
}

// Options are what a comparison works with.
type Options struct {
	A, B    Side
	Largest int                 // how many changes to keep
	Numbers bool                // changes tell the national number
	Visit   func(*Change) error // takes every change, by year and national number; nil: nobody does
}

// DefaultLargest is how many changes a comparison keeps unless told otherwise.
const DefaultLargest = 20

// Difference is what changed from batch A to batch B.
type Difference struct {
	A          string             `json:"a"`
	B          string             `json:"b"`
	Job        batch.Job          `json:"job,omitempty"` // of both
	Same       bool               `json:"same"`          // every year of an affiliate or a company, and the rejects by code
	Parameters []TextDifference   `json:"parameters"`
	Ledger     SetDifference      `json:"ledger"`
	Inputs     []InputDifference  `json:"inputs"`
	Years      YearCounts         `json:"years"`
	ByYear     []YearCounts       `json:"by_year"`
	Counts     []CountDifference  `json:"counts"`
	Amounts    []AmountDifference `json:"amounts"`
	Outcomes   []CountDifference  `json:"outcomes"`
	Rejects    []CountDifference  `json:"rejects"` // by code, the ones that occur
	Largest    []*Change          `json:"largest"` // by what is to pay less what is refunded
}

// YearCounts say how many years of affiliates or companies are in one batch alone, in both and different, or the same.
type YearCounts struct {
	Year    int   `json:"year,omitempty"` // 0: of all years
	OnlyA   int64 `json:"only_a"`
	OnlyB   int64 `json:"only_b"`
	Changed int64 `json:"changed"`
	Same    int64 `json:"same"`
}

// TextDifference is something that reads differently; "" where a batch does not have it.
type TextDifference struct {
	Name string `json:"name"`
	A    string `json:"a"`
	B    string `json:"b"`
}

// SetDifference lists what only one batch has.
type SetDifference struct {
	OnlyA []string `json:"only_a"`
	OnlyB []string `json:"only_b"`
}

// InputDifference is an input file, and which of the batches was made of it.
type InputDifference struct {
	Input  string `json:"input"`
	Source string `json:"source"`
	SHA256 string `json:"sha256"`
	InA    bool   `json:"in_a"`
	InB    bool   `json:"in_b"`
}

// CountDifference is a number of rows in both batches. Difference is B - A.
type CountDifference struct {
	Name       string `json:"name"`
	A          int64  `json:"a"`
	B          int64  `json:"b"`
	Difference int64  `json:"difference"`
}

// AmountDifference is a sum in both batches, EUR. Difference is B - A.
type AmountDifference struct {
	Name       string      `json:"name"`
	A          money.Cents `json:"a"`
	B          money.Cents `json:"b"`
	Difference money.Cents `json:"difference"`
}

// Batches says what changed from one batch to another: each year of an affiliate or a company in either, the sums, and what the batches
// were made of. It reads both in the order of their rows, and keeps only the largest changes. Files that were changed since they
// were published are an error.
func Batches(ctx context.Context, o Options) (*Difference, error) {
	a, err := openDiff(&o.A)
	if err != nil {
		return nil, err
	}
	b, err := openDiff(&o.B)
	if err != nil {
		return nil, err
	}
	of := subjectOf(a.manifest)
	if of != subjectOf(b.manifest) {
		return nil, jobs.UsageError("one of %s and %s is a batch of affiliates, the other of companies: give two of one kind",
			a.manifest.Batch, b.manifest.Batch)
	}
	d := &Difference{A: a.manifest.Batch, B: b.manifest.Batch, Job: of.about.Job, ByYear: []YearCounts{}, Largest: []*Change{}}
	if err := d.compareManifests(of, a.manifest, b.manifest); err != nil {
		return nil, err
	}
	if err := d.compareHistories(&o, a.manifest, b.manifest); err != nil {
		return nil, err
	}
	m := &diffMerge{subject: of, options: &o, largest: largest{most: o.Largest}}
	years := append(a.manifest.YearsOfTable(of.about.Settled), b.manifest.YearsOfTable(of.about.Settled)...)
	slices.Sort(years)
	for _, year := range slices.Compact(years) {
		counts, err := m.year(ctx, a, b, year)
		if err != nil {
			return nil, err
		}
		d.ByYear = append(d.ByYear, counts)
		d.Years.OnlyA += counts.OnlyA
		d.Years.OnlyB += counts.OnlyB
		d.Years.Changed += counts.Changed
		d.Years.Same += counts.Same
	}
	d.Largest = append(d.Largest, m.largest.changes...)
	d.Same = d.Years.OnlyA+d.Years.OnlyB+d.Years.Changed == 0 && maps.Equal(a.manifest.Rejects, b.manifest.Rejects)
	return d, nil
}

// compareHistories compares the batches on which the two build.
func (d *Difference) compareHistories(o *Options, a, b *batch.Manifest) error {
	before := func(s *Side, m *batch.Manifest) (names []string, err error) {
		earlier, err := batch.Before(s.Out, m)
		for _, m := range earlier {
			names = append(names, m.Batch)
		}
		return names, err
	}
	ofA, err := before(&o.A, a)
	if err != nil {
		return err
	}
	ofB, err := before(&o.B, b)
	d.Ledger = SetDifference{without(ofA, ofB), without(ofB, ofA)}
	return err
}

// compareManifests compares what the manifests tell.
func (d *Difference) compareManifests(of *subject, a, b *batch.Manifest) (err error) {
	if d.Parameters, err = compareParameters(a, b); err != nil {
		return err
	}
	d.Inputs = compareInputs(a.Inputs, b.Inputs)
	d.Counts, d.Amounts = compareTotals(&a.ControlTotals, &b.ControlTotals)
	d.Outcomes = compareCounts(pipeline.Outcomes(), a.Outcomes, b.Outcomes)
	d.Rejects = compareCounts(of.codes, a.Rejects, b.Rejects)
	return nil
}
