package pipeline

import "sync/atomic"

// RejectRoom bounds how many rows that could not be read are kept, over all scatters: a compressed file of a few kilobytes may hold
// millions. A batch that lacks one must not be published.
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
