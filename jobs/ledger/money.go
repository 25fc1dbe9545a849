package ledger

import (
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// moneyOf is what the ledger of a subject knows of its refunds and collections: where a batch has them, and who takes them. The number of
// a company stands where people have their national number.
type moneyOf struct {
	*batch.About
	transfer  func(*pipeline.Scatter, *pipeline.PriorTransfer)
	confirmed func(*pipeline.Scatter, *pipeline.ConfirmedTransfer)
}

var (
	peopleMoney  = moneyOf{batch.AboutPeople, (*pipeline.Scatter).PriorTransfer, (*pipeline.Scatter).PriorConfirmation}
	companyMoney = moneyOf{batch.AboutCompanies, company.TakeTransfer, company.TakeConfirmed}
)

// The names of what is kept of refunds and collections.
const (
	transfersName = "transfers"
	freedName     = "freed"
	saidName      = "confirmations"
	voidName      = "cancelled"
)

// fileAt is the file at a path of a batch, if it has one.
func fileAt(path string) func(*batch.Manifest) []*batch.ManifestFile {
	return func(m *batch.Manifest) []*batch.ManifestFile { return m.File(path) }
}

// moneyTables are what batches ordered, and what the bank said.
func moneyTables(of *moneyOf) []readTable {
	return []readTable{
		&tableOf[transfer]{transfersName, fileAt(of.Money.File), of.indexFields, of.takeTransfer},
		&tableOf[transfer]{freedName, fileAt(of.Money.Freed), always(append(transferFields(of),
			batch.TextField("held_in", func(r *transfer) *string { return &r.Holder }))), of.takeFreed},
		&tableOf[pipeline.ConfirmedTransfer]{saidName, fileAt(of.Money.Confirmations), always(confirmationFields(of)),
			alike(of.confirmed)},
		&tableOf[pipeline.PriorTransfer]{voidName, fileAt(of.Money.Cancellations), always(cancelledFields(of)), alike(of.takeCancelled)},
	}
}

// SentOn is what the batches of a day that count have sent by transfer, in cents: what they ordered, and what earlier ones held.
func (l *History) SentOn(day pipeline.Date) (sum money.Cents, err error) {
	for _, m := range l.Batches {
		of := m.About()
		if m.AsOf != day.String() || of == nil {
			continue
		}
		fields := transferFields(&moneyOf{About: of})
		for _, path := range []string{of.Money.File, of.Money.Freed} {
			err := fields.Each(l.Storage, m, m.File(path), func(r *transfer) error {
				if r.Leaves && r.Sent {
					sum += r.Amount
				}
				return nil
			})
			if err != nil {
				return 0, err
			}
		}
	}
	return sum, nil
}

// indexFields are the columns of the payment index of a batch; nil: of all. One that held something says why.
func (of *moneyOf) indexFields(m *batch.Manifest) batch.Fields[transfer] {
	fields := append(transferFields(of), mandateField(func(r *transfer) *[]byte { return &r.mandate }))
	if m == nil || len(m.Held) > 0 {
		fields = append(fields, batch.TextField("reason", func(r *transfer) *string { return &r.reason }))
	}
	return fields
}

// numberField is the column of whose a row is.
func numberField[Row any](of *moneyOf, to func(*Row) *pipeline.NISS) batch.Field[Row] {
	return batch.CodeField(of.Number, func(r *Row, text []byte) (ok bool) {
		*to(r), ok = of.Parse(text)
		return ok
	}).Required()
}

// transfer is a row of the payment index, or of what was held and is sent.
type transfer struct {
	pipeline.PriorTransfer
	file    []byte
	mandate []byte // by which it collects
	reason  string // why it is held
}

func transferFields(of *moneyOf) batch.Fields[transfer] {
	return batch.Fields[transfer]{
		numberField(of, func(r *transfer) *pipeline.NISS { return &r.NISS }),
		batch.WholeField("contribution_year", func(r *transfer) *int16 { return &r.Year }),
		batch.SaysField("kind", payments.Refund.String(), func(r *transfer) *bool { return &r.Leaves }),
		batch.SaysField("status", payments.Sent.String(), func(r *transfer) *bool { return &r.Sent }),
		batch.AmountField("amount", func(r *transfer) *money.Cents { return &r.Amount }),
		batch.AmountField("surcharge", func(r *transfer) *money.Cents { return &r.Surcharge }),
		batch.TextField("transaction", func(r *transfer) *string { return &r.EndToEnd }),
		batch.DayField("due_on", func(r *transfer) *pipeline.Date { return &r.DueOn }),
		batch.BorrowedField("file", func(r *transfer) *[]byte { return &r.file }),
	}
}

// takeTransfer takes the payment index of the batch at a position.
func (of *moneyOf) takeTransfer(at int, m *batch.Manifest) func(*pipeline.Scatter, *transfer) {
	return func(s *pipeline.Scatter, r *transfer) {
		if r.Batch = int32(at); s.Confirming != nil {
			r.Message = payments.MessageOf(m.Batch, string(r.file), r.EndToEnd)
		}
		if h := m.WaitsFor(r.reason); h != nil {
			r.Held, r.Holder, r.Limit = uint8(max(0, slices.Index(payments.Reasons(), r.reason))), m.Batch, h.Limit
		}
		of.transfer(s, &r.PriorTransfer)
		s.PriorMandate(r.mandate, r.NISS)
	}
}

// takeFreed takes what the batch at a position sent that an earlier one held.
func (of *moneyOf) takeFreed(at int, m *batch.Manifest) func(*pipeline.Scatter, *transfer) {
	take := of.takeTransfer(at, m)
	return func(s *pipeline.Scatter, r *transfer) {
		r.Freed = true
		take(s, r)
	}
}

func cancelledFields(of *moneyOf) batch.Fields[pipeline.PriorTransfer] {
	return batch.Fields[pipeline.PriorTransfer]{
		numberField(of, func(r *pipeline.PriorTransfer) *pipeline.NISS { return &r.NISS }),
		batch.WholeField("contribution_year", func(r *pipeline.PriorTransfer) *int16 { return &r.Year }),
		batch.TextField("transaction", func(r *pipeline.PriorTransfer) *string { return &r.EndToEnd }),
	}
}

// takeCancelled takes a collection that a batch made void.
func (of *moneyOf) takeCancelled(s *pipeline.Scatter, r *pipeline.PriorTransfer) {
	r.Void = true
	of.transfer(s, r)
}

// confirmationFields are what the bank told an earlier night.
func confirmationFields(of *moneyOf) batch.Fields[pipeline.ConfirmedTransfer] {
	return batch.Fields[pipeline.ConfirmedTransfer]{
		numberField(of, func(c *pipeline.ConfirmedTransfer) *pipeline.NISS { return &c.NISS }),
		batch.WholeField("contribution_year", func(c *pipeline.ConfirmedTransfer) *int16 { return &c.Year }),
		batch.SaysField("kind", payments.Refund.String(), func(c *pipeline.ConfirmedTransfer) *bool { return &c.Leaves }),
		batch.TextField("transaction", func(c *pipeline.ConfirmedTransfer) *string { return &c.EndToEnd }),
		batch.WordField("status", pipeline.ConfirmationStatuses(),
			func(c *pipeline.ConfirmedTransfer) *pipeline.ConfirmationStatus { return &c.Status }),
		batch.DayField("confirmed_on", func(c *pipeline.ConfirmedTransfer) *pipeline.Date { return &c.On }),
		batch.AmountField("amount", func(c *pipeline.ConfirmedTransfer) *money.Cents { return &c.Amount }),
	}
}

// Each job has its ledger, but a mandate is one debtor's whichever job collects by it. So a night asks the ledgers of the other jobs by which
// mandates their batches collected; the batch says on which state of them it rests, where that decided something.

// besides are the ledgers of the other jobs, once somebody asks for them. One without a batch that counts is left out.
func besides(storage storage.Storage, job batch.Job, batches []*batch.Manifest, withdrawn []batch.Withdrawal,
	parts []*batch.WithdrawnPart) func() ([]*History, error) {
	return func() (others []*History, err error) {
		for _, about := range batch.Abouts() {
			if about.Job == job {
				continue
			}
			other, err := ofJob(storage, about.Job, batches, withdrawn, parts)
			if err != nil {
				return nil, err
			}
			if len(other.Batches) > 0 {
				others = append(others, other)
			}
		}
		return others, nil
	}
}

// RestOn makes the ledgers of the other jobs those of some states, on which what has a name rests: not those of today.
func (l *History) RestOn(states []batch.Beside, name string) {
	l.others = func() (others []*History, err error) {
		for i := range states {
			other, err := HistoryOf(l.Storage, states[i].OnIt(name))
			if err != nil {
				return nil, err
			}
			others = append(others, other)
		}
		return others, nil
	}
}

// strangers are the ledgers of the other jobs.
func (l *History) strangers() ([]*History, error) {
	if l.others == nil {
		return nil, nil
	}
	l.asking.Do(func() { l.asked, l.fault = l.others() })
	return l.asked, l.fault
}

// Beside is the state of the ledgers of the other jobs.
func (l *History) Beside() (states []batch.Beside, err error) {
	others, err := l.strangers()
	for _, other := range others {
		states = append(states, batch.Beside{Job: other.job, Earlier: other.Last().Earlier, Last: *other.LastLink(),
			Withdrawn: other.Withdrawn, WithdrawnParts: other.PartLinks()})
	}
	return states, err
}

// collection is a row of the payment index: by which mandate it collected. One that did not has none.
type collection struct {
	number  pipeline.NISS
	mandate []byte
}

// collections is the payment index of every batch, as far as it says by which mandates they collected. An index of before it had them has
// none.
func (of *moneyOf) collections(take func(*pipeline.Scatter, *collection)) *tableOf[collection] {
	return &tableOf[collection]{transfersName, fileAt(of.Money.File),
		always(batch.Fields[collection]{
			numberField(of, func(c *collection) *pipeline.NISS { return &c.number }),
			mandateField(func(c *collection) *[]byte { return &c.mandate }),
		}), alike(take)}
}

// mandateField is the column of the mandate by which a batch collected.
func mandateField[Row any](to func(*Row) *[]byte) batch.Field[Row] {
	return batch.BorrowedField("mandate", to).AddedLater()
}

// moneyOfJob is what the ledger of a job knows of its refunds and collections.
func moneyOfJob(job batch.Job) *moneyOf {
	if job == batch.CompaniesJob {
		return &companyMoney
	}
	return &peopleMoney
}

// Strangers are the reads that bring the mandates by which batches of other jobs collected into scatters.
func (l *History) Strangers() (sources []pipeline.Source, err error) {
	others, err := l.strangers()
	for _, other := range others {
		table := moneyOfJob(other.job).collections(func(s *pipeline.Scatter, c *collection) { s.StrangersMandate(c.mandate) })
		sources = append(sources, table.sources(other)...)
	}
	return sources, err
}

// Collected visits the mandates by which the batches that count collected, of this job and of the others: the reference as
// pipeline.MandateReference tells it, and the number; 0: of another job.
func (l *History) Collected(visit func(reference uint64, number pipeline.NISS)) error {
	others, err := l.strangers()
	if err != nil {
		return err
	}
	for _, of := range append([]*History{l}, others...) {
		err := eachRow(of, moneyOfJob(of.job).collections(nil), func(_ *batch.Manifest, c *collection) error {
			switch {
			case len(c.mandate) == 0:
			case of == l:
				visit(pipeline.MandateReference(c.mandate), c.number)
			default:
				visit(pipeline.MandateReference(c.mandate), 0)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// besideStands makes sure that a draft collects by no mandate by which a batch of another job has collected since, and that what it refused
// by their ledgers rests on them as they are.
func (l *History) besideStands(m *batch.Manifest) error {
	changed := jobs.UsageError("the draft %s was made before batches of another job were published or withdrawn, which tell of its mandates: "+
		"run it again", m.Batch)
	if len(m.Beside) > 0 {
		now, err := l.Beside()
		if err == nil && !SameBeside(m.Beside, now) {
			err = changed
		}
		return err
	}
	own := map[uint64]bool{}
	of := moneyOfJob(l.job)
	index := of.collections(nil)
	err := index.fields(m).Each(l.Storage, m, index.files(m), func(c *collection) error {
		if len(c.mandate) > 0 {
			own[pipeline.MandateReference(c.mandate)] = true
		}
		return nil
	})
	if err != nil || len(own) == 0 {
		return err
	}
	clashes := false
	err = l.Collected(func(reference uint64, number pipeline.NISS) { clashes = clashes || number == 0 && own[reference] })
	if err == nil && clashes {
		err = changed
	}
	return err
}

// SameBeside says whether the ledgers of the other jobs are in the same states.
func SameBeside(a, b []batch.Beside) bool {
	return slices.EqualFunc(a, b, func(a, b batch.Beside) bool { return a.Equal(&b) })
}
