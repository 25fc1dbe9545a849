package parquet

import (
	"fmt"
	"sync"

	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// arrowDecoder reads the pages of differences of a column of a row group, which few writers make, with arrow: one reader for
// all, as some writers continue the prefixes of texts from page to page.
type arrowDecoder struct {
	reader file.ColumnChunkReader
	next   file.Page // that the reader did not take yet
	page   file.Page
	narrow []int32
	texts  []parquet.ByteArray
}

// buffers is memory that arrow asks for.
var buffers = &sync.Pool{New: func() any { return memory.NewResizableBuffer(memory.DefaultAllocator) }}

// open starts with a page, after checking that it is what it says. Arrow gets the values alone, as those of a column without
// nulls: the levels are read here.
func (d *arrowDecoder) open(p *pages, read *page) error {
	defined, err := p.check(read)
	if err != nil || defined == 0 {
		return err
	}
	if d.reader == nil {
		required := schema.NewColumn(p.column.SchemaNode().(*schema.PrimitiveNode), 0, 0)
		d.reader = file.NewColumnReader(required, d, memory.DefaultAllocator, buffers)
	}
	levels := parquet.Encodings.RLE // of which there are none
	d.next = file.NewDataPageV1(memory.NewBufferBytes(read.data), int32(defined), read.encoding, levels, levels, int32(len(read.data)))
	return nil
}

func (d *arrowDecoder) read(v *values, at, n int) (err error) {
	values := 0
	switch r := d.reader.(type) {
	case *file.Int64ColumnChunkReader:
		_, values, err = r.ReadBatch(int64(n), v.numbers[at:], nil, nil)
	case *file.Int32ColumnChunkReader:
		d.narrow = grow(d.narrow, n)
		_, values, err = r.ReadBatch(int64(n), d.narrow, nil, nil)
		for i, number := range d.narrow {
			v.numbers[at+i] = int64(number)
		}
	case *file.ByteArrayColumnChunkReader:
		d.texts = grow(d.texts, n)
		_, values, err = r.ReadBatch(int64(n), d.texts, nil, nil)
		for i, text := range d.texts {
			v.texts[at+i] = text
		}
	default:
		return fmt.Errorf("no reader for %T", d.reader)
	}
	if err == nil && values < n {
		err = errShort
	}
	return err
}

// Next takes the next page. It makes the decoder a file.PageReader, with the methods below.
func (d *arrowDecoder) Next() bool {
	d.page, d.next = d.next, nil
	return d.page != nil
}

// Page is the page that was taken.
func (d *arrowDecoder) Page() file.Page { return d.page }

// Err is nil: a page is there or not.
func (d *arrowDecoder) Err() error { return nil }

// SetMaxPageHeaderSize is without effect.
func (d *arrowDecoder) SetMaxPageHeaderSize(int) {}

// Reset can't happen: each column of a row group has another reader.
func (d *arrowDecoder) Reset(parquet.BufferedReader, int64, compress.Compression, *file.CryptoContext) {
	panic("parquet: pages are not reset")
}
