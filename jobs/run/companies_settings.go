package run

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/outgoing"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/writers/fund"
	"regul/writers/notice"
	"regul/writers/tables"
)

// CompaniesSettings are what an operator asks of the job of the companies, as text and before any check.
type CompaniesSettings struct {
	Files      []string // paths
	Out        string   // directory of the batches
	AsOf       string   // day of the notices
	MaxRejects string   // "" is DefaultMaxRejects
	Workers    int
	Outgoing   outgoing.Settings // the fund has no payment files of companies
	NewLedger  bool              // begin a ledger where there is none
	Insist     []string          // gates that let pass what they would refuse, see GateNames
}

// CompaniesOutgoing is what leaves the fund with a batch of companies, and how the fund presents itself.
type CompaniesOutgoing struct {
	Fund  *fund.Fund
	Press *notice.CompanyPress // prints the notices; nil: the batch has none
	Chart tables.Chart         // the fund's chart of accounts
}

// Check is what Companies works with but for the log and the progress, with one error for each thing that is wrong: a SettingError
// where it is about one setting.
func (s *CompaniesSettings) Check() (o CompaniesOptions, wrong []error) {
	say := func(setting string, err error) {
		if err != nil {
			wrong = append(wrong, &jobs.SettingError{Setting: setting, Err: err})
		}
	}
	var missing []string
	if len(s.Files) == 0 {
		missing = append(missing, "--companies FILE")
	}
	if s.Out == "" {
		missing = append(missing, "--out DIRECTORY")
	}
	if len(missing) > 0 {
		wrong = append(wrong, fmt.Errorf("missing: %s", strings.Join(missing, ", ")))
	}
	l, err := law.Companies()
	if err != nil {
		return o, []error{err}
	}
	o.Law, o.Files, o.Out, o.Workers, o.Current = l, s.Files, storage.Directory(s.Out), s.Workers, s.Outgoing.Current()
	o.AsOf, err = jobs.Day(s.AsOf)
	say("as_of", err)
	o.MaxRejects, err = ParseLimit(cmp.Or(s.MaxRejects, DefaultMaxRejects))
	say("max_rejects", err)
	say("workers", jobs.WorkersInRange(s.Workers))
	if o.Gates, err = ParseGates(s.NewLedger, s.Insist); err != nil {
		wrong = append(wrong, err)
	}
	outgoing, faults := s.outgoing(o.AsOf)
	o.Outgoing = outgoing
	return o, append(wrong, faults...)
}

// Outgoing checks the identity of the fund, its wording and its chart of accounts. A batch of companies has no payment files: that
// a configuration leaves them out is as it should be.
func (s *CompaniesSettings) outgoing(asOf pipeline.Date) (o CompaniesOutgoing, wrong []error) {
	both := s.Outgoing
	both.Without = append(slices.Clone(both.Without), outgoing.WithoutNotices) // those of the self-employed
	checked, wrong := both.Check(&pipeline.Parameters{})
	o.Fund, o.Chart = checked.Fund, checked.Chart
	if o.Fund == nil || slices.Contains(s.Outgoing.Without, outgoing.WithoutNotices) {
		return o, wrong
	}
	printing := notice.CompanySettings{Fund: o.Fund, AsOf: asOf}
	if s.Outgoing.Wording != "" {
		printing.Wording = os.DirFS(s.Outgoing.Wording)
	}
	var err error
	if o.Press, err = notice.NewCompanies(printing); err != nil {
		wrong = append(wrong, jobs.EachError(err)...)
	}
	return o, wrong
}

// Without lists what the batch goes without.
func (o *CompaniesOutgoing) without() []string {
	if o.Press == nil {
		return []string{outgoing.WithoutNotices}
	}
	return nil
}

// AddTo writes what tells the outgoing files of two batches apart, for the identity of a batch.
func (o *CompaniesOutgoing) writeTo(w io.Writer) {
	fmt.Fprintf(w, "accounts %q\n", o.Chart)
	if o.Press != nil {
		fmt.Fprintf(w, "notices %x\n", o.Press.Digest())
	}
}

// Digest identifies how the fund presents itself, in hexadecimal.
func (o *CompaniesOutgoing) digest() string {
	hash := sha256.New()
	o.writeTo(hash)
	return hex.EncodeToString(hash.Sum(nil))
}
