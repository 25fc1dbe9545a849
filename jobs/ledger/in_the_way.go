package ledger

import (
	"fmt"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/pipeline"
)

// InTheWay is why a batch can't be withdrawn: later batches build on what it decided of some of its affiliates, or companies. Its text
// names none of them.
type InTheWay struct {
	Batch      string      `json:"batch"`
	Of         int         `json:"of"`         // affiliates, or companies, of the batch
	Later      []string    `json:"later"`      // batches that build on it, in their order
	Affiliates []BuiltUpon `json:"in_the_way"` // by number

	about *batch.About
}

// BuiltUpon is an affiliate, or a company, of a batch on whom later batches build.
type BuiltUpon struct {
	batch.Named
	Batches []string `json:"batches"` // that build on it
}

func (w *InTheWay) Error() string {
	return fmt.Sprintf("%s can't be withdrawn: later batches build on what it decided of %d of its %d %s (%s); "+
		"--json lists them; withdraw the last batch first", w.Batch, len(w.Affiliates), w.Of, w.about.Several, strings.Join(w.Later, ", "))
}

// inTheWay finds the affiliates of a batch on whom a later batch that counts builds: of whom it has a line, under the same national
// number or the same dossier. A batch that only takes back what a withdrawn one between them booked builds on nothing.
func (l *History) inTheWay(m *batch.Manifest) (*InTheWay, error) {
	at := slices.IndexFunc(l.Batches, func(o *batch.Manifest) bool { return o.Batch == m.Batch })
	way := &InTheWay{Batch: m.Batch, about: m.About()}
	if at < 0 || at == len(l.Batches)-1 {
		return way, nil
	}
	own := map[string]string{}  // the number, by number and by dossier
	numbers := map[string]int{} // where it stands in the way; -1: it does not
	err := l.eachDecided(m, func(number, dossier string, _ bool) {
		own[number], numbers[number] = number, -1
		if dossier != "" {
			own["dossier "+dossier] = number
		}
	})
	if err != nil {
		return nil, err
	}
	way.Of = len(numbers)
	for _, later := range l.Batches[at+1:] {
		builds := func(key string) {
			number, ours := own[key]
			if !ours {
				return
			}
			if numbers[number] < 0 {
				numbers[number] = len(way.Affiliates)
				way.Affiliates = append(way.Affiliates, BuiltUpon{Named: way.about.Named(number)})
			}
			if of := &way.Affiliates[numbers[number]]; !slices.Contains(of.Batches, later.Batch) {
				of.Batches = append(of.Batches, later.Batch)
			}
			if !slices.Contains(way.Later, later.Batch) {
				way.Later = append(way.Later, later.Batch)
			}
		}
		err := l.eachDecided(later, func(number, dossier string, takesBack bool) {
			if takesBack {
				return
			}
			builds(number)
			if dossier != "" {
				builds("dossier " + dossier)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(way.Affiliates, func(a, b BuiltUpon) int { return strings.Compare(a.Name(), b.Name()) })
	return way, nil
}

// eachDecided visits the number, and the dossier where it is known, of every affiliate or company of whom a batch settled or booked
// something, and whether that takes back a line of a withdrawn batch.
func (l *History) eachDecided(m *batch.Manifest, visit func(number, dossier string, takesBack bool)) error {
	type decided struct {
		number, dossier string
		reverses        pipeline.Date
	}
	fields := batch.Fields[decided]{
		batch.TextField(m.About().Number, func(d *decided) *string { return &d.number }),
		batch.TextField("dossier", func(d *decided) *string { return &d.dossier }).AddedLater(),
		batch.DayField("reverses", func(d *decided) *pipeline.Date { return &d.reverses }).AddedLater(),
	}
	files := m.File(m.About().Money.Freed)
	for _, name := range []string{m.About().Settled, m.About().Entries} {
		files = append(files, m.Parts(name)...)
	}
	for _, file := range files {
		var last decided
		err := fields.Each(l.Storage, m, []*batch.ManifestFile{file}, func(d *decided) error {
			if d.number != last.number || d.dossier != "" || d.reverses != last.reverses {
				last = *d
				visit(last.number, strings.TrimLeft(d.dossier, "0"), d.reverses != 0)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
