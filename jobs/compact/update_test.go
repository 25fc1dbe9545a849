package compact

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"regul/readers/parquet"
	"regul/readers/table"
	"regul/writers/dictionary"
	columnar "regul/writers/parquet"
)

// plainTable is a table with a column of each type.
var plainTable = dictionary.Table{Name: "plain", Columns: []dictionary.Column{
	{Column: columnar.Column{Name: "niss", Type: columnar.Text}},
	{Column: columnar.Column{Name: "contribution_year", Type: columnar.Integer}},
	{Column: columnar.Column{Name: "line", Type: columnar.Integer}},
	{Column: columnar.Column{Name: "amount", Type: columnar.Amount}},
	{Column: columnar.Column{Name: "kind", Type: columnar.Code, Codes: []string{"", "b", "a"}, Optional: true}},
	{Column: columnar.Column{Name: "text", Type: columnar.Text, Optional: true}},
	{Column: columnar.Column{Name: "day", Type: columnar.Date}},
	{Column: columnar.Column{Name: "yes", Type: columnar.Boolean}},
}}

func newTestTable(latest bool, partRows int64) *Table {
	t := NewTable(plainTable, "niss", "contribution_year", latest, "line", BatchColumn)
	t.partRows = partRows
	return t
}

// row is a row of the test's table.
type row struct {
	number, year, line, amount, kind int64
	text                             string
	batch                            string
}

func (r row) String() string {
	kind := []string{"null", "b", "a"}[r.kind]
	text := r.text
	if text == "" {
		text = "null"
	}
	return fmt.Sprintf("%011d %d %d %d %s %s %s", r.number, r.year, r.line, r.amount, kind, text, r.batch)
}

