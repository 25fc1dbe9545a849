package ledger_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
)

// stranger is somebody whom the register does not know: his revenue waits.
const stranger = "75052012314"

// keptNights publishes a version of the same year in each of five nights, each with the same bad row, and in the first a row that waits.
// jobstest keeps two batches together, so that the fifth night has written what is kept of the first four.
func keptNights(t *testing.T) (out string, last jobstest.Night) {
	t.Helper()
	out = t.TempDir()
	waits := jobstest.Revenue(2023, "W", "2026-06-01", "30000.00")
	waits[0] = stranger
	for i := range 5 {
		n := jobstest.ExampleNight(fmt.Sprintf("2026-%02d-28", 6+i),
			jobstest.Revenue(2023, string(rune('A'+i)), fmt.Sprintf("2026-%02d-01", 6+i), fmt.Sprintf("4%d000.00", i)),
			jobstest.Revenue(2022, "bad", "2026-06-01", "12.345"))
		if i == 0 {
			n.In["revenue"] = append(n.In["revenue"], waits)
		}
		n.Publish(t, out)
		last = n
	}
	return out, last
}

// files are the files below a folder with their content.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		found[strings.TrimPrefix(path, folder)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// told is what a night says that publishes nothing, and the next version that a new communication gives.
func told(t *testing.T, out string, n jobstest.Night) string {
	t.Helper()
	nothing := n.Unpublished(t, out)
	n.AsOf, n.In = "2026-11-28", maps.Clone(n.In)
	n.In["revenue"] = [][]string{jobstest.Revenue(2023, "Z", "2026-11-01", "50000.00")}
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(out)); err != nil {
		t.Fatal(err)
	}
	p := n.Publish(t, copied)
	text := jobstest.Must[[]byte](t)(json.Marshal([]any{nothing.Counts, nothing.Waiting, p.Result.Counts, p.Result.Waiting,
		p.Result.Batch, p.Only(t), p.Quarters.Rows}))
	return string(text)
}

// readWhole is a night that publishes nothing and reads the whole ledger.
func readWhole(t *testing.T, out string, n jobstest.Night) {
	t.Helper()
	o := n.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	o.Elsewhere = jobstest.Elsewhere(t, "bytes") // a night looks first only where shards are worked here
	if result := jobstest.Must[*run.Result](t)(run.Run(t.Context(), o)); result.Published {
		t.Fatalf("%s was published", result.Batch)
	}
}

