package ledger_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"regul/fixtures/cases"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
)

// The transfers of older batches, and the collections that were made void, come from what is kept as from the batches themselves: by whom,
// under which dossier, how much and when.
func TestTransfersComeFromWhatIsKept(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	checked, _ := (&run.Settings{AsOf: "2026-06-28", Fee: "0", Workers: 1, Out: out}).Check()
	for i, income := range []string{"60000.00", "17000.00", "16000.00", "70000.00", "15000.00"} {
		day := fmt.Sprintf("2026-06-%02d", 24+i)
		n := jobstest.ExampleNight(day, jobstest.Revenue(2023, string(rune('A'+i)), day, income))
		n.In["affiliates"][0][9], n.In["affiliates"][0][10], n.In["affiliates"][0][11] = "BE71096123456769", "M-1", "2020-01-02"
		n.In["payments"] = [][]string{{jobstest.Someone, "2023", "1", "2023-03-31", "6000.00"}}
		o := n.Options(t, out, jobstest.WriteCSV(t, t.TempDir(), n.In, cases.Comma))
		o.Outgoing = checked.Outgoing
		if result := jobstest.Must[*run.Result](t)(run.Run(t.Context(), o)); !result.Published {
			t.Fatal(day, "published nothing")
		}
	}
	told := func(together int) (list []string) {
		history := jobstest.Must[*ledger.History](t)(ledger.Open(storage.Directory(out)))
		history.Together = together
		tell := func(m *batch.Manifest, of *ledger.Transfer) error {
			list = append(list, fmt.Sprintf("%s %+v", m.Batch, *of))
			return nil
		}
		type visiting = func(func(*batch.Manifest, *ledger.Transfer) error) error
		for _, each := range []visiting{history.EachTransfer, history.EachVoid, history.EachSaid} {
			if err := each(tell); err != nil {
				t.Fatal(err)
			}
			list = append(list, "")
		}
		return list
	}
	kept, own := told(jobstest.KeptBatches), told(len(jobstest.Batches(t, out))+1)
	if !slices.Equal(kept, own) {
		t.Errorf("kept:\n%q\nthe batches:\n%q", kept, own)
	}
	void := slices.Index(kept, "")
	if void < 4 || kept[void+1] == "" {
		t.Errorf("too little was ordered or made void to see anything: %q", kept)
	}
	for _, table := range []string{"transfers", "cancelled"} {
		if found, err := filepath.Glob(filepath.Join(out, ledger.KeptFolder, "run", "*", table+".parquet")); err != nil || len(found) == 0 {
			t.Errorf("nothing is kept of %s: %v", table, err)
		}
	}
}
