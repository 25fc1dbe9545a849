package verify

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/law/reference"
	"regul/pipeline/money"
	"regul/writers/payments"
	"regul/writers/tables"
)

// checkCompanies reads the tables of a batch of companies with the second implementation, and computes every row of them a second
// time from what it says of the company and of what was called and paid.
func (v *verifier) checkCompanies(ctx context.Context) error {
	v.checkSchemas([]namedForm{{tables.CompaniesTable, formOf(companyColumns)}, {tables.CompanyEntriesTable, formOf(companyEntryColumns)},
		{tables.CompanyBalancesTable, formOf(companyBalanceColumns)}, {tables.CompanyRejectsTable, formOf(rejectColumns("enterprise"))}})
	w := &companyWalk{v: v, checks: map[string]*Check{}, outcomes: map[string]int64{}, beside: map[string]bool{},
		takenBack: map[companyKey]money.Cents{}}
	for _, check := range [][2]string{{"readable", "files read to their end"}, {"order", "rows"}, {"numbers", "companies"},
		{"calculation", "companies recomputed"}, {"entries", "entries"}, {"balances", "balances"}} {
		w.checks[check[0]] = v.add(check[0], check[1])
	}
	if err := w.readPriors(); err != nil {
		return err
	}
	for _, f := range v.files(tables.CompaniesTable, ".parquet") {
		if err := ctx.Err(); err != nil {
			return err
		}
		if v.damaged[f.Path] {
			w.partBeside(tables.CompanyBalancesTable, f) // they can't be checked either
			w.partBeside(tables.CompanyEntriesTable, f)
			continue
		}
		w.checks["readable"].Number++
		if err := w.year(f); err != nil {
			w.checks["readable"].fail("", 0, "%v", withoutPath(err))
		}
	}
	if err := eachOther(ctx, w, tables.CompanyEntriesTable, w.entriesOf, w.onlyReversed); err != nil {
		return err
	}
	w.takenBackBalances()
	if err := eachOther(ctx, w, tables.CompanyBalancesTable, w.balancesOf, w.unsettled); err != nil {
		return err
	}
	w.checks["calculation"].Note = v.lawNote()
	v.checkRejects()
	w.totals()
	return nil
}

// companyWalk goes through the companies of a batch and their entries together.
type companyWalk struct {
	v        *verifier
	checks   map[string]*Check
	priors   map[companyKey][]verifiedCompany // of the ledger, by version, of the companies that this batch corrects
	rows     int64
	lines    int64
	outcomes map[string]int64
	sums     [len(companySums)]money.Cents
	debit    money.Cents
	credit   money.Cents
	balances balanceSums
	beside   map[string]bool // the files that were read beside their companies

	takenBack map[companyKey]money.Cents // by lines that take back those of withdrawn batches: debit - credit
}

type companyKey struct {
	enterprise string
	year       int
}

// companySums are the amounts that the manifest adds up, by its keys.
var companySums = [...]struct {
	key string
	of  func(*verifiedCompany) money.Cents
}{

	{"definitive", func(r *verifiedCompany) money.Cents { return r.definitive }},
	{"called", func(r *verifiedCompany) money.Cents { return r.called }},
	{"paid", func(r *verifiedCompany) money.Cents { return r.paid }},
	{"supplement", func(r *verifiedCompany) money.Cents { return r.supplement }},
	{"surplus_applied", func(r *verifiedCompany) money.Cents { return r.surplus }},
	{"to_pay", func(r *verifiedCompany) money.Cents { return r.toPay }},
	{"cancelled", func(r *verifiedCompany) money.Cents { return r.cancelled }},
	{"refund", func(r *verifiedCompany) money.Cents { return r.refund }},
	{"arrears", func(r *verifiedCompany) money.Cents { return r.arrears }},
	{"surcharge", func(r *verifiedCompany) money.Cents { return r.surcharge }},
	{"claim", (*verifiedCompany).claim},
	{"payout", (*verifiedCompany).payout},
}

// cursorOf goes through one file.
func cursorOf[Row any](v *verifier, f *batch.ManifestFile, columns []verifiedColumn[Row], order *Check,

	place func(*Row) *rowPlace) tableCursor[Row] {
	return tableCursor[Row]{v: v, parts: []*batch.ManifestFile{f}, columns: columns, order: order, place: place}
}

func placeOfCompany(r *verifiedCompany) *rowPlace { return &r.rowPlace }

