package verify

// holdOrder makes sure that an affiliate's year has one regularisation, its quarters, terms and lines once each and in
// their order, and that all stand in the folder of their year. That national numbers ascend, the cursors make sure: they
// count the rows.
func holdOrder(_ *verifier, y *verifiedCase, c *Check) {
	inOrder := func(place rowPlace, year int, is bool, fault string) {
		if !is {
			c.fail(place.file, place.row, "%s", fault)
		}
		if year != y.year {
			c.fail(place.file, place.row, "its contribution year is not that of its folder")
		}
	}
	for i := range y.settled {
		r := &y.settled[i]
		inOrder(r.rowPlace, r.year, i == 0, "there is another regularisation of the same affiliate and year")
	}
	for i := range y.quarters {
		q := &y.quarters[i]
		inOrder(q.rowPlace, q.year, q.quarter >= 1 && q.quarter <= 4 && (i == 0 || q.quarter > y.quarters[i-1].quarter),
			"its quarter is none of 1 to 4, once each and in order")
	}
	for i := range y.terms {
		t := &y.terms[i]
		inOrder(t.rowPlace, t.year, i == 0 || t.basis > y.terms[i-1].basis || t.basis == y.terms[i-1].basis && t.on >= y.terms[i-1].on,
			"its basis and day are before those of the term before")
	}
	for i := range y.balances {
		b := &y.balances[i]
		inOrder(b.rowPlace, b.year, i == 0, "there is another balance of the same affiliate and year")
	}
	for i := range y.entries {
		e := &y.entries[i]
		inOrder(e.rowPlace, e.year, e.line == i+1, "its line does not follow that of the entry before")
	}
}
