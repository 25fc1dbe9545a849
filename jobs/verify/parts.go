package verify

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"regul/writers/tables"
)

// partKey is a part of a year: one file of each table, with a range of national numbers.
type partKey struct{ year, number int }

// partOf reads the path of a table file; false if it is not that of a part.
func partOf(table, path string) (k partKey, ok bool) {
	_, err := fmt.Sscanf(path, table+"/year=%d/part-%d.parquet", &k.year, &k.number)
	return k, err == nil && path == tables.Part(table, k.year, k.number)
}

// walks prepares a walk for each part of a year of which no file is known to be damaged, in the order of years and parts.
// rows are the regularisations of each part.
func (v *verifier) walks(rows map[partKey]int64) []*partWalk {
	keys := map[partKey]bool{} // whether it can be read
	for _, table := range yearTables {
		for _, f := range v.files(table, ".parquet") {
			if k, ok := partOf(table, f.Path); ok {
				sound, known := keys[k]
				keys[k] = (sound || !known) && !v.damaged[f.Path]
			}
		}
	}
	var all, before int64
	for _, n := range rows {
		all += n
	}
	var walks []*partWalk
	for _, k := range slices.SortedFunc(maps.Keys(keys),
		func(a, b partKey) int { return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(a.number, b.number)) }) {
		if keys[k] {
			walks = append(walks, newPartWalk(v, k, before, all))
		}
		before += rows[k]
	}
	return walks
}

// holdBorders makes sure that the national numbers of a part are higher than those of the parts of its year before it.
func holdBorders(walks []*partWalk) {
	for i, w := range walks {
		for j, table := range yearTables {
			lowest, _ := w.borders(j)
			for _, earlier := range walks[:i] {
				if _, highest := earlier.borders(j); earlier.year == w.year && lowest != "" && lowest <= highest {
					w.checks[0].fail(w.part(table), 1, "its national number is not higher than those of the part before")
					break
				}
			}
		}
	}
}
