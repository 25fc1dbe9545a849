package parquet

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/metadata"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// The kinds of pages, as numbered by the format.
const (
	dataPage       = 0
	dictionaryPage = 2
	dataPageV2     = 3
)

// pageHeader is what stands before a page.
type pageHeader struct {
	kind           int64
	size, packed   int64 // in bytes, decompressed and in the file
	values         int64 // nulls counted
	encoding       parquet.Encoding
	levelEncoding  parquet.Encoding // version 1
	levelSize      int64            // version 2, in bytes
	otherLevelSize int64
	plain          bool // version 2: the values are not compressed
	described      bool
	checked        bool  // there is a checksum
	checksum       int64 // CRC-32 of the page as it lies in the file
}

func readPageHeader(c *compact) pageHeader {
	h := pageHeader{kind: -1}
	c.structure(func(id int64, k kind) bool {
		switch {
		case id == 1 && k == kindInt32:
			h.kind = c.int32()
		case id == 2 && k == kindInt32:
			h.size = c.int32()
		case id == 3 && k == kindInt32:
			h.packed = c.int32()
		case id == 4 && k == kindInt32:
			h.checksum, h.checked = c.int32(), true
		case id == 5 && k == kindStruct, id == 7 && k == kindStruct, id == 8 && k == kindStruct:
			h.describe(c, id == 8)
		default:
			return false
		}
		return true
	})
	return h
}

// describe reads the part of a header for the kind of page.
func (h *pageHeader) describe(c *compact, version2 bool) {
	h.described = true
	c.structure(func(id int64, k kind) bool {
		switch {
		case id == 1 && k == kindInt32:
			h.values = c.int32()
		case id == 2 && k == kindInt32 && !version2, id == 4 && k == kindInt32 && version2:
			h.encoding = parquet.Encoding(c.signed())
		case id == 3 && k == kindInt32 && !version2:
			h.levelEncoding = parquet.Encoding(c.signed())
		case id == 5 && k == kindInt32 && version2:
			h.levelSize = c.int32()
		case id == 6 && k == kindInt32 && version2:
			h.otherLevelSize = c.int32()
		case id == 7 && k == kindFalse && version2:
			h.plain = true
		default:
			return false
		}
		return true
	})
}

// check holds the header against what can be true.
func (h *pageHeader) check(left int64) error {
	switch {
	case h.packed < 0 || h.packed > left:
		return fmt.Errorf("a page of %d bytes is larger than its column", h.packed)
	case h.size < 0:
		return fmt.Errorf("a page says that it has %d bytes", h.size)
	case h.size > maxPage:
		return unsupported(fmt.Sprintf("a page of %d bytes is larger than the limit of %d", h.size, maxPage))
	case h.kind != dataPage && h.kind != dictionaryPage && h.kind != dataPageV2:
		return nil // it is passed over
	case !h.described || h.values < 0:
		return errors.New("a page does not say what it holds")
	case h.levelSize < 0 || h.otherLevelSize < 0 || h.levelSize+h.otherLevelSize > min(h.packed, h.size):
		return errors.New("a page does not say where its values start")
	}
	return nil
}

// pages reads the pages of a column of a row group for arrow's column reader, which believes what they say: each one is
// checked before it is given out. It implements file.PageReader.
type pages struct {
	column     *schema.Column
	codec      compress.Codec
	squeezed   compress.Compression
	from       *bufio.Reader
	left       int64  // bytes of the column
	rows       int64  // that are still to come
	dictionary int64  // values of the dictionary, or -1
	held       *int64 // bytes of the pages that the current block of the source may refer to
	kept       int64  // of these, the dictionary
	last       int64  // and the last page
	packed     []byte // the page as it lies in the file
	page       file.Page
	err        error
}

// newPages opens a column of a row group.
func (f *File) newPages(group *file.RowGroupReader, position int, held *int64) (*pages, error) {
	place, err := group.MetaData().ColumnChunk(position)
	if err != nil {
		return nil, err
	}
	start, size := place.DataPageOffset(), place.TotalCompressedSize()
	if place.HasDictionaryPage() && place.DictionaryPageOffset() > 0 && place.DictionaryPageOffset() < start {
		start = place.DictionaryPageOffset()
	}
	if start < 0 || size < 0 || start > f.size || size > f.size-start {
		return nil, errors.New("it lies outside the file")
	}
	if f.reader.MetaData().WriterVersion().LessThan(metadata.Parquet816FixedVersion) {
		size = min(size+100, f.size-start) // these forgot to count the header of the dictionary
	}
	if place.CryptoMetadata() != nil {
		return nil, unsupported("it is encrypted")
	}
	if place.NumValues() != group.NumRows() {
		return nil, fmt.Errorf("it has %d values for %d rows", place.NumValues(), group.NumRows())
	}
	codec, err := compress.GetCodec(place.Compression())
	if err != nil {
		return nil, unsupported(fmt.Sprintf("its compression is number %d of the format: use zstd, Snappy, gzip, Brotli, LZ4_RAW or none", place.Compression()))
	}
	return &pages{
		column: f.reader.MetaData().Schema.Column(position), codec: codec, squeezed: place.Compression(),
		from: bufio.NewReaderSize(io.NewSectionReader(f.from, start, size), int(min(size, streamBuffer))),
		left: size, rows: group.NumRows(), dictionary: -1, held: held,
	}, nil
}

