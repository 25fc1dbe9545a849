package law

// Gap is a parameter that the data do not hold for some years: what needs it is refused, never guessed.
type Gap struct {
	Name    string
	Years   []int // ascending
	Article string
	Effect  string // of the gap
}

// Missing lists the gaps in the data of the self-employed and of companies, between the first and the last year that each of them knows, or
// that the other knows.
func Missing(l *Law, c *CompanyLaw) []Gap {
	known := l.Years()
	first, last := known[0], known[len(known)-1]
	index := Gap{Name: "index", Article: "AR 38 art. 14", Effect: "the year is not settled (year_not_supported)"}
	coefficient := Gap{Name: "provisional coefficient", Article: "AR 38 art. 11 §3",
		Effect: "the legal provisional contribution is not computed"}
	for year := first; year <= last; year++ {
		y, err := l.Year(year)
		if err != nil {
			index.Years = append(index.Years, year)
		}
		if err != nil {
			coefficient.Years = append(coefficient.Years, year)
		} else if _, there := y.Coefficient(year - ReferenceYears); !there {
			coefficient.Years = append(coefficient.Years, year)
		}
	}
	companies := Gap{Name: "companies: amounts and threshold", Years: c.Missing(last), Article: CompanyBasis,
		Effect: "the contribution of the year is not computed (year_not_supported)"}
	var gaps []Gap
	for _, g := range []Gap{index, coefficient, companies} {
		if len(g.Years) > 0 {
			gaps = append(gaps, g)
		}
	}
	return gaps
}
