package report

import "regul/pipeline/money"

// headline is the reform in five numbers, amounts in whole EUR.
func (s *effects) headline() []figure {
	a := &s.All
	of := func(n int64) string { return s.f("%s of %s", s.share(n, a.Rows), number(a.Rows)) }
	return []figure{
		{Name: s.t("Pay less"), Value: number(a.Winners), Change: of(a.Winners)},
		{Name: s.t("Pay more"), Value: number(a.Losers), Change: of(a.Losers)},
		{Name: s.t("Contributions, EUR"), Value: wholeSigned(a.Definitive), Change: s.f("of it fees of the fund %s", wholeSigned(a.Fee))},
		{Name: s.t("To claim, EUR"), Value: wholeSigned(a.Claim), Change: s.t("by the notices")},
		{Name: s.t("To pay out, EUR"), Value: wholeSigned(a.Payout), Change: s.t("refunds and surcharges given back")},
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
	switch {
	case a.none() && a.Rows == 1:
		lines = []string{s.t("The reform changes nothing for this regularisation.")}
	case a.none():
		lines = []string{s.f("The reform changes nothing for these %s regularisations.", number(a.Rows))}
	default:
		all, less, more := s.count(a.Rows, "regularisation", "regularisations"), s.payLess(), s.payMore()
		who := s.f("Of %s, %s, and %s.", all, less, more)
		if a.Unchanged > 0 {
			who = s.f("Of %s, %s, and %s; %s as much as now.", all, less, more, number(a.Unchanged))
		}
		lines = []string{who,
			s.f("Definitive contributions %s, the management fees in them %s.", s.moves(a.Definitive), s.moves(a.Fee)),
			s.f("The notices claim %s and pay out %s.", s.difference(a.Claim), s.difference(a.Payout)),
		}
	}
	switch {
	case s.OneSided == 1:
		lines = append(lines, s.t("1 year is settled under one of the two laws only, and not compared."))
	case s.OneSided > 1:
		lines = append(lines, s.f("%s years are settled under one of the two laws only, and not compared.", number(s.OneSided)))
	}
	return lines
}

// payLess and payMore say how many do, and how much.
func (s *effects) payLess() string {
	if s.All.Winners == 0 {
		return s.t("none would pay less")
	}
	return s.f("%s would pay less, %s in all", number(s.All.Winners), s.eur(s.All.Won))
}

func (s *effects) payMore() string {
	if s.All.Losers == 0 {
		return s.t("none would pay more")
	}
	return s.f("%s would pay more, %s in all", number(s.All.Losers), s.eur(s.All.Lost))
}

// moves says by how much a sum rises or falls.
func (s *effects) moves(c money.Cents) string {
	switch {
	case c > 0:
		return s.f("rise by %s", s.eur(c))
	case c < 0:
		return s.f("fall by %s", s.eur(-c))
	}
	return s.t("stay the same in all")
}

// difference says how much more or less it is.
func (s *effects) difference(c money.Cents) string {
	switch {
	case c > 0:
		return s.f("%s more", s.eur(c))
	case c < 0:
		return s.f("%s less", s.eur(-c))
	}
	return s.t("as much as now")
}
