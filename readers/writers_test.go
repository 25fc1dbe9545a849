package readers_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"regul/pipeline"
)

// The files of testdata/writers hold the rows of account.csv, as written by DuckDB 1.5.5, arrow-rs (parquet-wasm 0.8.0), Polars
// (nodejs-polars 0.26.1) and parquet-go 0.32.0: the pages, encodings and codecs that each chooses.
func TestFilesOfOtherProgramsAreRead(t *testing.T) {
	want := read(t, pipeline.Account, "account.csv", contentOf(t, "testdata/writers/account.csv"))
	files, err := filepath.Glob("testdata/writers/*.parquet")
	if err != nil || len(files) != 9 || len(want.rejects) > 0 {
		t.Fatalf("%d files, %d rejects (%v)", len(files), len(want.rejects), err)
	}
	for _, path := range files {
		got := read(t, pipeline.Account, filepath.Base(path), contentOf(t, path))
		if got.digest != want.digest || !reflect.DeepEqual(got.shard, want.shard) {
			t.Errorf("%s: %d records and %d rejects differ from the CSV", path, got.records(), len(got.rejects))
		}
	}
}

func contentOf(t testing.TB, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
