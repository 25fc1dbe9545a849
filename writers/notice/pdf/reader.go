package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"

	"github.com/klauspost/compress/zlib"
	"github.com/zeebo/xxh3"
)

// ErrDamaged says that a file is not as this package wrote it.
var ErrDamaged = errors.New("pdf: the file is damaged, or another program wrote it")

func damaged(format string, values ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrDamaged}, values...)...)
}

// reader finds the objects of a file that this package wrote.
type reader struct {
	file    io.ReaderAt
	objects []place
	sorted  []int64 // where the objects that stand by themselves start, in ascending order, and the end of the last one

	unpacked int      // the number of the object stream that was read last; 0: none
	texts    [][]byte // of its objects
}

// place is where an object is: its start, or the object stream that holds it and its position in it.
type place struct {
	start           int64
	stream, element int // stream 0: it stands by itself
}

// endForm is the end of a file, tableForm the beginning of its table of objects, as appendTable writes them. Numbers have at most ten
// digits.
var (
	endForm   = regexp.MustCompile(`\nstartxref\n(\d{1,10})\n%%EOF\n$`)
	tableForm = regexp.MustCompile(`^(\d{1,10}) 0 obj\n<</Type/XRef[^\n]*/Length (\d{1,10})>>\nstream\n`)
)

// maxEnd is above the length of the end of a file, in bytes.
const maxEnd = 64

// open reads the whole file once and compares it with its digests: no letter is taken out of a damaged file.
func open(file io.ReaderAt, size int64) (*reader, error) {
	tail := make([]byte, min(max(size, 0), maxEnd))
	if err := readAt(file, tail, size-int64(len(tail))); err != nil {
		return nil, err
	}
	match := endForm.FindSubmatch(tail)
	if match == nil {
		return nil, damaged("no end")
	}
	start := int64(numberOf(match[1]))
	if start >= size {
		return nil, damaged("the table of objects is not there")
	}
	table := make([]byte, size-start)
	if err := readAt(file, table, start); err != nil {
		return nil, err
	}
	var digest xxh3.Hasher
	if _, err := io.Copy(&digest, io.NewSectionReader(file, 0, start)); err != nil {
		return nil, err
	}
	head := tableForm.FindSubmatchIndex(table)
	if head == nil {
		return nil, damaged("the table of objects")
	}
	number, length := numberOf(table[head[2]:head[3]]), numberOf(table[head[4]:head[5]])
	if length > len(table)-head[1] {
		return nil, damaged("the table of objects is longer than the file")
	}
	entries := table[head[1] : head[1]+length]
	if !bytes.Equal(table, appendTable(nil, number, digest.Sum128().Bytes(), entries, start)) {
		return nil, damaged("its digest is another one")
	}
	r := &reader{file: file}
	return r, r.readTable(entries, number, start)
}

// readTable reads the entries of the table of objects, which starts at end.
func (r *reader) readTable(entries []byte, number int, end int64) error {
	rows, err := inflate(entries)
	if err != nil || number < firstFreeObject || len(rows) != (number+1)*(1+entrySize) {
		return damaged("the table of objects has another length")
	}
	var entry [entrySize]byte
	r.objects = make([]place, number+1)
	for i := range r.objects {
		row := rows[i*(1+entrySize):][:1+entrySize]
		for j := range entry {
			entry[j] += row[1+j]
		}
		at := int64(binary.BigEndian.Uint32(entry[1:]))
		switch kind := entry[0]; {
		case row[0] != upFilter:
			return damaged("the table of objects has another filter")
		case i == 0 || kind == noObject:
		case kind == apart && at <= end:
			r.objects[i].start = at
			r.sorted = append(r.sorted, at)
		case kind == within && at > 0 && at <= int64(number):
			r.objects[i] = place{stream: int(at), element: int(binary.BigEndian.Uint16(entry[5:]))}
		default:
			return damaged("the table of objects")
		}
	}
	r.sorted = append(r.sorted, end)
	slices.Sort(r.sorted)
	return nil
}

// maxInflated bounds what a compressed stream may hold, in bytes.
const maxInflated = 64 << 20

func inflate(data []byte) ([]byte, error) {
	source, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, damaged("a stream")
	}
	content, err := io.ReadAll(io.LimitReader(source, maxInflated))
	if err != nil || len(content) == maxInflated {
		return nil, damaged("a stream")
	}
	return content, nil
}

