package run_test

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"regul/fixtures/cases"
	"regul/jobs/jobstest"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
)

var mutations = flag.Int("mutations", 20, "mutated copies of each input in each format")

// One byte of an input changes, in any format: the run ends with an error, or publishes a batch whose amounts are the same
// or whose manifest names another file. Never a panic, a hang, or another amount under the same digest.
func TestMutatedInputs(t *testing.T) {
	t.Parallel()
	in := jobstest.Maker(t, 31, "2025-10-31", 0).Affiliates(12)
	n := jobstest.Night{In: in, AsOf: "2025-10-31"}
	for name, encode := range map[string]func(t *testing.T, csv []byte) []byte{
		".csv": func(_ *testing.T, csv []byte) []byte { return csv }, ".csv.gz": packGzip, ".csv.zst": packZstd,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := jobstest.WriteCSV(t, t.TempDir(), in, cases.Comma)
			original := outcomeOf(t, n.Options(t, t.TempDir(), files))
			if original.batch == "" {
				t.Fatal("the fund itself settles nothing")
			}
			random := rand.New(rand.NewPCG(uint64(len(name)), 0))
			for _, input := range pipeline.People.Inputs {
				if len(files[input]) == 0 {
					continue
				}
				content := encode(t, jobstest.Must[[]byte](t)(os.ReadFile(files[input][0])))
				survived := 0
				for range *mutations {
					mutated := slices.Clone(content)
					mutated[random.IntN(len(mutated))] ^= byte(1 + random.IntN(255))
					path := filepath.Join(t.TempDir(), input.String()+name)
					if err := os.WriteFile(path, mutated, 0o600); err != nil {
						t.Fatal(err)
					}
					changed := files
					changed[input] = []string{path}
					got := outcomeOf(t, n.Options(t, t.TempDir(), changed))
					if got.batch != "" {
						survived++
					}
					if got.batch == original.batch && got.amounts != original.amounts {
						t.Fatalf("%s: other amounts in a batch of the same name", input)
					}
					if got.batch != "" && got.digests == original.digests {
						t.Fatalf("%s: the manifest does not tell the files apart", input)
					}
					os.Remove(path)
				}
				t.Logf("%s%s: %d mutations, %d published, the rest refused; no amount changed silently", input, name, *mutations, survived)
			}
		})
	}
}

// seen is what a run published; empty if it refused.
type seen struct{ batch, amounts, digests string }

func outcomeOf(t *testing.T, o run.Options) seen {
	t.Helper()
	result, err := run.Run(t.Context(), o)
	os.RemoveAll(string(o.Out.(storage.Directory)))
	if err != nil || !result.Published {
		return seen{}
	}
	s := seen{batch: result.Batch}
	for _, f := range result.Manifest.Files {
		if filepath.Dir(f.Path) != "rejects" && f.Path != "report.html" { // they name the files that came in
			s.amounts += f.Path + f.SHA256
		}
	}
	for _, f := range result.Manifest.Inputs {
		s.digests += f.Source + f.SHA256
	}
	return s
}

func packGzip(t *testing.T, content []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	jobstest.Must[int](t)(w.Write(content))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func packZstd(t *testing.T, content []byte) []byte {
	w := jobstest.Must[*zstd.Encoder](t)(zstd.NewWriter(nil))
	defer w.Close()
	return w.EncodeAll(content, nil)
}
