package rows

// slicesOfRange is into how many slices a range can be cut, of equal numbers. With 8192 ranges a shard of a fund whose ranges are all
// too large holds an eighth of one at least.
const slicesOfRange = 8

// Slices is how many slices all ranges have.
const Slices = Ranges * slicesOfRange

// Span is the slices from First up to End: a shard.
type Span struct{ First, End int }

// SpanOf is the span of a shard, where ends gives the first slice after each.
func SpanOf(ends []int, shard int) Span {
	if shard == 0 {
		return Span{0, ends[0]}
	}
	return Span{ends[shard-1], ends[shard]}
}

// Ranges are those of which the span holds something: from first up to end.
func (s Span) Ranges() (first, end int) {
	return s.First / slicesOfRange, (s.End + slicesOfRange - 1) / slicesOfRange
}

// whole says whether the span holds all of a range.
func (s Span) whole(number int) bool {
	return s.First <= number*slicesOfRange && (number+1)*slicesOfRange <= s.End
}

// numbers are those from first up to end.
type numbers struct{ first, end int64 }

// only are the numbers of a range that a span holds; nil is all.
func (t *Tables) only(s Span, number int) *numbers {
	if s.whole(number) {
		return nil
	}
	base := int64(number) * t.width
	at := func(slice int) int64 {
		within := min(max(slice-number*slicesOfRange, 0), slicesOfRange)
		return base + min(int64(within)*t.slice, t.width)
	}
	return &numbers{at(s.First), at(s.End)}
}

// Weights are how many rows of the tables that weigh wait in each slice.
func Weights(scatters []*Scatter) []int {
	weights := make([]int, Slices)
	for _, s := range scatters {
		for slice, rows := range s.weights {
			weights[slice] += int(rows)
		}
	}
	return weights
}

// tooLarge is how many shards a range may hold before it is cut: cutting costs, since each shard goes through all rows of a range that it
// shares.
const tooLarge = 2

// Cut gives the first slice after each shard, by the weights of all slices: a shard ends with a range where so many rows have come
// together, and within a range that holds twice as many or more.
func Cut(weights []int, shardRows int) (ends []int) {
	rows := 0
	for first := 0; first < len(weights); first += slicesOfRange {
		inRange := weights[first : first+slicesOfRange]
		whole := 0
		for _, weight := range inRange {
			whole += weight
		}
		if whole >= tooLarge*shardRows {
			for i, weight := range inRange[:slicesOfRange-1] {
				whole -= weight
				if rows += weight; rows >= shardRows {
					ends = append(ends, first+i+1)
					rows = 0
				}
			}
		}
		if rows += whole; rows >= shardRows || first+slicesOfRange == len(weights) {
			ends = append(ends, first+slicesOfRange)
			rows = 0
		}
	}
	return ends
}
