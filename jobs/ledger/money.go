package ledger

import (
	"slices"

	"regul/jobs/batch"
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

// moneyTables are what batches ordered, and what the bank said.
func moneyTables(of *moneyOf) []readTable {
	in := func(path string) func(*batch.Manifest) []*batch.ManifestFile {
		return func(m *batch.Manifest) []*batch.ManifestFile { return m.File(path) }
	}
	return []readTable{
		&tableOf[transfer]{"transfers", in(of.Money.File), of.indexFields, of.takeTransfer},
		&tableOf[transfer]{"freed", in(of.Money.Freed), always(append(transferFields(of),
			batch.TextField("held_in", func(r *transfer) *string { return &r.Holder }))), of.takeFreed},
		&tableOf[pipeline.ConfirmedTransfer]{"confirmations", in(of.Money.Confirmations), always(confirmationFields(of)),
			alike(of.confirmed)},
		&tableOf[pipeline.PriorTransfer]{"cancelled", in(of.Money.Cancellations), always(cancelledFields(of)), alike(of.takeCancelled)},
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
	fields := transferFields(of)
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
	file   []byte
	reason string // why it is held
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
