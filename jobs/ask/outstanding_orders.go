package ask

import (
	"slices"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/writers/payments"
)

// addVoid adds the collections that batches made void and that the bank would make on the day or later.
func (f *finding) addVoid() error {
	return f.history.EachVoid(func(m *batch.Manifest, t *ledger.Transfer) error {
		if t.On < f.on || f.failed.named[t.Transaction] != nil {
			return nil
		}
		day, err := dayOf(m)
		f.with([]Order{{m.Batch, t.Amount, "void", t.Transaction}}, found{partyYear: partyYear{t.Number, t.Year}, dossier: t.Dossier,
			amount: t.Amount, since: day, kind: kindOf(collectionVoid)})
		return err
	})
}

// dossierYear is the year of a dossier, with or without leading zeros.
type dossierYear struct {
	dossier uint32
	year    int32
}

// addOrders adds the transfers that the payment indexes list of the years with one that nobody has seen. A year is found by the number, and
// by the dossier: the number may have been replaced since.
func (f *finding) addOrders(listed []found) error {
	unseen, filed := map[partyYear]*found{}, map[dossierYear]*found{}
	for i := range listed {
		of := &listed[i]
		if of.kind == 0 {
			unseen[of.partyYear] = of
			if f.about.HasDossier() {
				filed[dossierYear{of.dossier.Number, of.year}] = of
			}
		}
	}
	if len(unseen) == 0 {
		return nil
	}
	return f.history.EachTransfer(func(m *batch.Manifest, t *ledger.Transfer) error {
		if t.Kind != payments.Refund.String() {
			return nil
		}
		of := unseen[partyYear{t.Number, t.Year}]
		if of == nil && t.Dossier.Digits > 0 {
			if of = filed[dossierYear{t.Dossier.Number, t.Year}]; of != nil && f.hasUnseen(partyYear{t.Number, t.Year}) {
				return nil // it is of a year that is not listed
			}
		}
		if of == nil {
			return nil
		}
		day, err := dayOf(m)
		if err != nil || of.since > day {
			return err
		}
		if of.orders == 0 {
			f.orders = append(f.orders, nil)
			of.orders = int32(len(f.orders))
		}
		orders := &f.orders[of.orders-1]
		*orders = append(*orders, Order{m.Batch, t.Amount, t.Status, t.Transaction})
		return nil
	})
}

// hasUnseen says whether there is a year of somebody with a transfer that nobody has seen.
func (f *finding) hasUnseen(of partyYear) bool {
	return slices.ContainsFunc(f.found, func(other found) bool { return other.kind == 0 && other.partyYear == of })
}
