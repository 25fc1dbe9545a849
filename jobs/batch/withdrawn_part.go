package batch

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"regul/jobs/storage"
	"regul/readers/table"
)

// WithdrawnPart says that a batch counts for nothing from now on for some of its affiliates or companies. A batch may have several,
// numbered from 1. It holds numbers, and lies beside the withdrawals of whole batches: its name, and all that points to it, hold none.
type WithdrawnPart struct {
	Format   int      `json:"format"`
	Batch    string   `json:"batch"`
	Manifest string   `json:"manifest"` // SHA-256 of its manifest
	Part     int      `json:"part"`     // from 1
	On       string   `json:"on"`       // the day
	By       string   `json:"by"`
	Why      string   `json:"why"`
	Numbers  []string `json:"numbers"` // national or enterprise numbers, as the tables write them, in their order

	digest string
	holds  map[uint64]bool
}

const partFormat = 1

// PartLink names a part that was withdrawn, in the manifest of a batch that was made after that.
type PartLink struct {
	Batch   string `json:"batch"`
	Part    int    `json:"part"`
	On      string `json:"on"`
	Why     string `json:"why"`
	Numbers int    `json:"numbers"` // affiliates or companies
	SHA256  string `json:"sha256"`  // of its record
}

// Link names the part.
func (p *WithdrawnPart) Link() PartLink {
	return PartLink{p.Batch, p.Part, p.On, p.Why, len(p.Numbers), p.digest}
}

// Digest is the SHA-256 of the record.
func (p *WithdrawnPart) Digest() string { return p.digest }

// Holds says whether the batch counts for nothing for a number.
func (p *WithdrawnPart) Holds(number uint64) bool { return p.holds[number] }

// AddTo writes what tells two parts apart: of which batch, and of whom.
func (p *WithdrawnPart) AddTo(w io.Writer) {
	sum := sha256.Sum256([]byte(strings.Join(p.Numbers, "\n")))
	fmt.Fprintf(w, "withdrawn %s part %d %x\n", p.Batch, p.Part, sum)
}

// partPath is the path of the record of a part.
func partPath(name string, part int) string {
	return fmt.Sprintf("%s/%s-%d.json", WithdrawnFolder, name, part)
}

// namesPart says whether a file of the folder is of a part: the name of its batch is followed by a number.
func namesPart(file string) bool {
	words := strings.Split(strings.TrimSuffix(file, ".json"), "-")
	number := words[len(words)-1]
	part, err := strconv.Atoi(number)
	return err == nil && part > 0 && strconv.Itoa(part) == number && len(words) == 5 // year, month, day, digest, part
}

// WithdrawnParts lists the parts that were withdrawn, by the name of the batch and their number.
func WithdrawnParts(storage storage.Storage) (parts []*WithdrawnPart, err error) {
	names, err := storage.List(WithdrawnFolder)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if !namesPart(name) {
			continue
		}
		p, err := readPart(storage, WithdrawnFolder+"/"+name)
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	slices.SortFunc(parts, func(a, b *WithdrawnPart) int { return cmp.Or(strings.Compare(a.Batch, b.Batch), a.Part-b.Part) })
	return parts, nil
}

func readPart(storage storage.Storage, name string) (*WithdrawnPart, error) {
	p := &WithdrawnPart{holds: map[uint64]bool{}}
	digest, err := ReadRecord(storage, name, p)
	switch {
	case err != nil:
	case p.Format != partFormat:
		err = fmt.Errorf("it has format %d, this program reads %d", p.Format, partFormat)
	case name != partPath(p.Batch, p.Part):
		err = fmt.Errorf("it is about another batch or part")
	}
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: restore it from a copy: %w", name, err)
	}
	p.digest = digest
	for i, text := range p.Numbers {
		number, ok := numberIn([]byte(text))
		if !ok {
			return nil, fmt.Errorf("%s can't be read: restore it from a copy: number %d of its list is none", name, i+1)
		}
		p.holds[number] = true
	}
	return p, nil
}

// numberIn is the number that a text is, of whatever kind: their digits differ in how many they are.
func numberIn(text []byte) (uint64, bool) {
	for _, a := range Abouts() {
		if n, ok := a.Parse(text); ok {
			return uint64(n), true
		}
	}
	return 0, false
}

