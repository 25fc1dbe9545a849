package run

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/intake"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/readers"
	"regul/readers/table"
	"regul/writers/notice"
	"regul/writers/tables"
)

// Name is the identity of the batch: its day and eight digits of a digest over the content of the rows (whatever their order,
// format and split into files), the law of companies, the batches it builds on and those that were withdrawn, and how the
// fund presents itself. The rows are sorted by now; a row that can't be read counts by its text.
func (r *companiesRun) name(read *readers.Companies) string {
	hash := sha256.New()
	fmt.Fprintf(hash, "companies %d\nas of %s\nlaw %s\n", nameFormat, r.AsOf, r.Law.Version())
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
	r.history.AddTo(hash)
	r.Outgoing.writeTo(hash)
	return r.AsOf.String() + "-" + hex.EncodeToString(hash.Sum(nil))[:8]
}

// Manifest is what the batch says of itself; the files come with its publication.
func (r *companiesRun) manifest() *batch.Manifest {
	t := &r.decided.Totals
	inputs := r.in.Manifest()
	for i := range inputs {
		inputs[i].Input = jobs.CompaniesInput
	}
	outcomes := map[string]int64{}
	for i, n := range t.Outcomes {
		if n > 0 {
			outcomes[pipeline.Outcome(i).String()] = n
		}
	}
	return &batch.Manifest{
		Format: batch.ManifestFormat, Batch: r.batch, Job: batch.CompaniesJob, AsOf: r.AsOf.String(), LawVersion: r.Law.Version(),
		Parameters: batch.ManifestSettings{MaxRejects: r.MaxRejects.String(), Specimen: r.Outgoing.Press != nil && r.Outgoing.Fund.Specimen, Without: r.Outgoing.without(), Outgoing: r.Outgoing.digest()},
		Earlier:    r.history.Len(), Previous: r.history.LastLink(), Withdrawn: r.history.Withdrawn, Inputs: inputs,
		Counts: r.result.Counts, Outcomes: outcomes, Rejects: r.result.Rejects, NotPostable: r.notPostable,
		ControlTotals: batch.ControlTotals{
			Regularisations: t.Regularisations, Notices: t.Notices, Entries: t.Entries, Definitive: t.Definitive, Called: t.Called, Paid: t.Paid,
			Supplement: t.Supplement, SurplusApplied: t.SurplusApplied, ToPay: t.ToPay, Cancelled: t.Cancelled, RefundGross: t.Refund,
			Refund: t.Refund, Arrears: t.Arrears, Surcharge: t.Surcharge, Claim: t.Claim, Payout: t.Refund, Debit: t.Debit, Credit: t.Credit,
		},
	}
}

// companySums are what the files of a batch of companies hold, as read back from them. Amounts in cents.
type companySums struct {
	Rows, entries, rejects, rejectLines, notices                int64
	definitive, called, paid, supplement, surplusApplied, toPay money.Cents
	cancelled, refund, arrears, surcharge, debit, credit        money.Cents
	noticeClaim, noticePayout                                   money.Cents
}

// Check reads every file back, holds it against its digest and its order, sets the number of its rows, and holds the sums
// against what was decided.
func (r *companiesRun) check() error {
	var s companySums
	for i := range r.build.Files {
		if err := s.read(r.Out, batch.Building, &r.build.Files[i]); err != nil {
			return fmt.Errorf("read back %s: %w", r.build.Files[i].Path, err)
		}
	}
	return s.agree(r.manifest(), r.Outgoing.Press != nil)
}

