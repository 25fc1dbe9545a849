package run_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/fixtures/population"
	"regul/jobs/batch"
	"regul/jobs/generate"
	"regul/jobs/jobstest"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/rows"
	"regul/readers"
	"regul/readers/parquet"
	"regul/readers/table"
	results "regul/writers/tables"
)

var stageAffiliates = flag.Int("stage-affiliates", 50_000, "affiliates of the fund of which BenchmarkStages measures every stage")

// BenchmarkStages takes a generated fund through every stage of a night, each by itself, on one core: rows a second, and bytes a row. What
// has "alone" in its name is the limit of a stage: pages decoded, and no cell looked at; or tables written, and nothing computed.
func BenchmarkStages(b *testing.B) {
	l, err := law.Standard()
	if err != nil {
		b.Fatal(err)
	}
	s := &stages{dir: b.TempDir(), law: l, out: b.TempDir()}
	jobstest.Must[[]string](b)(generate.Fund(generate.Options{Population: population.Options{Affiliates: *stageAffiliates, BadRows: -1},
		Format: "parquet", Out: storage.Directory(s.dir), Workers: 1}))
	scatter := &pipeline.Scatter{}
	for _, input := range pipeline.People.Inputs[:population.Needed] {
		b.Run("pages alone of "+input.String(), func(b *testing.B) { s.look(b, input) })
		b.Run("read "+input.String(), func(b *testing.B) { s.read(b, input) })
		s.take(b, scatter, input)
	}
	defer scatter.Close()
	s.plan = pipeline.NewPlan(pipeline.People, []*pipeline.Scatter{scatter}, pipeline.ShardRows)
	for input := range scatter.Read {
		s.rows += int(scatter.Read[input].Rows)
	}
	b.Run("load", func(b *testing.B) { s.eachShard(b, func(*rows.Shard) {}, false) })
	b.Run("group", func(b *testing.B) { s.eachShard(b, func(shard *rows.Shard) { shard.Group() }, true) })
	b.Run("group, match, assess, settle", func(b *testing.B) {
		s.eachShard(b, func(shard *rows.Shard) { s.settle(shard, nothing{}) }, true)
	})
	b.Run("the same, and write the tables", func(b *testing.B) {
		s.eachShard(b, func(shard *rows.Shard) { s.write(b, shard) }, true)
	})
	for _, name := range []string{results.RegularisationsTable, results.QuartersTable, results.SurchargesTable, results.EntriesTable,
		results.BalancesTable} {
		b.Run("write alone "+name, func(b *testing.B) { s.writeAlone(b, name) })
		b.Run("all pages alone of "+name, func(b *testing.B) { s.lookBack(b, name) })
		b.Run("read back "+name, func(b *testing.B) { s.readBack(b, name) })
	}
}

// stages are what the stages of a night hand on.
type stages struct {
	dir, out string // of the inputs, and of the tables
	law      *law.Law
	plan     *rows.Plan
	rows     int // of the inputs
}

// nothing takes what is settled and drops it.
type nothing struct{}

func (nothing) Settlement(*pipeline.Settlement) {}
func (nothing) Balances([]pipeline.Balance)     {}

// rate reports rows a second, and, if they have a size, bytes a row.
func rate(b *testing.B, rows int, bytes int64) {
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	if bytes > 0 {
		b.ReportMetric(float64(bytes)/float64(rows), "B/row")
	}
}

// file is an input, in memory.
func (s *stages) file(b *testing.B, input pipeline.Input) *readers.File {
	content := jobstest.Must[[]byte](b)(os.ReadFile(filepath.Join(s.dir, input.String()+".parquet")))
	return &readers.File{Input: input, Name: input.String() + ".parquet", Content: bytes.NewReader(content), Size: int64(len(content))}
}

func (s *stages) look(b *testing.B, input pipeline.Input) {
	f := s.file(b, input)
	opened := jobstest.Must[*parquet.File](b)(parquet.Open(bytesOf(f)))
	for b.Loop() {
		lookAtAll(b, opened)
	}
	rate(b, int(opened.Rows()), f.Size)
}

func bytesOf(f *readers.File) *io.SectionReader { return io.NewSectionReader(f.Content, 0, f.Size) }

