package generate

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"

	"regul/fixtures/population"
	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/writers/parquet"
)

// Options are what synthetic inputs are made of.
type Options struct {
	Population population.Options
	Format     string // one of Formats
	Out        storage.Storage
	Workers    int
}

// Formats lists the formats that inputs are generated in: the endings of their files.
func Formats() []string { return []string{"csv", "csv.gz", "csv.zst", "parquet"} }

// Generate writes the inputs of a fictitious fund and returns the names of the files. The same options give the same files.
func Fund(o Options) ([]string, error) {
	if !slices.Contains(Formats(), o.Format) {
		return nil, jobs.UsageError("--format %q is none of %s", o.Format, strings.Join(Formats(), ", "))
	}
	people, err := population.New(o.Population)
	if err != nil {
		return nil, jobs.UsageError("%w", err)
	}
	if err := o.Out.Make(); err != nil {
		return nil, jobs.UsageError("the output directory can't be made: %w", jobs.Cause(err))
	}
	names := make([]string, population.Inputs)
	var group errgroup.Group
	group.SetLimit(o.Workers)
	for input := range population.Inputs {
		names[input] = input.String() + "." + o.Format
		group.Go(func() error { return generateFile(o.Out, names[input], input, people, o.Format) })
	}
	return names, group.Wait()
}

func generateFile(out storage.Storage, name string, input population.Input, people *population.Population, format string) (err error) {
	file, err := out.Put(name)
	if err != nil {
		return err
	}
	defer func() {
		if err == nil {
			err = file.Commit()
		} else {
			err = errors.Join(err, file.Abandon())
		}
	}()
	buffered := bufio.NewWriterSize(file, batch.FileBuffer)
	var to io.WriteCloser = nopCloser{buffered}
	switch format {
	case "csv.gz":
		to = gzip.NewWriter(buffered)
	case "csv.zst":
		if to, err = zstd.NewWriter(buffered); err != nil {
			return err
		}
	}
	if format == "parquet" {
		err = generateParquet(to, input, people)
	} else {
		err = generateCSV(to, input, people)
	}
	return errors.Join(err, to.Close(), buffered.Flush())
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

func generateCSV(to io.Writer, input population.Input, people *population.Population) error {
	var person population.Person
	text := population.CSV.AppendHeader(nil, input)
	for i := range people.Options().Affiliates {
		people.Person(i, &person)
		text = population.CSV.AppendRows(text, input, &person)
		if len(text) >= batch.FileBuffer {
			if _, err := to.Write(text); err != nil {
				return err
			}
			text = text[:0]
		}
	}
	_, err := to.Write(text)
	return err
}

func generateParquet(to io.Writer, input population.Input, people *population.Population) error {
	switch input {
	case population.Affiliates:
		return generateTable(to, input, people, population.AffiliateColumns,
			func(p *population.Person) []population.Affiliate { return p.Affiliates })
	case population.Account:
		return generateTable(to, input, people, population.AccountColumns,
			func(p *population.Person) []population.AccountQuarter { return p.Account })
	case population.Payments:
		return generateTable(to, input, people, population.PaymentColumns,
			func(p *population.Person) []population.Payment { return p.Payments })
	case population.Revenues:
		return generateTable(to, input, people, population.RevenueColumns,
			func(p *population.Person) []population.Revenue { return p.Revenue })
	case population.Evidence:
		return generateTable(to, input, people, population.EvidenceColumns,
			func(p *population.Person) []population.Occupation { return p.Evidence })
	case population.Interruptions:
		return generateTable(to, input, people, population.InterruptionColumns,
			func(p *population.Person) []population.Interruption { return p.Interruptions })
	case population.Identities:
		return generateTable(to, input, people, population.IdentityColumns,
			func(p *population.Person) []population.Identity { return p.Identities })
	}
	return fmt.Errorf("there is no input %d", input)
}

func generateTable[R any](to io.Writer, input population.Input, people *population.Population, columns []population.Column[R],
	rows func(*population.Person) []R) error {
	types := map[population.Kind]parquet.Type{
		population.Text: parquet.Text, population.Number: parquet.Text, population.Integer: parquet.Integer,
		population.Amount: parquet.Amount, population.Date: parquet.Date, population.Bool: parquet.Boolean,
	}
	described := make([]parquet.Column, len(columns))
	for i, c := range columns {
		described[i] = parquet.Column{Name: c.Name, Type: types[c.Kind], Optional: c.Optional}
	}
	w := parquet.NewSchema(input.String(), described).NewWriter(to)
	var person population.Person
	for i := range people.Options().Affiliates {
		people.Person(i, &person)
		list := rows(&person)
		for r := range list {
			for at := range columns {
				putCell(w, at, &columns[at], &list[r])
			}
			if err := w.EndRow(); err != nil {
				return err
			}
		}
	}
	return w.Close()
}

func putCell[R any](w *parquet.Writer, at int, c *population.Column[R], row *R) {
	if c.Kind == population.Text {
		w.AppendOptional(at, func(dst []byte) []byte { return c.Append(dst, row) })
		return
	}
	value, known := c.Value(row)
	if c.Optional {
		if !known {
			w.Null(at)
			return
		}
		w.Present(at)
	}
	if c.Kind == population.Number {
		w.Append(at, func(dst []byte) []byte { return fmt.Appendf(dst, "%011d", value) })
		return
	}
	w.Int(at, value)
}
