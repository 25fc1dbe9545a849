package batch

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
	"regul/writers/tables"
)

// Sums are what the files of a batch hold, as read back from them: rows by what they are, and cents of their columns.
type Sums struct {
	found map[string]int64 // of "quarters", "quarters definitive", "payments refund", "payments refund amount"
}

func (s *Sums) plus(of string, n int64) {
	if s.found == nil {
		s.found = map[string]int64{}
	}
	s.found[of] += n
}

func (s *Sums) add(o *Sums) {
	for of, n := range o.found {
		s.plus(of, n)
	}
}

// Encode writes the sums, and Add adds those that it has written.
func (s *Sums) Encode(e *rows.Encoder) {
	e.Unsigned(uint64(len(s.found)))
	for _, of := range slices.Sorted(maps.Keys(s.found)) {
		e.Text(of)
		e.Signed(s.found[of])
	}
}

func (s *Sums) Add(d *rows.Decoder) {
	for range d.Unsigned() {
		of := strings.Clone(d.Text())
		s.plus(of, d.Signed())
	}
}

// Agree holds what the files hold against what the run decided. The batch may go without notices and payments.
func (s *Sums) Agree(t *pipeline.Totals, rejects int64, confirmed map[string]int64, freed []HeldTransfers, notices, payments bool) error {
	c := comparison{sums: s}
	c.that("regularisations", t.Regularisations)
	for _, column := range readBacks[tables.RegularisationsTable].amounts {
		if sum, known := t.Amount(column); known {
			c.that("regularisations "+column, int64(sum))
		}
	}
	c.that("quarters", t.Quarters)
	var definitive, called money.Cents // of the quarters: companies have none
	if t.Quarters > 0 {
		definitive, called = t.Definitive, t.Called
	}
	c.that("quarters definitive", int64(definitive))
	c.that("quarters called", int64(called))
	c.that("surcharge terms", t.SurchargeTerms)
	c.that("surcharge terms amount", s.found["regularisations surcharge_total"]+s.found["regularisations late_surcharge"])
	c.that("rejects", rejects)
	c.that("rejects as CSV", rejects)
	c.that("balances", t.Balances)
	c.that("balances open", int64(t.Open))
	c.that("balances credit", int64(t.Credits))
	c.that("balances surcharges_credit", int64(t.SurchargeCredits))
	c.that("balances unseen", int64(t.Unseen))
	c.that("entries", t.Entries)
	c.that("entries debit", int64(t.Debit))
	c.that("entries credit", int64(t.Credit))
	for _, status := range pipeline.ConfirmationStatuses()[1:] {
		c.that("confirmations "+status, confirmed[status])
	}
	var sent HeldTransfers
	for i := range freed {
		sent.Count += freed[i].Count
		sent.Amount += freed[i].Amount
	}
	c.that("transfers that were held", sent.Count)
	c.that("transfers that were held amount", int64(sent.Amount))
	if notices {
		c.that("notices", t.Notices+t.Copies)
		c.that("notices claim", int64(t.Claim))
		c.that("notices payout", int64(t.Payout))
	}
	if payments {
		c.that("payments claim amount", int64(t.Claim))
		c.that("payments refund amount", int64(t.Payout))
		c.that("collections made void", t.VoidCollections)
		c.that("collections made void amount", int64(t.Void))
		c.that("the list of collections made void", t.VoidCollections)
	}
	return c.fault
}

// comparison finds the first sum of which the files hold something else than the run decided.
type comparison struct {
	sums  *Sums
	fault error
}

func (c *comparison) that(of string, decided int64) {
	if found := c.sums.found[of]; found != decided && c.fault == nil {
		c.fault = fmt.Errorf("control totals: the files hold %d for %s, the run decided %d", found, of, decided)
	}
}