// file is a file of a batch: sorted by number.
func file(t *testing.T, batch string, rows []row) File {
	t.Helper()
	var content bytes.Buffer
	w := plainTable.Schema().NewWriter(&content)
	for _, r := range rows {
		w.Text(0, fmt.Sprintf("%011d", r.number))
		w.Int(1, r.year)
		w.Int(2, r.line)
		w.Int(3, r.amount)
		if r.kind == 0 {
			w.Null(4)
		} else {
			w.Present(4)
			w.Int(4, r.kind)
		}
		w.AppendOptional(5, func(dst []byte) []byte { return append(dst, r.text...) })
		w.Int(6, 20000+r.line)
		w.Int(7, r.line%2)
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return File{Batch: batch, Open: func() (*parquet.File, io.Closer, error) {
		f, err := parquet.Open(bytes.NewReader(content.Bytes()))
		return f, io.NopCloser(nil), err
	}}
}

// memory keeps parts.
type memory struct {
	mutex   sync.Mutex
	parts   map[string][]byte
	created map[string]bool
	writes  map[string]int // how often a file was written
}

type memoryFile struct {
	bytes.Buffer
	of   *memory
	name string
}

func (f *memoryFile) Close() error {
	f.of.mutex.Lock()
	defer f.of.mutex.Unlock()
	f.of.parts[f.name] = f.Bytes()
	f.of.created[f.name] = true
	f.of.writes[f.name]++
	return nil
}

func (m *memory) Create(part string) (io.WriteCloser, error) {
	return &memoryFile{of: m, name: part}, nil
}

func (m *memory) Open(part string) (*parquet.File, io.Closer, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	f, err := parquet.Open(bytes.NewReader(m.parts[part]))
	return f, io.NopCloser(nil), err
}

// compacted adds files to parts in groups, and returns the parts that are left; written are those of the last update that were not kept.
func compacted(t *testing.T, table *Table, groups [][]File, workers int) (content map[string][]byte, written int) {
	t.Helper()
	m := &memory{parts: map[string][]byte{}, writes: map[string]int{}}
	var parts []Part
	for _, files := range groups {
		m.created = map[string]bool{}
		after, _, err := table.Update(m, parts, files, workers)
		if err != nil {
			t.Fatal(err)
		}
		left := map[string][]byte{}
		written = 0
		for _, p := range after {
			if left[p.Name] = m.parts[p.Name]; m.created[p.Name] {
				written++
			}
		}
		m.parts, parts = left, after
	}
	return m.parts, written
}

// rowsIn are the rows of parts, in order of the parts' names.
func rowsIn(t *testing.T, parts map[string][]byte) []string {
	t.Helper()
	var found []string
	names := make([]string, 0, len(parts))
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	columns := []table.Column{{Name: "niss", Kind: table.Text}, {Name: "contribution_year", Kind: table.Integer},
		{Name: "line", Kind: table.Integer}, {Name: "amount", Kind: table.Amount}, {Name: "kind", Kind: table.Text},
		{Name: "text", Kind: table.Text}, {Name: "batch", Kind: table.Text}, {Name: "day", Kind: table.Date},
		{Name: "yes", Kind: table.Boolean}}
	for _, name := range names {
		f, err := parquet.Open(bytes.NewReader(parts[name]))
		if err != nil {
			t.Fatal(err)
		}
		if f.RowGroups() != 1 {
			t.Errorf("part %s has %d row groups", name, f.RowGroups())
		}
		if err := f.Blocks(columns, 0, 1, func(b *table.Block) error {
			for at := range b.Rows {
				text := func(c int) string {
					if b.Columns[c].States[at] != table.Value {
						return "null"
					}
					return string(b.Columns[c].Texts[at])
				}
				found = append(found, fmt.Sprintf("%s %d %d %d %s %s %s", text(0), b.Columns[1].Ints[at], b.Columns[2].Ints[at],
					b.Columns[3].Ints[at], text(4), text(5), text(6)))
				if line := b.Columns[2].Ints[at]; b.Columns[7].Ints[at] != 20000+line || b.Columns[8].Ints[at] != line%2 {
					t.Errorf("row %s has another day or flag", found[len(found)-1])
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// history is some batches, the first large: numbers like those of people, some of which come again.
func history(t *testing.T, random *rand.Rand, batches int) (all []row, files []File) {
	t.Helper()
	for batch := range batches {
		people := random.IntN(40)
		if batch == 0 {
			people = 2500
		}
		name := fmt.Sprintf("2026-01-%02d-0000000%d", 1+batch, random.IntN(10))
		seen := map[int64]bool{}
		years := map[int64][]row{}
		for range people {
			number := (50_00_00_00000 + random.Int64N(50_00_00_00000)) / 40_00000 * 40_00000
			if seen[number] {
				continue
			}
			seen[number] = true
			for _, year := range []int64{2022, 2023}[:1+random.IntN(2)] {
				for line := range 1 + random.Int64N(4) {
					r := row{number, year, line, random.Int64N(2000) - 1000, random.Int64N(3),
						[]string{"", "é", "two words"}[random.IntN(3)], name}
					years[year] = append(years[year], r)
				}
			}
		}
		for _, year := range []int64{2022, 2023} {
			slices.SortFunc(years[year], func(a, b row) int {
				if a.number != b.number {
					return int(a.number>>20 - b.number>>20)
				}
				return int(a.line - b.line)
			})
			files = append(files, file(t, name, years[year]))
			all = append(all, years[year]...)
		}
	}
	return all, files
}

// expected is what a table holds, found one row after the other.
func expected(all []row, latest bool) []string {
	type of struct{ number, year int64 }
	last := map[of]string{}
	for _, r := range all {
		last[of{r.number, r.year}] = r.batch
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b row) int {
		for _, d := range []int64{a.number - b.number, a.year - b.year, a.line - b.line} {
			if d < 0 {
				return -1
			} else if d > 0 {
				return 1
			}
		}
		return bytes.Compare([]byte(a.batch), []byte(b.batch))
	})
	var texts []string
	for _, r := range all {
		if !latest || last[of{r.number, r.year}] == r.batch {
			texts = append(texts, r.String())
		}
	}
	return texts
}

// Whether batches come at once, one by one or in groups, with one worker or several: the same rows, in the same files, byte for byte.
func TestTheWayRowsCameDoesNotShow(t *testing.T) {
	for _, latest := range []bool{true, false} {
		for seed := range uint64(4) {
			random := rand.New(rand.NewPCG(seed, 1))
			all, files := history(t, random, 12)
			table := newTestTable(latest, []int64{37, 500, 4000, 1 << 20}[seed])
			once, _ := compacted(t, table, [][]File{files}, 1)
			table.runRows = 100 + random.Int64N(400)
			if got, want := rowsIn(t, once), expected(all, latest); !slices.Equal(got, want) {
				t.Fatalf("latest %v, seed %d: %d rows, want %d", latest, seed, len(got), len(want))
			}
			var single, grouped [][]File
			for i := 0; i < len(files); i += 2 {
				single = append(single, files[i:i+2])
			}
			for i := 0; i < len(files); i += 8 {
				grouped = append(grouped, files[i:i+8])
			}
			for name, groups := range map[string][][]File{"one by one": single, "in groups": grouped} {
				parts, _ := compacted(t, table, groups, 3)
				if len(parts) != len(once) {
					t.Errorf("latest %v, seed %d: %d parts %s, %d at once", latest, seed, len(parts), name, len(once))
				}
				for part := range once {
					if !bytes.Equal(parts[part], once[part]) {
						t.Errorf("latest %v, seed %d: part %s differs when batches come %s", latest, seed, part, name)
					}
				}
			}
		}
	}
}

// A batch of few numbers leaves the other parts alone.
func TestFewNumbersRewriteFewParts(t *testing.T) {
	all, files := history(t, rand.New(rand.NewPCG(7, 7)), 1)
	table := newTestTable(true, 100)
	before, _ := compacted(t, table, [][]File{files}, 2)
	if len(before) < 30 {
		t.Fatalf("%d parts: too few to see anything", len(before))
	}
	two := []row{{number: all[0].number, year: 2022, batch: "2026-02-01-00000000"},
		{number: all[len(all)/2].number, year: 2022, batch: "2026-02-01-00000000"}}
	_, written := compacted(t, table, [][]File{files, {file(t, "2026-02-01-00000000", two)}}, 2)
	if written == 0 || written > 4 {
		t.Errorf("%d of %d parts were written for two numbers", written, len(before))
	}
}

// Files that are too large to be kept whole are read range by range, with the same result.
func TestLargeFilesAreReadByRange(t *testing.T) {
	var rows []row
	for i := range int64(3 * looseRows) {
		rows = append(rows, row{number: i * 2_000_000, year: 2022, line: 1, batch: "2026-01-01-00000000"})
	}
	table := newTestTable(true, 5000)
	large, _ := compacted(t, table, [][]File{{file(t, "2026-01-01-00000000", rows)}}, 2)
	var small []File
	for len(rows) > 0 {
		n := min(looseRows, len(rows))
		small, rows = append(small, file(t, "2026-01-01-00000000", rows[:n])), rows[n:]
	}
	parts, _ := compacted(t, table, [][]File{small}, 2)
	if len(parts) != len(large) || len(parts) < 8 {
		t.Fatalf("%d parts of one large file, %d of small ones", len(large), len(parts))
	}
	for part := range parts {
		if !bytes.Equal(parts[part], large[part]) {
			t.Errorf("part %s differs", part)
		}
	}
}

// Runs of any lengths are merged into one order; without a run there is nothing.
func TestRunsAreMerged(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for rows := range 60 {
		numbers := make([]int, rows)
		for i := range numbers {
			if numbers[i] = random.IntN(40); i > 0 && random.IntN(4) > 0 {
				numbers[i] = numbers[i-1] + random.IntN(2)
			}
		}
		want := slices.Sorted(slices.Values(numbers))
		if got := mergeRuns(numbers, cmp.Compare[int]); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

// Ranges and their names are one to one, and names sort as numbers do.
func TestSpanNames(t *testing.T) {
	for _, s := range []span{all, all.halves()[0], all.halves()[1], {5, 3}, {0, cellDepth}, {1<<cellDepth - 1, cellDepth}} {
		got, err := parseSpan(s.String())
		if err != nil || got != s {
			t.Errorf("%v is named %s, which names %v: %v", s, s, got, err)
		}
	}
	for _, bad := range []string{"", "1", "02", "0x", "000000000000000"} {
		if s, err := parseSpan(bad); err == nil {
			t.Errorf("%q names %v", bad, s)
		}
	}
	if !all.has(99_99_99_99999) || all.has(1<<numberBits) {
		t.Error("the numbers are not those below 2^37")
	}
}

// Rows that are left out leave the files that they would leave if they had never come.
func TestWithoutLeavesNoTrace(t *testing.T) {
	for seed := range uint64(3) {
		all, files := history(t, rand.New(rand.NewPCG(seed, 3)), 6)
		table := newTestTable(true, []int64{37, 500, 1 << 20}[seed])
		gone, left := map[Row]bool{}, map[string][]row{}
		for i, r := range all {
			if i%5 == 0 {
				gone[Row{r.number, r.year}] = true
			}
		}
		var batches []string
		for _, r := range all {
			if !slices.Contains(batches, r.batch) {
				batches = append(batches, r.batch)
			}
			if !gone[Row{r.number, r.year}] {
				left[r.batch] = append(left[r.batch], r)
			}
		}
		var never []File
		for _, batch := range batches {
			slices.SortStableFunc(left[batch], func(a, b row) int { return cmp.Compare(a.number, b.number) })
			never = append(never, file(t, batch, left[batch]))
		}
		want, _ := compacted(t, table, [][]File{never}, 2)
		m := &memory{parts: map[string][]byte{}, created: map[string]bool{}, writes: map[string]int{}}
		parts, _, err := table.Update(m, nil, files, 2)
		if err != nil {
			t.Fatal(err)
		}
		if parts, err = table.Without(m, parts, gone, 2); err != nil {
			t.Fatal(err)
		}
		if len(parts) != len(want) {
			t.Errorf("seed %d: %d parts, want %d", seed, len(parts), len(want))
		}
		for _, p := range parts {
			if !bytes.Equal(m.parts[p.Name], want[p.Name]) {
				t.Errorf("seed %d: part %s differs", seed, p.Name)
			}
		}
	}
}

// A later version without an earlier one of its number is told, whether the earlier one came at once or before, in the same run or not.
func TestMovedRowsAreTold(t *testing.T) {
	for _, rows := range []int64{1, 3, runRows} {
		t.Run(fmt.Sprintf("runs of %d", rows), func(t *testing.T) { testMovedRows(t, rows) })
	}
}

func testMovedRows(t *testing.T, runRows int64) {
	table := newTestTable(true, 100)
	table.order, table.Version, table.runRows = nil, "line", runRows // the line is the version here
	first := file(t, "2026-01-01-00000000", []row{{number: 5, year: 2022, line: 1}, {number: 7, year: 2022, line: 1}})
	second := file(t, "2026-02-01-00000000", []row{{number: 5, year: 2022, line: 2}, {number: 8, year: 2022, line: 2},
		{number: 9, year: 2022, line: 1}})
	third := file(t, "2026-03-01-00000000", []row{{number: 5, year: 2022, line: 3}, {number: 8, year: 2022, line: 3}})
	want := []Row{{8, 2022}}
	m := &memory{parts: map[string][]byte{}, created: map[string]bool{}, writes: map[string]int{}}
	if _, moved, err := table.Update(m, nil, []File{first, second}, 1); err != nil || !slices.Equal(moved, want) {
		t.Errorf("at once: %v, %v", moved, err)
	}
	if _, moved, err := table.Update(m, nil, []File{first, second, third}, 1); err != nil || !slices.Equal(moved, want) {
		t.Errorf("two later versions at once: %v, %v", moved, err)
	}
	parts, moved, err := table.Update(m, nil, []File{first}, 1)
	if err != nil || len(moved) > 0 {
		t.Errorf("the first: %v, %v", moved, err)
	}
	if _, moved, err = table.Update(m, parts, []File{second}, 1); err != nil || !slices.Equal(moved, want) {
		t.Errorf("the second: %v, %v", moved, err)
	}
}
