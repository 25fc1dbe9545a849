package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
)

// Extract writes letters of a file of this package as another file: that of one person, with the
// faces, forms and pictures that it needs, and its structure. firstPage counts from 0, as Pages did when the letter began. The
// bytes of the pages are not touched, and the file says of itself what the whole one did. A damaged file gives ErrDamaged; pages that are
// not whole letters are an error.
func Extract(w io.Writer, file io.ReaderAt, size int64, firstPage, pages int) error {
	if pages < 1 {
		return fmt.Errorf("pdf: %d pages are asked for", pages)
	}
	source, err := open(file, size)
	if err != nil {
		return err
	}
	e := extractor{source: source, moved: map[int]int{documentObject: documentObject}, pages: map[int]int{}}
	e.out.reset(w)
	if err := e.front(); err != nil {
		return err
	}
	e.move(profileObject) // the front refers to it by the same number
	if err := e.readStructure(); err != nil {
		return err
	}
	for i := range pages {
		if err := e.page(firstPage+i, i); err != nil {
			return err
		}
	}
	if err := e.copyAll(); err != nil {
		return err
	}
	writeStructure(&e.out, e.letters, e.parents)
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
	pages  map[int]int // of the pages that are asked for, by their old numbers, the new position

	lists            [][]byte // the numbers of the objects that list the elements of each page of the source
	letters, parents []int    // of the new structure
}

// A reference to an object; that of a page to its node, or of an element to what holds it; an entry of the tree of pages by number; where
// a page says which one it is.
var (
	referenceForm = regexp.MustCompile(`\b(\d{1,10}) 0 R\b`)
	parentForm    = regexp.MustCompile(`/Parent (\d{1,10}) 0 R\b`)
	holderForm    = regexp.MustCompile(`/P (\d{1,10}) 0 R\b`)
	listForm      = regexp.MustCompile(`/ParentTree (\d{1,10}) 0 R\b`)
	entryForm     = regexp.MustCompile(`\d{1,10} (\d{1,10}) 0 R `)
	positionForm  = regexp.MustCompile(`/StructParents \d{1,10}`)
)

// readStructure finds the lists of the elements of all pages.
func (e *extractor) readStructure() error {
	root, _, err := e.source.object(structureObject)
	if err != nil {
		return err
	}
	tree := listForm.FindSubmatch(root)
	if tree == nil {
		return damaged("the structure")
	}
	entries, _, err := e.source.object(numberOf(tree[1]))
	for _, entry := range entryForm.FindAllSubmatch(entries, -1) {
		e.lists = append(e.lists, entry[1])
	}
	return err
}

// letter is the object of the letter to which a page belongs: what holds all that holds its first element; 0 if the page has none.
func (e *extractor) letter(list int) (int, error) {
	text, _, err := e.source.object(list)
	if err != nil {
		return 0, err
	}
	element := referenceForm.FindSubmatch(text)
	if element == nil {
		return 0, nil
	}
	number := numberOf(element[1])
	for range maxDepth {
		text, _, err := e.source.object(number)
		if err != nil {
			return 0, err
		}
		holder := holderForm.FindSubmatch(text)
		if holder == nil {
			break
		}
		if above := numberOf(holder[1]); above != documentObject {
			number = above
			continue
		}
		return number, nil
	}
	return 0, damaged("the structure of object %d", number)
}

// maxDepth is more than the levels of a letter's structure.
const maxDepth = 16

// front copies the catalog and what the file says about itself, which stand at the same places in every file.
func (e *extractor) front() error {
	for e.out.take() < documentObject {
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

// page copies a page, which becomes that of a position, with what it needs.
func (e *extractor) page(index, position int) error {
	number, err := e.source.page(index)
	if err != nil {
		return err
	}
	dictionary, _, err := e.source.object(number)
	if err != nil {
		return err
	}
	parent := parentForm.FindSubmatch(dictionary)
	if parent == nil || index >= len(e.lists) {
		return damaged("object %d is not a page", number)
	}
	// The page goes into a node of the new tree; the old node is not copied.
	e.moved[numberOf(parent[1])] = e.tree.node(&e.out)
	e.pages[number] = position
	e.tree.add(e.move(number))
	list := numberOf(e.lists[index])
	e.parents = append(e.parents, e.move(list))
	letter, err := e.letter(list)
	if err != nil || letter == 0 {
		return err
	}
	if moved := e.move(letter); !slices.Contains(e.letters, moved) {
		e.letters = append(e.letters, moved)
	}
	return nil
}

// copyAll copies what was moved, and what that refers to.
func (e *extractor) copyAll() error {
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
	if bytes.HasPrefix(dictionary, []byte("<</Type/Page/")) {
		position, asked := e.pages[old]
		if !asked {
			return errors.New("pdf: the pages are not whole letters")
		}
		dictionary = positionForm.ReplaceAll(dictionary, fmt.Appendf(nil, "/StructParents %d", position))
	}
	if e.source.isPacked(old) {
		e.out.pack(e.moved[old])
		e.out.packed.body = append(e.moveReferences(e.out.packed.body, bytes.TrimSuffix(dictionary, []byte("\n"))), stream...)
		e.out.endPacked()
		return nil
	}
	e.out.begin(e.moved[old])
	e.out.buf = append(e.moveReferences(e.out.buf, dictionary), stream...)
	e.out.end()
	return nil
}

// moveReferences appends a text with the new numbers of what it refers to.
func (e *extractor) moveReferences(dst, text []byte) []byte {
	end := 0
	for _, at := range referenceForm.FindAllSubmatchIndex(text, -1) {
		dst = append(dst, text[end:at[0]]...)
		dst = appendReference(dst, e.move(numberOf(text[at[2]:at[3]])))
		end = at[1]
	}
	return append(dst, text[end:]...)
}
