package reports

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
	regularisations *table[pipeline.Regularisation]
	quarters        *table[pipeline.QuarterResult]
	surcharges      *table[pipeline.SurchargeTerm]
}

// NewWriter prepares the tables.
func NewWriter(create Create, l *law.Law) *Writer {
	return &Writer{create, regularisationsTable(), quartersTable(l), surchargesTable()}
}

// Shard opens the results of a shard. Its files are made when their first row comes.
func (w *Writer) Shard(number int) (pipeline.ShardResults, error) {
	return &shard{writer: w, number: number, parts: map[partKey]*part{}}, nil
}

// Folder is the folder of a table and year in the batch.
func Folder(table string, year int) string { return path.Join(table, fmt.Sprintf("year=%04d", year)) }

// Part is the path of a file in the batch.
func Part(table string, year, number int) string {
	return path.Join(Folder(table, year), fmt.Sprintf("part-%05d.parquet", number))
}

type partKey struct {
	table string
	year  int
}

type part struct {
	key  partKey
	file io.WriteCloser
	rows *parquet.Writer
}

// shard writes the files of one shard. It belongs to one goroutine.
type shard struct {
	writer *Writer
	number int
	parts  map[partKey]*part
	order  []*part
	last   [3]*part // the part of the last row of each table
	err    error
}

// The tables in the memory of a shard.
const (
	regularisationSlot = iota
	quarterSlot
	surchargeSlot
)

func (s *shard) Regularisation(r *pipeline.Regularisation) {
	put(s, regularisationSlot, RegularisationsTable, s.writer.regularisations, r.Year, r)
}

func (s *shard) Quarter(q *pipeline.QuarterResult) {
	put(s, quarterSlot, QuartersTable, s.writer.quarters, q.Year, q)
}

func (s *shard) SurchargeTerm(t *pipeline.SurchargeTerm) {
	put(s, surchargeSlot, SurchargesTable, s.writer.surcharges, t.Year, t)
}

// put writes a row into the part of its table and year. The first error is kept for Close.
func put[Row any](s *shard, slot int, name string, t *table[Row], year int, r *Row) {
	if s.err != nil {
		return
	}
	p := s.last[slot]
	if p == nil || p.key.year != year {
		if p = s.part(partKey{name, year}, t.schema); p == nil {
			return
		}
		s.last[slot] = p
	}
	s.err = t.write(p.rows, r)
}

// part finds or opens the file of a table and year.
func (s *shard) part(key partKey, schema *parquet.Schema) *part {
	if p := s.parts[key]; p != nil {
		return p
	}
	file, err := s.writer.create(Part(key.table, key.year, s.number))
	if err != nil {
		s.err = err
		return nil
	}
	p := &part{key, file, schema.NewWriter(file)}
	s.parts[key] = p
	s.order = append(s.order, p)
	return p
}

// Close completes the files. The first error of the shard is returned.
func (s *shard) Close() error {
	for _, p := range s.order {
		if s.err == nil {
			s.err = p.rows.Close()
		}
		if err := p.file.Close(); s.err == nil {
			s.err = err
		}
	}
	return s.err
}
