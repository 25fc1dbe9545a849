package ask

import (
	"bytes"
	"cmp"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/readers/table"
)

// Status is everything that the batches hold of one affiliate or company: what the law calls the right of access (GDPR art. 15). It holds
// the number; it is for the operator who asked.
type Status struct {
	batch.Named
	Others  []string        `json:"other_numbers,omitempty"` // national numbers of the same person, before or after this one
	Years   []StatusYear    `json:"years"`                   // in their order
	Letters []StatusRow     `json:"letters"`                 // from here on in the order of the batches
	Rejects []StatusRow     `json:"rejects"`
	Open    []*OpenReject   `json:"open_rejects"` // of the rejects, those that nothing has closed
	Batches []*StatusFolder `json:"batches"`      // those that hold something

	About *batch.About `json:"-"`
	Last  string       `json:"-"` // the last batch that counts; "": none does
}

// StatusYear is a contribution year, with a version for each batch that settled it.
type StatusYear struct {
	Year     int             `json:"contribution_year"`
	Versions []StatusVersion `json:"versions"`
}

// StatusVersion is what one batch holds of a year: the rows of each table, by its name, with all its columns.
type StatusVersion struct {
	*StatusFolder
	Tables map[string][]Cells `json:"tables"`
}

// StatusFolder is a batch and whether it counts.
type StatusFolder struct {
	Batch string `json:"batch"`
	AsOf  string `json:"as_of"`
	Standing
}

// StatusRow is a row of a table that has no year.
type StatusRow struct {
	Batch string       `json:"batch"`
	State ledger.State `json:"state"`
	Row   Cells        `json:"row"`
}

// Cell is a cell of a table as published: amounts in EUR, days as text; a null is left out.
type Cell struct {
	Column string
	Kind   table.Kind
	Text   string
}

// Cells are the cells of a row, in the order of its columns.
type Cells []Cell

