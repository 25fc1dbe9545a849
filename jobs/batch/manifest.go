package batch

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"regul/jobs"
	"regul/jobs/storage"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// Manifest is what a batch says of itself: manifest.json. It holds no clock and nothing of the machine but the
// paths of the inputs. Amounts are EUR.
type Manifest struct {
	Format     int              `json:"format"`
	Batch      string           `json:"batch"`
	Job        Job              `json:"job,omitempty"` // what made it
	AsOf       string           `json:"as_of"`
	LawVersion string           `json:"law_version"`
	Program    string           `json:"program,omitempty"` // version of the program that made it: no part of its name
	Parameters ManifestSettings `json:"parameters"`
	// how many published batches come before this one, also those that were withdrawn after others were made on them
	Earlier       int               `json:"earlier_batches"`
	Previous      *Link             `json:"previous,omitempty"`       // the last of them, which names the one before it; nil: there is none
	Ledger        []string          `json:"ledger,omitempty"`         // of format 1 instead: all of them, by name
	LedgerDigests map[string]string `json:"ledger_digests,omitempty"` // SHA-256 of their manifests, by batch
	MoneyLedger   bool              `json:"money_ledger,omitempty"`   // what left the fund was taken from the ledger, not from the books
	Withdrawn     []Withdrawal      `json:"withdrawn,omitempty"`
	// of batches that count, when this one was made: what was withdrawn of some affiliates or companies alone
	WithdrawnParts []PartLink `json:"withdrawn_parts,omitempty"`
	// the ledgers of other jobs, where a mandate of this batch's register is not collected since one of their batches did
	Beside []Beside `json:"beside,omitempty"`

	Corrects *Correction       `json:"corrects,omitempty"` // the batch whose rejects came corrected
	Inputs   []ManifestInput   `json:"inputs"`
	Counts   map[string]Counts `json:"counts"` // by input
	// of the revenue that earlier batches rejected and that this one tried again; rejected: it still waits
	Waiting       *Counts          `json:"waiting,omitempty"`
	Recheck       *RecheckCounts   `json:"rechecked,omitempty"` // where other changes than that of the account were asked for
	ControlTotals ControlTotals    `json:"control_totals"`
	Outcomes      map[string]int64 `json:"outcomes"`
	Rejects       map[string]int64 `json:"rejects"` // by code
	// what the bank said for the first time, by status; and how much names nothing that counts
	Confirmed   map[string]int64 `json:"confirmed,omitempty"`
	NotPostable map[string]int64 `json:"not_postable,omitempty"` // letters that can't be posted, by reason
	Held        []HeldTransfers  `json:"held,omitempty"`         // transfers and collections that wait for somebody's decision
	Freed       []HeldTransfers  `json:"freed,omitempty"`        // refunds that earlier batches held and this one sends
	Usual       *Usual           `json:"usual,omitempty"`        // what later nights are compared with
	Unusual     []Unusual        `json:"unusual,omitempty"`      // what of this one exceeded a limit: it was a draft first
	Files       []ManifestFile   `json:"files"`

	Digest string  `json:"-"` // SHA-256 of the manifest itself, as read
	Draft  bool    `json:"-"` // it lies in the folder of a draft
	Expiry *Expiry `json:"-"` // tells of files that were removed since: they are not among Files; nil: none
	// what it says came from what is kept of older batches, see PackKnown
	IsKnown bool `json:"-"`

	counts func(number uint64) bool // whether it counts for a number, see LeaveOut; nil: for all
}

// Acts is how many batches and withdrawals came before: it grows from batch to batch, in the order in which they were made.
func (m *Manifest) Acts() int { return m.Earlier + len(m.Withdrawn) + len(m.WithdrawnParts) }

// Job is what made a batch. Each job has its ledger: the batches of others are nothing to it.
type Job string

// The jobs that publish batches.
const (
	RunJob       Job = ""          // the regularisation of the self-employed
	CompaniesJob Job = "companies" // the yearly contribution of companies
)

// OfRun refuses a batch of another job, for commands that know those of the self-employed alone.
func (m *Manifest) OfRun() error {
	if m.Job != RunJob {
		return jobs.UsageError("%s is a batch of %s: this command reads those of regul run; regul show and regul withdraw take it", m.Batch,
			m.Job)
	}
	return nil
}

