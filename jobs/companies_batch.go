package jobs

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"

	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/readers"
	"regul/readers/table"
	"regul/writers/notice"
	"regul/writers/tables"
)

// name is the identity of the batch: its day and eight digits of a digest over the content of the rows (whatever their order,
// format and split into files), the law of companies, the batches it builds on and those that were withdrawn, and how the
// fund presents itself. The rows are sorted by now; a row that can't be read counts by its text.
func (r *companiesRun) name(read *readers.Companies) string {
	hash := sha256.New()
	fmt.Fprintf(hash, "companies %d\nas of %s\nlaw %s\n", manifestFormat, r.AsOf, r.Law.Version())
	for i := range read.Rows {
		row := &read.Rows[i]
		fmt.Fprintf(hash, "%d %d %d %d %d %d %d %d %q\n", row.Number, row.Year, row.Balance, row.CreatedOn, row.Exemption, row.Called, row.Paid, row.Language, row.Contact)
		if row.PaidOn != 0 { // a column that came later: a row without it is the one that it was before
			fmt.Fprintf(hash, "paid on %s\n", row.PaidOn)
		}
	}
	slices.Sort(read.Unread)
	for _, text := range read.Unread {
		hash.Write(binary.BigEndian.AppendUint64(nil, text))
	}
	r.history.writeTo(hash)
	r.Outgoing.writeTo(hash)
	return r.AsOf.String() + "-" + hex.EncodeToString(hash.Sum(nil))[:8]
}

// manifest is what the batch says of itself; the files come with its publication.
func (r *companiesRun) manifest() *Manifest {
	t := &r.decided.Totals
	inputs := r.in.manifest()
	for i := range inputs {
		inputs[i].Input = CompaniesInput
	}
	outcomes := map[string]int64{}
	for i, n := range t.Outcomes {
		if n > 0 {
			outcomes[pipeline.Outcome(i).String()] = n
		}
	}
	return &Manifest{
		Format: manifestFormat, Batch: r.batch, Job: CompaniesJob, AsOf: r.AsOf.String(), LawVersion: r.Law.Version(),
		Parameters: ManifestSettings{MaxRejects: r.MaxRejects.String(), Specimen: r.Outgoing.Press != nil && r.Outgoing.Fund.Specimen, Without: r.Outgoing.without(), Outgoing: r.Outgoing.digest()},
		Ledger:     r.history.names(), LedgerDigests: r.history.digests(), Withdrawn: r.history.withdrawn, Inputs: inputs,
		Counts: r.result.Counts, Outcomes: outcomes, Rejects: r.result.Rejects, NotPostable: r.notPostable,
		ControlTotals: ControlTotals{
			Regularisations: t.Regularisations, Notices: t.Notices, Entries: t.Entries, Definitive: t.Definitive, Called: t.Called, Paid: t.Paid,
			Supplement: t.Supplement, SurplusApplied: t.SurplusApplied, ToPay: t.ToPay, Cancelled: t.Cancelled, RefundGross: t.Refund,
			Refund: t.Refund, Arrears: t.Arrears, Surcharge: t.Surcharge, Claim: t.Claim, Payout: t.Refund, Debit: t.Debit, Credit: t.Credit,
		},
	}
}

// companySums are what the files of a batch of companies hold, as read back from them. Amounts in cents.
type companySums struct {
	rows, entries, rejects, rejectLines, notices                int64
	definitive, called, paid, supplement, surplusApplied, toPay money.Cents
	cancelled, refund, arrears, surcharge, debit, credit        money.Cents
	noticeClaim, noticePayout                                   money.Cents
}

// check reads every file back, holds it against its digest and its order, sets the number of its rows, and holds the sums
// against what was decided.
func (r *companiesRun) check() error {
	var s companySums
	for i := range r.build.files {
		if err := s.read(r.Out, building, &r.build.files[i]); err != nil {
			return fmt.Errorf("read back %s: %w", r.build.files[i].Path, err)
		}
	}
	return s.agree(r.manifest(), r.Outgoing.Press != nil)
}