// Read reads a file back and adds what it holds.
func (s *companySums) read(storage storage.Storage, folder string, f *batch.ManifestFile) error {
	if err := batch.Unchanged(storage, folder, f); err != nil {
		return err
	}
	file, err := storage.Open(folder + "/" + f.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	f.Rows = 0
	switch {
	case f.IsPartOf(tables.CompaniesTable):
		f.Rows, err = batch.AddUpBy(file, "enterprise", 10, 1, []batch.ColumnSum{{Name: "definitive", To: &s.definitive}, {Name: "called", To: &s.called}, {Name: "paid", To: &s.paid},
			{Name: "supplement", To: &s.supplement}, {Name: "surplus_applied", To: &s.surplusApplied}, {Name: "to_pay", To: &s.toPay}, {Name: "cancelled", To: &s.cancelled},
			{Name: "refund", To: &s.refund}, {Name: "arrears", To: &s.arrears}, {Name: "surcharge", To: &s.surcharge}})
		s.Rows += f.Rows
	case f.IsPartOf(tables.CompanyEntriesTable):
		f.Rows, err = batch.AddUpBy(file, "enterprise", 10, company.MaxEntries, []batch.ColumnSum{{Name: "debit", To: &s.debit}, {Name: "credit", To: &s.credit}})
		s.entries += f.Rows
	case f.IsPartOf(tables.CompanyRejectsTable):
		f.Rows, err = rowsOf(file, "source")
		s.rejects += f.Rows
	case f.Path == intake.CompanyRejectsFile:
		f.Rows, err = batch.CountRejects(file)
		s.rejectLines += f.Rows
	case f.IsPartOf(notice.CompanyIndexTable):
		err = batch.EachBlock(file, []table.Column{{Name: "claim", Kind: table.Amount}, {Name: "payout", Kind: table.Amount}}, func(b *table.Block) error {
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
func rowsOf(file storage.ReadFile, column string) (rows int64, err error) {
	err = batch.EachBlock(file, []table.Column{{Name: column, Kind: table.Text}}, func(b *table.Block) error { rows += int64(b.Rows); return nil })
	return rows, err
}

// Agree holds what the files hold against the manifest. The batch may go without notices.
func (s *companySums) agree(m *batch.Manifest, notices bool) error {
	t := &m.ControlTotals
	sums := []batch.Sum{
		{Name: "regularisations", File: s.Rows, Totals: t.Regularisations}, {Name: "entries", File: s.entries, Totals: t.Entries},
		{Name: "rejects", File: s.rejects, Totals: m.Counts[jobs.CompaniesInput].Rejected}, {Name: "rejects as CSV", File: s.rejectLines, Totals: m.Counts[jobs.CompaniesInput].Rejected},
		{Name: "definitive", File: int64(s.definitive), Totals: int64(t.Definitive)}, {Name: "called", File: int64(s.called), Totals: int64(t.Called)}, {Name: "paid", File: int64(s.paid), Totals: int64(t.Paid)},
		{Name: "supplement", File: int64(s.supplement), Totals: int64(t.Supplement)}, {Name: "surplus applied", File: int64(s.surplusApplied), Totals: int64(t.SurplusApplied)},
		{Name: "to pay", File: int64(s.toPay), Totals: int64(t.ToPay)}, {Name: "cancelled", File: int64(s.cancelled), Totals: int64(t.Cancelled)}, {Name: "refund", File: int64(s.refund), Totals: int64(t.Refund)},
		{Name: "arrears", File: int64(s.arrears), Totals: int64(t.Arrears)}, {Name: "surcharge", File: int64(s.surcharge), Totals: int64(t.Surcharge)},
		{Name: "debit", File: int64(s.debit), Totals: int64(t.Debit)}, {Name: "credit", File: int64(s.credit), Totals: int64(t.Credit)},
	}
	if notices {
		sums = append(sums, batch.Sum{Name: "notices", File: s.notices, Totals: t.Notices}, batch.Sum{Name: "claims of the notices", File: int64(s.noticeClaim), Totals: int64(t.Claim)},
			batch.Sum{Name: "payouts of the notices", File: int64(s.noticePayout), Totals: int64(t.Payout)})
	}
	return batch.FirstDifference(sums)
}
