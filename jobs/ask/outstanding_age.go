package ask

import (
	"slices"
	"time"

	"regul/jobs/ledger"
	"regul/jobs/storage"
)

// moneyKind is money of one kind on an affiliate's year.
type moneyKind struct {
	of   partyYear
	kind int
}

// age says since when money is outstanding of which nothing says it: since the first of the batches that record it without a break. Money
// that no batch records yet is of the day.
func (out *Outstanding) age(history *ledger.History, store storage.Storage) error {
	left := map[moneyKind]*OutstandingMoney{}
	for i := range out.Years {
		if m := &out.Years[i]; m.Since == "" {
			m.Since = out.AsOf
			left[moneyKind{partyYear{m.Name(), int64(m.Year)}, slices.Index(OutstandingKinds(), m.Kind)}] = m
		}
	}
	for at := len(history.Batches) - 1; at >= 0 && len(left) > 0; at-- {
		m := history.Batches[at]
		if !m.MoneyLedger || m.AsOf > out.AsOf {
			continue
		}
		recorded := map[moneyKind]*OutstandingMoney{}
		err := balanceFields(out.about).Each(store, m, m.Parts(out.about.Balances), func(b *recordedBalance) error {
			for kind, amount := range kindsOf(&b.Balance) {
				key := moneyKind{partyYear{b.number, int64(b.Year)}, kind}
				if money := left[key]; money != nil && amount != 0 {
					money.Since, recorded[key] = m.AsOf, money
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		left = recorded
	}
	return out.count()
}

// count counts the days until the day of the list.
func (out *Outstanding) count() error {
	until, err := time.Parse(time.DateOnly, out.AsOf)
	if err != nil {
		return err
	}
	for i := range out.Years {
		m := &out.Years[i]
		since, err := time.Parse(time.DateOnly, m.Since)
		if err != nil {
			return err
		}
		m.AgeDays = max(0, int(until.Sub(since)/(24*time.Hour)))
	}
	return nil
}
