package ledger

import (
	"errors"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/money"
)

// Transfer is a refund or a collection as the tables of the batches tell who asks: of the payment index, of what was held and is sent, of
// what was made void, or of what the bank said.
type Transfer struct {
	Number                    pipeline.NISS
	Dossier                   pipeline.Dossier // the zero value: it tells none
	Year                      int32
	Amount                    money.Cents
	Kind, Status, Transaction string
	On                        pipeline.Date // a collection that was made void: when it was due; a word of the bank: when it came
}

// The tables of transfers that are asked for. Nights read other columns of them; what is kept of older batches has both.
func askedTransfers(job batch.Job) (ordered, freed, void, said *tableOf[Transfer]) {
	about := batch.AboutOf(job)
	fields := batch.Fields[Transfer]{
		batch.CodeField(about.Number, func(t *Transfer, text []byte) bool { t.Number, _ = about.Parse(text); return true }),
		batch.WholeField("contribution_year", func(t *Transfer) *int32 { return &t.Year }),
		batch.AmountField("amount", func(t *Transfer) *money.Cents { return &t.Amount }),
		batch.TextField("transaction", func(t *Transfer) *string { return &t.Transaction }),
	}
	with := func(fields batch.Fields[Transfer], more ...batch.Field[Transfer]) batch.Fields[Transfer] {
		return append(fields[:len(fields):len(fields)], more...)
	}
	on := func(name string) batch.Field[Transfer] {
		return batch.DayField(name, func(t *Transfer) *pipeline.Date { return &t.On })
	}
	stands := batch.Fields[Transfer]{batch.TextField("kind", func(t *Transfer) *string { return &t.Kind }),
		batch.TextField("status", func(t *Transfer) *string { return &t.Status })}
	words := with(with(fields, stands...), on("confirmed_on"))
	if about.HasDossier() {
		fields = with(fields, batch.CodeField("dossier", func(t *Transfer, text []byte) bool {
			t.Dossier, _ = about.Whose(text)
			return true
		}))
	}
	table := func(name, path string, fields batch.Fields[Transfer]) *tableOf[Transfer] {
		return &tableOf[Transfer]{name: name, files: fileAt(path), fields: always(fields)}
	}
	return table(transfersName, about.Money.File, with(fields, stands...)), table(freedName, about.Money.Freed, with(fields, stands...)),
		table(voidName, about.Money.Cancellations, with(fields, on("due_on"))), table(saidName, about.Money.Confirmations, words)
}

// EachTransfer visits the refunds and collections of the batches that count, the earliest first.
func (l *History) EachTransfer(visit func(*batch.Manifest, *Transfer) error) error {
	ordered, freed, _, _ := askedTransfers(l.job)
	return l.eachInOrder(visit, ordered, freed)
}

// EachVoid visits the collections that batches which count made void, those of the earliest first.
func (l *History) EachVoid(visit func(*batch.Manifest, *Transfer) error) error {
	_, _, void, _ := askedTransfers(l.job)
	return l.eachInOrder(visit, void)
}

// EachSaid visits what the bank said, as the batches that count hold it, the earliest first.
func (l *History) EachSaid(visit func(*batch.Manifest, *Transfer) error) error {
	_, _, _, said := askedTransfers(l.job)
	return l.eachInOrder(visit, said)
}

// eachInOrder visits the rows of tables batch after batch.
func (l *History) eachInOrder(visit func(*batch.Manifest, *Transfer) error, tables ...*tableOf[Transfer]) (err error) {
	var open []*inOrder[Transfer]
	for _, t := range tables {
		open = append(open, &inOrder[Transfer]{history: l, table: t})
	}
	defer func() {
		for _, o := range open {
			err = errors.Join(err, o.Close())
		}
	}()
	for _, m := range l.Batches {
		for _, o := range open {
			if err := o.each(m, func(t *Transfer) error { return visit(m, t) }); err != nil {
				return err
			}
		}
	}
	return nil
}
