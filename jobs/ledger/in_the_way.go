package ledger

import (
	"fmt"
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/pipeline"
)

// InTheWay is why a batch, or some affiliates or companies of it, can't be withdrawn: later batches build on what it decided of them. Its
// text names none of them.
type InTheWay struct {
	Batch      string      `json:"batch"`
	Of         int         `json:"of"`                         // affiliates, or companies, for whom the batch counts
	Asked      int         `json:"asked,omitempty"`            // of whom only so many were to be withdrawn; 0: all
	Later      []string    `json:"later"`                      // batches that build on it, in their order
	Affiliates []BuiltUpon `json:"in_the_way"`                 // by number
	NotIn      []string    `json:"not_in_batch,omitempty"`     // of the asked, for whom it does not count
	Together   []string    `json:"settled_together,omitempty"` // of the asked, who share a dossier with somebody who was not asked for

	about *batch.About
}

// BuiltUpon is an affiliate, or a company, of a batch on whom later batches build.
type BuiltUpon struct {
	batch.Named
	Batches []string `json:"batches"` // that build on it
}

func (w *InTheWay) Error() string {
	if w.Asked > 0 {
		return w.errorOfSome()
	}
	others := ""
	if len(w.Affiliates) < w.Of {
		others = "--possible withdraws the others, or "
	}
	return fmt.Sprintf("%s can't be withdrawn: later batches build on what it decided of %d of its %d %s (%s); "+
		"--json lists them; %swithdraw the last batch first", w.Batch, len(w.Affiliates), w.Of, w.about.Several, strings.Join(w.Later, ", "), others)
}

// errorOfSome is the text where some were asked for.
func (w *InTheWay) errorOfSome() string {
	var why []string
	if n := len(w.Affiliates); n > 0 {
		why = append(why, fmt.Sprintf("later batches build on what it decided of %d (%s)", n, strings.Join(w.Later, ", ")))
	}
	if n := len(w.NotIn); n > 0 {
		why = append(why, fmt.Sprintf("it settled nothing that counts of %d", n))
	}
	if n := len(w.Together); n > 0 {
		why = append(why, fmt.Sprintf("it settled %d under another number too, which must be named as well", n))
	}
	return fmt.Sprintf("nothing was withdrawn of %s: of the %d that were named, %s; --json lists them", w.Batch, w.Asked,
		strings.Join(why, "; "))
}

// refuses says whether anything stands in the way.
func (w *InTheWay) refuses() bool { return len(w.Affiliates)+len(w.NotIn)+len(w.Together) > 0 }

// decided is of whom a batch decided something.
type decided struct {
	numbers  map[string]int      // where each stands in the way; -1: it does not
	byKey    map[string]string   // a number, by number and by dossier
	together map[string][]string // all numbers that share dossiers with a number, where it is not alone
}

// decidedIn finds of whom a batch that counts decided something.
func (l *History) decidedIn(m *batch.Manifest) (*decided, error) {
	d := &decided{numbers: map[string]int{}, byKey: map[string]string{}, together: map[string][]string{}}
	return d, l.eachDecided(m, func(number, dossier string, _ bool) {
		d.byKey[number], d.numbers[number] = number, -1
		if dossier == "" {
			return
		}
		if other, known := d.byKey[dossierKey(dossier)]; known && other != number {
			d.join(number, other)
		}
		d.byKey[dossierKey(dossier)] = number
	})
}

func dossierKey(dossier string) string { return "dossier " + dossier }

// join notes that two numbers share a dossier.
func (d *decided) join(a, b string) {
	all := append(slices.Clone(d.group(a)), d.group(b)...)
	slices.Sort(all)
	all = slices.Compact(all)
	for _, number := range all {
		d.together[number] = all
	}
}

// group is the number, and all that share dossiers with it.
func (d *decided) group(number string) []string {
	if all := d.together[number]; all != nil {
		return all
	}
	return []string{number}
}

// inTheWay finds the affiliates of a batch on whom a later batch that counts builds: of whom it has a line, under the same national
// number or the same dossier. A batch that only takes back what a withdrawn one between them booked builds on nothing.
func (l *History) inTheWay(m *batch.Manifest) (*InTheWay, *decided, error) {
	at := slices.IndexFunc(l.Batches, func(o *batch.Manifest) bool { return o.Batch == m.Batch })
	way := &InTheWay{Batch: m.Batch, Later: []string{}, Affiliates: []BuiltUpon{}, about: m.About()}
	of, err := l.decidedIn(l.Batches[at])
	if err != nil {
		return nil, nil, err
	}
	way.Of = len(of.numbers)
	for _, later := range l.Batches[at+1:] {
		builds := func(key string) {
			number, ours := of.byKey[key]
			if !ours {
				return
			}
			for _, number := range of.group(number) {
				way.add(of, number, later.Batch)
			}
		}
		err := l.eachDecided(later, func(number, dossier string, takesBack bool) {
			if takesBack {
				return
			}
			builds(number)
			if dossier != "" {
				builds(dossierKey(dossier))
			}
		})
		if err != nil {
			return nil, nil, err
		}
	}
	slices.SortFunc(way.Affiliates, func(a, b BuiltUpon) int { return strings.Compare(a.Name(), b.Name()) })
	for i := range way.Affiliates {
		of.numbers[way.Affiliates[i].Name()] = i
	}
	return way, of, nil
}

// add notes that a later batch builds on a number.
func (w *InTheWay) add(of *decided, number, later string) {
	if of.numbers[number] < 0 {
		of.numbers[number] = len(w.Affiliates)
		w.Affiliates = append(w.Affiliates, BuiltUpon{Named: w.about.Named(number)})
	}
	if b := &w.Affiliates[of.numbers[number]]; !slices.Contains(b.Batches, later) {
		b.Batches = append(b.Batches, later)
	}
	if !slices.Contains(w.Later, later) {
		w.Later = append(w.Later, later)
	}
}

// eachDecided visits the number, and the dossier where it is known, of every affiliate or company of whom a batch settled or booked
// something, and whether that takes back a line of a withdrawn batch.
func (l *History) eachDecided(m *batch.Manifest, visit func(number, dossier string, takesBack bool)) error {
	type line struct {
		number, dossier string
		reverses        pipeline.Date
	}
	fields := batch.Fields[line]{
		batch.TextField(m.About().Number, func(d *line) *string { return &d.number }),
		batch.TextField("dossier", func(d *line) *string { return &d.dossier }).AddedLater(),
		batch.DayField("reverses", func(d *line) *pipeline.Date { return &d.reverses }).AddedLater(),
	}
	files := m.File(m.About().Money.Freed)
	for _, name := range []string{m.About().Settled, m.About().Entries} {
		files = append(files, m.Parts(name)...)
	}
	for _, file := range files {
		var last line
		err := fields.Each(l.Storage, m, []*batch.ManifestFile{file}, func(d *line) error {
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
