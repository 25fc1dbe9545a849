package tables

import (
	"fmt"
	"io"
	"path"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/writers/parquet"
)

// Create makes a file of the batch, named by its path in it.
type Create func(name string) (io.WriteCloser, error)

// Writer writes the tables of a batch: one file for each table, year and shard. It implements pipeline.Sink.
type Writer struct {
	create          Create
	facts           []parquet.Fact
	regularisations *table[pipeline.Regularisation]
	quarters        *table[pipeline.QuarterResult]
	surcharges      *table[pipeline.SurchargeTerm]
	entries         *table[pipeline.Entry]
	balances        *table[pipeline.Balance]
}

// NewWriter prepares the tables. The chart has the account numbers of the entries. Every file says the facts of itself.
func NewWriter(create Create, l *law.Law, chart Chart, facts ...parquet.Fact) *Writer {
	return &Writer{create, facts, regularisationsTable(), quartersTable(l), surchargesTable(), entriesTable(chart), balancesTable()}
}

// Shard opens the results of a shard. Its files are made when their first row comes.
func (w *Writer) Shard(number int) (pipeline.ShardResults, error) {
	return &shard{writer: w, folder: folder{create: w.create, facts: w.facts, number: number}}, nil
}

// Folder is the folder of a table and year in the batch.
func Folder(table string, year int) string { return path.Join(table, fmt.Sprintf("year=%04d", year)) }

// Part is the path of a file in the batch.
func Part(table string, year, number int) string {
	return path.Join(Folder(table, year), fmt.Sprintf("part-%05d.parquet", number))
}

// shard writes the files of one shard. It belongs to one goroutine.
type shard struct {
	writer *Writer
	folder
	regularisations parts[pipeline.Regularisation]
	quarters        parts[pipeline.QuarterResult]
	surcharges      parts[pipeline.SurchargeTerm]
	entries         parts[pipeline.Entry]
	balances        parts[pipeline.Balance]
	booked          []pipeline.Entry // of the present settlement
}

// folder is where the files of a shard go.
type folder struct {
	create Create
	facts  []parquet.Fact // that the files say of themselves
	number int
	err    error // the first
}

// parts are the files of one table in a shard, one a year.
type parts[Row any] struct {
	years []*part[Row]
	last  *part[Row] // of the last row
}

// part is one file, and the rows that wait to be turned into columns. Most files of the entries stay within a block, many
// at a time: only a file that has more holds the memory of columns before the shard is closed.
type part[Row any] struct {
	year    int
	file    io.WriteCloser
	columns *parquet.Writer // nil before the first block
	rows    []Row
}

// write turns the rows that wait into columns.
func (p *part[Row]) write(t *table[Row], facts []parquet.Fact) error {
	if p.columns == nil {
		p.columns = t.schema.NewWriterOf(p.year, p.file, facts...)
	}
	err := t.write(p.columns, p.rows)
	p.rows = p.rows[:0]
	return err
}

func (s *shard) Settlement(settled *pipeline.Settlement) {
	for i := range settled.Years {
		y := &settled.Years[i]
		put(&s.folder, RegularisationsTable, s.writer.regularisations, &s.regularisations, y.Year, &y.Regularisation)
		for j := range y.Quarters {
			put(&s.folder, QuartersTable, s.writer.quarters, &s.quarters, y.Quarters[j].Year, &y.Quarters[j])
		}
		for _, terms := range [][]pipeline.SurchargeTerm{y.Terms, y.Late} {
			for j := range terms {
				put(&s.folder, SurchargesTable, s.writer.surcharges, &s.surcharges, terms[j].Year, &terms[j])
			}
		}
	}
	s.booked = pipeline.AppendEntries(s.booked[:0], settled)
	for i := range s.booked {
		put(&s.folder, EntriesTable, s.writer.entries, &s.entries, s.booked[i].Year, &s.booked[i])
	}
}

// Balances takes those of an affiliate.
func (s *shard) Balances(balances []pipeline.Balance) {
	for i := range balances {
		put(&s.folder, BalancesTable, s.writer.balances, &s.balances, balances[i].Year, &balances[i])
	}
}

// put takes a row into the part of its table and year. The first error is kept for Close.
func put[Row any](s *folder, name string, t *table[Row], p *parts[Row], year int, row *Row) {
	if s.err != nil {
		return
	}
	if p.last == nil || p.last.year != year {
		if p.last, s.err = find(s, name, t, p, year); s.err != nil {
			return
		}
	}
	part := p.last
	part.rows = append(part.rows, *row)
	if len(part.rows) == blockRows {
		s.err = part.write(t, s.facts)
	}
}

// find finds or opens the file of a table and year.
func find[Row any](s *folder, name string, t *table[Row], p *parts[Row], year int) (*part[Row], error) {
	for _, found := range p.years {
		if found.year == year {
			return found, nil
		}
	}
	file, err := s.create(Part(name, year, s.number))
	if err != nil {
		return nil, err
	}
	opened := &part[Row]{year: year, file: file}
	p.years = append(p.years, opened)
	return opened, nil
}

// Close completes the files. The first error of the shard is returned.
func (s *shard) Close() error {
	complete(&s.folder, s.writer.regularisations, &s.regularisations)
	complete(&s.folder, s.writer.quarters, &s.quarters)
	complete(&s.folder, s.writer.surcharges, &s.surcharges)
	complete(&s.folder, s.writer.entries, &s.entries)
	complete(&s.folder, s.writer.balances, &s.balances)
	return s.err
}

func complete[Row any](s *folder, t *table[Row], p *parts[Row]) {
	for _, part := range p.years {
		if s.err == nil && len(part.rows) > 0 {
			s.err = part.write(t, s.facts)
		}
		if s.err == nil {
			s.err = part.columns.Close()
		}
		if err := part.file.Close(); s.err == nil {
			s.err = err
		}
	}
}
