package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

// A small heap grows by 32 MiB until it is collected, a large one by 40 %.
func TestHeapsGrowByAShareAndByALeastAmount(t *testing.T) {
	for _, c := range []struct {
		live uint64
		want int
	}{{0, 800}, {4 << 20, 800}, {16 << 20, 200}, {32 << 20, 100}, {80 << 20, 40}, {1 << 30, 40}} {
		if got := gcPercentOf(c.live); got != c.want {
			t.Errorf("%d bytes live: %d %%, want %d", c.live, got, c.want)
		}
	}
}

// The percentage follows what lives after each collection.
func TestThePercentageFollowsTheHeap(t *testing.T) {
	watchHeap(debug.SetGCPercent(100))
	large := make([]byte, 200<<20)
	percent := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		runtime.GC()
		if metrics.Read(percent); percent[0].Value.Uint64() == gcPercent {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("a heap of 200 MiB grows by %d %%", percent[0].Value.Uint64())
		}
	}
	runtime.KeepAlive(large)
}
