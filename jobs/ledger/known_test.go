package ledger_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
)

// manifestsOf reads the manifests of a ledger, and how many of them came from what is kept.
func manifestsOf(t *testing.T, out string) (all []*batch.Manifest, known int) {
	t.Helper()
	all = jobstest.Must[[]*batch.Manifest](t)(batch.All(storage.Directory(out)))
	for _, m := range all {
		if m.IsKnown {
			known++
		}
		m.IsKnown = false
	}
	return all, known
}

// What is kept of manifests is what their JSON says, and is made again where it is gone.
func TestKnownManifestsSayWhatTheirJSONSays(t *testing.T) {
	t.Parallel()
	out, n := keptNights(t)
	kept, known := manifestsOf(t, out)
	if known != 4 {
		t.Errorf("%d of %d manifests are known, want the first 4", known, len(kept))
	}
	if err := os.RemoveAll(filepath.Join(out, ledger.KeptFolder)); err != nil {
		t.Fatal(err)
	}
	read, known := manifestsOf(t, out)
	if known != 0 || !reflect.DeepEqual(read, kept) {
		t.Errorf("%d are known without what is kept, and the JSON says\n%+v\nwant\n%+v", known, read, kept)
	}
	n.Unpublished(t, out)
	if again, known := manifestsOf(t, out); known != 4 || !reflect.DeepEqual(again, kept) {
		t.Errorf("made again, %d are known: %+v", known, again)
	}
}

// A manifest that was changed is not the one of which something is kept: its own words count, and the chain of digests finds it.
func TestChangedManifestIsNotKnown(t *testing.T) {
	t.Parallel()
	out, _ := keptNights(t)
	before, _ := manifestsOf(t, out)
	name := filepath.Join(jobstest.Batches(t, out)[1], batch.ManifestName)
	text := jobstest.Must[[]byte](t)(os.ReadFile(name))
	changed := bytes.Replace(text, []byte(`"definitive": `), []byte(`"definitive": 1`), 1)
	if err := os.WriteFile(name, changed, 0o600); err != nil || bytes.Equal(changed, text) {
		t.Fatal("nothing was changed", err)
	}
	all, known := manifestsOf(t, out)
	if said := all[1].ControlTotals.Definitive; known != 3 || said == before[1].ControlTotals.Definitive {
		t.Errorf("%d are known; the changed one says %s", known, said)
	}
	if _, err := ledger.Open(storage.Directory(out)); err == nil {
		t.Error("a changed manifest is no error")
	}
}

// What is kept of older batches says of whom they hold something: what a night rejected, settled or holds a balance of. Without it every
// batch may hold something of anybody.
func TestHoldingFindsTheBatchesOfANumber(t *testing.T) {
	t.Parallel()
	out, _ := keptNights(t)
	holding := func(number string) string {
		history := jobstest.Must[*ledger.History](t)(ledger.Open(storage.Directory(out)))
		history.Together = 2 // as the nights of jobstest
		mayHold := jobstest.Must[func(*batch.Manifest) bool](t)(history.Holding([]string{number}))
		var says strings.Builder
		for _, m := range history.All() {
			says.WriteString(map[bool]string{true: "y", false: "n"}[mayHold(m)])
		}
		return says.String()
	}
	affiliate := jobstest.Revenue(2023, "", "", "")[0]
	const nobody = "00010100187"
	for number, want := range map[string]string{affiliate: "yyyyy", stranger: "ynnny", nobody: "nnnny"} {
		if got := holding(number); got != want {
			t.Errorf("the batches that may hold something of …%s: %s, want %s", number[9:], got, want)
		}
	}
	damaged := filepath.Join(out, ledger.KeptFolder, "run", "00000002-2", "holders")
	if err := os.WriteFile(damaged, []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := holding(nobody); got != "nnyyy" {
		t.Errorf("with a damaged segment: %s", got)
	}
}

// The numbers of a person come from what is kept as from the batches: here the former one from a segment.
func TestNumbersOfAPersonComeFromWhatIsKept(t *testing.T) {
	t.Parallel()
	out, n := keptNights(t)
	const number = "85010101105"
	former := jobstest.Revenue(2023, "", "", "")[0]
	n.AsOf, n.In = "2026-11-28", maps.Clone(n.In)
	for input, rows := range n.In {
		n.In[input] = nil
		for _, row := range rows {
			row = slices.Clone(row)
			row[0] = number
			n.In[input] = append(n.In[input], row)
		}
	}
	n.In["revenue"][0] = jobstest.Revenue(2023, "F", "2026-11-02", "51000.00")
	n.In["revenue"][0][0] = number
	o := n.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
	o.Inputs[pipeline.IdentitiesInput] = []string{jobstest.WriteFile(t, t.TempDir(), "identities.csv",
		"niss_before,niss,since\n"+former+","+number+",2026-11-01\n")}
	if result := jobstest.Must[*run.Result](t)(run.Run(t.Context(), o)); result.Counts["revenue"].Settled != 1 {
		t.Fatalf("the person is not settled under the new number: %v", result.Rejects)
	}
	for what, remove := range map[string]func() error{
		"kept": func() error { return nil },
		"gone": func() error { return os.RemoveAll(filepath.Join(out, ledger.KeptFolder)) },
	} {
		if err := remove(); err != nil {
			t.Fatal(err)
		}
		history := jobstest.Must[*ledger.History](t)(ledger.Open(storage.Directory(out)))
		history.Together = 2
		for asked, other := range map[string]string{number: former, former: number} {
			if got := jobstest.Must[[]string](t)(history.NumbersOf(asked)); !slices.Equal(got, []string{asked, other}) {
				t.Errorf("%s: the person has %d numbers", what, len(got))
			}
		}
	}
}

// A company too is found by what is kept.
func TestHoldingFindsTheBatchesOfACompany(t *testing.T) {
	t.Parallel()
	out, rows := t.TempDir(), jobstest.ManyCompanies(7, 50)
	for i := range 5 {
		o := jobstest.CompaniesJob(t, out, fmt.Sprintf("2025-03-%02d", 10+i), jobstest.CompanyText(rows[len(rows)*i/5:len(rows)*(i+1)/5]))
		jobstest.Must[*run.Result](t)(run.Run(t.Context(), o))
	}
	history := jobstest.Must[*ledger.History](t)(ledger.OpenOf(storage.Directory(out), batch.CompaniesJob))
	history.Together = 2
	mayHold := jobstest.Must[func(*batch.Manifest) bool](t)(history.Holding([]string{strings.Split(rows[0], ",")[0]}))
	all := history.All()
	if !mayHold(all[0]) || mayHold(all[1]) || mayHold(all[2]) {
		t.Errorf("%v, %v, %v", mayHold(all[0]), mayHold(all[1]), mayHold(all[2]))
	}
}