// MarshalJSON writes an object with a key for each column.
func (c Cells) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, cell := range c {
		b.WriteString([]string{"{", ","}[min(i, 1)])
		name, err := json.Marshal(cell.Column)
		if err != nil {
			return nil, err
		}
		b.Write(append(name, ':'))
		if cell.Kind == table.Text || cell.Kind == table.Date {
			text, err := json.Marshal(cell.Text)
			if err != nil {
				return nil, err
			}
			b.Write(text)
			continue
		}
		b.WriteString(cell.Text)
	}
	if len(c) == 0 {
		b.WriteByte('{')
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Text is the cell of a column; "" where there is none.
func (c Cells) Text(column string) string {
	for _, cell := range c {
		if cell.Column == column {
			return cell.Text
		}
	}
	return ""
}

// FindStatus reads everything of an affiliate or a company. Open rejects are so old on the given day.
func FindStatus(storage storage.Storage, whom Whom, on pipeline.Date) (*Status, error) {
	s := &Status{Named: whom.about.Named(whom.number), About: whom.about}
	return s, s.read(storage, whom.number, on)
}

// parseEnterprise reads the enterprise number of a flag.
func parseEnterprise(text string) (company.Number, error) {
	number, ok := company.ParseNumber([]byte(jobs.Digits(text)))
	if !ok {
		return 0, jobs.UsageError("--enterprise must be an enterprise number of 10 digits that begins with 0 or 1 and whose check " +
			"digits are right")
	}
	return number, nil
}

func (s *Status) read(storage storage.Storage, number string, on pipeline.Date) error {
	about := s.About
	s.Years, s.Letters, s.Rejects, s.Open, s.Batches = []StatusYear{}, []StatusRow{}, []StatusRow{}, []*OpenReject{}, []*StatusFolder{}
	history, err := ledger.OpenOf(storage, about.Job)
	if err != nil {
		return err
	}
	if last := history.Last(); last != nil {
		s.Last = last.Batch
	}
	manifests, err := allOf(storage, history, about.Job)
	if err != nil {
		return err
	}
	numbers := []string{number}
	if about.HasDossier() {
		if numbers, err = history.NumbersOf(number); err != nil {
			return err
		}
		s.Others = numbers[1:]
	}
	mayHold, err := history.Holding(numbers)
	if err != nil {
		return err
	}
	for _, m := range manifests {
		if !mayHold(m) {
			continue
		}
		folder := &StatusFolder{Batch: m.Batch, AsOf: m.AsOf}
		folder.Standing = newStanding(history.StandingOf(m, numbers))
		held := false
		for _, number := range numbers {
			err := batch.EachRowAbout(storage, m, about.Number, number,
				func(f *batch.ManifestFile, columns []table.Column, b *table.Block, row int) {
					held = true
					s.add(folder, f, cellsOf(columns, b, row))
				})
			if err != nil {
				return err
			}
		}
		if held {
			s.Batches = append(s.Batches, folder)
		}
	}
	if len(s.Batches) == 0 {
		return jobs.UsageError("no batch holds anything of this number")
	}
	slices.SortStableFunc(s.Years, func(a, b StatusYear) int { return cmp.Compare(a.Year, b.Year) })
	return s.findOpen(history, about, numbers, on)
}

// allOf are the batches of a job in the order of their publication, withdrawn ones too, then its draft.
func allOf(storage storage.Storage, history *ledger.History, job batch.Job) ([]*batch.Manifest, error) {
	all := slices.Clone(history.All())
	slices.SortStableFunc(all, func(a, b *batch.Manifest) int {
		return cmp.Or(cmp.Compare(a.Acts(), b.Acts()), cmp.Compare(a.Batch, b.Batch))
	})
	drafts, err := batch.Drafts(storage)
	if err != nil {
		return nil, err
	}
	return append(all, slices.DeleteFunc(drafts, func(m *batch.Manifest) bool { return m.Job != job })...), nil
}

// add files a row: a letter and a reject by their batch, everything else by its year.
func (s *Status) add(folder *StatusFolder, f *batch.ManifestFile, cells Cells) {
	name := tableOf(f.Path)
	switch name {
	case s.About.Notices:
		s.Letters = append(s.Letters, StatusRow{folder.Batch, folder.State, cells})
		return
	case s.About.Rejects:
		s.Rejects = append(s.Rejects, StatusRow{folder.Batch, folder.State, cells})
		return
	}
	year := 0
	for _, c := range cells {
		if c.Column == "contribution_year" {
			year = whole(c.Text)
		}
	}
	at := slices.IndexFunc(s.Years, func(y StatusYear) bool { return y.Year == year })
	if at < 0 {
		at = len(s.Years)
		s.Years = append(s.Years, StatusYear{Year: year})
	}
	versions := &s.Years[at].Versions
	if n := len(*versions); n == 0 || (*versions)[n-1].StatusFolder != folder {
		*versions = append(*versions, StatusVersion{folder, map[string][]Cells{}})
	}
	last := &(*versions)[len(*versions)-1]
	last.Tables[name] = append(last.Tables[name], cells)
}

// tableOf is the name of the table of a file: that of its folder, or that of the file where a folder holds several.
func tableOf(file string) string {
	folder, _, _ := strings.Cut(file, "/")
	if name := strings.TrimSuffix(path.Base(file), ".parquet"); name != "index" && !strings.HasPrefix(name, "part-") {
		return name
	}
	return folder
}

// whole is a whole number of a table; 0 if it is none.
func whole(text string) (n int) {
	for _, c := range text {
		n = n*10 + int(c-'0')
	}
	return n
}

func (s *Status) findOpen(history *ledger.History, about *batch.About, numbers []string, on pipeline.Date) error {
	open, err := openRejectsIn(history, about)
	if err != nil {
		return err
	}
	for _, r := range open {
		if !slices.Contains(numbers, r.Name()) {
			continue
		}
		if err := r.age(on); err != nil {
			return err
		}
		s.Open = append(s.Open, r)
	}
	return nil
}

// cellsOf are the cells of a row of a table.
func cellsOf(columns []table.Column, b *table.Block, row int) (cells Cells) {
	for i, c := range columns {
		if b.Columns[i].States[row] != table.Value {
			continue
		}
		text := string(table.AppendCell(nil, c.Kind, &b.Columns[i], row))
		cells = append(cells, Cell{c.Name, c.Kind, text})
	}
	return cells
}
