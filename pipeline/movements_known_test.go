package pipeline

import (
	"testing"

	"regul/pipeline/money"
)

// A payment of the day of the batch that the batch knew, and gave back to the cent, is what it is: not that refund, booked with the wrong
// sign. What the batch recorded as paid tells them apart. In doubt nothing counts.
func TestAPaymentThatTheOrderKnewIsClear(t *testing.T) {
	day, sign := row(2023, 0, 1000_00), row(2023, 3, 1000_00)
	for name, c := range map[string]struct {
		recorded   money.Cents
		paid       []Payment
		p, unclear money.Cents
	}{
		"known":                               {6000_00, []Payment{day}, 5000_00, 0},
		"known, with a little that came late": {6000_00, []Payment{day, row(2023, -9, 999_99)}, 5999_99, 0},
		"known, with what went back before":   {4900_00, []Payment{day, row(2023, -9, -1100_00)}, 3900_00, 0},
		"known, with what went back since":    {6000_00, []Payment{day, row(2023, -9, -1100_00)}, 3900_00, 0},
		"known, and another one since":        {6000_00, []Payment{day, sign}, 5000_00, 1000_00},
		"known, and an equal one of that day": {6000_00, []Payment{day, day}, 5000_00, 1000_00},
		"not known":                           {5000_00, []Payment{day}, 4000_00, 1000_00},
		"not known, and something went back":  {5000_00, []Payment{day, row(2023, -9, -300_00)}, 3700_00, 1000_00},
		"one as large came late":              {6000_00, []Payment{day, row(2023, -9, 1000_00)}, 5000_00, 1000_00},
		"it stands for one that went back":    {6000_00, []Payment{day, row(2023, -9, 1000_00), row(2023, -1, -1000_00)}, 4000_00, 1000_00},
		"the books lost a payment":            {7000_00, []Payment{day}, 4000_00, 1000_00},
	} {
		v, k := movements{}, told(c.paid...)
		k.PriorYears[0].Paid = c.recorded
		if paid := movedOn(v.of(k, june30+60), 2023); paid != c.p || movedOn(v.unclear, 2023) != c.unclear {
			t.Errorf("%s: P is %s, want %s; unclear %s, want %s", name, paid, c.p, movedOn(v.unclear, 2023), c.unclear)
		}
	}
}

// What earlier versions and offsets had moved is part of what a batch recorded as paid. A batch that trusted the books recorded something
// else.
func TestAPaymentThatALaterOrderKnewIsClear(t *testing.T) {
	for name, c := range map[string]struct {
		recorded money.Cents
		offset   PriorOffset
		trusting bool
		unclear  money.Cents
	}{
		"after a refund":                {5200_00, PriorOffset{}, false, 0},
		"not known":                     {4000_00, PriorOffset{}, false, 1200_00},
		"after an offset":               {5000_00, PriorOffset{From: 2023, To: 2022, On: june30 + 5, Amount: 200_00}, false, 0},
		"beside its own offset":         {5200_00, PriorOffset{From: 2023, To: 2022, On: june30 + 7, Amount: 200_00}, false, 0},
		"one of the day may be another": {5200_00, PriorOffset{From: 2022, To: 2023, On: june30 + 7, Amount: 1200_00}, false, 1200_00},
		"it trusted the books":          {5200_00, PriorOffset{}, true, 1200_00},
	} {
		v, k := movements{}, told(row(2023, 3, -1000_00), row(2023, 7, 1200_00))
		k.PriorYears = append(k.PriorYears, PriorYear{Year: 2023, Version: 2, NotifiedOn: june30 + 7, Refund: 1200_00, Paid: c.recorded,
			Batch: 1, Trusting: c.trusting})
		if c.offset.Amount > 0 {
			k.Offsets = []PriorOffset{c.offset}
		}
		if v.of(k, june30+60); movedOn(v.unclear, 2023) != c.unclear {
			t.Errorf("%s: unclear %s, want %s", name, movedOn(v.unclear, 2023), c.unclear)
		}
	}
}
