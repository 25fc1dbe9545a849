package diff

import (
	"slices"

	"regul/pipeline/money"
)

// largest keeps the largest changes, the largest first; of equal ones the first to come.
type largest struct {
	most    int
	changes []*Change
}

func (l *largest) add(c *Change) {
	if l.most < 1 || len(l.changes) == l.most && magnitude(c) <= magnitude(l.changes[l.most-1]) {
		return
	}
	at, _ := slices.BinarySearchFunc(l.changes, c, func(kept, added *Change) int {
		if magnitude(kept) >= magnitude(added) {
			return -1
		}
		return 1
	})
	l.changes = slices.Insert(l.changes, at, c)
	l.changes = l.changes[:min(len(l.changes), l.most)]
}

// magnitude is how much a change moves, in cents.
func magnitude(c *Change) money.Cents { return max(c.Difference, -c.Difference) }