// lookAtAll decodes every page of a file.
func lookAtAll(b *testing.B, f *parquet.File) {
	if err := f.Blocks(f.Columns(), 0, f.RowGroups(), func(*table.Block) error { return nil }); err != nil {
		b.Fatal(err)
	}
}

func (s *stages) read(b *testing.B, input pipeline.Input) {
	f, read := s.file(b, input), int64(0)
	for b.Loop() {
		var scatter pipeline.Scatter
		s.take(b, &scatter, input)
		read = scatter.Read[input].Rows
		if err := scatter.Close(); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, int(read), f.Size)
}

// take reads an input into the scatter.
func (s *stages) take(b *testing.B, scatter *pipeline.Scatter, input pipeline.Input) {
	for _, part := range jobstest.Must[[]readers.Part](b)(readers.Parts(s.file(b, input))) {
		jobstest.Must[readers.Remarks](b)(part.Read(context.Background(), scatter, s.law.Category, func(int) {}))
	}
}

// eachShard loads every shard and lets it be worked; apart says that the loading is not measured.
func (s *stages) eachShard(b *testing.B, work func(*rows.Shard), apart bool) {
	shard := s.plan.NewShard()
	for b.Loop() {
		for number := range s.plan.Shards() {
			if apart {
				b.StopTimer()
			}
			if err := s.plan.Load(number, shard); err != nil {
				b.Fatal(err)
			}
			if apart {
				b.StartTimer()
			}
			work(shard)
		}
	}
	rate(b, s.rows, 0)
}

func (s *stages) settle(shard *rows.Shard, to pipeline.Results) {
	fees := pipeline.Fees{}
	for _, year := range s.law.Years() {
		fees[year] = 30_500
	}
	pipeline.People.Settle(&pipeline.Parameters{AsOf: pipeline.DateOf(2026, 6, 30), Law: s.law, Fees: fees}, shard, to)
}

// write settles a shard and writes its tables.
func (s *stages) write(b *testing.B, shard *rows.Shard) {
	writer := results.NewWriter(func(name string) (io.WriteCloser, error) {
		path := filepath.Join(s.out, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		return os.Create(path)
	}, s.law, results.DefaultChart())
	shardResults := jobstest.Must[pipeline.ShardResults](b)(writer.Shard(shard.Number))
	s.settle(shard, shardResults)
	if err := shardResults.Close(); err != nil {
		b.Fatal(err)
	}
}

// written are the files of a table, as a manifest lists them.
func (s *stages) written(b *testing.B, name string) (files []batch.ManifestFile, size int64) {
	for _, path := range jobstest.Must[[]string](b)(filepath.Glob(filepath.Join(s.out, name, "*", "*.parquet"))) {
		content := jobstest.Must[[]byte](b)(os.ReadFile(path))
		digest := sha256.Sum256(content)
		files = append(files, batch.ManifestFile{Path: filepath.ToSlash(strings.TrimPrefix(path, s.out+"/")), SHA256: hex.EncodeToString(digest[:])})
		size += int64(len(content))
	}
	if len(files) == 0 {
		b.Fatalf("there are no files of %s", name)
	}
	return files, size
}

func (s *stages) lookBack(b *testing.B, name string) {
	files, size := s.written(b, name)
	var opened []*parquet.File
	read := 0
	for _, f := range files {
		content := jobstest.Must[[]byte](b)(os.ReadFile(filepath.Join(s.out, f.Path)))
		opened = append(opened, jobstest.Must[*parquet.File](b)(parquet.Open(bytes.NewReader(content))))
		read += int(opened[len(opened)-1].Rows())
	}
	for b.Loop() {
		for _, f := range opened {
			lookAtAll(b, f)
		}
	}
	rate(b, read, size)
}

// readBack is what the end of a night does with each file: its digest, its order, its sums.
func (s *stages) readBack(b *testing.B, name string) {
	files, size := s.written(b, name)
	for b.Loop() {
		var sums batch.Sums
		if err := batch.CheckFiles(&sums, storage.Directory(s.out), ".", files, 1); err != nil {
			b.Fatal(err)
		}
	}
	read := 0
	for _, f := range files {
		read += int(f.Rows)
	}
	rate(b, read, size)
}
