// Package verify holds a published batch against itself, from its files alone: its bytes, tables, sums, calculations, letters
// and payment files. It owns the checks; each is a file, and reads the tables with another implementation of Parquet than
// the one that wrote them.
package verify

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline/law"
)

// Options are what the verification of a batch works with.
type Options struct {
	Out     storage.Storage
	Batch   string // its name, with or without the prefix of its folder
	Sample  int    // regularisations to recompute, evenly spread; 0: all
	Workers int    // files, and parts of years, that are read at a time; at least 1
}

// DefaultSample is how many regularisations a verification recomputes unless told otherwise.
const DefaultSample = 1000

// Verification is what a batch proved to be from its files alone.
type Verification struct {
	Batch  string  `json:"batch"`
	Holds  bool    `json:"holds"` // every check
	Failed int     `json:"failed"`
	Checks []Check `json:"checks"`
}

// Batch holds a published batch, or a draft, against itself: its bytes, its tables, its sums and its calculations. The
// tables are read with the second implementation of Parquet. A failure of a check is no error: an error means that there
// is no such batch, or that its manifest can't be read, or that the context ended.
func Batch(ctx context.Context, o Options) (*Verification, error) {
	o.Workers = max(1, o.Workers)
	folder, err := batch.FolderOf(o.Out, o.Batch)
	if err != nil {
		return nil, err
	}
	manifest, err := batch.ReadManifest(o.Out, folder)
	if err != nil {
		return nil, err
	}
	if err := manifest.OfRun(); err != nil {
		return nil, err
	}
	l, err := law.Standard()
	if err != nil {
		return nil, err
	}
	v := &verifier{options: o, folder: folder, manifest: manifest, law: l, damaged: map[string]bool{}}
	for _, check := range []func() error{v.checkManifest, v.checkName, v.checkLedger, v.checkFiles, v.checkFolder, v.checkCounts} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	if err := v.checkTables(ctx); err != nil {
		return nil, err
	}
	v.checkOutgoing()
	v.checkNotices()
	v.checkPayments()
	result := &Verification{Batch: manifest.Batch, Holds: true}
	for _, c := range v.checks {
		result.Checks = append(result.Checks, *c)
		if c.Failed > 0 {
			result.Holds = false
			result.Failed++
		}
	}
	return result, nil
}

// verifier is a batch that is being verified, and what has come of it so far.
type verifier struct {
	options  Options
	folder   string
	manifest *batch.Manifest
	law      *law.Law
	totals   map[string]json.RawMessage // control totals, as the manifest writes them
	damaged  map[string]bool            // files that are not as they were written, or gone
	checks   []*Check
	sums     rowSums

	keepsBooks bool // the batch has entries: one of before they came has none
}

// open opens a file of the batch.
func (v *verifier) open(path string) (storage.ReadFile, error) {
	return v.options.Out.Open(v.folder + "/" + path)
}

// files lists the files of a folder that the manifest names, with an ending, in the order of the manifest: by path.
func (v *verifier) files(folder, ending string) []*batch.ManifestFile {
	var found []*batch.ManifestFile
	for i := range v.manifest.Files {
		f := &v.manifest.Files[i]
		if strings.HasPrefix(f.Path, folder+"/") && strings.HasSuffix(f.Path, ending) {
			found = append(found, f)
		}
	}
	return found
}

// lawNote says that the batch was computed by another law than the program's; "" if it is the same.
func (v *verifier) lawNote() string {
	if v.manifest.LawVersion == v.law.Version() {
		return ""
	}
	return fmt.Sprintf("the batch was computed by law %.8s, this program holds %.8s", v.manifest.LawVersion, v.law.Version())
}
