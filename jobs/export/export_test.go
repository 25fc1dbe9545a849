package export_test

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/readback"
	"regul/jobs/export"
	"regul/jobs/generate"
	"regul/jobs/jobstest"
	"regul/jobs/storage"
	"regul/pipeline"
)

// fund publishes the batch of a generated fund and returns its directory.
func fund(t *testing.T, affiliates int) (out string, b *jobstest.Published) {
	t.Helper()
	in, out := t.TempDir(), t.TempDir()
	s := generate.DefaultSettings()
	s.Affiliates, s.Out, s.Workers = affiliates, in, 2
	o := jobstest.Must[generate.Options](t)(s.Options())
	jobstest.Must[[]string](t)(generate.Fund(o))
	var files [pipeline.InputCount][]string
	for name, input := range jobstest.InputNumbers {
		if path := filepath.Join(in, name+".csv"); fileExists(path) {
			files[input] = []string{path}
		}
	}
	return out, jobstest.Night{AsOf: s.AsOf}.PublishFiles(t, out, files)
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// keyFile is a new key.
func keyFile(t *testing.T) string {
	t.Helper()
	key := make([]byte, 32)
	rand.Read(key)
	return jobstest.WriteFile(t, t.TempDir(), "key", string(key))
}

// exported exports a batch and returns the folder.
func exported(t *testing.T, out string, b *jobstest.Published, key, recipient string) (string, *export.Result) {
	t.Helper()
	to := t.TempDir()
	o := &export.Options{Storage: storage.Directory(out), Batch: b.Result.Manifest.Batch, KeyFile: key, Recipient: recipient,
		Least: export.DefaultLeast, To: storage.Directory(to)}
	return to, jobstest.Must[*export.Result](t)(export.Batch(t.Context(), o))
}

func rows(t *testing.T, folder, table string) *readback.Table {
	t.Helper()
	return jobstest.Must[*readback.Table](t)(readback.Folder(folder, table))
}

// The attack: put a person's number where a pseudonym of another column comes from, and read the person's pseudonym off it.
func TestAPseudonymOfOneColumnTellsNothingOfAnother(t *testing.T) {
	out := t.TempDir()
	n := jobstest.ExampleNight("2025-06-30", jobstest.Revenue(2023, jobstest.Someone, "2025-03-01", "30000.00"))
	b := n.Publish(t, out)
	e := crowdOf(t, out, b)
	row := e.Map(0)
	seen := map[string]string{}
	for _, column := range []string{"niss", "dossier", "communication"} {
		pseudonym := row[column]
		if _, err := hex.DecodeString(pseudonym); err != nil || len(pseudonym) != 32 {
			t.Fatalf("%s is exported as %q", column, pseudonym)
		}
		if other := seen[pseudonym]; other != "" {
			t.Errorf("%s and %s have one pseudonym", column, other)
		}
		seen[pseudonym] = column
	}
}

// crowdOf exports a batch of a few as if they were enough to be alike.
func crowdOf(t *testing.T, out string, b *jobstest.Published) *readback.Table {
	t.Helper()
	to := t.TempDir()
	jobstest.Must[*export.Result](t)(export.Crowded(t.Context(),
		&export.Options{Storage: storage.Directory(out), Batch: b.Result.Manifest.Batch,
			KeyFile: keyFile(t), Recipient: "test", Least: 1, To: storage.Directory(to)}))
	return rows(t, to, "regularisations")
}

// What one recipient holds can't be joined with what another holds; the same one can join what he got before.
func TestEachRecipientHasPseudonymsOfHisOwn(t *testing.T) {
	out, b := fund(t, 400)
	key := keyFile(t)
	numbers := func(recipient, key string) []string {
		to, _ := exported(t, out, b, key, recipient)
		table := rows(t, to, "regularisations")
		var found []string
		for i := range table.Rows {
			found = append(found, table.Map(i)["niss"])
		}
		return found
	}
	first := numbers("a university", key)
	if len(first) == 0 {
		t.Fatal("nobody is exported")
	}
	if again := numbers("a university", key); !slices.Equal(first, again) {
		t.Error("the same recipient gets other pseudonyms")
	}
	for what, others := range map[string][]string{"another recipient": numbers("a ministry", key),
		"another key": numbers("a university", keyFile(t))} {
		for _, pseudonym := range others {
			if slices.Contains(first, pseudonym) {
				t.Errorf("%s gets a pseudonym of the first", what)
			}
		}
	}
}

// alone counts the affiliates of whom some columns, over all of their rows, tell what they tell of fewer than a number.
func alone(t *testing.T, folder string, fewer int, tables map[string][]string) (alone, all int) {
	t.Helper()
	told := map[string][]string{}
	for _, name := range []string{"regularisations", "quarters", "surcharges", "balances"} {
		table := rows(t, folder, name)
		for i := range table.Rows {
			row := table.Map(i)
			cells := []string{name}
			for _, column := range table.Columns {
				if column == "niss" || column == "dossier" || column == "communication" || tables != nil &&
					!slices.Contains(tables[name], column) {
					continue
				}
				cells = append(cells, row[column])
			}
			if len(cells) > 1 {
				told[row["niss"]] = append(told[row["niss"]], strings.Join(cells, "|"))
			}
		}
	}
	like := map[string]int{}
	for _, lines := range told {
		slices.Sort(lines)
		like[strings.Join(lines, "\n")]++
	}
	for _, n := range like {
		if n < fewer {
			alone += n
		}
	}
	return alone, len(told)
}

// The attack: know one amount of somebody, or all of them, and find the row. Before, an income alone tells nearly everybody apart; in an
// export nobody is told of as fewer than so many others are, in all tables together.
func TestNobodyIsAloneInAnExport(t *testing.T) {
	out, b := fund(t, 3000)
	income := map[string][]string{"regularisations": {"net_income"}}
	before, all := alone(t, b.Folder, 2, income)
	t.Logf("in the batch %d of %d affiliates are alone with their income", before, all)
	if before*100 < all*90 {
		t.Errorf("in the batch %d of %d are alone with their income: the test shows nothing", before, all)
	}
	to, result := exported(t, out, b, keyFile(t), "test")
	after, told := alone(t, to, 2, income)
	t.Logf("in the export %d of %d; told of %v, rows %v", after, told, result.Persons, result.Rows)
	if few, _ := alone(t, to, export.DefaultLeast, nil); few > 0 || after > 0 {
		t.Errorf("%d are alone with their income, %d are told of as fewer than %d are", after, few, export.DefaultLeast)
	}
	if told*10 < all*8 || result.Persons["left_out"] != int64(all-told) {
		t.Errorf("only %d of %d are told of: %v", told, all, result.Persons)
	}
}

// exact is an amount with more than one digit that is not 0.
var exact = regexp.MustCompile(`^-?([0-9]+[1-9]0*\.00|[0-9]+\.([0-9][1-9]|[1-9]0))$`)

// No cell of an export is an exact amount or a day: amounts are bounds of bands, days the first of a month.
func TestAnExportHoldsNoExactAmountOrDay(t *testing.T) {
	out, b := fund(t, 1500)
	to, _ := exported(t, out, b, keyFile(t), "test")
	for _, name := range []string{"regularisations", "quarters", "surcharges", "balances"} {
		table := rows(t, to, name)
		for i := range table.Rows {
			for column, cell := range table.Map(i) {
				switch {
				case exact.MatchString(cell) && column != "percent":
					t.Fatalf("%s.%s holds %s", name, column, cell)
				case strings.HasSuffix(column, "_on") && cell != "" && !strings.HasSuffix(cell, "-01"):
					t.Fatalf("%s.%s holds %s", name, column, cell)
				case column == "components" || column == "reference":
					t.Fatalf("%s has the column %s", name, column)
				}
			}
		}
	}
	if there, _ := filepath.Glob(filepath.Join(to, "entries")); len(there) > 0 {
		t.Error("the books are exported")
	}
}

// A key that can be guessed is refused: with it, all national numbers can be tried.
func TestAWeakKeyIsRefused(t *testing.T) {
	out, b := fund(t, 50)
	counted := make([]byte, 64)
	for i := range counted {
		counted[i] = byte(i)
	}
	chance := make([]byte, 48)
	rand.Read(chance)
	keys := map[string]struct {
		key  []byte
		weak bool
	}{
		"short":                     {chance[:31], true},
		"one byte":                  {bytes.Repeat([]byte{0}, 64), true},
		"repeats itself":            {bytes.Repeat(chance[:8], 8), true},
		"counts":                    {counted, true},
		"words":                     {[]byte("correct horse battery staple correct horse battery staple"), true},
		"half of it as hexadecimal": {[]byte(hex.EncodeToString(chance[:16])), true},
		"the digits of one byte":    {[]byte(strings.Repeat("00", 40)), true},
		"too long":                  {make([]byte, 4096), true},
		"32 bytes":                  {chance[:32], false},
		"hexadecimal":               {[]byte(hex.EncodeToString(chance[:32]) + "\n"), false},
	}
	for name, k := range keys {
		to := t.TempDir()
		_, err := export.Batch(t.Context(), &export.Options{Storage: storage.Directory(out), Batch: b.Result.Manifest.Batch,
			Recipient: "test", KeyFile: jobstest.WriteFile(t, t.TempDir(), "key", string(k.key)), Least: export.DefaultLeast,
			To: storage.Directory(to)})
		if (err != nil) != k.weak {
			t.Errorf("%s: %v", name, err)
		}
		if written, _ := os.ReadDir(to); k.weak && len(written) > 0 {
			t.Errorf("%s: something was exported", name)
		}
	}
}

// The bands are those that the documentation names.
func TestBands(t *testing.T) {
	for _, c := range []struct {
		cents, amount, income int64
	}{{0, 0, 0}, {99, 0, 0}, {100, 100, 100}, {199_99, 100_00, 100_00}, {4999_99, 2000_00, 4000_00}, {71234_56, 50_000_00, 60_000_00},
		{-3999_00, -2000_00, -3000_00}} {
		if got := export.Band(c.cents, false); got != c.amount {
			t.Errorf("the amount %d lies in the band %d, want %d", c.cents, got, c.amount)
		}
		if got := export.Band(c.cents, true); got != c.income {
			t.Errorf("the income %d lies in the band %d, want %d", c.cents, got, c.income)
		}
	}
}