// readPriors reads what the batches of the ledger say of the companies that this batch corrects.
func (w *companyWalk) readPriors() error {
	w.priors = map[companyKey][]verifiedCompany{}
	if w.v.manifest.Earlier == 0 {
		return nil
	}
	corrected := map[companyKey]bool{}
	if err := w.v.eachCompany(func(r *verifiedCompany) { corrected[companyKey{r.niss, r.year}] = r.version > 1 }); err != nil {
		return err
	}
	before, err := batch.Before(w.v.options.Out, w.v.manifest)
	if err != nil {
		return err
	}
	for _, manifest := range before {
		earlier := &verifier{options: w.v.options, folder: manifest.Folder(), manifest: manifest}
		err := earlier.eachCompany(func(r *verifiedCompany) {
			if key := (companyKey{r.niss, r.year}); corrected[key] {
				w.priors[key] = append(w.priors[key], *r)
			}
		})
		if err != nil {
			return err
		}
	}
	for _, versions := range w.priors {
		slices.SortStableFunc(versions, func(a, b verifiedCompany) int { return a.version - b.version })
	}
	return nil
}

// eachCompany visits the rows of a batch of companies whose files are sound.
func (v *verifier) eachCompany(visit func(*verifiedCompany)) error {
	for _, f := range v.files(tables.CompaniesTable, ".parquet") {
		if v.damaged[f.Path] {
			continue
		}
		c := cursorOf(v, f, companyColumns, &Check{}, placeOfCompany)
		defer c.close()
		for err := c.start(); !c.ended; err = c.next() {
			if err != nil {
				return nil // which the check of readable files tells
			}
			if v.manifest.CountsForText(c.row.niss) {
				visit(&c.row)
			}
		}
	}
	return nil
}

// year checks the companies of a file, each with its entries.
func (w *companyWalk) year(f *batch.ManifestFile) error {
	order := w.checks["order"]
	companies := cursorOf(w.v, f, companyColumns, order, placeOfCompany)
	defer companies.close()
	if err := companies.start(); err != nil {
		return err
	}
	entries := w.entriesOf(w.partBeside(tables.CompanyEntriesTable, f)...)
	defer entries.close()
	if err := entries.start(); err != nil {
		return err
	}
	balances := w.balancesOf(w.partBeside(tables.CompanyBalancesTable, f)...)
	defer balances.close()
	if err := balances.start(); err != nil {
		return err
	}
	var lines []verifiedEntry
	for last := ""; !companies.ended; {
		r := companies.row
		if r.niss == last || path.Base(path.Dir(r.file)) != fmt.Sprintf("year=%04d", r.year) {
			order.fail(r.file, r.row, "it stands there twice, or in another year's folder")
		}
		last = r.niss
		lines = lines[:0]
		for !entries.ended && entries.row.niss <= r.niss {
			if entries.row.reverses != 0 {
				w.reversed(&entries.row)
			} else {
				lines = append(lines, entries.row)
			}
			if err := entries.next(); err != nil {
				return err
			}
		}
		w.row(&r, lines)
		if err := w.balance(&r, &balances); err != nil {
			return err
		}
		if err := companies.next(); err != nil {
			return err
		}
	}
	if err := w.unsettled(&balances); err != nil {
		return err
	}
	return w.onlyReversed(&entries)
}

// partBeside is the file of a table of the same year and part as one of companies; none where there is none that can be read.
func (w *companyWalk) partBeside(table string, f *batch.ManifestFile) []*batch.ManifestFile {
	beside := path.Join(table, path.Base(path.Dir(f.Path)), path.Base(f.Path))
	w.beside[beside] = true
	for _, part := range w.v.files(table, ".parquet") {
		if part.Path == beside && !w.v.damaged[beside] {
			return []*batch.ManifestFile{part}
		}
	}
	return nil
}

// eachOther checks the files of a table beside which no company is settled.
func eachOther[Row any](ctx context.Context, w *companyWalk, table string, of func(...*batch.ManifestFile) tableCursor[Row],
	check func(*tableCursor[Row]) error) error {
	for _, f := range w.v.files(table, ".parquet") {
		if err := ctx.Err(); err != nil {
			return err
		}
		if w.v.damaged[f.Path] || w.beside[f.Path] {
			continue
		}
		w.checks["readable"].Number++
		c := of(f)
		err := c.start()
		if err == nil {
			err = check(&c)
		}
		c.close()
		if err != nil {
			w.checks["readable"].fail("", 0, "%v", withoutPath(err))
		}
	}
	return nil
}

