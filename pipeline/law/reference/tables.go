package reference

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"github.com/shopspring/decimal"

	"regul/pipeline/law/data"
)

// Errors to be told apart with errors.Is.
var (
	ErrYear       = errors.New("year without parameters")
	ErrNotInForce = errors.New("category not in force in the quarter")
	ErrArgument   = errors.New("argument out of range")
	ErrMissing    = errors.New("missing parameter")
)

// Law holds the parameters. It is immutable and safe for concurrent use.
type Law struct {
	indices   map[int]decimal.Decimal // N(year)
	averages  map[int]decimal.Decimal // average index of a reference year
	bases     []parameter             // EUR at index 142.75
	rates     []parameter             // percent
	quarters  map[int][4]*Rules       // by year that has an index
	articles  []parameter             // on which a category rests
	companies map[int]companyYear
}

// parameter is a value in force from one quarter to another, both included ("2018Q2"; "" is open).
type parameter struct {
	name, from, to string
	value          decimal.Decimal
	article        string
}

// holds says whether the quarter lies within. Quarters written "2018Q2" sort as text.
func (p parameter) holds(quarter string) bool {
	return p.from <= quarter && (p.to == "" || quarter <= p.to)
}

// Standard is the law in force, from the tables of this program.
func Standard() (*Law, error) { return Load(data.Files) }

// Load reads the tables from a directory: indices.csv, bases.csv, rates.csv and companies.csv, and of categories.csv the articles. It
// refuses an unreadable value, and a year with an index of which a parameter is missing.
func Load(tables fs.FS) (*Law, error) {
	l := &Law{indices: map[int]decimal.Decimal{}, averages: map[int]decimal.Decimal{}, quarters: map[int][4]*Rules{},
		companies: map[int]companyYear{}}
	err := errors.Join(
		readTable(tables, "indices.csv", func(r *row) {
			year := r.year("year")
			l.indices[year] = r.number("numerator")
			if r.cells["provisional_denominator"] != "" {
				l.averages[r.year("provisional_reference_year")] = r.number("provisional_denominator")
			}
		}),
		readTable(tables, "bases.csv", func(r *row) {
			l.bases = append(l.bases, parameter{r.cells["name"], r.cells["valid_from"], r.cells["valid_to"], r.number("base_at_142_75"),
				""})
		}),
		readTable(tables, "rates.csv", func(r *row) {
			l.rates = append(l.rates, parameter{r.cells["name"], r.cells["from"], r.cells["to"], r.number("percent"), ""})
		}),
		readTable(tables, "categories.csv", func(r *row) {
			l.articles = append(l.articles, parameter{r.cells["category"], r.cells["from"], r.cells["to"], decimal.Zero,
				r.cells["article"]})
		}),
		readTable(tables, "companies.csv", func(r *row) {
			l.companies[r.year("year")] = companyYear{r.number("small"), r.number("large"), r.number("balance_threshold")}
		}),
	)
	if err != nil {
		return nil, err
	}
	for year := range l.indices {
		if l.quarters[year], err = l.year(year); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// row is a data row of a table, by the names of its header. The first value that can't be read is kept.
type row struct {
	cells map[string]string
	fault error
}

func (r *row) number(name string) decimal.Decimal {
	d, err := decimal.NewFromString(r.cells[name])
	r.fault = errors.Join(r.fault, err)
	return d
}

func (r *row) year(name string) int {
	year, err := strconv.Atoi(r.cells[name])
	r.fault = errors.Join(r.fault, err)
	return year
}

// readTable calls read with every data row of a CSV file.
func readTable(tables fs.FS, name string, read func(*row)) error {
	file, err := tables.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i, fields := range lines {
		if i == 0 {
			continue
		}
		r := &row{cells: map[string]string{}}
		for column, field := range fields {
			r.cells[lines[0][column]] = field
		}
		if read(r); r.fault != nil {
			return fmt.Errorf("%s, row %d: %w", name, i, r.fault)
		}
	}
	return nil
}

// quarterName is "2018Q2".
func quarterName(year, quarter int) string { return fmt.Sprintf("%04dQ%d", year, quarter) }
