package ask

import (
	"regul/jobs"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// Law is the law of years, as an operator reads it.
type Law struct {
	Version string // a digest of all of it
	Years   []LawYear
}

// LawYear is the law of one year: the parameters in force and the rules of the categories. Amounts are EUR.
type LawYear struct {
	Year        int             `json:"year"`
	Index       jobs.Cents      `json:"index"` // index points
	Status      string          `json:"status"`
	Source      string          `json:"source"`
	Coefficient *LawCoefficient `json:"coefficient,omitempty"` // absent: the data do not hold it
	Thresholds  []LawAmount     `json:"thresholds"`
	Rates       []LawRate       `json:"rates"`
	Categories  []LawCategory   `json:"categories"`
}

// LawCoefficient brings the income of three years before to the year, for the legal provisional contribution: the index of the year over
// the average of the reference year.
type LawCoefficient struct {
	ReferenceYear int        `json:"reference_year"`
	Average       jobs.Cents `json:"average"` // index points
	Article       string     `json:"article"`
}

// LawAmount is a threshold, in force from a quarter to a quarter; an empty one is an open end.
type LawAmount struct {
	Name    string     `json:"name"`
	Amount  jobs.Cents `json:"amount"`
	From    string     `json:"from,omitempty"`
	To      string     `json:"to,omitempty"`
	Article string     `json:"article"`
	Meaning string     `json:"meaning"`
}

// LawRate is a rate, in force like a LawAmount.
type LawRate struct {
	Name    string `json:"name"`
	Percent string `json:"percent"`
	From    string `json:"from,omitempty"`
	To      string `json:"to,omitempty"`
	Article string `json:"article"`
}

// LawCategory is the rule of a category in some quarters of the year.
type LawCategory struct {
	Category string `json:"category"`
	From     string `json:"from"` // first quarter of the year under this rule
	To       string `json:"to"`
	Article  string `json:"article"`
	Status   string `json:"status"` // L read in the law, S single source, R reading of this project
	Meaning  string `json:"meaning"`
}

// LawGap is a parameter that the program does not hold for some years.
type LawGap struct {
	Parameter string `json:"parameter"`
	Years     []int  `json:"years"`
	Article   string `json:"article"`
	Effect    string `json:"effect"`
}

// MissingLaw lists the parameters that are missing. What needs one is refused.
func MissingLaw() ([]LawGap, error) {
	l, err := law.Standard()
	if err != nil {
		return nil, err
	}
	companies, err := law.Companies()
	if err != nil {
		return nil, err
	}
	var gaps []LawGap
	for _, g := range law.Missing(l, companies) {
		gaps = append(gaps, LawGap{g.Name, g.Years, g.Article, g.Effect})
	}
	return gaps, nil
}

// LawVersion is the version of the law that the program holds, and its contribution years.
func LawVersion() (version string, years []int, err error) {
	l, err := law.Standard()
	if err != nil {
		return "", nil, err
	}
	return l.Version(), l.Years(), nil
}

// DescribeLaw describes the law of some years, or of all years when none is given.
func DescribeLaw(years ...int) (*Law, error) {
	l, err := law.Standard()
	if err != nil {
		return nil, err
	}
	if len(years) == 0 {
		years = l.Years()
	}
	described := &Law{Version: l.Version()}
	for _, number := range years {
		y, err := l.Year(number)
		if err != nil {
			return nil, jobs.UsageError("%w", err)
		}
		described.Years = append(described.Years, describe(l, y))
	}
	return described, nil
}

func describe(l *law.Law, y *law.Year) LawYear {
	d := LawYear{Year: y.Number, Index: y.Index.Numerator, Status: y.Index.Status, Source: y.Index.Source}
	if c, known := y.Coefficient(y.Number - law.ReferenceYears); known {
		d.Coefficient = &LawCoefficient{y.Number - law.ReferenceYears, money.Cents(c.Denominator), "AR 38 art. 11 §3"}
	}
	for _, t := range y.Thresholds {
		if t.Valid.Overlaps(y.Number) {
			d.Thresholds = append(d.Thresholds,
				LawAmount{t.Name, t.Amount, quarterText(t.Valid.From), quarterText(t.Valid.To), t.Article, t.Meaning})
		}
	}
	for _, r := range l.Rates(y.Number) {
		d.Rates = append(d.Rates, LawRate{r.Name, r.Rate.Percent(), quarterText(r.Valid.From), quarterText(r.Valid.To), r.Article})
	}
	for i, code := range l.Codes() {
		d.Categories = append(d.Categories, describeCategory(y, law.Category(i), code)...)
	}
	return d
}

// describeCategory has a line for each run of quarters under the same rule.
func describeCategory(y *law.Year, category law.Category, code string) (lines []LawCategory) {
	var last *law.Schedule
	for quarter := 1; quarter <= 4; quarter++ {
		s := y.Schedule(category, quarter, 0)
		if s == nil {
			continue
		}
		name := law.QuarterOf(y.Number, quarter).String()
		if last == nil || last.Basis != s.Basis || last.Detail != s.Detail {
			lines = append(lines, LawCategory{code, name, name, s.Basis, s.Status, s.Detail})
		}
		lines[len(lines)-1].To = name
		last = s
	}
	return lines
}

// quarterText is a quarter such as 2018Q2; nothing for an open end.
func quarterText(q law.Quarter) string {
	if q == 0 {
		return ""
	}
	return q.String()
}
