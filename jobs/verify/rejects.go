package verify

import (
	"cmp"
	"maps"
	"slices"

	"regul/jobs/batch"
)

// checkRejects holds the table of rejects against the manifest: by code, by input, and each within its file and once.
func (v *verifier) checkRejects() {
	c := v.add("rejects", "rejects")
	if v.manifest.HasRemoved(v.subject.Rejects) {
		c.Note = "not checked, since the rejects were removed"
		return
	}
	byCode, byInput := map[string]int64{}, map[string]int64{}
	last := verifiedReject{}
	cursor := tableCursor[verifiedReject]{v: v, columns: rejectColumns(v.subject.Number), order: &Check{},
		place: func(r *verifiedReject) *rowPlace { return &r.rowPlace }}
	for _, f := range v.files(v.subject.Rejects, ".parquet") {
		if v.damaged[f.Path] {
			c.Note = "not checked, since the table can't be read"
			return
		}
		cursor.parts = append(cursor.parts, f)
	}
	defer cursor.close()
	for err := cursor.start(); ; err = cursor.next() {
		if err != nil {
			c.fail("", 0, "%v", withoutPath(err))
			return
		}
		if cursor.ended {
			break
		}
		r := cursor.row
		byCode[r.code]++
		input := v.inputOf(r.source)
		c.that(input >= 0 && r.sourceRow >= 1 && r.sourceRow <= v.manifest.Inputs[max(0, input)].Rows, r.file, r.row,
			"its source has no such row")
		if input >= 0 {
			byInput[v.manifest.Inputs[input].Input]++
		}
		if last.row > 0 && !v.ordered(&last, &r) {
			c.fail(r.file, r.row, "it is not after the reject before, by input, file and row")
		}
		last = r
	}
	for _, code := range slices.Sorted(maps.Keys(byCode)) {
		hold(c, batch.ManifestName, "the rejects with code "+code, v.manifest.Rejects[code], byCode[code])
	}
	for _, input := range slices.Sorted(maps.Keys(v.manifest.Counts)) {
		hold(c, batch.ManifestName, "the rejects of "+input, v.manifest.Counts[input].Rejected, byInput[input])
	}
}

// ordered says whether two rejects stand in the order of their input, the name of the file and the row; the order in which the files of an
// input were given does not matter. A file that was given twice has every row twice.
func (v *verifier) ordered(a, b *verifiedReject) bool {
	inputs := v.manifest.Inputs
	group := func(source string) int {
		at := max(0, v.inputOf(source))
		return slices.IndexFunc(inputs, func(i batch.ManifestInput) bool { return i.Input == inputs[at].Input })
	}
	order := cmp.Or(cmp.Compare(group(a.source), group(b.source)), cmp.Compare(a.source, b.source))
	if order != 0 {
		return order < 0
	}
	again := inputs[v.inputOf(a.source)+1:]
	return a.sourceRow < b.sourceRow || slices.ContainsFunc(again, func(i batch.ManifestInput) bool { return i.Source == a.source })
}

// inputOf is the position of the file that rejects call so, or -1.
func (v *verifier) inputOf(source string) int {
	return slices.IndexFunc(v.manifest.Inputs, func(i batch.ManifestInput) bool { return i.Source == source })
}
