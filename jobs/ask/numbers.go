package ask

import (
	"slices"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
)

// dossierFields are the dossiers of settled years, by number.
var dossierFields = batch.Fields[string]{
	batch.CodeField("niss", func(*string, []byte) bool { return true }), batch.TextField("dossier", func(d *string) *string { return d }),
}

// numbered is under which number a batch settled a dossier, as the row is visited.
type numbered struct{ number, dossier []byte }

var numberedFields = batch.Fields[numbered]{
	batch.BorrowedField("niss", func(n *numbered) *[]byte { return &n.number }),
	batch.BorrowedField("dossier", func(n *numbered) *[]byte { return &n.dossier }),
}

// numbersOf are the national numbers under which batches that count have settled the person with a number, that one first, then the others
// in their order. A dossier is one person's: a number that has the same dossier was replaced by this one, or has replaced it. A batch that
// was withdrawn, or a draft, joins no numbers: it may have been wrong about whose the dossier is.
func numbersOf(store storage.Storage, manifests []*batch.Manifest, number string) ([]string, error) {
	counting, err := countingOf(store, manifests)
	if err != nil {
		return nil, err
	}
	numbers, dossiers := []string{number}, map[string]bool{}
	for asked := 0; asked < len(numbers); {
		grown := false
		for ; asked < len(numbers); asked++ {
			for _, m := range counting {
				found, err := dossierFields.Of(store, m, m.Parts(batch.AboutPeople.Settled), numbers[asked])
				if err != nil {
					return nil, err
				}
				for _, dossier := range found {
					grown = grown || !dossiers[dossier]
					dossiers[dossier] = true
				}
			}
		}
		if !grown {
			break
		}
		for _, m := range counting {
			err := numberedFields.Each(store, m, m.Parts(batch.AboutPeople.Settled), func(n *numbered) error {
				if dossiers[string(n.dossier)] && !slices.Contains(numbers, string(n.number)) {
					numbers = append(numbers, string(n.number))
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	slices.Sort(numbers[1:])
	return numbers, nil
}

// countingOf are the batches that count.
func countingOf(store storage.Storage, manifests []*batch.Manifest) (counting []*batch.Manifest, err error) {
	for _, m := range manifests {
		state, _, err := ledger.StateOf(store, m)
		if err != nil {
			return nil, err
		}
		if state == ledger.Published {
			counting = append(counting, m)
		}
	}
	return counting, nil
}