// object is the content of an object: its dictionary, and its stream with its marks if it has one.
func (r *reader) object(number int) (dictionary, stream []byte, err error) {
	if number <= 0 || number >= len(r.objects) {
		return nil, nil, damaged("there is no object %d", number)
	}
	at := r.objects[number]
	if at.stream > 0 {
		text, err := r.packed(at)
		return text, nil, err
	}
	next, found := slices.BinarySearch(r.sorted, at.start)
	if !found || next+1 >= len(r.sorted) || r.sorted[next+1] == at.start {
		return nil, nil, damaged("object %d has no length", number)
	}
	object := make([]byte, r.sorted[next+1]-at.start)
	if err := readAt(r.file, object, at.start); err != nil {
		return nil, nil, err
	}
	body, ok := bytes.CutPrefix(object, fmt.Appendf(nil, "%d 0 obj\n", number))
	if body, ok = cutSuffix(body, "endobj\n", ok); !ok {
		return nil, nil, damaged("object %d", number)
	}
	if at := bytes.Index(body, []byte("\nstream\n")); at >= 0 {
		return body[:at+1], body[at+1:], nil
	}
	return body, nil, nil
}

// isPacked says whether an object stands in an object stream.
func (r *reader) isPacked(number int) bool {
	return number > 0 && number < len(r.objects) && r.objects[number].stream > 0
}

var packedForm = regexp.MustCompile(`^<</Type/ObjStm/N (\d{1,10})/First (\d{1,10})/Filter`)

// packed is the text of an object in an object stream.
func (r *reader) packed(at place) ([]byte, error) {
	if r.unpacked != at.stream {
		if err := r.unpack(at.stream); err != nil {
			return nil, err
		}
	}
	if at.element >= len(r.texts) {
		return nil, damaged("object stream %d has no object %d", at.stream, at.element)
	}
	return r.texts[at.element], nil
}

// unpack reads an object stream, whose texts end with a line feed each.
func (r *reader) unpack(number int) error {
	if r.isPacked(number) {
		return damaged("object stream %d", number)
	}
	dictionary, stream, err := r.object(number)
	if err != nil {
		return err
	}
	match := packedForm.FindSubmatch(dictionary)
	stream, ok := bytes.CutPrefix(stream, []byte("stream\n"))
	if match == nil || !ok {
		return damaged("object stream %d", number)
	}
	content, err := inflate(stream)
	if err != nil {
		return err
	}
	count, first := numberOf(match[1]), numberOf(match[2])
	if first > len(content) || count > len(content) {
		return damaged("object stream %d", number)
	}
	r.unpacked, r.texts = number, bytes.SplitAfter(content[first:], []byte("\n"))
	if r.texts = r.texts[:min(count, len(r.texts))]; len(r.texts) < count {
		return damaged("object stream %d", number)
	}
	return nil
}

func cutSuffix(b []byte, suffix string, ok bool) ([]byte, bool) {
	if !ok {
		return nil, false
	}
	return bytes.CutSuffix(b, []byte(suffix))
}

// readAt fills the bytes from a place of the file.
func readAt(file io.ReaderAt, into []byte, at int64) error {
	n, err := file.ReadAt(into, at)
	if n == len(into) {
		return nil
	}
	if err == nil || err == io.EOF {
		return damaged("it ends too early")
	}
	return err
}

// page is the object of a page, counted from 0.
func (r *reader) page(index int) (int, error) {
	root, err := r.kids(rootObject)
	if err != nil {
		return 0, err
	}
	// Every node but the last one is full.
	if index < 0 || index/nodeSize >= len(root) {
		return 0, fmt.Errorf("pdf: there is no page %d", index)
	}
	pages, err := r.kids(root[index/nodeSize])
	if err != nil {
		return 0, err
	}
	if index%nodeSize >= len(pages) {
		return 0, fmt.Errorf("pdf: there is no page %d", index)
	}
	return pages[index%nodeSize], nil
}

var kidsForm = regexp.MustCompile(`/Kids\[([^\]]*)\]`)

// kids are the objects below one of the page tree.
func (r *reader) kids(number int) ([]int, error) {
	dictionary, _, err := r.object(number)
	if err != nil {
		return nil, err
	}
	match := kidsForm.FindSubmatch(dictionary)
	if match == nil {
		return nil, damaged("object %d is not of the page tree", number)
	}
	var kids []int
	for _, reference := range referenceForm.FindAllSubmatch(match[1], -1) {
		kids = append(kids, numberOf(reference[1]))
	}
	return kids, nil
}
