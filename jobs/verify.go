package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"regul/pipeline/law"
)

// VerifyOptions are what the verification of a batch works with.
type VerifyOptions struct {
	Out     Storage
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

// Verify holds a published batch, or a draft, against itself: its bytes, its tables, its sums and its calculations. The
// tables are read with the second implementation of Parquet. A failure of a check is no error: an error means that there
// is no such batch, or that its manifest can't be read, or that the context ended.
func Verify(ctx context.Context, o VerifyOptions) (*Verification, error) {
	o.Workers = max(1, o.Workers)
	folder, err := folderOf(o.Out, o.Batch)
	if err != nil {
		return nil, err
	}
	manifest, err := readManifest(o.Out, folder)
	if err != nil {
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

// folderOf finds the folder of a published batch or a draft.
func folderOf(storage Storage, batch string) (string, error) {
	name := strings.TrimSuffix(batch, "/")
	name = strings.TrimPrefix(strings.TrimPrefix(name, batchPrefix), draftPrefix)
	names, err := storage.List(".")
	if err != nil {
		return "", err
	}
	for _, folder := range names {
		if folder == batchPrefix+name || folder == draftPrefix+name {
			return folder, nil
		}
	}
	return "", UsageError("there is no batch %q: regul batches lists them", name)
}

// verifier is a batch that is being verified, and what has come of it so far.
type verifier struct {
	options  VerifyOptions
	folder   string
	manifest *Manifest
	law      *law.Law
	totals   map[string]json.RawMessage // control totals, as the manifest writes them
	damaged  map[string]bool            // files that are not as they were written, or gone
	checks   []*Check
	sums     rowSums

	keepsBooks bool // the batch has entries: one of before they came has none
}

// open opens a file of the batch.
func (v *verifier) open(path string) (ReadFile, error) {
	return v.options.Out.Open(v.folder + "/" + path)
}

// files lists the files of a folder that the manifest names, with an ending, in the order of the manifest: by path.
func (v *verifier) files(folder, ending string) []*ManifestFile {
	var found []*ManifestFile
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
