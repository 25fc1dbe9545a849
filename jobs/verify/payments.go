package verify

import (
	"hash/maphash"
	"io"
	"path"

	"regul/jobs/batch"
	"regul/jobs/transfers"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// checkPayments compares every transfer of the payment files with its row of the index, the index with the regularisations and the
// letters, and, where the inputs are at hand, with the register.
func (v *verifier) checkPayments() {
	files := v.files(payments.Folder, ".xml")
	if len(files) == 0 && len(v.files(path.Dir(v.subject.Money.File), path.Base(v.subject.Money.File))) == 0 {
		return
	}
	c := v.add("payments", "payments")
	compared := v.comparison(files, c)
	register := transfers.Register{Of: v.subject.About}
	index := paymentIndex{yearly: v.subject.Yearly}
	var collections []collected
	compare := func(r *indexRow) {
		if !v.manifest.HasRemoved(r.File) {
			compared.Row(&r.Row)
		}
		register.Row(&r.Row)
	}
	err := eachRow(v, v.subject.Money.File, v.subject.indexColumns(), func(row int64, r *indexRow) {
		r.Place = row
		v.holdPayment(c, &index, r)
		compare(r)
		if of, is := v.subject.collectedBy(r); is {
			collections = append(collections, of)
		}
	})
	if err == nil {
		err = v.checkMandates(c, collections)
	}
	if err != nil {
		c.fail(v.subject.Money.File, 0, "%v", withoutPath(err))
		return
	}
	v.checkFreed(compare)
	sums := compared.Close()
	for _, f := range files {
		if sum, read := sums[f.Path]; read && f.Sum != nil && (f.Rows != sum.Count || *f.Sum != sum.Amount) {
			c.fail(f.Path, 0, "it has %d transfers of %s, the manifest says %d of %s", sum.Count, sum.Amount, f.Rows, *f.Sum)
		}
	}
	if c.Note = v.incomplete(); c.Note == "" {
		hold(c, v.subject.Money.File, "the sum of the refunds", index.kinds[payments.Refund], v.sums.amount("payout"))
		hold(c, v.subject.Money.File, "the sum of the claims", index.kinds[payments.Claim], v.sums.amount("claim"))
		c.that(index.owed == v.sums.owed, v.subject.Money.File, 0, "its rows are not those of the regularisations")
	}
	if index.next("", 0); v.told != 0 {
		c.that(index.letters == v.told, v.subject.Money.File, 0, "its amounts are not those that the letters tell each")
	}
	v.checkRegister(&register)
}

// comparison prepares to compare payment files with the index.
func (v *verifier) comparison(files []*batch.ManifestFile, c *Check) *transfers.Comparison {
	compared := &transfers.Comparison{Batch: v.manifest.Batch, Own: v.manifest.Parameters.Own, Fail: c.fail,
		Open: func(name string) (io.ReadCloser, error) {
			file, err := v.open(name)
			if err != nil {
				return nil, cause(err)
			}
			return struct {
				io.Reader
				io.Closer
			}{io.NewSectionReader(file, 0, file.Size()), file}, nil
		}}
	for _, f := range files {
		compared.Files = append(compared.Files, f.Path)
	}
	return compared
}

// paymentIndex is what the index comes to.
type paymentIndex struct {
	kinds [payments.KindCount]money.Cents
	owed  owed

	yearly  bool
	letters owed   // by letter: a person has one, a company one a year
	number  string // of the present letter
	year    int
	sums    [payments.KindCount]money.Cents
}

// next begins another letter, unless it is the present one.
func (x *paymentIndex) next(number string, year int) {
	if !x.yearly {
		year = 0
	}
	if number == x.number && year == x.year {
		return
	}
	for kind := range payments.KindCount {
		x.letters.add(x.number, x.year, "", kind, x.sums[kind])
	}
	x.number, x.year, x.sums = number, year, [payments.KindCount]money.Cents{}
}

// indexRow is a row of the index of payments.
type indexRow struct {
	transfers.Row
	number string
	reason string // why it is held
	holder string // the batch that held it; "" in the index
}

// indexColumns are the columns of the index of a subject. The target came later, all of it at once.
func (s *subject) indexColumns() []verifiedColumn[indexRow] {
	return []verifiedColumn[indexRow]{
		textColumn(s.Number, func(r *indexRow) *string { return &r.number }),
		textColumn(s.Money.Whose, func(r *indexRow) *string { return &r.Whose }),
		integerColumn("contribution_year", func(r *indexRow) *int { return &r.Year }),
		textColumn("kind", func(r *indexRow) *string { return &r.Kind }),
		amountColumn("amount", func(r *indexRow) *money.Cents { return &r.Amount }),
		textColumn("status", func(r *indexRow) *string { return &r.Status }),
		textColumn("file", func(r *indexRow) *string { return &r.File }),
		textColumn("transaction", func(r *indexRow) *string { return &r.ID }),
		textColumn("reference", func(r *indexRow) *string { return &r.Ref }),
		dayColumn("due_on", func(r *indexRow) *pipeline.Date { return &r.DueOn }),
		textColumn("name", func(r *indexRow) *string { return &r.Target.Name }).addedLater(),
		textColumn("iban", func(r *indexRow) *string { return &r.Target.Account }).addedLater(),
		textColumn("mandate", func(r *indexRow) *string { return &r.Target.Mandate }).addedLater(),
		dayColumn("mandate_signed_on", func(r *indexRow) *pipeline.Date { r.Targets = true; return &r.Target.SignedOn }).addedLater(),
	}
}

// holdPayment checks a row of the index by itself.
func (v *verifier) holdPayment(c *Check, index *paymentIndex, r *indexRow) {
	c.that(r.Amount > 0, v.subject.Money.File, r.Place, "its amount is not positive")
	if (r.Status == payments.Sent.String()) != (r.File != "") {
		c.fail(v.subject.Money.File, r.Place, "what is sent is in a file, and nothing else")
	}
	kind := payments.Refund
	if r.Kind == payments.Claim.String() {
		kind = payments.Claim
	} else if r.Kind != kind.String() {
		c.fail(v.subject.Money.File, r.Place, "its kind is none of the list")
	}
	index.next(r.number, r.Year)
	index.sums[kind] += r.Amount
	index.kinds[kind] += r.Amount
	index.owed.add(r.number, r.Year, r.Ref, kind, r.Amount)
}

// owed tells lists of amounts apart, in any order of their rows: who is paid or pays how much for which year. It is a sum of digests
// under a key of this process, which nobody can aim at.
type owed uint64

var owedSeed = maphash.MakeSeed()

// add adds an amount, if there is one. Cents.
func (o *owed) add(number string, year int, reference string, kind payments.Kind, amount money.Cents) {
	if amount == 0 {
		return
	}
	*o += owed(maphash.Comparable(owedSeed, struct {
		number, reference string
		year              int
		kind              payments.Kind
		amount            money.Cents
	}{number, reference, year, kind, amount}))
}

// verifiedCancellation is a collection that the batch makes void.
type verifiedCancellation struct {
	amount, due money.Cents // what it was to collect; what of it is due still
	on          pipeline.Date
}

var cancellationColumns = []verifiedColumn[verifiedCancellation]{
	amountColumn("amount", func(r *verifiedCancellation) *money.Cents { return &r.amount }),
	amountColumn("still_due", func(r *verifiedCancellation) *money.Cents { return &r.due }),
	dayColumn("due_on", func(r *verifiedCancellation) *pipeline.Date { return &r.on }),
}

// holdCancellations checks the collections that the batch makes void, days to come of which something is not due, and adds them up.
func (v *verifier) holdCancellations(c *Check) (number int64, sum money.Cents) {
	if len(v.manifest.File(v.subject.Money.Cancellations)) == 0 {
		return 0, 0
	}
	err := eachRow(v, v.subject.Money.Cancellations, cancellationColumns, func(row int64, r *verifiedCancellation) {
		number++
		sum += r.amount
		c.that(r.amount > 0 && r.due >= 0 && r.due < r.amount && r.on.String() > v.manifest.AsOf, v.subject.Money.Cancellations, row,
			"it is no collection to come of which something is not due")
	})
	if err != nil {
		c.fail(v.subject.Money.Cancellations, 0, "%v", withoutPath(err))
	}
	return number, sum
}