// WriteWithdrawnPart writes the record of the next part of a batch that is withdrawn. The ledger is locked.
func WriteWithdrawnPart(storage storage.Storage, m *Manifest, p WithdrawnPart) (*WithdrawnPart, error) {
	all, err := WithdrawnParts(storage)
	if err != nil {
		return nil, err
	}
	p.Format, p.Batch, p.Manifest, p.Part = partFormat, m.Batch, m.Digest, 1
	for _, other := range all {
		if other.Batch == m.Batch {
			p.Part = other.Part + 1
		}
	}
	if err := WriteRecord(storage, partPath(p.Batch, p.Part), &p); err != nil {
		return nil, err
	}
	return readPart(storage, partPath(p.Batch, p.Part))
}

// PartsKnownTo reads the parts that were withdrawn when a batch was made, and makes sure that none was changed since.
func PartsKnownTo(storage storage.Storage, m *Manifest) (parts []*WithdrawnPart, err error) {
	for i := range m.WithdrawnParts {
		link := &m.WithdrawnParts[i]
		p, err := readPart(storage, partPath(link.Batch, link.Part))
		if err != nil {
			return nil, fmt.Errorf("%s was made after a part of %s was withdrawn: %w", m.Folder(), link.Batch, err)
		}
		if p.Link() != *link {
			return nil, fmt.Errorf("%s was changed since %s was made: restore it from a copy", partPath(link.Batch, link.Part), m.Folder())
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// WithdrawnFor is for how many affiliates or companies alone a batch was withdrawn.
func WithdrawnFor(parts []*WithdrawnPart, m *Manifest) (n int) {
	for _, p := range parts {
		if p.Batch == m.Batch && !m.Draft {
			n += len(p.Numbers)
		}
	}
	return n
}

// LeaveOut makes batches count for nothing for whom they were withdrawn: their rows of these are not read any more. A row counts where the
// column of the job's number holds none.
func LeaveOut(batches []*Manifest, parts []*WithdrawnPart) {
	of := map[string][]*WithdrawnPart{}
	for _, p := range parts {
		of[p.Batch] = append(of[p.Batch], p)
	}
	for _, m := range batches {
		if own := of[m.Batch]; len(own) > 0 {
			m.counts = func(number uint64) bool {
				return !slices.ContainsFunc(own, func(p *WithdrawnPart) bool { return p.holds[number] })
			}
		}
	}
}

// CountingFor is the batch of which only the rows of these numbers are read.
func (m *Manifest) CountingFor(counts func(number uint64) bool) *Manifest {
	of := *m
	of.counts = counts
	return &of
}

// InPart says whether only some rows of the batch are read.
func (m *Manifest) InPart() bool { return m.counts != nil }

// CountsFor says whether the batch counts for a number.
func (m *Manifest) CountsFor(number uint64) bool { return m.counts == nil || m.counts(number) }

// CountsForText is CountsFor of a number as tables write it. A text that is none counts.
func (m *Manifest) CountsForText(text string) bool {
	if m.counts == nil {
		return true
	}
	number, ok := m.About().Parse([]byte(text))
	return !ok || m.counts(uint64(number))
}

// counted says which rows of blocks count; nil: all of them.
type counted struct {
	of       []*Manifest // of which the rows are
	position int         // of the column that says of which one a row is; -1: all are of the first
	number   int         // of the column that says whose a row is
}

// countedOf are the columns to read of files of batches, and which of their rows count. Where a batch counts for some only, the column of
// the number is added at the end if it was not asked for.
func countedOf(columns []table.Column, of []*Manifest, position int) ([]table.Column, *counted) {
	if !slices.ContainsFunc(of, (*Manifest).InPart) {
		return columns, nil
	}
	name := of[0].About().Number
	at := slices.IndexFunc(columns, func(c table.Column) bool { return c.Name == name })
	if at < 0 {
		at = len(columns)
		columns = append(slices.Clip(columns), table.Column{Name: name, Kind: table.Text, Optional: true})
	}
	return columns, &counted{of, position, at}
}

// has says whether a row counts.
func (c *counted) has(b *table.Block, row int) bool {
	if c == nil {
		return true
	}
	m, v := c.of[0], &b.Columns[c.number]
	if c.position >= 0 {
		m = c.of[b.Columns[c.position].Ints[row]]
	}
	return m.counts == nil || !v.Is(row) || m.CountsForText(string(v.Texts[row]))
}
