package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// limitMemory makes the garbage collector work rarely while there is memory left, and hard when there is not. The rows
// that wait for their shard stand outside the collected heap: the heap gets its share of the rest.
func limitMemory(bytes int64) {
	if os.Getenv("GOGC") == "" {
		percent := gcPercentOf(0)
		debug.SetGCPercent(percent)
		watchHeap(percent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(bytes / heapShare)
	}
}

const (
	heapShare = 2        // which part of the memory the collected heap may take: the half
	gcPercent = 40       // how much a large heap grows between two collections
	leastGrow = 32 << 20 // bytes by which a heap grows at least between two collections: a small one would be collected at every 2 MB
	emptyHeap = 4 << 20  // bytes that the runtime takes a heap for, times the percentage, if less of it lives
)

// gcPercentOf is how much a heap of which so many bytes live may grow until it is collected.
func gcPercentOf(live uint64) int { return max(gcPercent, 100*leastGrow/int(max(live, emptyHeap))) }

// watchHeap sets the percentage again after every collection, by what lives then. A collection frees the watch, which makes the next one.
func watchHeap(percent int) {
	watch := new([1]*int) // with a pointer: what has none may lie beside others, and live as long as they do
	runtime.AddCleanup(watch, func(percent int) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		next := gcPercentOf(live[0].Value.Uint64())
		if next != percent {
			debug.SetGCPercent(next)
		}
		watchHeap(next)
	}, percent)
}
