package run_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"regul/fixtures/cases"
	"regul/fixtures/reference"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
)

// bothWays runs a night on two ledgers that are the same: one night may look before it reads the ledger, the other reads all of it. looked
// says whether the first one ended with that.
func bothWays(t *testing.T, n jobstest.Night, ledgers [2]string) (result *run.Result, looked bool) {
	t.Helper()
	files := jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma)
	short, long := n.Options(t, ledgers[0], files), n.Options(t, ledgers[1], files)
	short.Elsewhere, long.Elsewhere = jobstest.Elsewhere(t, "here"), jobstest.Elsewhere(t, "bytes")
	spy := &spying{Storage: short.Out}
	short.Out = spy
	result = jobstest.Must[*run.Result](t)(quietly(t, short, short.Out))
	want := jobstest.Must[*run.Result](t)(quietly(t, long, long.Out))
	if result.Published != want.Published || result.Batch != want.Batch || result.Rejected != want.Rejected ||
		!maps.Equal(result.Rejects, want.Rejects) || !maps.Equal(result.Counts, want.Counts) ||
		!reflect.DeepEqual(result.Waiting, want.Waiting) || !reflect.DeepEqual(result.Doubled, want.Doubled) {
		t.Fatalf("the night of %s that looks: %+v\nthe one that reads the ledger: %+v", n.AsOf, result, want)
	}
	return result, spy.created(".building") == 0
}

// A night that looks before it reads the ledger tells the same as one that reads it all, and publishes the same bytes: with files that come
// again, in parts or changed, with rows that are wrong, with revenue that waits, and on days that are far from each other.
func TestALookDecidesWhatTheLedgerDoes(t *testing.T) {
	t.Parallel()
	quiet, published := 0, 0
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 11))
		ledgers := [2]string{t.TempDir(), t.TempDir()}
		asOf := time.Date(2025, 10, 31, 0, 0, 0, 0, time.UTC)
		maker := jobstest.Maker(t, 100+seed, asOf.Format(time.DateOnly), int(seed%3)*10)
		in := maker.Affiliates(60)
		for range 4 {
			for _, tonight := range []reference.Inputs{in, in, varied(random, in)} {
				result, looked := bothWays(t, jobstest.Night{In: tonight, AsOf: asOf.Format(time.DateOnly), Pension: "60.00"}, ledgers)
				switch {
				case result.Published:
					published++
				case looked:
					quiet++
				}
				asOf = asOf.AddDate(0, 0, random.IntN(2)*random.IntN(120))
			}
			asOf = asOf.AddDate(0, 0, 1)
			in = maker.Night(in, asOf)
		}
		want, got := filesIn(t, storage.Directory(ledgers[1]), "."), filesIn(t, storage.Directory(ledgers[0]), ".")
		if !maps.Equal(want, got) {
			t.Errorf("seed %d: the ledgers differ: %d and %d files", seed, len(got), len(want))
		}
	}
	if quiet < 10 || published < 10 {
		t.Errorf("%d nights ended with a look, %d published: too few to see anything", quiet, published)
	}
}

// opening is a storage that notes what is opened.
type opening struct {
	storage.Storage
	mutex sync.Mutex
	names []string
}

func (o *opening) Open(name string) (storage.ReadFile, error) {
	o.mutex.Lock()
	o.names = append(o.names, name)
	o.mutex.Unlock()
	return o.Storage.Open(name)
}

