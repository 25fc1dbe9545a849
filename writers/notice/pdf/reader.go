package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"

	"github.com/zeebo/xxh3"
)

// ErrDamaged says that a file is not as this package wrote it.
var ErrDamaged = errors.New("pdf: the file is damaged, or another program wrote it")

func damaged(format string, values ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrDamaged}, values...)...)
}

// reader finds the objects of a file that this package wrote.
type reader struct {
	file   io.ReaderAt
	starts []int64 // of each object
	sorted []int64 // the same in ascending order, and the end of the last object
}

// trailerForm is a trailer as appendTrailer writes it. Numbers have at most ten digits.
var trailerForm = regexp.MustCompile(`trailer\n<</Size (\d{1,10})/Root [^\n]*>>\nstartxref\n(\d{1,10})\n%%EOF\n$`)

// maxTrailer is above the length of a trailer, in bytes.
const maxTrailer = 256

// open reads the whole file once and holds it against its digest: no letter is taken out of a damaged file.
func open(file io.ReaderAt, size int64) (*reader, error) {
	tail := make([]byte, min(max(size, 0), maxTrailer))
	if err := readAt(file, tail, size-int64(len(tail))); err != nil {
		return nil, err
	}
	match := trailerForm.FindSubmatchIndex(tail)
	if match == nil {
		return nil, damaged("no trailer")
	}
	trailer := tail[match[0]:]
	end := size - int64(len(trailer))
	var digest xxh3.Hasher
	if _, err := io.Copy(&digest, io.NewSectionReader(file, 0, end)); err != nil {
		return nil, err
	}
	objects, _ := strconv.ParseInt(string(tail[match[2]:match[3]]), 10, 64) // ten digits fit
	table, _ := strconv.ParseInt(string(tail[match[4]:match[5]]), 10, 64)
	if !bytes.Equal(trailer, appendTrailer(nil, int(objects), digest.Sum128().Bytes(), table)) {
		return nil, damaged("its digest is another one")
	}
	r := &reader{file: file}
	return r, r.readTable(int(objects), table, end)
}

// readTable reads the table of objects, which stands between its start and the trailer.
func (r *reader) readTable(objects int, start, end int64) error {
	const head, entry = "xref\n0 %d\n0000000000 65535 f \n", 20
	lead := fmt.Sprintf(head, objects)
	if objects < firstFreeObject || start < 0 || end-start != int64(len(lead))+int64(objects-1)*entry {
		return damaged("the table of objects has another length")
	}
	table := make([]byte, end-start)
	if err := readAt(r.file, table, start); err != nil {
		return err
	}
	rest, ok := bytes.CutPrefix(table, []byte(lead))
	if !ok {
		return damaged("the table of objects")
	}
	r.starts = make([]int64, 1, objects)
	for ; len(rest) > 0; rest = rest[entry:] {
		at, err := strconv.ParseInt(string(rest[:10]), 10, 64)
		if err != nil || at < 0 || at >= start || string(rest[10:entry]) != " 00000 n \n" {
			return damaged("the table of objects")
		}
		r.starts = append(r.starts, at)
	}
	r.sorted = append(slices.Clone(r.starts), start)
	slices.Sort(r.sorted)
	return nil
}

// object is the content of an object: its dictionary, and its stream with its marks if it has one.
func (r *reader) object(number int) (dictionary, stream []byte, err error) {
	if number <= 0 || number >= len(r.starts) {
		return nil, nil, damaged("there is no object %d", number)
	}
	start := r.starts[number]
	next, found := slices.BinarySearch(r.sorted, start)
	if !found || r.sorted[next+1] == start {
		return nil, nil, damaged("object %d has no length", number)
	}
	object := make([]byte, r.sorted[next+1]-start)
	if err := readAt(r.file, object, start); err != nil {
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
