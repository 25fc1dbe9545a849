package parquet

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"

	"regul/readers/table"
)

var damageColumns = []table.Column{
	{Name: "id", Kind: table.Text}, {Name: "count", Kind: table.Integer}, {Name: "wide", Kind: table.Integer},
	{Name: "flag", Kind: table.Boolean}, {Name: "amount", Kind: table.Amount}, {Name: "note", Kind: table.Text},
	{Name: "maybe", Kind: table.Integer}, {Name: "perhaps", Kind: table.Boolean},
}

// sample writes a small file in two row groups, with a few pages each.
func sample(t testing.TB, dictionary bool, delta string, codec compress.Compression, version parquet.DataPageVersion) []byte {
	t.Helper()
	required, optional := parquet.Repetitions.Required, parquet.Repetitions.Optional
	fields := schema.FieldList{
		schema.NewByteArrayNode("id", required, -1),
		schema.NewInt32Node("count", required, -1),
		schema.NewInt64Node("wide", required, -1),
		schema.NewBooleanNode("flag", required, -1),
		schema.Must(schema.NewPrimitiveNodeLogical("amount", required, schema.NewDecimalLogicalType(9, 2), parquet.Types.FixedLenByteArray,
			4, -1)),
		schema.NewByteArrayNode("note", optional, -1),
		schema.NewInt64Node("maybe", optional, -1),
		schema.NewBooleanNode("perhaps", optional, -1),
	}
	root := schema.MustGroup(schema.NewGroupNode("schema", required, fields, -1))
	options := []parquet.WriterProperty{
		parquet.WithDictionaryDefault(dictionary), parquet.WithCompression(codec), parquet.WithDataPageVersion(version),
		parquet.WithDataPageSize(128), parquet.WithBatchSize(32), parquet.WithStats(true),
	}
	if delta != "" {
		ints, texts := parquet.Encodings.DeltaBinaryPacked, parquet.Encodings.DeltaByteArray
		if delta == "length" {
			texts = parquet.Encodings.DeltaLengthByteArray
		}
		for _, name := range []string{"count", "wide", "maybe"} {
			options = append(options, parquet.WithEncodingFor(name, ints))
		}
		for _, name := range []string{"id", "note"} {
			options = append(options, parquet.WithEncodingFor(name, texts))
		}
		for _, name := range []string{"flag", "perhaps"} {
			options = append(options, parquet.WithEncodingFor(name, parquet.Encodings.RLE))
		}
	}
	var out bytes.Buffer
	w := file.NewParquetWriter(&out, root, file.WithWriterProps(parquet.NewWriterProperties(options...)))
	const rows = 150
	for range 2 {
		group := w.AppendRowGroup()
		var levels []int16
		var texts, notes []parquet.ByteArray
		var narrow []int32
		var wide, maybe []int64
		var flags, perhaps []bool
		var fixed []parquet.FixedLenByteArray
		for i := range rows {
			texts = append(texts, parquet.ByteArray(fmt.Sprintf("AB%05d", i/3)))
			narrow = append(narrow, int32(i*i%1000))
			wide = append(wide, int64(i%7*1000))
			flags = append(flags, i%3 == 0 || i > 100)
			fixed = append(fixed, parquet.FixedLenByteArray{0, 0, byte(i % 5), byte(i % 20)})
			level := int16(1)
			if i%4 == 1 || i > 120 {
				level = 0
			} else {
				notes = append(notes, parquet.ByteArray(strings.Repeat("x", i%9)))
				maybe = append(maybe, int64(i/2))
				perhaps = append(perhaps, i%2 == 0)
			}
			levels = append(levels, level)
		}
		for i := range fields {
			c, err := group.NextColumn()
			if err != nil {
				t.Fatal(err)
			}
			switch c := c.(type) {
			case *file.ByteArrayColumnChunkWriter:
				if i == 0 {
					_, err = c.WriteBatch(texts, nil, nil)
				} else {
					_, err = c.WriteBatch(notes, levels, nil)
				}
			case *file.Int32ColumnChunkWriter:
				_, err = c.WriteBatch(narrow, nil, nil)
			case *file.Int64ColumnChunkWriter:
				if i == 2 {
					_, err = c.WriteBatch(wide, nil, nil)
				} else {
					_, err = c.WriteBatch(maybe, levels, nil)
				}
			case *file.BooleanColumnChunkWriter:
				if i == 3 {
					_, err = c.WriteBatch(flags, nil, nil)
				} else {
					_, err = c.WriteBatch(perhaps, levels, nil)
				}
			case *file.FixedLenByteArrayColumnChunkWriter:
				_, err = c.WriteBatch(fixed, nil, nil)
			}
			if err == nil {
				err = c.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := group.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// readAll reads every column of a file, on its own, so that an early fault hides no later one.
func readAll(content []byte) (rows int, faults error) {
	f, err := Open(bytes.NewReader(content))
	if err != nil {
		return 0, err
	}
	for _, c := range damageColumns {
		n, err := readColumn(f, c)
		rows += n
		if err != nil {
			faults = err
		}
	}
	return rows, faults
}

func readColumn(f *File, c table.Column) (rows int, err error) {
	s, err := f.Source([]table.Column{c}, 0, f.RowGroups())
	if err != nil {
		return 0, err
	}
	if _, err := f.MayHold(0, c.Name, "AB"); err != nil {
		return 0, err
	}
	var b table.Block
	for {
		more, err := s.Next(&b)
		if err != nil || !more {
			return rows, err
		}
		for i := range b.Rows {
			if len(b.Columns[0].Texts) > 0 && len(b.Columns[0].Texts[i]) > 1<<30 {
				return rows, fmt.Errorf("a text is too long")
			}
		}
		rows += b.Rows
	}
}

// watch ends the process with what is being read when it takes too long or too much memory: neither can be stopped
// from within.
func watch(current *atomic.Value, count *atomic.Int64) (stop func()) {
	done := make(chan struct{})
	go func() {
		last, since := int64(-1), time.Now()
		for {
			select {
			case <-done:
				return
			case <-time.After(100 * time.Millisecond):
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if n := count.Load(); n != last {
				last, since = n, time.Now()
			}
			if time.Since(since) > 10*time.Second || m.HeapInuse > 2<<30 {
				fmt.Fprintf(os.Stderr, "FAIL: hangs or takes memory (%d MiB): %v\n", m.HeapInuse>>20, current.Load())
				os.Exit(1)
			}
		}
	}()
	return func() { close(done) }
}

// TestDamage changes, cuts and lengthens small files of all encodings: the reader gives rows or an error.
func TestDamage(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	var current atomic.Value
	var count atomic.Int64
	current.Store("")
	defer watch(&current, &count)()
	wrong := 0
	try := func(what string, content []byte, clean int) {
		current.Store(what)
		rows, err := readAll(content)
		if err == nil && rows != clean {
			wrong++
			if wrong < 10 {
				t.Errorf("%s: %d rows without an error", what, rows)
			}
		}
		count.Add(1)
	}
	full := os.Getenv("REGUL_DAMAGE") != ""
	slowest := time.Duration(0)
	for _, version := range []parquet.DataPageVersion{parquet.DataPageV1, parquet.DataPageV2} {
		for _, codec := range []compress.Compression{compress.Codecs.Uncompressed, compress.Codecs.Snappy, compress.Codecs.Gzip,
			compress.Codecs.Zstd, compress.Codecs.Brotli} {
			for _, kind := range []string{"plain", "dictionary", "prefix", "length"} {
				delta := kind
				if kind == "plain" || kind == "dictionary" {
					delta = ""
				}
				content := sample(t, kind == "dictionary", delta, codec, version)
				name := fmt.Sprintf("%v %s v%d", codec, kind, version)
				clean, err := readAll(content)
				t.Logf("%s: %d bytes, %d files so far", name, len(content), count.Load())
				if err != nil || clean != 300*len(damageColumns) {
					t.Fatalf("%s: %d rows, %v", name, clean, err)
				}
				for at := range content {
					old := content[at]
					values := []byte{0, 0xff, old ^ 1, old ^ 0x80, old + 1, byte(random.Uint32())}
					if !full {
						if random.IntN(100) > 0 {
							continue
						}
						values = values[random.IntN(6):][:1]
					}
					for _, v := range values {
						if v == old {
							continue
						}
						content[at] = v
						start := time.Now()
						try(fmt.Sprintf("%s: byte %d of %d from %#x to %#x (seed %d)", name, at, len(content), old, v, seed), content,
							clean)
						slowest = max(slowest, time.Since(start))
					}
					content[at] = old
				}
				several := 10
				if full {
					several = 100
				}
				for range several {
					n := random.IntN(len(content))
					try(fmt.Sprintf("%s: cut to %d", name, n), content[:n], -1)
					tail := make([]byte, 1+random.IntN(64))
					for i := range tail {
						tail[i] = byte(random.Uint32())
					}
					try(fmt.Sprintf("%s: with %x behind", name, tail), append(bytes.Clone(content), tail...), -1)
					several := bytes.Clone(content)
					what := name + ": several"
					for range 2 + random.IntN(6) {
						at, v := random.IntN(len(content)), byte(random.Uint32())
						several[at] = v
						what += fmt.Sprintf(" %d=%#x", at, v)
					}
					try(what, several, clean)
				}
			}
		}
	}
	t.Logf("%d damaged files, the slowest took %v", count.Load(), slowest)
}
