package compact

import "cmp"

// place is where a row stands in the order of a table, and the row.
type place struct {
	number    int64
	year, row int32
}

// ordered is the order of all rows: by number and year, then by the table's order.
func (r *rows) ordered() []int {
	places := make([]place, r.len())
	for row := range places {
		places[row] = place{r.numbers[row], int32(r.years[row]), int32(row)}
	}
	places = mergeRuns(places, func(a, b place) int {
		if a.number != b.number {
			return cmp.Compare(a.number, b.number)
		}
		by := cmp.Compare(a.year, b.year)
		for _, column := range r.table.order {
			if by != 0 {
				break
			}
			by = r.columns[column].compare(int(a.row), int(b.row))
		}
		return by
	})
	order := make([]int, len(places))
	for i, p := range places {
		order[i] = int(p.row)
	}
	return order
}

// sorted is the order of the rows that the table keeps. Of a table that keeps the latest alone, the rows of earlier batches of a number and
// year are left out.
func (r *rows) sorted() []int {
	order := r.ordered()
	if !r.table.Latest {
		return order
	}
	kept := order[:0]
	for len(order) > 0 {
		n, first, last := 0, r.ranks[order[0]], r.ranks[order[0]]
		for n < len(order) && r.numbers[order[n]] == r.numbers[order[0]] && r.years[order[n]] == r.years[order[0]] {
			first, last = min(first, r.ranks[order[n]]), max(last, r.ranks[order[n]])
			n++
		}
		r.noteMoved(order[:n], first)
		for _, row := range order[:n] {
			if r.ranks[row] == last {
				kept = append(kept, row)
			}
		}
		order = order[n:]
	}
	return kept
}

// mergeRuns sorts by merging the runs that are in order: rows come from files that are sorted.
func mergeRuns[T any](s []T, compare func(a, b T) int) []T {
	var ends []int
	for i := 1; i <= len(s); i++ {
		if i == len(s) || compare(s[i-1], s[i]) > 0 {
			ends = append(ends, i)
		}
	}
	for merged := make([]T, 0, len(s)); len(ends) > 1; s, merged = merged, s[:0] {
		var next []int
		for start := 0; len(ends) > 0; ends = ends[min(2, len(ends)):] {
			end := ends[min(1, len(ends)-1)]
			merged = appendMerged(merged, s[start:ends[0]], s[ends[0]:end], compare)
			start, next = end, append(next, end)
		}
		ends = next
	}
	return s
}

// appendMerged appends two runs as one.
func appendMerged[T any](dst, a, b []T, compare func(a, b T) int) []T {
	for len(a) > 0 && len(b) > 0 {
		if compare(a[0], b[0]) <= 0 {
			dst, a = append(dst, a[0]), a[1:]
		} else {
			dst, b = append(dst, b[0]), b[1:]
		}
	}
	return append(append(dst, a...), b...)
}
