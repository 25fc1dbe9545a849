package report

import "regul/pipeline/money"

// headline is the reform in five numbers, amounts in whole EUR.
func (s *effects) headline() []figure {
	a := &s.All
	of := func(n int64) string { return s.share(n, a.Rows) + " of " + number(a.Rows) }
	return []figure{
		{Name: "Pay less", Value: number(a.Winners), Change: of(a.Winners)},
		{Name: "Pay more", Value: number(a.Losers), Change: of(a.Losers)},
		{Name: "Contributions, EUR", Value: wholeSigned(a.Definitive), Change: "of it fees of the fund " + wholeSigned(a.Fee)},
		{Name: "To claim, EUR", Value: wholeSigned(a.Claim), Change: "by the notices"},
		{Name: "To pay out, EUR", Value: wholeSigned(a.Payout), Change: "refunds and surcharges given back"},
	}
}

// wholeSigned writes an amount in whole EUR, rounded half away from zero, with its sign.
func wholeSigned(c money.Cents) string {
	if c > 0 {
		return "+" + number(wholeEUR(c))
	}
	return number(wholeEUR(c))
}

// signed writes an amount with its sign.
func (w *words) signed(c money.Cents) string {
	if c > 0 {
		return "+" + w.amount(c)
	}
	return w.amount(c)
}

// summary is the reform in a few sentences: who wins, who loses, and what it costs the fund.
func (s *effects) summary() []string {
	a := &s.All
	var lines []string
	if a.none() {
		lines = []string{"The reform changes nothing for " + these(a.Rows) + "."}
	} else {
		who := s.payers(a.Winners, "less", a.Won) + ", and " + s.payers(a.Losers, "more", a.Lost)
		if a.Unchanged > 0 {
			who += "; " + number(a.Unchanged) + " as much as now"
		}
		lines = []string{
			"Of " + s.count(a.Rows, "regularisation", "regularisations") + ", " + who + ".",
			"Definitive contributions " + s.moves(a.Definitive) + ", the management fees in them " + s.moves(a.Fee) + ".",
			"The notices claim " + s.difference(a.Claim) + " and pay out " + s.difference(a.Payout) + ".",
		}
	}
	if s.OneSided > 0 {
		lines = append(lines, s.count(s.OneSided, "year is", "years are")+" settled under one of the two laws only, and not compared.")
	}
	return lines
}

// these are the regularisations that are compared.
func these(rows int64) string {
	if rows == 1 {
		return "this regularisation"
	}
	return "these " + number(rows) + " regularisations"
}

// payers says how many pay less or more, and how much.
func (s *effects) payers(n int64, how string, sum money.Cents) string {
	if n == 0 {
		return "none would pay " + how
	}
	return number(n) + " would pay " + how + ", " + s.eur(sum) + " in all"
}

// moves says by how much a sum rises or falls.
func (s *effects) moves(c money.Cents) string {
	switch {
	case c > 0:
		return "rise by " + s.eur(c)
	case c < 0:
		return "fall by " + s.eur(-c)
	}
	return "stay the same in all"
}

// difference says how much more or less it is.
func (s *effects) difference(c money.Cents) string {
	switch {
	case c > 0:
		return s.eur(c) + " more"
	case c < 0:
		return s.eur(-c) + " less"
	}
	return "as much as now"
}
