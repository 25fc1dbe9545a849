// Package readers turns input files into records: it finds the format of a file, checks every cell, and
// hands each row to a pipeline.Scatter, as a record or as a reject. A bad row never stops a file; a file that
// can't be trusted (damaged, truncated, without its columns) is an error.
//
// It knows what the columns of each input hold, not what the law makes of them.
package readers

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/readers/csv"
	"regul/readers/iso20022"
	"regul/readers/parquet"
	"regul/readers/table"
)

// File is one input file of a run.
type File struct {
	Input   pipeline.Input
	Number  int32 // in the run
	Name    string
	Content io.ReaderAt
	Size    int64
}

// Part is some rows of a file that can be read by themselves, by another goroutine.
type Part struct {
	file       *File
	columns    []table.Column // that the file is asked for
	parquet    *parquet.File  // nil for CSV
	first, end int            // row groups
	together   *together      // who reads it; nil for Parquet
}

// The first bytes of the formats.
var (
	magicParquet = []byte("PAR1")
	magicGzip    = []byte{0x1f, 0x8b}
	magicZstd    = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

// has says whether a typed file has a column; of others it is not known before they are read.
func (p *Part) has(column int) bool {
	return p == nil || p.parquet == nil || !p.columns[column].Optional || p.parquet.Has(p.columns[column].Name)
}

// keyOf is the position of the column that says to whom a row belongs.
func keyOf(columns []table.Column) int {
	return slices.IndexFunc(columns, func(c table.Column) bool { return c.Key })
}

// groupsPerPart is how many row groups of a Parquet file one part takes.
const groupsPerPart = 8

// Parts finds the format of a file, from its name and its first bytes, and cuts it.
func Parts(f *File) ([]Part, error) {
	columns := inputs[f.Input].columns()
	var head [4]byte
	n, err := f.Content.ReadAt(head[:], 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	if n == 0 {
		return nil, fmt.Errorf("%s: the file is empty: it needs at least a header with the columns %s", f.Name, table.Needed(columns))
	}
	name := strings.ToLower(f.Name)
	for _, format := range []struct {
		suffix string
		magic  []byte
	}{{".parquet", magicParquet}, {".gz", magicGzip}, {".zst", magicZstd}} {
		if strings.HasSuffix(name, format.suffix) && !bytes.HasPrefix(head[:n], format.magic) {
			return nil, fmt.Errorf("%s: the file does not start like a %s file: it is damaged or misnamed", f.Name, format.suffix)
		}
	}
	if !bytes.HasPrefix(head[:n], magicParquet) {
		return []Part{{file: f, columns: columns, together: &together{}}}, nil
	}
	open, err := parquet.Open(io.NewSectionReader(f.Content, 0, f.Size))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	var parts []Part
	for first := 0; first < max(1, open.RowGroups()); first += groupsPerPart {
		parts = append(parts, Part{file: f, columns: columns, parquet: open, first: first, end: min(first+groupsPerPart, open.RowGroups())})
	}
	return parts, nil
}

// Cells reads some columns of a file that the inputs do not know; it may have others. It is an error if one is not there.
func Cells(f *File, columns []table.Column, visit func(*table.Block) error) error {
	parts, err := Parts(f)
	if err != nil {
		return err
	}
	for _, p := range parts {
		source, closeSource, err := p.sourceOf(columns)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		defer closeSource()
		var block table.Block
		for {
			more, err := source.Next(&block)
			if err != nil {
				return fmt.Errorf("%s: after row %d: %w", f.Name, block.First-1, err)
			}
			if !more {
				break
			}
			if err := visit(&block); err != nil {
				return err
			}
		}
	}
	return nil
}

// source opens the part; close lets go of it.
func (p Part) source() (source table.Source, close func(), err error) {
	return p.sourceOf(p.columns)
}

func (p Part) sourceOf(columns []table.Column) (source table.Source, close func(), err error) {
	if p.parquet != nil {
		source, err = p.parquet.Source(columns, p.first, p.end)
		return source, func() {}, err
	}
	from, close, err := p.file.text()
	if err != nil {
		return nil, close, err
	}
	if p.file.Input == pipeline.ConfirmationsInput {
		from = messageOrText(from)
	}
	source, err = csv.Open(from, columns)
	return source, close, err
}

// text is the content of a file, unpacked where it is compressed; close lets go of it.
func (f *File) text() (text io.Reader, close func(), err error) {
	close = func() {}
	text = io.NewSectionReader(f.Content, 0, f.Size)
	switch head := f.head(); {
	case bytes.HasPrefix(head, magicGzip):
		unzipped, err := newMembers(text)
		if err != nil {
			return nil, close, cutOff(err)
		}
		text = unpacked{unzipped}
	case bytes.HasPrefix(head, magicZstd):
		unzipped, err := zstd.NewReader(text, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxWindow))
		if err != nil {
			return nil, close, err
		}
		text, close = unpacked{unzipped}, unzipped.Close
	}
	return text, close, nil
}

// head is the beginning of a file, by which one that is compressed is known.
func (f *File) head() []byte {
	var head [4]byte
	n, _ := f.Content.ReadAt(head[:], 0)
	return head[:n]
}

// IsPacked says whether a file is compressed as a whole.
func (f *File) IsPacked() bool {
	head := f.head()
	return bytes.HasPrefix(head, magicGzip) || bytes.HasPrefix(head, magicZstd)
}

// SameText says whether two files hold the same bytes once they are unpacked. It reads no further than the first that differs.
func SameText(a, b *File) (bool, error) {
	of, closeA, err := a.text()
	if err != nil {
		return false, err
	}
	defer closeA()
	other, closeB, err := b.text()
	if err != nil {
		return false, err
	}
	defer closeB()
	var left, right [1 << 15]byte
	for {
		n, errA := io.ReadFull(of, left[:])
		m, errB := io.ReadFull(other, right[:])
		if !bytes.Equal(left[:n], right[:m]) {
			return false, nil
		}
		if errA != nil || errB != nil {
			ended := func(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
			return ended(errA) && ended(errB), nil
		}
	}
}

// messageOrText is the rows of a bank's message, or a text as it is.
func messageOrText(from io.Reader) io.Reader {
	buffered := bufio.NewReader(from)
	if head, _ := buffered.Peek(64); iso20022.Is(head) {
		return iso20022.New(buffered)
	}
	return buffered
}

// unpacked is the text of a compressed file.
type unpacked struct{ io.Reader }

func (u unpacked) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = cutOff(err)
	}
	return n, err
}

