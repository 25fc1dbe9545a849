package current

import (
	"regul/jobs/batch"
	"regul/jobs/views"
	"regul/pipeline"
	"regul/writers/dictionary"
	columnar "regul/writers/parquet"
)

// listed is a published batch and, if it counts for nothing, its withdrawal.
type listed struct {
	*batch.Manifest
	withdrawn *batch.Withdrawal
	rejected  int64

	withdrawnFor int // affiliates or companies for whom alone it was withdrawn
}

// batchColumn is a column of the table of the batches, and what a batch puts into it.
type batchColumn struct {
	dictionary.Column
	number func(*listed) int64
	text   func(*listed) string // "" is null where the column may be
}

func batchText(name, meaning string, value func(*listed) string) batchColumn {
	return batchColumn{Column: described(name, columnar.Text, meaning), text: value}
}

func batchMaybe(name, meaning string, value func(*listed) string) batchColumn {
	c := batchText(name, meaning, value)
	c.Optional = true
	return c
}

// batchDay is a column of days; none is null.
func batchDay(name, meaning string, value func(*listed) string) batchColumn {
	c := described(name, columnar.Date, meaning)
	c.Optional = true
	return batchColumn{Column: c, number: func(b *listed) int64 {
		day, _ := pipeline.ParseDate([]byte(value(b)))
		return int64(day)
	}}
}

func batchCount(name, meaning string, value func(*listed) int64) batchColumn {
	return batchColumn{Column: described(name, columnar.Long, meaning), number: value}
}

func described(name string, t columnar.Type, meaning string) dictionary.Column {
	return dictionary.Column{Column: columnar.Column{Name: name, Type: t}, Meaning: meaning}
}

// main is what became of the rows that make a batch: communications of income, or companies.
func (b *listed) main() batch.Counts {
	about := b.About()
	if about == nil { // of another program: it is listed, with its sums
		return b.Counts[string(b.Job)]
	}
	return b.Counts[about.Main.String()]
}

// register names with whom a batch settled by the input in which they stand.
func register(m *batch.Manifest) string {
	about := m.About()
	if about == nil {
		return string(m.Job)
	}
	return about.Register.String()
}

// batchColumns are the columns of the table of the batches.
var batchColumns = append([]batchColumn{
	batchText("batch", "name of the batch", func(b *listed) string { return b.Batch }),
	batchText("job", "what made it: `run` (the self-employed) or `companies`", func(b *listed) string {
		if b.Job == batch.RunJob {
			return "run"
		}
		return string(b.Job)
	}),
	batchText("state", "`published`: it counts; `withdrawn`: it counts for nothing", func(b *listed) string {
		if b.withdrawn != nil {
			return "withdrawn"
		}
		return "published"
	}),
	batchDay("as_of", "day of the batch", func(b *listed) string { return b.AsOf }),
	batchDay("withdrawn_on", "day of the withdrawal", func(b *listed) string { return b.withdrawal().On }),
	batchMaybe("why", "reason of the withdrawal", func(b *listed) string { return b.withdrawal().Why }),
	batchCount("withdrawn_for", "affiliates or companies for whom alone it was withdrawn; its sums are those of all whom it settled",
		func(b *listed) int64 { return int64(b.withdrawnFor) }),
	batchMaybe("corrects", "the batch whose rejects came corrected", func(b *listed) string {
		if b.Corrects == nil {
			return ""
		}
		return b.Corrects.Batch
	}),
	batchText("law_version", "SHA-256 of the law and the calculation", func(b *listed) string { return b.LawVersion }),
	batchCount("rows_read", "rows of revenue (or companies) that were read: the sum of the next five",
		func(b *listed) int64 { return b.main().Read }),
	batchCount("rows_settled", "of them: used", func(b *listed) int64 { return b.main().Settled }),
	batchCount("rows_superseded", "of them: a later communication replaced them", func(b *listed) int64 { return b.main().Superseded }),
	batchCount("rows_already_settled", "of them: an earlier batch settled them",
		func(b *listed) int64 { return b.main().AlreadySettled }),
	batchCount("rows_repeated", "of them: equal to another row", func(b *listed) int64 { return b.main().Repeated }),
	batchCount("rows_rejected", "of them: rejected", func(b *listed) int64 { return b.main().Rejected }),
	batchCount("rejects", "rejected rows of all inputs", func(b *listed) int64 { return b.rejected }),
}, batchTotals()...)

// batchTotals are the columns of the control totals.
func batchTotals() (columns []batchColumn) {
	for _, total := range pipeline.ControlTotalKinds() {
		if total.Column == "" {
			continue
		}
		c := batchCount(total.Name, total.Column, func(b *listed) int64 { return total.Of(&b.ControlTotals.ControlTotals) })
		if total.IsAmount {
			c.Type, c.Signed = columnar.Income, true
		}
		columns = append(columns, c)
	}
	return columns
}

var batchesAbout = dictionary.Table{
	Name: Folder + "/" + views.Batches, Path: glob(views.Batches), Key: []string{"batch"},
	Meaning: "One row for each published batch of either job, also those that were withdrawn.",
	Columns: func() (columns []dictionary.Column) {
		for _, c := range batchColumns {
			columns = append(columns, c.Column)
		}
		return columns
	}(),
}

var noWithdrawal batch.Withdrawal

func (b *listed) withdrawal() *batch.Withdrawal {
	if b.withdrawn == nil {
		return &noWithdrawal
	}
	return b.withdrawn
}

// writeBatches writes the table of the batches.
func writeBatches(w *columnar.Writer, batches []listed) error {
	for i := range batches {
		for column, c := range batchColumns {
			c.write(w, column, &batches[i])
		}
		if err := w.EndRow(); err != nil {
			return err
		}
	}
	return w.Close()
}

func (c *batchColumn) write(w *columnar.Writer, at int, b *listed) {
	if c.text != nil {
		w.AppendOptional(at, func(dst []byte) []byte { return append(dst, c.text(b)...) })
		return
	}
	n := c.number(b)
	if c.Optional {
		if n == 0 {
			w.Null(at)
			return
		}
		w.Present(at)
	}
	w.Int(at, n)
}
