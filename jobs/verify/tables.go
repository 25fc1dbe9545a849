package verify

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"regul/writers/tables"
)

// checkTables reads every table with the second implementation and holds its rows against each other.
func (v *verifier) checkTables(ctx context.Context) error {
	v.keepsBooks = len(v.files(tables.EntriesTable, ".parquet")) > 0
	rows := v.checkSchemas([]namedForm{{tables.RegularisationsTable, formOf(yearColumns)}, {tables.QuartersTable, formOf(quarterColumns)},
		{tables.SurchargesTable, formOf(termColumns)}, {tables.EntriesTable, formOf(entryColumns)},
		{tables.BalancesTable, formOf(balanceColumns)}, {tables.RejectsTable, formOf(rejectColumns("niss"))}})
	walks := v.walks(rows)
	readable := v.add("readable", "parts of years read to their end")
	offsets := &Check{Name: "offsets", What: "affiliates", Failures: []Failure{}}
	if err := v.runWalks(ctx, walks, offsets); err != nil {
		return err
	}
	for _, w := range walks {
		readable.Number++
		if w.fault != nil {
			readable.fail("", 0, "%v", withoutPath(w.fault))
			v.damaged[w.part(tables.RegularisationsTable)] = true
		}
	}
	v.sums = newRowSums()
	holdBorders(walks)
	for i, check := range rowChecks {
		c := v.add(check.name, check.what)
		for _, w := range walks {
			c.merge(&w.checks[i])
		}
		if check.name == "calculation" {
			c.Note = v.lawNote()
		}
	}
	if offsets.Note = v.incomplete(); offsets.Note != "" {
		offsets.Number, offsets.Failed, offsets.Failures = 0, 0, []Failure{}
	}
	v.checks = append(v.checks, offsets)
	for _, w := range walks {
		v.sums.add(&w.sums)
	}
	v.checkRejects()
	v.checkTotals()
	return nil
}

// runWalks runs the walks, the parts of a number one after the other: they hold the same range of national numbers in every year.
func (v *verifier) runWalks(ctx context.Context, walks []*partWalk, offsets *Check) error {
	var mutex sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(v.options.Workers)
	byNumber := map[int][]*partWalk{}
	for _, w := range walks {
		byNumber[w.number] = append(byNumber[w.number], w)
	}
	for _, number := range slices.Sorted(maps.Keys(byNumber)) {
		group.Go(func() error {
			var years []offsetYear
			for _, w := range byNumber[number] {
				w.fault = w.run(ctx)
				years = append(years, w.offsets...)
				w.offsets = nil
			}
			var one Check
			v.holdOffsets(years, &one)
			mutex.Lock()
			defer mutex.Unlock()
			offsets.merge(&one)
			return ctx.Err()
		})
	}
	return group.Wait()
}

// withoutPath is an error without the path of the file system in it.
func withoutPath(err error) error {
	if c := cause(err); !errors.Is(c, err) {
		return c
	}
	return err
}

// incomplete is a note that rows were left out; "" if none were.
func (v *verifier) incomplete() string {
	for path, broken := range v.damaged {
		if table, _, _ := strings.Cut(path, "/"); broken && slices.Contains(v.subject.tables, table) {
			return "not checked: a table can't be read"
		}
	}
	return ""
}
