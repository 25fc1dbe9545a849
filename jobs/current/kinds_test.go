package current

import (
	"path"
	"slices"
	"strings"
	"testing"

	"regul/jobs/batch"
	"regul/pipeline/law"
)

// What the batches of every job hold lies in current/ too.
func TestEveryJobIsCompacted(t *testing.T) {
	t.Parallel()
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	all := compacted(published(l))
	for _, a := range batch.Abouts() {
		for _, table := range []string{a.Settled, a.Entries, a.Balances, a.Notices, path.Dir(a.Money.File)} {
			if !slices.ContainsFunc(all, func(k kept) bool { return k.from == table && k.job == a.Job }) {
				t.Errorf("no compacted table has %s", table)
			}
		}
		if !slices.ContainsFunc(openTables, func(o *openTable) bool { return o.from == a }) {
			t.Errorf("no table has the open rejects of %s", a.Several)
		}
	}
}

// Every compacted table can be extracted.
func TestEveryTableCanBeExtracted(t *testing.T) {
	t.Parallel()
	for _, table := range standardTables(t) {
		if name, found := strings.CutPrefix(table.Name, Folder+"/"); found && !slices.Contains(Extracts(), name) {
			t.Errorf("%s can't be extracted", name)
		}
	}
}
