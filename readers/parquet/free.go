package parquet

import (
	"sync"

	"regul/readers/table"
)

// freeList keeps what one source is done with for the next ones, by kind. A file of a few rows needs as much as a large one, and
// a night opens thousands: the collector would run for that alone.
type freeList[Kind comparable, Thing any] struct {
	mutex sync.Mutex
	kept  map[Kind][]*Thing
	most  int // of a kind
}

func (f *freeList[Kind, Thing]) take(of Kind) *Thing {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	last := len(f.kept[of]) - 1
	if last < 0 {
		return new(Thing)
	}
	taken := f.kept[of][last]
	f.kept[of] = f.kept[of][:last]
	return taken
}

func (f *freeList[Kind, Thing]) give(of Kind, thing *Thing) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if len(f.kept[of]) < f.most {
		f.kept[of] = append(f.kept[of], thing)
	}
}

var (
	freeChunks = freeList[bool, chunk]{kept: map[bool][]*chunk{}, most: 64}          // of texts, and of numbers
	freeBlocks = freeList[int, table.Block]{kept: map[int][]*table.Block{}, most: 4} // by their columns
)

// give hands the chunk on. Its texts lie in pages that were given back.
func (c *chunk) give(isText bool) {
	c.pages.close()
	clear(c.texts[:cap(c.texts)])
	clear(c.pages.words.texts[:cap(c.pages.words.texts)])
	c.decoder, c.arrow, c.pages.column = nil, arrowDecoder{}, nil
	freeChunks.give(isText, c)
}
