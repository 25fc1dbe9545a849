package parquet

// writeIndexes writes the indexes of the pages, by which a reader that looks for some rows passes over pages within a row group.
// A row group of one page in every column needs none.
func (f *footer) writeIndexes(to *sink) {
	var c compact
	for i, group := range f.groups {
		several := false
		for j := range group {
			several = several || len(group[j].pages) > 1
		}
		if !several {
			continue
		}
		for j := range group {
			if group[j].bounded() {
				offset, size := put(to, &c, group[j].writeBounds)
				place := f.places[i][j].Contents()
				place.ColumnIndexOffset, place.ColumnIndexLength = &offset, &size
			}
		}
		for j := range group {
			offset, size := put(to, &c, group[j].writePlaces)
			place := f.places[i][j].Contents()
			place.OffsetIndexOffset, place.OffsetIndexLength = &offset, &size
		}
	}
}

// put writes a struct and says where it lies.
func put(to *sink, c *compact, write func(*compact)) (offset int64, size int32) {
	offset = to.written
	c.reset()
	write(c)
	c.end()
	to.write(c.bytes)
	return offset, int32(to.written - offset)
}

// bounded says whether the bounds of all pages are short enough to be quoted.
func (c *chunk) bounded() bool {
	for i := range c.pages {
		if len(c.pages[i].bounds.lowest) > maxBound || len(c.pages[i].bounds.highest) > maxBound {
			return false
		}
	}
	return true
}

// writeBounds writes the index of what the pages hold.
func (c *chunk) writeBounds(to *compact) {
	to.list(1, kindTrue, len(c.pages))
	for i := range c.pages {
		onlyNulls := byte(kindFalse)
		if c.pages[i].bounds.lowest == nil {
			onlyNulls = kindTrue
		}
		to.bytes = append(to.bytes, onlyNulls)
	}
	to.list(2, kindBinary, len(c.pages))
	for i := range c.pages {
		to.binary(c.pages[i].bounds.lowest)
	}
	to.list(3, kindBinary, len(c.pages))
	for i := range c.pages {
		to.binary(c.pages[i].bounds.highest)
	}
	const unordered = 0
	to.int32(4, unordered)
	to.list(5, kindInt64, len(c.pages))
	for i := range c.pages {
		to.number(c.pages[i].nulls)
	}
}

// writePlaces writes the index of where the pages lie.
func (c *chunk) writePlaces(to *compact) {
	to.list(1, kindStruct, len(c.pages))
	for i := range c.pages {
		p := &c.pages[i]
		to.begin()
		to.int64(1, p.start)
		to.int32(2, p.packed)
		to.int64(3, p.row)
		to.end()
	}
}