// cutOff says in words that a compressed file ends too early.
func cutOff(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return errors.New("the compressed file is cut off: copy it again")
	}
	return err
}

// maxWindow bounds the memory that a compressed file asks for, in bytes.
const maxWindow = 128 << 20

// Progress is told of rows as they are read.
type Progress func(rows int)

// Remarks are what is to be told of a part that was read.
type Remarks struct {
	Unused  []string // columns that nobody asked for
	Doubled int64    // rows with a name or an address that seems to have been encoded twice
}

// Read takes every row of the part into the scatter, but those that others take who read it together. category finds a category by its
// code. An error names the file and leaves the scatter without use.
func (p Part) Read(ctx context.Context, scatter *pipeline.Scatter, category func(string) (law.Category, bool), progress Progress) (Remarks,
	error) {
	source, leave, err := p.join()
	if err != nil {
		return Remarks{}, fmt.Errorf("%s: %w", p.file.Name, err)
	}
	defer leave()
	if source == nil {
		return Remarks{}, nil
	}
	d := newDecoder(&inputs[p.file.Input], source, scatter, p.file.Number, category)
	for {
		if err := ctx.Err(); err != nil {
			return Remarks{}, err
		}
		more, err := source.Next(d.block)
		if err != nil {
			return Remarks{}, fmt.Errorf("%s: after row %d: %w", p.file.Name, d.block.First-1, err)
		}
		if !more {
			return Remarks{Unused: source.Unknown(), Doubled: d.doubled}, nil
		}
		d.rows()
		if err := scatter.Err(); err != nil {
			return Remarks{}, err
		}
		progress(d.block.Rows - d.blanks)
		d.blanks = 0
	}
}

// Recall reads the file of the parts once more and calls visit with the text and the national number, both as read, of
// the given rows, which must ascend.
func Recall(parts []Part, rows []int64, visit func(index int, text, niss []byte) error) error {
	next := 0
	for _, p := range parts {
		if next == len(rows) {
			return nil
		}
		if err := p.recall(rows, &next, visit); err != nil {
			return fmt.Errorf("%s: %w", p.file.Name, err)
		}
	}
	if next < len(rows) {
		return fmt.Errorf("%s: row %d is gone: the file changed while it was read", parts[0].file.Name, rows[next])
	}
	return nil
}

func (p Part) recall(rows []int64, next *int, visit func(int, []byte, []byte) error) error {
	source, closeSource, err := p.source()
	if err != nil {
		return err
	}
	defer closeSource()
	var block table.Block
	key := keyOf(p.columns)
	for *next < len(rows) {
		if skipper, ok := source.(interface{ SkipTo(row int64) }); ok {
			skipper.SkipTo(rows[*next])
		}
		more, err := source.Next(&block)
		if err != nil {
			return err
		}
		if !more {
			return nil
		}
		for *next < len(rows) && rows[*next] < block.First+int64(block.Rows) {
			row := int(rows[*next] - block.First)
			if err := visit(*next, source.RowText(row), block.Columns[key].Texts[row]); err != nil {
				return err
			}
			*next++
		}
	}
	return nil
}
