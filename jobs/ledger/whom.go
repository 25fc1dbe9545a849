package ledger

import (
	"errors"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"regul/jobs/batch"
	"regul/jobs/kept"
	"regul/pipeline"
)

// All are the published batches of the job, also those that were withdrawn, in the order of their names.
func (l *History) All() []*batch.Manifest { return l.all }

// Holding finds which batches may hold something of some numbers: it says of a batch whether it may. Only what is kept of older batches
// tells that one does not.
func (l *History) Holding(numbers []string) (func(*batch.Manifest) bool, error) {
	sought := map[uint64]bool{}
	for _, text := range numbers {
		if number, ok := batch.AboutOf(l.job).NumberOf(text); ok {
			sought[number] = true
		}
	}
	return l.holding(func(number uint64) bool { return sought[number] }, (*kept.Holder).EachBatch)
}

// holding finds which batches may be among those of the holders that are sought. Several goroutines ask who is.
func (l *History) holding(sought func(number uint64) bool, each func(*kept.Holder, func(at int))) (func(*batch.Manifest) bool, error) {
	segments := l.older().Segments
	held, known := make([]map[int]bool, len(segments)), make([]bool, len(segments))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range segments {
		group.Go(func() error {
			held[i] = map[int]bool{}
			err := s.EachHolder(func(h *kept.Holder) {
				if sought(h.Number) {
					each(h, func(at int) { held[i][at] = true })
				}
			})
			if known[i] = err == nil; errors.Is(err, kept.ErrDamaged) {
				return nil
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	told, holds := map[*kept.Segment]bool{}, map[*batch.Manifest]bool{}
	for i, s := range segments {
		told[s] = known[i]
		for at := range held[i] {
			holds[s.Batches[at]] = true
		}
	}
	return func(m *batch.Manifest) bool { return !told[l.older().Of(m)] || holds[m] }, nil
}

// NumbersOf are the national numbers under which batches that count have settled the person with a number, that one first, then the others
// in their order. A dossier is one person's: a number that has the same dossier was replaced by this one, or has replaced it. A batch that
// was withdrawn, or a draft, joins no numbers: it may have been wrong about whose the dossier is. Where no batch was given identities, no
// number was replaced, and none need be looked for.
func (l *History) NumbersOf(number string) ([]string, error) {
	asked, ok := batch.AboutPeople.NumberOf(number)
	if !ok || !slices.ContainsFunc(l.Batches, hasIdentities) {
		return []string{number}, nil
	}
	numbers, dossiers := map[uint64]bool{asked: true}, map[uint64]bool{}
	for grown := true; grown; {
		known := len(numbers)
		err := l.eachFiled(func(number, dossier uint64) {
			if numbers[number] && dossier != 0 {
				dossiers[dossier] = true
			}
		})
		if err != nil || len(dossiers) == 0 {
			return []string{number}, err
		}
		err = l.eachFiled(func(number, dossier uint64) {
			if dossiers[dossier] {
				numbers[number] = true
			}
		})
		if err != nil {
			return nil, err
		}
		grown = len(numbers) > known
	}
	delete(numbers, asked)
	var others []string
	for n := range numbers {
		others = append(others, pipeline.NISS(n).String())
	}
	slices.Sort(others)
	return append([]string{number}, others...), nil
}

func hasIdentities(m *batch.Manifest) bool {
	return slices.ContainsFunc(m.Inputs, func(f batch.ManifestInput) bool { return f.Input == pipeline.IdentitiesInput.String() })
}

// filed is a settlement: whose it is, and under which dossier; 0: none that can be read.
type filed struct{ number, dossier uint64 }

// filedTable is the settlements of people.
var filedTable = &tableOf[filed]{name: settledName(batch.RunJob), files: partsOf(batch.AboutPeople.Settled),
	fields: always(batch.Fields[filed]{
		batch.CodeField("niss", func(f *filed, text []byte) (ok bool) {
			f.number, ok = batch.AboutPeople.NumberOf(string(text))
			return ok
		}),
		batch.CodeField("dossier", func(f *filed, text []byte) bool {
			dossier, _ := pipeline.ParseDossier(text)
			f.dossier = uint64(dossier.Number)
			return true
		}),
	})}

// eachFiled gives the numbers and dossiers that batches which count have settled, each at least once.
func (l *History) eachFiled(visit func(number, dossier uint64)) error {
	read := func(batches []*batch.Manifest) error {
		for _, m := range batches {
			if err := batch.EachFiled(l.Storage, m, visit); err != nil {
				return err
			}
		}
		return nil
	}
	for _, s := range l.older().Segments {
		if slices.ContainsFunc(s.Batches, (*batch.Manifest).InPart) { // the holders do not tell of which of them a dossier is
			if err := eachKept(l, filedTable, s, func(_ int, f *filed) error { visit(f.number, f.dossier); return nil }); err != nil {
				return err
			}
			continue
		}
		err := s.EachHolder(func(h *kept.Holder) {
			for _, dossier := range h.Dossiers {
				visit(h.Number, uint64(dossier))
			}
		})
		if errors.Is(err, kept.ErrDamaged) {
			err = read(s.Batches)
		}
		if err != nil {
			return err
		}
	}
	return read(slices.DeleteFunc(slices.Clone(l.Batches), func(m *batch.Manifest) bool { return !l.apart(m) }))
}