// read reads a file back and adds what it holds.
func (s *companySums) read(storage Storage, folder string, f *ManifestFile) error {
	if err := unchanged(storage, folder, f); err != nil {
		return err
	}
	file, err := storage.Open(folder + "/" + f.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	f.Rows = 0
	switch {
	case f.isPartOf(tables.CompaniesTable):
		f.Rows, err = addUpBy(file, "enterprise", 10, 1, []columnSum{{"definitive", &s.definitive}, {"called", &s.called}, {"paid", &s.paid},
			{"supplement", &s.supplement}, {"surplus_applied", &s.surplusApplied}, {"to_pay", &s.toPay}, {"cancelled", &s.cancelled},
			{"refund", &s.refund}, {"arrears", &s.arrears}, {"surcharge", &s.surcharge}})
		s.rows += f.Rows
	case f.isPartOf(tables.CompanyEntriesTable):
		f.Rows, err = addUpBy(file, "enterprise", 10, company.MaxEntries, []columnSum{{"debit", &s.debit}, {"credit", &s.credit}})
		s.entries += f.Rows
	case f.isPartOf(tables.CompanyRejectsTable):
		f.Rows, err = rowsOf(file, "source")
		s.rejects += f.Rows
	case f.Path == companyRejectsFile:
		f.Rows, err = countRejects(file)
		s.rejectLines += f.Rows
	case f.isPartOf(notice.CompanyIndexTable):
		err = eachBlock(file, []table.Column{{Name: "claim", Kind: table.Amount}, {Name: "payout", Kind: table.Amount}}, func(b *table.Block) error {
			f.Rows += int64(b.Rows)
			for row := range b.Rows {
				s.noticeClaim += money.Cents(b.Columns[0].Ints[row])
				s.noticePayout += money.Cents(b.Columns[1].Ints[row])
			}
			return nil
		})
		s.notices += f.Rows
	}
	return err
}

// rowsOf counts the rows of a table that has a column of texts.
func rowsOf(file ReadFile, column string) (rows int64, err error) {
	err = eachBlock(file, []table.Column{{Name: column, Kind: table.Text}}, func(b *table.Block) error { rows += int64(b.Rows); return nil })
	return rows, err
}

// agree holds what the files hold against the manifest. The batch may go without notices.
func (s *companySums) agree(m *Manifest, notices bool) error {
	t := &m.ControlTotals
	sums := []sum{
		{"regularisations", s.rows, t.Regularisations}, {"entries", s.entries, t.Entries},
		{"rejects", s.rejects, m.Counts[CompaniesInput].Rejected}, {"rejects as CSV", s.rejectLines, m.Counts[CompaniesInput].Rejected},
		{"definitive", int64(s.definitive), int64(t.Definitive)}, {"called", int64(s.called), int64(t.Called)}, {"paid", int64(s.paid), int64(t.Paid)},
		{"supplement", int64(s.supplement), int64(t.Supplement)}, {"surplus applied", int64(s.surplusApplied), int64(t.SurplusApplied)},
		{"to pay", int64(s.toPay), int64(t.ToPay)}, {"cancelled", int64(s.cancelled), int64(t.Cancelled)}, {"refund", int64(s.refund), int64(t.Refund)},
		{"arrears", int64(s.arrears), int64(t.Arrears)}, {"surcharge", int64(s.surcharge), int64(t.Surcharge)},
		{"debit", int64(s.debit), int64(t.Debit)}, {"credit", int64(s.credit), int64(t.Credit)},
	}
	if notices {
		sums = append(sums, sum{"notices", s.notices, t.Notices}, sum{"claims of the notices", int64(s.noticeClaim), int64(t.Claim)},
			sum{"payouts of the notices", int64(s.noticePayout), int64(t.Payout)})
	}
	return firstDifference(sums)
}
