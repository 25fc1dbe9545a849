package ask

import (
	"time"

	"regul/jobs"
	"regul/pipeline/law"
)

// CompanyLaw is the law of companies, as an operator reads it.
type CompanyLaw struct {
	Version string           `json:"version"` // a digest of all of it
	Article string           `json:"article"`
	Years   []CompanyLawYear `json:"years"`
	Missing []int            `json:"missing"` // years without parameters, which are refused
}

// CompanyLawYear is the law of companies of one year. Amounts are EUR.
type CompanyLawYear struct {
	Year      int        `json:"year"`
	Small     jobs.Cents `json:"small"`
	Large     jobs.Cents `json:"large"`
	Threshold jobs.Cents `json:"balance_threshold"`
	Due       string     `json:"due"` // month and day
	Status    string     `json:"status"`
	Source    string     `json:"source"`
}

// DescribeCompanies describes the law of companies: all known years, and the gaps up to the year after the last one.
func DescribeCompanies() (*CompanyLaw, error) {
	l, err := law.Companies()
	if err != nil {
		return nil, err
	}
	years := l.Years()
	described := &CompanyLaw{Version: l.Version(), Article: law.CompanyBasis, Missing: l.Missing(years[len(years)-1] + 1)}
	for _, year := range years {
		y, _ := l.Year(year)
		described.Years = append(described.Years, CompanyLawYear{y.Year, y.Small, y.Large, y.Threshold,
			time.Date(year, y.DueMonth, y.DueDay, 0, 0, 0, 0, time.UTC).Format("01-02"), y.Status, y.Source})
	}
	return described, nil
}
