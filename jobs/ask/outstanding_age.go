package ask

import "regul/pipeline"

// moneyKind is money of one kind on a year.
type moneyKind struct {
	partyYear
	kind uint8
}

// age says since when money is outstanding of which nothing says it: since the first of the batches that record it without a break. Money
// that no batch records yet is of the day. recorded is the batch that recorded all of it; "": none did.
func (f *finding) age(recorded string) error {
	left := map[moneyKind]*found{}
	for i := range f.found {
		if of := &f.found[i]; of.since == unknown {
			of.since = f.on
			left[moneyKind{of.partyYear, of.kind}] = of
		}
	}
	for at := len(f.history.Batches) - 1; at >= 0 && len(left) > 0; at-- {
		m := f.history.Batches[at]
		day, err := dayOf(m)
		if err != nil {
			return err
		}
		if m.Batch == recorded || !m.MoneyLedger || day > f.on {
			continue
		}
		still := map[moneyKind]*found{}
		err = balanceFields(f.about).Each(f.history.Storage, m, m.Parts(f.about.Balances), func(b *pipeline.Balance) error {
			for kind, amount := range kindsOf(b) {
				if amount == 0 {
					continue
				}
				key := moneyKind{partyYear{b.NISS, int32(b.Year)}, uint8(kind)}
				if of := left[key]; of != nil {
					of.since, still[key] = day, of
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		left = still
	}
	return nil
}
