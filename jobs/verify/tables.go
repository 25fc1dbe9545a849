package verify

import (
	"context"
	"errors"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"regul/writers/tables"
)

// checkTables reads every table with the second implementation and holds its rows against each other.
func (v *verifier) checkTables(ctx context.Context) error {
	v.keepsBooks = len(v.files(tables.EntriesTable, ".parquet")) > 0
	rows := v.checkSchemas()
	walks := v.walks(rows)
	readable := v.add("readable", "parts of years read to their end")
	faults := make([]error, len(walks))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(v.options.Workers)
	for i, w := range walks {
		group.Go(func() error {
			faults[i] = w.run(ctx)
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, fault := range faults {
		readable.Number++
		if fault != nil {
			readable.fail("", 0, "%v", withoutPath(fault))
			v.damaged[walks[i].part(tables.RegularisationsTable)] = true
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
	for _, w := range walks {
		v.sums.add(&w.sums)
	}
	v.checkRejects()
	v.checkTotals()
	return nil
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
		if table, _, _ := strings.Cut(path, "/"); broken && slices.Contains(yearTables, table) {
			return "not checked: a table can't be read"
		}
	}
	return ""
}
