// Package verify checks a published batch from its files alone: its bytes, tables, sums, calculations, letters and payment files.
// It owns the checks; each is a file. It reads the tables with another implementation of Parquet than the one that wrote them, and
// computes what they say with another arithmetic than the one that made them (pipeline/law/reference), not with the kernel.
package verify

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"regul/jobs/batch"
	"regul/jobs/minisig"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/law/reference"
)

// Options are what the verification of a batch works with.
type Options struct {
	Out    storage.Storage
	Batch  string // its name, with or without the prefix of its folder
	Sample int    // regularisations whose quarters are recomputed, evenly spread; 0: all
	Expect string // SHA-256 of the manifest, as it was told when the batch was published; "" where nobody knows
	Chain  bool   // check the files of all earlier batches too, and what is kept of them

	Together int // batches that come together in what is kept of the older ones; 0 is ledger.KeptBatches
	Workers  int // files, and parts of years, that are read at a time; at least 1

	PublicKey *minisig.Key // of who must have signed the manifest; nil: nobody
	Signature []byte       // of the manifest; nil: the one beside the batches
}

// Verification is what a batch proved to be from its files alone.
type Verification struct {
	Batch  string  `json:"batch"`
	SHA256 string  `json:"manifest_sha256"`
	Holds  bool    `json:"holds"` // every check
	Failed int     `json:"failed"`
	Checks []Check `json:"checks"`
}

// Batch checks a published batch, or a draft, of the self-employed or of companies. A failure of a check is no error: an error means that
// there is no such batch, or that its manifest can't be read, or that the context ended.
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
	v := &verifier{options: o, folder: folder, manifest: manifest, subject: subjectOf(manifest),
		damaged: map[string]bool{}, sums: newRowSums()}
	if err := v.readLaw(); err != nil {
		return nil, err
	}
	for _, check := range []func() error{v.checkManifest, v.checkSignature, v.checkName, v.checkLedger, v.checkFiles, v.checkRemoved,
		v.checkFolder, v.checkCounts} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	if err := v.subject.check(v, ctx); err != nil {
		return nil, err
	}
	if err := v.checkKept(ctx); err != nil {
		return nil, err
	}
	v.checkOutgoing()
	v.checkNotices()
	v.checkPayments()
	v.checkConfirmations()
	result := &Verification{Batch: manifest.Batch, SHA256: manifest.Told(), Holds: true}
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
	subject  subject
	law      *reference.Law             // the second computation
	version  string                     // of the law of this program
	fees     map[int]decimal.Decimal    // of the manifest: percent, by year
	asOf     pipeline.Date              // of the manifest; 0 if it is no day
	totals   map[string]json.RawMessage // control totals, as the manifest writes them
	damaged  map[string]bool            // files that are not as they were written, or gone
	checks   []*Check
	sums     rowSums
	told     owed // by the letters

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

// readLaw reads the parameters of the law, and those of the batch that amounts rest on. What the manifest has that is no number is as if it
// were not there: the rows that need it fail.
func (v *verifier) readLaw() (err error) {
	if v.law, err = reference.Standard(); err != nil {
		return err
	}
	if v.version, err = v.subject.lawVersion(); err != nil {
		return err
	}
	v.fees = map[int]decimal.Decimal{}
	for year, percent := range v.manifest.Parameters.Fees {
		number, err := strconv.Atoi(year)
		fee, fault := decimal.NewFromString(percent)
		if err == nil && fault == nil {
			v.fees[number] = fee
		}
	}
	v.asOf, _ = pipeline.ParseDate([]byte(v.manifest.AsOf))
	return nil
}

// lawNote says that the batch was computed by another law than the program's; "" if it is the same.
func (v *verifier) lawNote() string {
	if v.manifest.LawVersion == v.version {
		return ""
	}
	return fmt.Sprintf("the batch was computed by law %.8s, this program holds %.8s", v.manifest.LawVersion, v.version)
}
