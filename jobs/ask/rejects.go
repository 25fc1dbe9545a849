package ask

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
	"regul/pipeline"
)

// OpenReject is a rejected row that no later batch has closed: neither by a corrected row, nor by settling that year of the affiliate or
// company after all. A row that several batches rejected is one, as the last of them has it.
type OpenReject struct {
	Batch   string `json:"batch"`    // the last that rejected it
	Since   string `json:"since"`    // the day of the first batch that rejected it
	AgeDays int    `json:"age_days"` // from that day
	Input   string `json:"input"`
	Source  string `json:"source"` // the file
	Row     int64  `json:"row"`    // the first data row is 1
	batch.Named
	Year    int    `json:"year,omitempty"` // 0: the row has none that can be read
	Code    string `json:"code"`
	Message string `json:"message"` // what is wrong with this row
	Remedy  string `json:"remedy"`  // what to do about the rejects of the code
	Waiting bool   `json:"waiting"` // the ledger keeps the row, and each run tries it again: it need not be sent again

	batches []string
	closed  bool
}

// RejectCount counts the open rejects of an input with one code.
type RejectCount struct {
	Input  string `json:"input"`
	Code   string `json:"code"`
	Rows   int64  `json:"rows"`
	Wait   int64  `json:"waiting"`     // of the rows
	Oldest int    `json:"oldest_days"` // the age of the oldest
	Remedy string `json:"remedy"`
}

// Rejects is what is open over all batches that count.
type Rejects struct {
	On   string        `json:"on"` // the day from which ages count
	Open int64         `json:"open"`
	Sums []RejectCount `json:"by_input_and_code"`
	Rows []*OpenReject `json:"rejects"` // the oldest first
}

// OpenRejects finds the rejects that are open on a day over all batches, of the self-employed and of companies, and at least so many days
// old.
func OpenRejects(storage storage.Storage, on pipeline.Date, older int) (*Rejects, error) {
	found := &Rejects{On: on.String(), Sums: []RejectCount{}, Rows: []*OpenReject{}}
	for _, about := range batch.Abouts() {
		open, err := openRejectsOf(storage, about)
		if err != nil {
			return nil, err
		}
		for _, r := range open {
			if err := r.age(on); err != nil {
				return nil, err
			}
			if r.AgeDays >= older {
				found.Rows = append(found.Rows, r)
			}
		}
	}
	slices.SortStableFunc(found.Rows, func(a, b *OpenReject) int {
		return cmp.Or(strings.Compare(a.Since, b.Since), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Row, b.Row))
	})
	found.Open = int64(len(found.Rows))
	found.addUp()
	return found, nil
}

// age sets how old the reject is on a day.
func (r *OpenReject) age(on pipeline.Date) error {
	since, err := jobs.Day(r.Since)
	if err != nil {
		return fmt.Errorf("%s: %w", r.Batch, err)
	}
	r.AgeDays = int(on - since)
	return nil
}

// addUp counts by input and code, in the order of the inputs and of the codes.
func (f *Rejects) addUp() {
	at := map[[2]string]int{}
	for _, r := range f.Rows {
		key := [2]string{r.Input, r.Code}
		i, known := at[key]
		if !known {
			i = len(f.Sums)
			at[key] = i
			f.Sums = append(f.Sums, RejectCount{Input: r.Input, Code: r.Code, Remedy: r.Remedy})
		}
		f.Sums[i].Rows++
		if r.Waiting {
			f.Sums[i].Wait++
		}
		f.Sums[i].Oldest = max(f.Sums[i].Oldest, r.AgeDays)
	}
	inputs := jobs.InputNames()
	slices.SortStableFunc(f.Sums, func(a, b RejectCount) int {
		return cmp.Or(cmp.Compare(slices.Index(inputs, a.Input), slices.Index(inputs, b.Input)),
			cmp.Compare(pipeline.CodeOf(a.Code), pipeline.CodeOf(b.Code)), strings.Compare(a.Code, b.Code))
	})
}

// OpenRejectsOf counts the rejects of one batch, by code, that no later batch has closed.
func OpenRejectsOf(storage storage.Storage, m *batch.Manifest) (map[string]int64, error) {
	counts := map[string]int64{}
	if len(m.Rejects) == 0 {
		return counts, nil
	}
	open, err := openRejectsOf(storage, m.About())
	for _, r := range open {
		if slices.Contains(r.batches, m.Batch) {
			counts[r.Code]++
		}
	}
	return counts, err
}

// rejectBook is the rejects that are open after the batches read so far.
type rejectBook struct {
	about   *batch.About
	rows    []*OpenReject
	byRow   map[[sha256.Size]byte]*OpenReject // by code, content, and how many equal ones a batch had before
	byPlace map[string]map[batch.RejectPlace]*OpenReject
	byParty map[batch.SettledYear][]*OpenReject
}

