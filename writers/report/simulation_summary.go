package report

import (
	"regul/pipeline/money"
	"regul/writers/report/page"
)

// headline is the reform in five numbers, amounts in whole EUR.
func (s *effects) headline() []page.Figure {
	a := &s.All
	of := func(n int64) string { return s.Sayf("%s of %s", s.Share(n, a.Rows), page.Number(a.Rows)) }
	return []page.Figure{
		{Name: s.Say("Pay less"), Value: page.Number(a.Winners), Change: of(a.Winners)},
		{Name: s.Say("Pay more"), Value: page.Number(a.Losers), Change: of(a.Losers)},
		{Name: s.Say("Contributions, EUR"), Value: wholeSigned(a.Definitive),
			Change: s.Sayf("of it fees of the fund %s", wholeSigned(a.Fee))},
		{Name: s.Say("To claim, EUR"), Value: wholeSigned(a.Claim), Change: s.Say("by the notices")},
		{Name: s.Say("To pay out, EUR"), Value: wholeSigned(a.Payout), Change: s.Say("refunds and surcharges given back")},
	}
}

// wholeSigned writes an amount in whole EUR, rounded half away from zero, with its sign.
func wholeSigned(c money.Cents) string {
	if c > 0 {
		return "+" + page.Number(page.WholeEUR(c))
	}
	return page.Number(page.WholeEUR(c))
}

// summary is the reform in a few sentences: who wins, who loses, and what it costs the fund.
func (s *effects) summary() []string {
	a := &s.All
	var lines []string
	switch {
	case a.none() && a.Rows == 1:
		lines = []string{s.Say("The reform changes nothing for this regularisation.")}
	case a.none():
		lines = []string{s.Sayf("The reform changes nothing for these %s regularisations.", page.Number(a.Rows))}
	default:
		all, less, more := s.Count(a.Rows, "regularisation", "regularisations"), s.payLess(), s.payMore()
		who := s.Sayf("Of %s, %s, and %s.", all, less, more)
		if a.Unchanged > 0 {
			who = s.Sayf("Of %s, %s, and %s; %s as much as now.", all, less, more, page.Number(a.Unchanged))
		}
		lines = []string{who,
			s.Sayf("Definitive contributions %s, the management fees in them %s.", s.moves(a.Definitive), s.moves(a.Fee)),
			s.Sayf("The notices claim %s and pay out %s.", s.difference(a.Claim), s.difference(a.Payout)),
		}
	}
	switch {
	case s.OneSided == 1:
		lines = append(lines, s.Say("1 year is settled under one of the two laws only, and not compared."))
	case s.OneSided > 1:
		lines = append(lines, s.Sayf("%s years are settled under one of the two laws only, and not compared.", page.Number(s.OneSided)))
	}
	return lines
}

// payLess and payMore say how many do, and how much.
func (s *effects) payLess() string {
	if s.All.Winners == 0 {
		return s.Say("none would pay less")
	}
	return s.Sayf("%s would pay less, %s in all", page.Number(s.All.Winners), s.EUR(s.All.Won))
}

func (s *effects) payMore() string {
	if s.All.Losers == 0 {
		return s.Say("none would pay more")
	}
	return s.Sayf("%s would pay more, %s in all", page.Number(s.All.Losers), s.EUR(s.All.Lost))
}

// moves says by how much a sum rises or falls.
func (s *effects) moves(c money.Cents) string {
	switch {
	case c > 0:
		return s.Sayf("rise by %s", s.EUR(c))
	case c < 0:
		return s.Sayf("fall by %s", s.EUR(-c))
	}
	return s.Say("stay the same in all")
}

// difference says how much more or less it is.
func (s *effects) difference(c money.Cents) string {
	switch {
	case c > 0:
		return s.Sayf("%s more", s.EUR(c))
	case c < 0:
		return s.Sayf("%s less", s.EUR(-c))
	}
	return s.Say("as much as now")
}
