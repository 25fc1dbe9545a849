package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

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

// page is a page of data, decompressed.
type page struct {
	pageHeader
	content []byte // all of it
	levels  []byte // of an optional column, as runs
	data    []byte // the values
}

// pages reads the pages of a column of a row group, and believes nothing of what they say.
type pages struct {
	column   *schema.Column
	codec    compress.Codec
	squeezed compress.Compression
	from     stream
	rows     int64    // that are still to come
	unwanted int64    // of these, the first, which nobody wants
	words    words    // the dictionary
	held     *int64   // bytes of the pages that the current block of the source may refer to
	kept     int64    // of these, the dictionary
	last     int64    // and the last page
	contents [][]byte // of the pages of data that the current block may refer to
}

// open starts with a column of a row group. It lets go of the memory of the one before.
func (p *pages) open(f *File, group *file.RowGroupReader, position int, held *int64) error {
	p.close()
	place, err := group.MetaData().ColumnChunk(position)
	if err != nil {
		return err
	}
	start, size := place.DataPageOffset(), place.TotalCompressedSize()
	if place.HasDictionaryPage() && place.DictionaryPageOffset() > 0 && place.DictionaryPageOffset() < start {
		start = place.DictionaryPageOffset()
	}
	if start < 0 || size < 0 || start > f.size || size > f.size-start {
		return errors.New("it lies outside the file")
	}
	if f.reader.MetaData().WriterVersion().LessThan(metadata.Parquet816FixedVersion) {
		size = min(size+100, f.size-start) // these forgot to count the header of the dictionary
	}
	if place.CryptoMetadata() != nil {
		return unsupported("it is encrypted")
	}
	if place.NumValues() != group.NumRows() {
		return fmt.Errorf("it has %d values for %d rows", place.NumValues(), group.NumRows())
	}
	codec, err := compress.GetCodec(place.Compression())
	if err != nil {
		return unsupported(fmt.Sprintf("its compression is number %d of the format: use zstd, Snappy, gzip, Brotli, LZ4_RAW or none",
			place.Compression()))
	}
	p.column, p.codec, p.squeezed = f.reader.MetaData().Schema.Column(position), codec, place.Compression()
	p.from.open(f.from, start, size)
	p.rows, p.unwanted, p.held = group.NumRows(), 0, held
	p.words.count = -1
	return nil
}

// close lets go of all memory.
func (p *pages) close() {
	for _, content := range p.contents {
		lent.give(content)
	}
	lent.give(p.words.content)
	p.contents, p.words.content = p.contents[:0], nil
	p.from.close()
	p.kept, p.last = 0, 0
}

// forget lets go of the pages of data to which nothing refers any more: all but the last one, if it is still being read.
func (p *pages) forget(reading bool) {
	end := len(p.contents)
	if reading {
		end--
	}
	for _, content := range p.contents[:end] {
		lent.give(content)
	}
	p.contents = append(p.contents[:0], p.contents[end:]...)
}

// next reads the next page that has values.
func (p *pages) next() (*page, error) {
	for {
		read, err := p.nextOfAnyKind()
		if err != nil || read != nil {
			return read, err
		}
	}
}

func (p *pages) nextOfAnyKind() (*page, error) {
	h, err := p.header()
	if err != nil {
		return nil, err
	}
	if h.kind != dictionaryPage && (h.kind != dataPage && h.kind != dataPageV2 || h.values == 0) {
		return nil, p.from.discard(h.packed)
	}
	if h.kind != dictionaryPage && h.values <= p.unwanted && standsAlone(h.encoding) {
		p.rows -= h.values
		p.unwanted -= h.values
		return nil, p.from.discard(h.packed)
	}
	content, err := p.body(&h)
	if err != nil {
		return nil, err
	}
	p.last = h.size
	if h.kind == dictionaryPage {
		return nil, p.readWords(&h, content)
	}
	if h.values > p.rows {
		return nil, fmt.Errorf("a page of %d values has more than the %d rows that are left", h.values, p.rows)
	}
	p.rows -= h.values
	return p.split(&page{pageHeader: h, content: content, data: content})
}

// standsAlone says whether pages of an encoding are read without the ones before them: some writers continue differences from page to page.
func standsAlone(encoding parquet.Encoding) bool {
	switch encoding {
	case parquet.Encodings.Plain, parquet.Encodings.PlainDict, parquet.Encodings.RLEDict, parquet.Encodings.RLE:
		return true
	}
	return false
}

// split finds the levels and the values in a page.
func (p *pages) split(read *page) (*page, error) {
	optional := p.column.MaxDefinitionLevel() > 0
	switch {
	case read.kind == dataPageV2:
		read.levels = read.content[read.otherLevelSize : read.levelSize+read.otherLevelSize]
		read.data = read.content[read.levelSize+read.otherLevelSize:]
	case optional && read.levelEncoding != parquet.Encodings.RLE:
		return nil, fmt.Errorf("its levels in %s can't be read", read.levelEncoding)
	case optional:
		var err error
		read.levels, read.data, err = sized(read.content)
		return read, err
	}
	return read, nil
}

// header reads the header of the next page.
func (p *pages) header() (pageHeader, error) {
	for size := int64(256); ; size *= 4 {
		text, err := p.from.peek(size)
		if err != nil {
			return pageHeader{}, err
		}
		if len(text) == 0 {
			return pageHeader{}, fmt.Errorf("rows are missing: %d", p.rows)
		}
		c := compact{rest: text}
		h := readPageHeader(&c)
		if !c.failed {
			if err := p.from.discard(int64(len(text) - len(c.rest))); err != nil {
				return h, err
			}
			return h, h.check(p.from.left())
		}
		if int64(len(text)) < size || size >= maxHeader {
			return h, errors.New("the header of a page can't be read")
		}
	}
}

// body reads the page of the header. In version 2 the levels before the values are never compressed.
func (p *pages) body(h *pageHeader) ([]byte, error) {
	if err := p.hold(h.size); err != nil {
		return nil, err
	}
	packed, err := p.from.take(h.packed)
	if err != nil {
		return nil, err
	}
	if h.checked && crc32.ChecksumIEEE(packed) != uint32(h.checksum) {
		return nil, errors.New("the checksum of a page is wrong")
	}
	content := lent.take(int(h.size))
	if h.kind == dictionaryPage {
		lent.give(p.words.content)
		p.words.content = content
	} else {
		p.contents = append(p.contents, content)
	}
	if h.plain || p.squeezed == compress.Codecs.Uncompressed {
		if h.packed != h.size {
			return nil, errors.New("a page has two sizes")
		}
		copy(content, packed)
		return content, nil
	}
	levels := h.levelSize + h.otherLevelSize
	copy(content, packed[:levels])
	packed, to := packed[levels:], content[levels:]
	if len(packed) == 0 && len(to) == 0 {
		return content, nil
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
	return content, nil
}

// hold counts what a page needs against the limit of the source.
func (p *pages) hold(bytes int64) error {
	if *p.held += bytes; *p.held > maxHeld {
		return unsupported(fmt.Sprintf("its pages need more than %d MiB at once: write smaller ones", maxHeld>>20))
	}
	return nil
}