// Unknown refuses a batch of a job that this program does not know. A night passes over it, as over those of other jobs.
func (m *Manifest) Unknown() error {
	return fmt.Errorf("%s is of the job %q, which this program does not know", m.Folder(), m.Job)
}

// ManifestFormat changes when a reader of an older one would misread it. In format 1 a batch named all batches on which it builds, with
// the digests of their manifests; from 2 on it names the last one alone, which names the one before it.
const (
	ManifestFormat    = 2
	listsWholeHistory = 1
)

// ManifestSettings are the parameters of the run.
type ManifestSettings struct {
	Fees           map[string]string      `json:"fees"`                      // percent, by contribution year
	MinimumPension map[string]money.Cents `json:"minimum_pension,omitempty"` // EUR a day, by year
	MaxRejects     string                 `json:"max_rejects"`
	Recheck        bool                   `json:"recheck,omitempty"`     // years were settled again, without a new communication
	RecheckFor     []string               `json:"recheck_for,omitempty"` // for these changes; none: the account
	Specimen       bool                   `json:"specimen,omitempty"`    // what leaves the fund shows a fund that does not exist
	Without        []string               `json:"without,omitempty"`
	Own            *payments.Own          `json:"own,omitempty"` // what the payment files say of the fund
	Report         *ReportSettings        `json:"report,omitempty"`
	// digest of what leaves the fund: notices, payments, the fund's identity, its accounts
	Outgoing string `json:"outgoing"`
}

// ReportSettings are what an operator asks of the report of a batch. They change no other file.
type ReportSettings struct {
	Language string            `json:"language,omitempty"` // of the page; "" is English
	Postage  map[string]string `json:"postage,omitempty"`  // EUR a letter, by the most sheets that it may have
}

