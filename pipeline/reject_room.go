package pipeline

import (
	"slices"
	"sync/atomic"
)

// RejectRoom bounds how many rejects are kept, over all scatters and shards: a compressed file of a few kilobytes may hold millions of
// rows that can't be read, or that nobody in the register knows. A batch that lacks one must not be published.
type RejectRoom struct{ left atomic.Int64 }

// RejectBytes is about what one of them takes while it is kept.
const RejectBytes = 256

// NewRejectRoom makes room for so many.
func NewRejectRoom(rejects int64) *RejectRoom {
	r := &RejectRoom{}
	r.left.Store(rejects)
	return r
}

// take takes the place of one; false where there is none left.
func (r *RejectRoom) take() bool { return r == nil || r.left.Add(-1) >= 0 }

// keep gives those rejects for which there is room, and counts the others.
func (r *RejectRoom) keep(rejects []Reject, dropped *[CodeCount]int64) []Reject {
	kept := 0
	for kept < len(rejects) && r.take() {
		kept++
	}
	if kept == len(rejects) {
		return rejects
	}
	for i := range rejects[kept:] {
		dropped[rejects[kept+i].Code]++
	}
	return slices.Clone(rejects[:kept]) // what the others hold is free
}

// Bound lets go of the rejects for which there is no room.
func (t *Taken) Bound(room *RejectRoom) { t.Rejects = room.keep(t.Rejects, &t.Dropped) }

// Bound lets go of the rejects for which there is no room.
func (o *Decisions) Bound(room *RejectRoom) { o.Rejects = room.keep(o.Rejects, &o.Dropped) }