// row checks a company and its entries.
func (w *companyWalk) row(r *verifiedCompany, lines []verifiedEntry) {
	w.rows++
	w.outcomes[r.outcome]++
	w.v.sums.usual.take(r.refund, r.definitive-r.called)
	w.v.sums.owed.add(r.niss, r.year, r.reference, payments.Refund, r.payout())
	w.v.sums.owed.add(r.niss, r.year, r.reference, payments.Claim, r.claim())
	for i := range companySums {
		w.sums[i] += companySums[i].of(r)
	}
	w.numbers(r)
	w.calculation(r)
	w.entries(r, lines)
}

func (w *companyWalk) numbers(r *verifiedCompany) {
	c := w.checks["numbers"]
	c.that(reference.ValidEnterprise(r.niss), r.file, r.row, "its enterprise number does not have 10 digits with right check digits")
	text, _ := reference.CompanyReference(r.niss, r.year)
	if r.reference != text {
		c.fail(r.file, r.row, "its reference is not the one of its number and year")
	}
	if r.language == "" || !slices.Contains(pipeline.Languages(), r.language) {
		c.fail(r.file, r.row, "its language is none of the list")
	}
	if r.version < 1 || r.version != len(w.priors[companyKey{r.niss, r.year}])+1 {
		c.fail(r.file, r.row, "its version does not follow those of the batches on which this one builds")
	}
	if r.notified != w.v.asOf {
		c.fail(r.file, r.row, "notified_on is not the day of the batch")
	}
}

// entries checks the books of a company's year: debit = credit, and each role has what the row says. A surcharge that is taken back
// lowers the receivable, but for what of it was paid: that is paid out.
func (w *companyWalk) entries(r *verifiedCompany, lines []verifiedEntry) {
	c := w.checks["entries"]
	c.Number += int64(len(lines))
	net := map[string]money.Cents{}
	for i := range lines {
		e := &lines[i]
		w.line(e)
		net[e.role] += e.debit - e.credit
		net[""] += e.debit - e.credit
		if e.niss != r.niss || e.year != r.year || e.version != r.version || e.line != i+1 || e.reference != r.reference ||
			e.booked != r.notified {
			c.fail(e.file, e.row, "it is not the next line of its company and year")
		}
	}
	for _, booked := range []bookedSum{
		{"debit - credit", net[""], 0},
		{"receivable", net[pipeline.ReceivableRole.String()], r.supplement - r.cancelled + r.payout() + r.surcharge},
		{"contributions", net[pipeline.ContributionsRole.String()], r.cancelled - r.supplement},
		{"surcharges", net[pipeline.SurchargesRole.String()], -r.surcharge},
		{"refund payable", net[pipeline.RefundPayableRole.String()], -r.payout()},
	} {
		if booked.found != booked.want {
			c.fail(r.file, r.row, "the entries of the year: %s is %s, it must be %s", booked.name, booked.found, booked.want)
		}
	}
}

// totals checks the control totals of the manifest.
func (w *companyWalk) totals() {
	v := w.v
	c := v.add("totals", "sums")
	if c.Note = v.incomplete(); c.Note != "" {
		return
	}
	said := func(key string, found string) { hold(c, batch.ManifestName, key, string(v.totals[key]), found) }
	for i := range companySums {
		v.sums.set(companySums[i].key, w.sums[i])
	}
	count := func(n int64) string { return strconv.FormatInt(n, 10) }
	said("regularisations", count(w.rows))
	said("entries", count(w.lines))
	for i := range companySums {
		said(companySums[i].key, w.sums[i].String())
	}
	if v.manifest.MoneyLedger || w.balances.rows > 0 { // batches of before had none
		said("balances", count(w.balances.rows))
		for i, sum := range summedBalances {
			if _, told := v.totals[sum.key]; told || !sum.seldom() || w.balances.amounts[i] != 0 {
				said(sum.key, w.balances.amounts[i].String())
			}
			if sum.number != "" {
				said(sum.number, count(w.balances.numbers[i]))
			}
		}
	}
	void, amount := v.holdCancellations(c)
	if _, told := v.totals["void"]; told || void > 0 { // a batch of before they were told has neither
		said("void_collections", count(void))
		said("void", amount.String())
	}
	said("debit", w.debit.String())
	said("credit", w.credit.String())
	for outcome, n := range w.outcomes {
		hold(c, batch.ManifestName, "the outcome "+outcome, v.manifest.Outcomes[outcome], n)
	}
}