// A look that must know everything of somebody opens the batches that hold something of them, and not what is kept of all. Here an older
// communication comes beside the one that was settled: the quarters of that year say that the account has lost none. Where the batch is
// damaged, what is kept of it says the same. So it is with the settled years of those who earn.
func TestALookAsksTheBatchesOfSomebody(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	asOf := time.Date(2025, 10, 31, 0, 0, 0, 0, time.UTC)
	in := jobstest.Maker(t, 77, asOf.Format(time.DateOnly), 0).Affiliates(40)
	revenue, nights := in["revenue"], 8
	tonight := func(night int) jobstest.Night {
		n := jobstest.Night{In: maps.Clone(in), AsOf: asOf.AddDate(0, 0, night).Format(time.DateOnly), Pension: "60.00"}
		n.In["revenue"] = slices.DeleteFunc(slices.Clone(revenue), func(row []string) bool { return int(row[0][8]-'0')%nights != night })
		return n
	}
	published := 0
	for night := range nights {
		if jobstest.Must[*run.Result](t)(tonight(night).Run(t, out)).Published {
			published++
		}
	}
	n := tonight(2)
	settled := slices.IndexFunc(n.In["revenue"], func(row []string) bool { return row[1] == "2023" || row[1] == "2022" })
	older := slices.Clone(n.In["revenue"][settled])
	older[2], older[3] = "0-older", "2016-01-01"
	n.In["revenue"] = append(n.In["revenue"], older)
	o := n.Options(t, "", jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	o.Parameters.AsOf += pipeline.Date(nights)
	o.Kept = 4
	again := func() (*run.Result, string) {
		spy := &opening{Storage: storage.Directory(out)}
		result := jobstest.Must[*run.Result](t)(quietly(t, o, spy))
		return result, strings.Join(spy.names, "\n")
	}
	first, opened := again()
	if first.Published || first.Counts["revenue"].Superseded == 0 || published < 4 {
		t.Fatalf("after %d batches: %+v", published, first)
	}
	const years = "00000004-4/regularisations.parquet" // of those batches few acted for who earns
	if strings.Contains(opened, "/quarters.parquet") || !strings.Contains(opened, "/quarters/") || strings.Contains(opened, years) {
		t.Errorf("opened:\n%s", opened)
	}
	for _, folder := range jobstest.Batches(t, out) {
		parts := jobstest.Must[[]string](t)(filepath.Glob(filepath.Join(folder, "[qr]*s", "*", "*.parquet"))) // quarters and regularisations
		for _, part := range parts {
			if err := os.Truncate(part, 10); err != nil {
				t.Fatal(err)
			}
		}
	}
	if second, opened := again(); !reflect.DeepEqual(first, second) || !strings.Contains(opened, "/quarters.parquet") ||
		!strings.Contains(opened, years) {
		t.Errorf("with damaged batches: %+v\nwant %+v\nopened:\n%s", second, first, opened)
	}
}

// Where no income comes, a look finds in what is kept of older batches that the register has the dossier, also the dossier 0, of one who
// was settled under another number. Where what is kept is damaged it finds the same.
func TestALookKnowsTheDossiersOfAll(t *testing.T) {
	t.Parallel()
	for _, dossier := range []string{"812345", "0"} {
		ledgers := [2]string{t.TempDir(), t.TempDir()}
		asOf := time.Date(2025, 10, 31, 0, 0, 0, 0, time.UTC)
		in := jobstest.Maker(t, 77, asOf.Format(time.DateOnly), 0).Affiliates(40)
		revenue, nights := in["revenue"], 5
		year := slices.IndexFunc(revenue, func(row []string) bool { return row[1] == "2023" || row[1] == "2022" })
		settled := slices.IndexFunc(in["affiliates"], func(row []string) bool { return row[0] == revenue[year][0] })
		in["affiliates"][settled][1] = dossier
		night := jobstest.Night{In: in, Pension: "60.00"}
		tonight := func(n int) (*run.Result, bool) {
			night.AsOf = asOf.AddDate(0, 0, n).Format(time.DateOnly)
			return bothWays(t, night, ledgers)
		}
		for n := range nights {
			in["revenue"] = slices.DeleteFunc(slices.Clone(revenue), func(row []string) bool { return int(row[0][8]-'0')%nights != n })
			tonight(n)
		}
		in["revenue"] = nil
		in["affiliates"] = slices.Delete(in["affiliates"], settled, settled+1)
		in["affiliates"][0][1] = dossier
		tonight(nights) // it publishes the rejects
		first, looked := tonight(nights)
		if !looked || first.Rejects["identity_conflict"] == 0 {
			t.Errorf("dossier %s: looked %t, %+v", dossier, looked, first)
		}
		for _, holders := range jobstest.Must[[]string](t)(filepath.Glob(filepath.Join(ledgers[0], ".ledger", "*", "*", "holders"))) {
			if err := os.Truncate(holders, 1); err != nil {
				t.Fatal(err)
			}
		}
		if again, looked := tonight(nights); !looked || !maps.Equal(first.Rejects, again.Rejects) {
			t.Errorf("dossier %s, damaged holders: looked %t, %+v", dossier, looked, again)
		}
	}
}

// varied are inputs of which some rows do not come, some come twice, and some come without their amount.
func varied(random *rand.Rand, in reference.Inputs) reference.Inputs {
	out := reference.Inputs{}
	for _, input := range slices.Sorted(maps.Keys(in)) {
		least := random.IntN(3)
		for _, row := range in[input] {
			switch chance := random.IntN(100); {
			case chance < least:
			case chance < 2*least:
				out[input] = append(out[input], row, row)
			case chance < 3*least && input == "revenue":
				broken := slices.Clone(row)
				broken[len(broken)-1-random.IntN(len(broken))] = "?"
				out[input] = append(out[input], broken)
			default:
				out[input] = append(out[input], row)
			}
		}
	}
	return out
}
