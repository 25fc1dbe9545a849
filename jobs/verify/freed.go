package verify

import (
	"slices"
	"strings"

	"regul/jobs/batch"
	"regul/pipeline/money"
	"regul/writers/payments"
)

// heldRow is a refund as the index of a batch, or the transfers that it sent for an earlier one, has it.
type heldRow struct {
	whose, kind, reason, holder string
	year                        int64
	amount                      money.Cents
}

// heldKey names a refund that a batch held.
type heldKey struct {
	holder, whose string
	year          int64
	amount        money.Cents
}

// keyOf is the name of a refund. A dossier may be written with leading zeros or without.
func keyOf(holder, whose string, year int64, amount money.Cents) heldKey {
	return heldKey{holder, strings.TrimLeft(whose, "0"), year, amount}
}

// freedColumns are the columns of what earlier batches held and a batch sends.
func (s *subject) freedColumns() []verifiedColumn[indexRow] {
	return append(s.indexColumns(), textColumn("reason", func(r *indexRow) *string { return &r.reason }),
		textColumn("held_in", func(r *indexRow) *string { return &r.holder }))
}

// checkFreed makes sure that every transfer which the batch sends for an earlier one is a refund that this one held, that it builds on it,
// and that no batch between them has sent it; and that the sums are those of the manifest. compare takes each.
func (v *verifier) checkFreed(compare func(*indexRow)) {
	table := v.manifest.About().Money.Freed
	if len(v.manifest.Freed) == 0 && len(v.manifest.File(table)) == 0 {
		return
	}
	c := v.add("freed", "facts")
	c.that(len(v.manifest.File(table)) == 1, batch.ManifestName, 0, "it says that transfers are sent which earlier batches held, "+
		"and has no table of them")
	if len(v.manifest.File(table)) == 0 {
		return
	}
	held, err := v.heldBefore()
	if err != nil {
		c.fail(table, 0, "%v", withoutPath(err))
		return
	}
	sums := map[string]payments.Sum{}
	err = eachRow(v, table, v.subject.freedColumns(), func(row int64, r *indexRow) {
		r.Place = row
		key := keyOf(r.holder, r.Whose, int64(r.Year), r.Amount)
		c.that(held[key] > 0, table, r.Place, "the batch it names held no such refund, or it was sent before")
		held[key]--
		c.that(r.Kind == payments.Refund.String() && r.Status == payments.Sent.String() && r.File != "", table, r.Place,
			"it is no refund in a file")
		sum := sums[r.reason]
		sum.Count++
		sum.Amount += r.Amount
		sums[r.reason] = sum
		compare(r)
	})
	if err != nil {
		c.fail(table, 0, "%v", withoutPath(err))
	}
	for _, told := range v.manifest.Freed {
		hold(c, batch.ManifestName, "what is sent that was held: "+told.Reason, payments.Sum{Count: told.Count, Amount: told.Amount},
			sums[told.Reason])
		delete(sums, told.Reason)
	}
	c.that(len(sums) == 0, batch.ManifestName, 0, "it does not tell all that is sent which earlier batches held")
}

// heldBefore counts the refunds that the batches on which this one builds held and have not sent.
func (v *verifier) heldBefore() (map[heldKey]int, error) {
	held := map[heldKey]int{}
	before, err := batch.Before(v.options.Out, v.manifest)
	if err != nil {
		return nil, err
	}
	about := v.manifest.About()
	fields := batch.Fields[heldRow]{
		batch.TextField(about.Money.Whose, func(r *heldRow) *string { return &r.whose }),
		batch.WholeField("contribution_year", func(r *heldRow) *int64 { return &r.year }),
		batch.TextField("kind", func(r *heldRow) *string { return &r.kind }),
		batch.AmountField("amount", func(r *heldRow) *money.Cents { return &r.amount }),
		batch.TextField("reason", func(r *heldRow) *string { return &r.reason }),
	}
	freed := append(slices.Clone(fields), batch.TextField("held_in", func(r *heldRow) *string { return &r.holder }))
	for _, m := range before {
		if len(m.Held) > 0 {
			err := fields.Each(v.options.Out, m, m.File(about.Money.File), func(r *heldRow) error {
				if r.kind == payments.Refund.String() && m.WaitsFor(r.reason) != nil {
					held[keyOf(m.Batch, r.whose, r.year, r.amount)]++
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
		err := freed.Each(v.options.Out, m, m.File(about.Money.Freed), func(r *heldRow) error {
			held[keyOf(r.holder, r.whose, r.year, r.amount)]--
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return held, nil
}