// ManifestInput is one file that came in.
type ManifestInput struct {
	Input  string `json:"input"`
	Path   string `json:"path"`
	Bytes  []byte `json:"path_bytes,omitempty"` // of a path that is no UTF-8, which JSON can't hold
	Source string `json:"source"`               // as the rejects name it
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"rows"`
}

// NewManifestInput tells of a file that came in.
func NewManifestInput(input, path, source string, size int64, digest string, rows int64) ManifestInput {
	in := ManifestInput{Input: input, Path: path, Source: source, Size: size, SHA256: digest, Rows: rows}
	if !utf8.ValidString(path) {
		in.Bytes = []byte(path)
	}
	return in
}

// Usual is what is typical of a batch, beside its totals. Amounts in EUR.
type Usual struct {
	LargestRefund money.Cents `json:"largest_refund"`
	MedianChange  money.Cents `json:"median_change"` // of what is owed against what was called, in steps of 5.00
}

// Unusual is something by which a night exceeds a limit against the batches before it.
type Unusual struct {
	What  string `json:"what"`
	Found string `json:"found"`
	Usual string `json:"usual"` // in the batches before
	Limit string `json:"limit"`
}

// HeldTransfers are the transfers and collections of a batch that are held for one reason. Amount in EUR.
type HeldTransfers struct {
	Reason string      `json:"reason"`
	Count  int64       `json:"count"`
	Amount money.Cents `json:"amount"`
	Limit  money.Cents `json:"limit,omitempty"` // of the configuration, above which they are held
	// a refund goes with a later batch, once nothing holds it; earlier versions told people to transfer it by hand
	Waits bool `json:"waits,omitempty"`
}

// WaitsFor is what the batch holds for a reason and a later one sends; nil where there is none.
func (m *Manifest) WaitsFor(reason string) *HeldTransfers {
	for i := range m.Held {
		if h := &m.Held[i]; h.Reason == reason && h.Waits {
			return h
		}
	}
	return nil
}

// IsPartOf says whether the file belongs to a table.
func (f *ManifestFile) IsPartOf(table string) bool {
	folder, _, _ := strings.Cut(f.Path, "/")
	return folder == table && strings.HasSuffix(f.Path, ".parquet")
}

// ManifestFile is one file of the batch.
type ManifestFile struct {
	Path   string       `json:"path"`
	Size   int64        `json:"size"`
	SHA256 string       `json:"sha256"`
	Rows   int64        `json:"rows"`             // of a payment file, its transfers or collections
	Sum    *money.Cents `json:"sum,omitempty"`    // EUR, of a payment file
	Ranges *Ranges      `json:"ranges,omitempty"` // of a table: in which ranges of numbers its rows are; nil: it is not known
}

const (
	Prefix       = "batch="
	ManifestName = "manifest.json"
)

// HasReport says whether the batch has a report: those of companies had none at first.
func (m *Manifest) HasReport() bool {
	return slices.ContainsFunc(m.Files, func(f ManifestFile) bool { return f.Path == ReportName })
}

// LettersNotPostable is the number of letters that can't be posted.
func (m *Manifest) LettersNotPostable() (letters int64) {
	for _, n := range m.NotPostable {
		letters += n
	}
	return letters
}

// Folder is the folder of the batch, or draft.
func (m *Manifest) Folder() string {
	if m.Draft {
		return DraftPrefix + m.Batch
	}
	return Prefix + m.Batch
}

// ReadManifest reads the manifest of a folder, without the files that were removed since.
func ReadManifest(storage storage.Storage, folder string) (*Manifest, error) {
	m, err := readWritten(storage, folder, nil)
	if err == nil && m.About() == nil {
		err = m.Unknown()
	}
	if err != nil || m.Draft {
		return m, err
	}
	return m, m.expire(storage)
}

// texts are buffers of manifests that are being read.
var texts = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readWritten reads a manifest as it was written. Its bytes say that it is one of which something is kept.
func readWritten(storage storage.Storage, folder string, kept known) (*Manifest, error) {
	file, err := storage.Open(folder + "/" + ManifestName)
	if err != nil {
		return nil, fmt.Errorf("%s has no readable %s: it is no batch of this program, move it away or restore it (%w)", folder,
			ManifestName, jobs.Cause(err))
	}
	defer file.Close()
	if err := whole(file, folder+"/"+ManifestName); err != nil {
		return nil, err
	}
	text := texts.Get().(*bytes.Buffer)
	defer texts.Put(text)
	text.Reset()
	if _, err := text.ReadFrom(file); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text.Bytes())
	digest := hex.EncodeToString(sum[:])
	var m Manifest
	if !kept.find(digest, &m) {
		if err := json.Unmarshal(text.Bytes(), &m); err != nil {
			return nil, fmt.Errorf("%s/%s is damaged: %w", folder, ManifestName, err)
		}
	}
	m.Digest = digest
	for i := range m.Inputs {
		if in := &m.Inputs[i]; len(in.Bytes) > 0 {
			in.Path = string(in.Bytes)
		}
	}
	switch m.Format {
	case ManifestFormat:
	case listsWholeHistory:
		m.Earlier = len(m.Ledger)
	default:
		return nil, fmt.Errorf("%s/%s has format %d, this program reads up to %d", folder, ManifestName, m.Format, ManifestFormat)
	}
	if m.Draft = strings.HasPrefix(folder, DraftPrefix); m.Folder() != folder {
		return nil, fmt.Errorf("%s was renamed: its manifest says %s", folder, m.Folder())
	}
	return &m, nil
}

// YearsOfTable lists the years of a table.
func (m *Manifest) YearsOfTable(name string) []int {
	var years []int
	for i := range m.Files {
		var year int
		if _, err := fmt.Sscanf(m.Files[i].Path, name+"/year=%d/", &year); err == nil && !slices.Contains(years, year) {
			years = append(years, year)
		}
	}
	slices.Sort(years)
	return years
}

// ReportName is the batch report in a batch.
const ReportName = "report.html"

// ParseFees are the fees of the batch in percent, by contribution year.
func (m *Manifest) Fees() (map[int]string, error) {
	fees := map[int]string{}
	for text, percent := range m.Parameters.Fees {
		year, err := strconv.Atoi(text)
		if err != nil {
			return nil, fmt.Errorf("%s: no year: %q", m.Folder(), text)
		}
		fees[year] = percent
	}
	return fees, nil
}

// MinimumPensions are those of the batch in EUR, by year.
func (m *Manifest) MinimumPensions() (map[int]string, error) {
	pensions := map[int]string{}
	for text, amount := range m.Parameters.MinimumPension {
		year, err := strconv.Atoi(text)
		if err != nil {
			return nil, fmt.Errorf("%s: no year: %q", m.Folder(), text)
		}
		pensions[year] = amount.String()
	}
	return pensions, nil
}
