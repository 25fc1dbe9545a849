package verify_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"regul/fixtures/readback"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/storage"
	"regul/pipeline/money"
	"regul/readers/second"
	"regul/writers/parquet"
)

// tableFile is a published table file, read to be written again with other cells.
type tableFile struct {
	columns []second.Column
	rows    [][]string // as readback has them: null is the empty text
}

func (f *tableFile) column(name string) int {
	return slices.IndexFunc(f.columns, func(c second.Column) bool { return c.Name == name })
}

func (f *tableFile) set(row int, name, cell string) { f.rows[row][f.column(name)] = cell }

// rewrite changes a table file of a batch as one would who knows the format.
func rewrite(t testing.TB, folder, name string, change func(*tableFile)) {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	content := jobstest.Must[[]byte](t)(os.ReadFile(path))
	file := &tableFile{columns: jobstest.Must[*second.File](t)(second.Open(bytes.NewReader(content), int64(len(content)))).Columns}
	file.rows = jobstest.Must[*readback.Table](t)(readback.Read(content)).Rows
	change(file)
	jobstest.WriteFile(t, filepath.Dir(path), filepath.Base(path), string(file.bytes(t)))
}

var typeOf = map[string]parquet.Type{"text": parquet.Text, "int32": parquet.Integer, "int64": parquet.Long, "date": parquet.Date,
	"decimal(12,2)": parquet.Amount, "decimal(14,2)": parquet.Income, "boolean": parquet.Boolean}

func (f *tableFile) bytes(t testing.TB) []byte {
	t.Helper()
	var columns []parquet.Column
	for _, c := range f.columns {
		columns = append(columns, parquet.Column{Name: c.Name, Type: typeOf[c.Type], Optional: c.Optional})
	}
	var out bytes.Buffer
	w := parquet.NewSchema("table", columns).NewWriter(&out)
	for _, row := range f.rows {
		for i, cell := range row {
			if columns[i].Optional && cell == "" {
				w.Null(i)
				continue
			}
			if columns[i].Optional {
				w.Present(i)
			}
			if columns[i].Type == parquet.Text {
				w.Text(i, cell)
			} else {
				w.Int(i, cellNumber(t, columns[i].Type, cell))
			}
		}
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func cellNumber(t testing.TB, kind parquet.Type, cell string) int64 {
	t.Helper()
	switch kind {
	case parquet.Amount, parquet.Income:
		return int64(jobstest.Must[money.Cents](t)(money.Parse(cell)))
	case parquet.Date:
		return jobstest.IsoDay(t, cell).Unix() / (24 * 60 * 60)
	case parquet.Boolean:
		if cell == "true" {
			return 1
		}
		return 0
	}
	return jobstest.Must[int64](t)(strconv.ParseInt(cell, 10, 64))
}

// resealed renews sizes, digests, rows and ranges of the manifest, so that only what the rows say is wrong; then it changes it.
func resealed(t testing.TB, folder string, change func(*batch.Manifest)) {
	t.Helper()
	path := filepath.Join(folder, "manifest.json")
	var m batch.Manifest
	if err := json.Unmarshal(jobstest.Must[[]byte](t)(os.ReadFile(path)), &m); err != nil {
		t.Fatal(err)
	}
	m.Files = slices.DeleteFunc(m.Files, func(f batch.ManifestFile) bool {
		_, err := os.Stat(filepath.Join(folder, filepath.FromSlash(f.Path)))
		return err != nil
	})
	for i := range m.Files {
		f := &m.Files[i]
		content := jobstest.Must[[]byte](t)(os.ReadFile(filepath.Join(folder, filepath.FromSlash(f.Path))))
		sum := sha256.Sum256(content)
		f.Size, f.SHA256 = int64(len(content)), hex.EncodeToString(sum[:])
		if opened, err := second.Open(bytes.NewReader(content), f.Size); err == nil {
			f.Rows = opened.Rows
			file := jobstest.Must[storage.ReadFile](t)(storage.Directory(folder).Open(f.Path))
			f.Ranges = jobstest.Must[*batch.Ranges](t)(batch.RangesOf(file))
			file.Close()
		}
	}
	if change != nil {
		change(&m)
	}
	jobstest.WriteFile(t, folder, "manifest.json", string(jobstest.Must[[]byte](t)(json.MarshalIndent(&m, "", "  ")))+"\n")
}

// twoPeople publishes the example, with a reduction that was not justified, a second affiliate and a bad row.
func twoPeople(t testing.TB, out string) string {
	t.Helper()
	const other = "70052004188"
	n := jobstest.ExampleNight("2026-06-30", jobstest.Revenue(2023, "A", "2026-06-01", "40000.00"),
		jobstest.Revenue(2022, "B", "2026-06-01", "x"))
	for i := range n.In["account"] {
		row := slices.Clone(n.In["account"][i])
		n.In["account"][i][6], n.In["account"][i][8] = "1500.00", "true"
		row[0] = other
		n.In["account"] = append(n.In["account"], row)
	}
	n.In["affiliates"] = append(n.In["affiliates"],
		[]string{other, "77", "fr", "Dupont", "Anne", "Rue Haute 1", "1000", "Bruxelles", "BE", "", "", ""})
	n.In["revenue"] = append(n.In["revenue"], []string{other, "2023", "C", "2026-06-01", "trader", "30000.00", ""})
	p := n.Publish(t, out)
	if len(p.Regularisations.Rows) != 2 || len(p.Surcharges.Rows) == 0 || len(p.Rejects.Rows) != 1 {
		t.Fatalf("not what the test needs: %v", p.Regularisations.Rows)
	}
	return p.Folder
}
