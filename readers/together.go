package readers

import (
	"sync"

	"regul/readers/csv"
	"regul/readers/table"
)

// together is several goroutines that read one text: the first opens it, the others join. Its rows are cut in one order, so that every row
// has the number it has with one reader, and each goes to one of them.
type together struct {
	mutex   sync.Mutex
	source  *csv.Source // nil: nobody came yet
	close   func()
	readers int
	ended   bool // one has left: there is nothing to join any more
}

// Together says whether goroutines can read the part together: each calls Read, with its own scatter. Others can be read by one.
func (p Part) Together() bool { return p.together != nil }

// join opens the part, or joins those who read it; leave says that its rows are not used any more. Without a source nothing is left.
func (p Part) join() (source table.Source, leave func(), err error) {
	t := p.together
	if t == nil {
		return p.source()
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	switch {
	case t.ended:
		return nil, func() {}, nil
	case t.source != nil:
		source = t.source.Share()
	default:
		if source, t.close, err = p.source(); err != nil {
			return nil, nil, err
		}
		t.source = source.(*csv.Source)
	}
	t.readers++
	return source, t.leave, nil
}

// leave closes the text after the last one.
func (t *together) leave() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.ended = true
	if t.readers--; t.readers == 0 {
		t.close()
	}
}