// Page is the current page.
func (p *pages) Page() file.Page { return p.page }

// Err says why there is no next page, if it should be there.
func (p *pages) Err() error { return p.err }

// SetMaxPageHeaderSize is without effect.
func (p *pages) SetMaxPageHeaderSize(int) {}

// Reset can't happen: each column has a reader of its own.
func (p *pages) Reset(parquet.BufferedReader, int64, compress.Compression, *file.CryptoContext) {
	panic("parquet: pages are not reset")
}

// Next reads the next page that has values.
func (p *pages) Next() bool {
	p.page = nil
	for p.err == nil && p.page == nil && p.rows > 0 {
		p.err = p.next()
	}
	return p.err == nil && p.page != nil
}

func (p *pages) next() error {
	h, err := p.header()
	if err != nil {
		return err
	}
	p.left -= h.packed
	if h.kind != dictionaryPage && (h.kind != dataPage && h.kind != dataPageV2 || h.values == 0) {
		_, err := p.from.Discard(int(h.packed))
		return err
	}
	data, err := p.body(&h)
	if err != nil {
		return err
	}
	p.last = h.size
	if h.kind == dictionaryPage {
		p.page = file.NewDictionaryPage(memory.NewBufferBytes(data), int32(h.values), h.encoding)
		return p.checkDictionary(&h, data)
	}
	if h.values > p.rows {
		return fmt.Errorf("a page of %d values has more than the %d rows that are left", h.values, p.rows)
	}
	p.rows -= h.values
	if h.kind == dataPage {
		p.page = file.NewDataPageV1(memory.NewBufferBytes(data), int32(h.values), h.encoding, h.levelEncoding, h.levelEncoding, int32(h.size))
	} else {
		p.page = file.NewDataPageV2(memory.NewBufferBytes(data), int32(h.values), 0, int32(h.values), h.encoding,
			int32(h.levelSize), int32(h.otherLevelSize), int32(h.size), !h.plain)
	}
	return p.checkData(&h, data)
}

// header reads the header of the next page.
func (p *pages) header() (pageHeader, error) {
	for size := 256; ; size *= 4 {
		text, err := p.from.Peek(min(size, p.from.Size()))
		if err != nil && err != io.EOF {
			return pageHeader{}, err
		}
		if len(text) == 0 {
			return pageHeader{}, fmt.Errorf("%d rows are missing", p.rows)
		}
		c := compact{rest: text}
		h := readPageHeader(&c)
		if !c.failed {
			used := len(text) - len(c.rest)
			p.left -= int64(used)
			p.from.Discard(used)
			return h, h.check(p.left)
		}
		if err == io.EOF || size >= p.from.Size() {
			return h, errors.New("the header of a page can't be read")
		}
	}
}

// body reads the page of the header. In version 2 the levels before the values are never compressed.
func (p *pages) body(h *pageHeader) ([]byte, error) {
	if err := p.hold(h.size); err != nil {
		return nil, err
	}
	data := make([]byte, h.size)
	levels := h.levelSize + h.otherLevelSize
	if h.plain || p.squeezed == compress.Codecs.Uncompressed {
		if h.packed != h.size {
			return nil, errors.New("a page has two sizes")
		}
		return data, p.read(h, data)
	}
	if int64(cap(p.packed)) < h.packed {
		p.packed = make([]byte, h.packed)
	}
	p.packed = p.packed[:h.packed]
	if err := p.read(h, p.packed); err != nil {
		return nil, err
	}
	copy(data, p.packed[:levels])
	packed, to := p.packed[levels:], data[levels:]
	if len(packed) == 0 && len(to) == 0 {
		return data, nil
	}
	if p.squeezed == compress.Codecs.Snappy { // its decoder makes room for what the first bytes say
		if n, used := binary.Uvarint(packed); used <= 0 || n != uint64(len(to)) {
			return nil, errors.New("a page has two sizes")
		}
	}
	out := p.codec.Decode(to, packed)
	if len(out) != len(to) {
		return nil, fmt.Errorf("a page has %d bytes, not %d", len(out), len(to))
	}
	if len(to) > 0 && &out[0] != &to[0] {
		copy(to, out)
	}
	return data, nil
}

// read reads a page as it lies in the file.
func (p *pages) read(h *pageHeader, to []byte) error {
	if _, err := io.ReadFull(p.from, to); err != nil {
		return err
	}
	if h.checked && crc32.ChecksumIEEE(to) != uint32(h.checksum) {
		return errors.New("the checksum of a page is wrong")
	}
	return nil
}

// hold counts what a page needs against the limit of the source.
func (p *pages) hold(bytes int64) error {
	if *p.held += bytes; *p.held > maxHeld {
		return unsupported(fmt.Sprintf("its pages need more than %d MiB at once: write smaller ones", maxHeld>>20))
	}
	return nil
}
