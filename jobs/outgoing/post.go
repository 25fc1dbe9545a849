package outgoing

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/writers/notice/index"
)

// The order of the post: language, what can't be posted last, postcode, national number, a copy last. Letters are counted by cell, and a
// cell is small, so that who prints some files holds the letters of their cells alone: not those of the night.

// cell is what letters have in common that stand together in the order of the post.
type cell struct {
	language pipeline.Language
	unposted bool
	postcode [postcodeOrder]byte
}

func (o *item) cell() cell { return cell{o.language, o.unposted(), o.postcode} }

func (c *cell) compare(other *cell) int {
	return cmp.Or(cmp.Compare(c.language, other.language), LastIf(c.unposted, other.unposted),
		bytes.Compare(c.postcode[:], other.postcode[:]))
}

// LastIf orders what is so behind what is not.
func LastIf(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// letterFile is a PDF file of letters in one language.
type letterFile struct {
	name     string
	language pipeline.Language
	parts    []part
	placed   []index.Placed
}

// part is the letters of a cell from first up to end, in their order.
type part struct {
	cell
	first, end int
}

// LetterFileName is the path of the file of letters of that number; those that can't be posted are in files apart.
func LetterFileName(table string, unposted bool, language pipeline.Language, number int) string {
	if unposted {
		return fmt.Sprintf("%s/unposted-%s-%05d.pdf", table, language, number)
	}
	return fmt.Sprintf("%s/%s-%05d.pdf", table, language, number)
}

// cutLetters cuts the letters of cells, in the order of the post, into files: at most so many each, of one language, all to be posted or
// none.
func cutLetters(table string, cells map[cell]int, most int) (files []*letterFile) {
	order := make([]cell, 0, len(cells))
	for c := range cells {
		order = append(order, c)
	}
	slices.SortFunc(order, func(a, b cell) int { return a.compare(&b) })
	room, number := 0, 0
	for i, c := range order {
		if i == 0 || c.language != order[i-1].language || c.unposted != order[i-1].unposted {
			room, number = 0, 0
		}
		for first := 0; first < cells[c]; {
			if room == 0 {
				number++
				files = append(files, &letterFile{name: LetterFileName(table, c.unposted, c.language, number), language: c.language})
				room = most
			}
			end := min(cells[c], first+room)
			file := files[len(files)-1]
			file.parts = append(file.parts, part{c, first, end})
			room -= end - first
			first = end
		}
	}
	return files
}

// fill finds the letters of some files among all that wait, each file's in its order.
func (o *Outbox) fill(files []*letterFile) (letters [][]item, err error) {
	cells := map[cell][]item{}
	for _, f := range files {
		for i := range f.parts {
			cells[f.parts[i].cell] = nil
		}
	}
	wanted := func(one *item) bool {
		if one.silent {
			return false
		}
		_, is := cells[one.cell()]
		return is
	}
	for one, err := range o.items(wanted) {
		if err != nil {
			return nil, err
		}
		cells[one.cell()] = append(cells[one.cell()], *one)
	}
	for c, list := range cells {
		slices.SortFunc(list, func(a, b item) int {
			return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.shard, b.shard), cmp.Compare(a.offset, b.offset),
				LastIf(a.copied, b.copied))
		})
		if len(list) != o.counts.cells[c] {
			return nil, errors.New("what waits to be told changed while it was read")
		}
	}
	letters = make([][]item, len(files))
	for i, f := range files {
		for j := range f.parts {
			p := &f.parts[j]
			letters[i] = append(letters[i], cells[p.cell][p.first:p.end]...)
		}
	}
	if o.Lasting == "" {
		return letters, nil
	}
	return letters, o.bring(letters)
}

// nearFile is a file of this process to which settlements were brought.
func nearFile(number int) string { return fmt.Sprintf("near-%05d", number) }

// bring copies the settlements of letters from the files of others, each in its order, to one of this process: who prints reads them in the
// order of the post, which would be a request for each letter where the files are far.
func (o *Outbox) bring(letters [][]item) error {
	var all []*item
	for _, list := range letters {
		for i := range list {
			all = append(all, &list[i])
		}
	}
	slices.SortFunc(all, func(a, b *item) int { return cmp.Or(cmp.Compare(a.shard, b.shard), cmp.Compare(a.offset, b.offset)) })
	o.nears++
	file, err := batch.CreateTemporary(o.Near, nearFile(o.nears))
	if err != nil {
		return err
	}
	err = o.copyTo(file, all)
	return errors.Join(err, file.Close())
}

// copyTo copies the settlements of items, and says of each where it is now.
func (o *Outbox) copyTo(file io.Writer, list []*item) error {
	var buffer []byte
	offset := int64(0)
	for _, one := range list {
		var err error
		if buffer, err = o.read(buffer[:0], one); err != nil {
			return err
		}
		file.Write(buffer) // Close tells the first error
		one.shard, one.offset = int32(-o.nears), offset
		offset += int64(len(buffer))
	}
	return nil
}

// each are the items of a list.
func each(list []item) iter.Seq2[*item, error] {
	return func(yield func(*item, error) bool) {
		for i := range list {
			if !yield(&list[i], nil) {
				return
			}
		}
	}
}
