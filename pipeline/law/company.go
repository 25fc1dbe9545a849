package law

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"time"

	"regul/pipeline/law/data"
	"regul/pipeline/money"
)

// CompanyBasis is the legal basis of the yearly contribution of companies.
const CompanyBasis = "law of 30-12-1992 art. 88-95"

// CompanyLaw is the parameters of the yearly contribution of companies (law of 30-12-1992 art. 88-95). They stand apart from
// Law, with another version: another amount for companies changes nothing for the self-employed. It is immutable.
type CompanyLaw struct {
	years  map[int]CompanyYear
	digest string
}

// CompanyYear is what a company owes for one contribution year. Amounts are cents of EUR.
type CompanyYear struct {
	Year         int
	Small, Large money.Cents
	Threshold    money.Cents // a balance total up to this, included, is of a small company
	DueMonth     time.Month  // the contribution is due on this day of the contribution year
	DueDay       int
	Status       string // confirmed, single source, or what is derived and doubtful
	Source       string
}

// Companies is the law of companies in force, as embedded.
func Companies() (*CompanyLaw, error) {
	return LoadCompanies(data.Files)
}

// companyKernelVersion changes when the rules of package company change without a change of the data.
const companyKernelVersion = "2"

// LoadCompanies reads companies.csv from a file system. It refuses unreadable values, and a year that stands there twice.
func LoadCompanies(data fs.FS) (*CompanyLaw, error) {
	content, err := fs.ReadFile(data, "companies.csv")
	if err != nil {
		return nil, err
	}
	l := &CompanyLaw{years: map[int]CompanyYear{}}
	if err := eachRow(string(content), l.add); err != nil {
		return nil, fmt.Errorf("companies.csv: %w", err)
	}
	sum := sha256.Sum256(append([]byte("companies "+companyKernelVersion+"\n"), content...))
	l.digest = hex.EncodeToString(sum[:])
	return l, nil
}

func (l *CompanyLaw) add(row map[string]string) error {
	year, err := strconv.Atoi(row["year"])
	if err != nil {
		return err
	}
	if _, twice := l.years[year]; twice {
		return fmt.Errorf("the year %d stands there twice", year)
	}
	y := CompanyYear{Year: year, Status: row["status"], Source: row["source"]}
	for _, amount := range []struct {
		column string
		to     *money.Cents
	}{{"small", &y.Small}, {"large", &y.Large}, {"balance_threshold", &y.Threshold}} {
		if *amount.to, err = money.Parse(row[amount.column]); err != nil {
			return fmt.Errorf("%s: %w", amount.column, err)
		}
	}
	due, err := time.Parse("01-02", row["due"])
	if err != nil {
		return err
	}
	y.DueMonth, y.DueDay = due.Month(), due.Day()
	l.years[year] = y
	return nil
}

// Version identifies the parameters and the rules: the SHA-256 of both, in hexadecimal.
func (l *CompanyLaw) Version() string { return l.digest }

// Year is the law of a contribution year; false where its parameters are missing.
func (l *CompanyLaw) Year(year int) (CompanyYear, bool) {
	y, known := l.years[year]
	return y, known
}

// Years lists the contribution years whose parameters are known, ascending.
func (l *CompanyLaw) Years() []int { return slices.Sorted(maps.Keys(l.years)) }

// Missing lists the years from the first known one to the given one whose parameters are missing, ascending.
func (l *CompanyLaw) Missing(to int) []int {
	var missing []int
	for year := l.Years()[0]; year <= to; year++ {
		if _, known := l.years[year]; !known {
			missing = append(missing, year)
		}
	}
	return missing
}
