package pdf

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// Extract writes pages of a file of this package as a PDF/A-1b file of their own: the letter of one person, with the
// faces, forms and pictures that it needs. firstPage counts from 0, as Pages did when the letter began. The
// bytes of the pages are not touched, and the file says of itself what the whole one did. A damaged file gives ErrDamaged.
func Extract(w io.Writer, file io.ReaderAt, size int64, firstPage, pages int) error {
	if pages < 1 {
		return fmt.Errorf("pdf: %d pages are asked for", pages)
	}
	source, err := open(file, size)
	if err != nil {
		return err
	}
	e := extractor{source: source, moved: map[int]int{}}
	e.out.reset(w)
	if err := e.front(); err != nil {
		return err
	}
	e.move(profileObject) // the front refers to it by the same number
	for i := range pages {
		if err := e.page(firstPage + i); err != nil {
			return err
		}
	}
	e.tree.close(&e.out)
	return e.out.close()
}

// extractor copies objects, and gives them new numbers.
type extractor struct {
	source *reader
	out    output
	tree   pageTree
	moved  map[int]int // the new numbers by the old ones
	queue  []int       // the old numbers of objects that are still to be copied
}

// A reference to an object; and that of a page to its node.
var (
	referenceForm = regexp.MustCompile(`\b(\d{1,10}) 0 R\b`)
	parentForm    = regexp.MustCompile(`/Parent (\d{1,10}) 0 R\b`)
)

// front copies the catalog and what the file says about itself, which stand at the same places in every file.
func (e *extractor) front() error {
	for e.out.take() < metadataObject {
	}
	for _, number := range []int{catalogObject, infoObject, metadataObject} {
		dictionary, stream, err := e.source.object(number)
		if err != nil {
			return err
		}
		e.out.begin(number)
		e.out.buf = append(append(e.out.buf, dictionary...), stream...)
		e.out.end()
	}
	return nil
}

// numberOf is the number of at most ten digits.
func numberOf(digits []byte) int {
	number, _ := strconv.ParseInt(string(digits), 10, 64) // ten digits fit
	return int(number)
}

// page copies a page, with what it needs that was not copied before.
func (e *extractor) page(index int) error {
	number, err := e.source.page(index)
	if err != nil {
		return err
	}
	dictionary, _, err := e.source.object(number)
	if err != nil {
		return err
	}
	parent := parentForm.FindSubmatch(dictionary)
	if parent == nil {
		return damaged("object %d is not a page", number)
	}
	// The page goes into a node of the new tree; the old node is not copied.
	e.moved[numberOf(parent[1])] = e.tree.node(&e.out)
	e.tree.add(e.move(number))
	for len(e.queue) > 0 {
		next := e.queue[0]
		e.queue = e.queue[1:]
		if err := e.copy(next); err != nil {
			return err
		}
	}
	return nil
}

// move is the new number of an object, which is copied once.
func (e *extractor) move(old int) int {
	number, ok := e.moved[old]
	if !ok {
		number = e.out.take()
		e.moved[old] = number
		e.queue = append(e.queue, old)
	}
	return number
}

// copy writes an object. References are found in its dictionary, which has no text that could look like one.
func (e *extractor) copy(old int) error {
	dictionary, stream, err := e.source.object(old)
	if err != nil {
		return err
	}
	e.out.begin(e.moved[old])
	end := 0
	for _, at := range referenceForm.FindAllSubmatchIndex(dictionary, -1) {
		e.out.buf = append(e.out.buf, dictionary[end:at[0]]...)
		e.out.reference(e.move(numberOf(dictionary[at[2]:at[3]])))
		end = at[1]
	}
	e.out.buf = append(append(e.out.buf, dictionary[end:]...), stream...)
	e.out.end()
	return nil
}