// A night says the same of what is kept, of the batches themselves, and of what is damaged; what is damaged or gone is made again as it
// was.
func TestKeptSaysWhatTheBatchesSay(t *testing.T) {
	t.Parallel()
	out, n := keptNights(t)
	folder := filepath.Join(out, ledger.KeptFolder)
	kept := files(t, folder)
	var tables []string
	for name := range kept {
		tables = append(tables, name)
	}
	slices.Sort(tables)
	for _, want := range []string{"0-2/regularisations.parquet", "0-2/quarters.parquet", "0-2/segment.json", "0-2/rejected_revenue.parquet",
		"0-2/manifests", "0-2/holders", "0-2/rejects.parquet", "2-2/regularisations.parquet"} {
		if kept["/run/0000000"+want] == "" {
			t.Errorf("%s is not kept: %v", want, tables)
		}
	}
	want := told(t, out, n)
	for _, name := range tables {
		for what, damage := range map[string]func(path string, content []byte) error{
			"changed": func(path string, content []byte) error {
				content[len(content)/2] ^= 1
				return os.WriteFile(path, content, 0o600)
			},
			"cut off": func(path string, content []byte) error { return os.WriteFile(path, content[:len(content)/2], 0o600) },
			"gone":    func(path string, _ []byte) error { return os.Remove(path) },
		} {
			if err := damage(filepath.Join(folder, name), []byte(kept[name])); err != nil {
				t.Fatal(err)
			}
			if got := told(t, out, n); got != want {
				t.Errorf("%s is %s:\n%s\nwant\n%s", name, what, got, want)
			}
			readWhole(t, out, n)
			n.Unpublished(t, out) // which makes again what a night found damaged
			if got := files(t, folder)[name]; got != kept[name] {
				t.Fatalf("%s was %s, and is not as it was", name, what)
			}
		}
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	n.Unpublished(t, out)
	for name, content := range files(t, folder) {
		if content != kept[name] {
			t.Errorf("%s is made again as another", name)
		}
		delete(kept, name)
	}
	if len(kept) > 0 {
		t.Errorf("not made again: %d files", len(kept))
	}
}

// A night reads what is kept in place of the tables of older batches.
func TestKeptStandsForOlderBatches(t *testing.T) {
	t.Parallel()
	out, n := keptNights(t)
	first := jobstest.Batches(t, out)[0]
	for _, table := range []string{"regularisations", "quarters", "rejects"} {
		if err := os.RemoveAll(filepath.Join(first, table)); err != nil {
			t.Fatal(err)
		}
	}
	n.Unpublished(t, out)
	if err := os.RemoveAll(filepath.Join(out, ledger.KeptFolder)); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Run(t, out); err == nil {
		t.Error("a night without what is kept does not miss them")
	}
}

// What batches of companies hold is kept as that of people.
func TestKeptCompaniesAreSettledOnce(t *testing.T) {
	t.Parallel()
	out, rows := t.TempDir(), jobstest.ManyCompanies(7, 50)
	night := func(asOf string, rows []string) (*run.Result, error) {
		return run.Run(t.Context(), jobstest.CompaniesJob(t, out, asOf, jobstest.CompanyText(rows)))
	}
	for i := range 5 {
		result := jobstest.Must[*run.Result](t)(night(fmt.Sprintf("2025-03-%02d", 10+i), rows[:len(rows)*(i+1)/5]))
		if !result.Published {
			t.Fatal("nothing was published")
		}
	}
	nothing := func() map[string]batch.Counts {
		t.Helper()
		result := jobstest.Must[*run.Result](t)(night("2025-03-20", rows))
		if result.Published {
			t.Fatal("a company is settled again")
		}
		return result.Counts
	}
	folder := filepath.Join(out, ledger.KeptFolder, "companies")
	read := nothing()
	if segments := jobstest.Must[[]string](t)(filepath.Glob(filepath.Join(folder, "*-2", "companies.parquet"))); len(segments) != 2 {
		t.Errorf("kept: %v", segments)
	}
	table := filepath.Join(jobstest.Batches(t, out)[0], "companies")
	if err := os.Rename(table, filepath.Join(out, "aside")); err != nil {
		t.Fatal(err)
	}
	if got := nothing(); !maps.Equal(got, read) {
		t.Errorf("of what is kept: %v, want %v", got, read)
	}
	if err := os.Rename(filepath.Join(out, "aside"), table); err != nil {
		t.Fatal(err)
	}
	for _, segment := range jobstest.Must[[]string](t)(filepath.Glob(filepath.Join(folder, "*-2", "companies.parquet"))) {
		jobstest.WriteFile(t, filepath.Dir(segment), filepath.Base(segment), "damaged")
	}
	if got := nothing(); !maps.Equal(got, read) {
		t.Errorf("of the batches: %v, want %v", got, read)
	}
}

// A batch that was withdrawn counts no more, though a segment holds its rows; the next night keeps the others alone.
func TestKeptForgetsWithdrawnBatches(t *testing.T) {
	t.Parallel()
	out, n := keptNights(t)
	names := jobstest.Batches(t, out)
	for _, folder := range []string{names[4], names[3]} {
		withdraw(t, out, strings.TrimPrefix(filepath.Base(folder), batch.Prefix))
	}
	n.In["revenue"] = [][]string{jobstest.Revenue(2023, "E", "2026-10-01", "44000.00")}
	again := n.Publish(t, out)
	jobstest.Want(t, again.Only(t), "version", "4", "called", "8610.00")
	n.Unpublished(t, out)
	for name, content := range files(t, filepath.Join(out, ledger.KeptFolder)) {
		if path.Base(name) == batch.KnownName { // a batch that was made since names what was withdrawn
			continue
		}
		if strings.Contains(content, strings.TrimPrefix(filepath.Base(names[3]), batch.Prefix)) {
			t.Errorf("%s names the batch that was withdrawn", name)
		}
	}
}

// What is kept of rejects goes with them.
func TestKeptForgetsExpiredRejects(t *testing.T) {
	t.Parallel()
	out, n := keptNights(t)
	holds := func() bool {
		history := jobstest.Must[*ledger.History](t)(ledger.Open(storage.Directory(out)))
		places := jobstest.Must[map[string]map[batch.RejectPlace]bool](t)(history.WaitingPlaces())
		return len(places) > 0
	}
	if !holds() {
		t.Fatal("no row waits")
	}
	day := func(r ledger.Word) *ledger.Expiration {
		return &ledger.Expiration{Before: 30000, Insist: true, Word: r}
	}
	jobstest.Must[[]*batch.Expiry](t)(ledger.Expire(storage.Directory(out), day(ledger.Word{By: "tester", On: "2027-12-31"})))
	if _, err := os.Stat(filepath.Join(out, ledger.KeptFolder)); err == nil {
		t.Error("something is kept after the removal")
	}
	jobstest.Must[*run.Result](t)(n.Run(t, out))
	if holds() {
		t.Error("the row still waits")
	}
	for name, content := range files(t, filepath.Join(out, ledger.KeptFolder)) {
		if bytes.Contains([]byte(content), []byte(stranger)) {
			t.Errorf("%s holds the row", name)
		}
	}
}
