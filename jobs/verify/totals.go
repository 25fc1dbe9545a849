package verify

import (
	"maps"
	"slices"
	"strconv"

	"regul/jobs/batch"
)

// checkTotals holds the control totals and the outcomes of the manifest against the rows.
func (v *verifier) checkTotals() {
	c := v.add("totals", "sums")
	if c.Note = v.incomplete(); c.Note != "" {
		return
	}
	found := v.sums.byKey()
	void, amount := v.holdCancellations(c)
	found["void_collections"], found["void"] = strconv.FormatInt(void, 10), amount.String()
	for _, key := range slices.Sorted(maps.Keys(v.totals)) {
		if sum, known := found[key]; known {
			hold(c, batch.ManifestName, key, string(v.totals[key]), sum)
		} else if key != "income" && key != "completed_income" && key != "notices" && key != "copies" {
			c.Note = "left out: " + key
		}
	}
	if _, told := v.totals[seldomBalance]; !told {
		hold(c, batch.ManifestName, seldomBalance, "0.00", found[seldomBalance])
	}
	for _, outcome := range slices.Sorted(maps.Keys(v.sums.outcomes)) {
		hold(c, batch.ManifestName, "the outcome "+outcome, v.manifest.Outcomes[outcome], v.sums.outcomes[outcome])
	}
	c.that(v.sums.amount("offset_received") <= v.sums.amount("offset"), batch.ManifestName, 0, "more offsets are received than made")
	v.checkUsual(c)
	v.checkBooks()
}

// byKey are the sums as the manifest writes them, by its keys.
func (s *rowSums) byKey() map[string]string {
	count := func(n int64) string { return strconv.FormatInt(n, 10) }
	found := map[string]string{
		"regularisations": count(s.regularisations), "quarters": count(s.quarters), "surcharge_terms": count(s.terms),
		"late_statements": count(s.late), "rechecked": count(s.rechecked), "legal_provisional_differences": count(s.legalDifferences),
		"to_confirm": count(s.toConfirm), "entries": count(s.entries), "debit": s.debit.String(), "credit": s.credit.String(),
	}
	found["balances"] = count(s.balances.rows)
	for i, sum := range summedBalances {
		found[sum.key] = s.balances.amounts[i].String()
		if sum.number != "" {
			found[sum.number] = count(s.balances.numbers[i])
		}
	}
	for i := range summedAmounts {
		found[summedAmounts[i].key] = s.amounts[i].String()
	}
	return found
}

// checkBooks holds the entries of the batch against each other and against the offsets.
func (v *verifier) checkBooks() {
	if !v.keepsBooks {
		return
	}
	c := v.add("books", "sums")
	hold(c, "", "debit in all", v.sums.debit, v.sums.credit)
	hold(c, "", "offsets credited", v.sums.offsetCredit, v.sums.amount("offset"))
	hold(c, "", "offsets debited", v.sums.offsetDebit, v.sums.amount("offset"))
}
