package rows

import (
	"fmt"
	"syscall"
)

// arena hands out memory outside the garbage-collected heap: the rows of a whole country wait there for their shard, and
// would otherwise make the collector keep as much again in reserve. Its memory holds bytes only, no pointers.
type arena struct {
	slabs [][]byte
	free  []byte // the rest of the last slab
	taken int    // bytes handed out
}

// slabSize is how much memory is taken from the system at a time, in bytes.
const slabSize = 1 << 20

// alloc returns an empty slice with room for size bytes. Without memory left it panics, as the runtime does.
func (a *arena) alloc(size int) []byte {
	if size > len(a.free) {
		slab, err := syscall.Mmap(-1, 0, max(size, slabSize), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
		if err != nil {
			panic(fmt.Sprintf("rows: out of memory: %v", err))
		}
		a.slabs = append(a.slabs, slab)
		a.free = slab
	}
	b := a.free[:0:size]
	a.free = a.free[size:]
	a.taken += size
	return b
}

// release gives all memory back; nothing that was handed out may be used any more.
func (a *arena) release() error {
	for _, slab := range a.slabs {
		if err := syscall.Munmap(slab); err != nil {
			return err
		}
	}
	*a = arena{}
	return nil
}