// openRejectsOf reads the batches of a job in their order: each closes what it settled or corrected, and opens what it rejected.
func openRejectsOf(storage storage.Storage, about *batch.About) ([]*OpenReject, error) {
	history, err := ledger.OpenOf(storage, about.Job)
	if err != nil {
		return nil, err
	}
	return openRejectsIn(history, about)
}

// openRejectsIn is openRejectsOf of a history that is open.
func openRejectsIn(history *ledger.History, about *batch.About) ([]*OpenReject, error) {
	book := &rejectBook{about: about, byRow: map[[sha256.Size]byte]*OpenReject{},
		byPlace: map[string]map[batch.RejectPlace]*OpenReject{}, byParty: map[batch.SettledYear][]*OpenReject{}}
	err := history.EachRejected(func(m *batch.Manifest, says *ledger.Rejected) error {
		if err := book.close(m, says); err != nil {
			return err
		}
		if err := book.open(m, says); err != nil {
			return err
		}
		book.rows = slices.DeleteFunc(book.rows, func(r *OpenReject) bool { return r.closed })
		return nil
	})
	if err != nil {
		return nil, err
	}
	return book.rows, book.markWaiting(history)
}

// markWaiting finds the rows that each run tries again.
func (b *rejectBook) markWaiting(history *ledger.History) error {
	places, err := history.WaitingPlaces()
	if err != nil {
		return err
	}
	for _, r := range b.rows {
		r.Waiting = places[r.Batch][batch.RejectPlace{Source: r.Source, Row: r.Row}]
	}
	return nil
}

// close closes what a batch corrected or settled.
func (b *rejectBook) close(m *batch.Manifest, says *ledger.Rejected) error {
	if c := m.Corrects; c != nil {
		for _, place := range c.Rows {
			if r := b.byPlace[c.Batch][place]; r != nil && m.CountsForText(r.Name()) {
				r.closed = true
			}
		}
	}
	if len(b.byParty) == 0 {
		return nil
	}
	return says.Settled(func(s *batch.SettledYear) error {
		b.closeParty(*s)
		b.closeRegister(batch.SettledYear{Number: s.Number})
		return nil
	})
}

func (b *rejectBook) closeParty(of batch.SettledYear) {
	for _, r := range b.byParty[of] {
		r.closed = true
	}
	delete(b.byParty, of)
}

// closeRegister closes the rejected rows of the register of somebody who was settled: a row that could be read has come since.
func (b *rejectBook) closeRegister(of batch.SettledYear) {
	for _, r := range b.byParty[of] {
		r.closed = r.closed || r.Input == pipeline.Affiliates.String()
	}
}

// open opens what a batch rejected, or finds it among what is open.
func (b *rejectBook) open(m *batch.Manifest, says *ledger.Rejected) error {
	inputs := map[string]string{}
	for i := range m.Inputs {
		inputs[m.Inputs[i].Source] = m.Inputs[i].Input
	}
	equal := map[batch.RejectKey]int{}
	b.byPlace[m.Batch] = map[batch.RejectPlace]*OpenReject{}
	return says.Rejects(func(read *batch.RejectedRow) error {
		key := read.Key()
		hash := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, equal[key]))
		equal[key]++
		r := b.byRow[hash]
		if r == nil || r.closed {
			r = b.opened(read)
			r.Input, r.Since = inputs[read.Source], m.AsOf
			b.rows = append(b.rows, r)
			b.byRow[hash] = r
			of := batch.SettledYear{Number: read.Number, Year: read.Year}
			b.byParty[of] = append(b.byParty[of], r)
		}
		r.Batch, r.Source, r.Row = m.Batch, read.Source, read.Row
		r.batches = append(r.batches, m.Batch)
		b.byPlace[m.Batch][read.Place()] = r
		return nil
	})
}

// opened is a reject that no earlier batch holds: whose it is, and what to do.
func (b *rejectBook) opened(read *batch.RejectedRow) *OpenReject {
	return &OpenReject{Named: b.about.Named(read.Number), Code: read.Code, Message: read.Message,
		Remedy: remedy(pipeline.CodeOf(read.Code)), Year: int(read.Year)}
}

// remedy says what to do about a code. The batch that rejected a row for its day looked no further: the row may lack more once that has come.
func remedy(code pipeline.Code) string {
	if code == pipeline.FutureCommunication || code == pipeline.NotYetOver {
		return code.Remedy() + " If it still waits then, the register lacks the affiliate, the account the year, or the configuration its fee."
	}
	return code.Remedy()
}
