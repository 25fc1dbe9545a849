package law

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"

	"regul/pipeline/money"
)

// Reform is a set of parameters laid over a law: what it does not name stays. Thresholds are yearly amounts and go before
// bases and indices.
type Reform struct {
	Name       string                         // as people call it; no part of the law
	Indices    map[int]money.Cents            // index points x 100, by year
	Bases      map[string]money.Cents         // cents of EUR at index 142.75, by name
	Thresholds map[int]map[string]money.Cents // cents of EUR, by year and name
	Rates      []RateChange
}

// RateChange is another rate for a time; an open end is the zero Quarter.
type RateChange struct {
	Name     string
	From, To Quarter
	Rate     money.Rate
}

// With is the law under a reform: another law, with another version. The error says everything that the law does not
// know.
func (l *Law) With(r *Reform) (*Law, error) {
	if err := l.knows(r); err != nil {
		return nil, err
	}
	reformed := *l
	reformed.indices, reformed.years = maps.Clone(l.indices), map[int]*Year{}
	for year, points := range r.Indices {
		index := reformed.indices[year]
		index.Year, index.Numerator, index.Status, index.Source = year, points, "reform", "reform"
		reformed.indices[year] = index
	}
	reformed.bases = slices.Clone(l.bases)
	for i := range reformed.bases {
		if amount, changed := r.Bases[reformed.bases[i].Name]; changed {
			reformed.bases[i].Amount = amount
		}
	}
	reformed.rates = nil // the first one in force counts
	for _, c := range r.Rates {
		reformed.rates = append(reformed.rates, RateParameter{c.Name, Validity{c.From, c.To}, c.Rate, "reform"})
	}
	reformed.rates = append(reformed.rates, l.rates...)
	reformed.fixed = r.Thresholds
	reformed.digest = r.version(l.digest)
	for year, index := range reformed.indices {
		computed, err := reformed.computeYear(year, index)
		if err != nil {
			return nil, fmt.Errorf("year %d: %w", year, err)
		}
		reformed.years[year] = computed
	}
	return &reformed, nil
}

// knows says which names and years of a reform the law does not have.
func (l *Law) knows(r *Reform) error {
	var wrong []error
	isBase := func(name string) bool {
		return slices.ContainsFunc(l.bases, func(b Base) bool { return b.Name == name })
	}
	for _, year := range slices.Sorted(maps.Keys(r.Indices)) {
		if StartersOnly(year) {
			wrong = append(wrong, fmt.Errorf("indices: %d: the first year is %d", year, reformYear))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Bases)) {
		if !isBase(name) {
			wrong = append(wrong, fmt.Errorf("bases: there is no base %q", name))
		}
	}
	for _, year := range slices.Sorted(maps.Keys(r.Thresholds)) {
		if _, err := l.Year(year); err != nil && r.Indices[year] == 0 {
			wrong = append(wrong, fmt.Errorf("thresholds: %w", err))
		}
		for _, name := range slices.Sorted(maps.Keys(r.Thresholds[year])) {
			if !isBase(name) {
				wrong = append(wrong, fmt.Errorf("thresholds: %d: there is no threshold %q", year, name))
			}
		}
	}
	for i, c := range r.Rates {
		if !slices.ContainsFunc(l.rates, func(p RateParameter) bool { return p.Name == c.Name }) {
			wrong = append(wrong, fmt.Errorf("rates: %d: there is no rate %q", i+1, c.Name))
		}
	}
	return errors.Join(wrong...)
}

// version identifies the law under the reform.
func (r *Reform) version(law string) string {
	hash := sha256.New()
	fmt.Fprintf(hash, "law %s\n", law)
	for _, year := range slices.Sorted(maps.Keys(r.Indices)) {
		fmt.Fprintf(hash, "index %d %d\n", year, r.Indices[year])
	}
	for _, name := range slices.Sorted(maps.Keys(r.Bases)) {
		fmt.Fprintf(hash, "base %s %d\n", name, r.Bases[name])
	}
	for _, year := range slices.Sorted(maps.Keys(r.Thresholds)) {
		for _, name := range slices.Sorted(maps.Keys(r.Thresholds[year])) {
			fmt.Fprintf(hash, "threshold %d %s %d\n", year, name, r.Thresholds[year][name])
		}
	}
	for _, c := range r.Rates {
		fmt.Fprintf(hash, "rate %s %d %d %d\n", c.Name, c.From, c.To, c.Rate)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// ParseRateChange reads a change of a rate: a name, quarters such as 2023Q1 (empty: open) and a percentage.
func ParseRateChange(name, from, to, percent string) (RateChange, error) {
	valid, err := parseValidity(from, to)
	if err != nil {
		return RateChange{}, err
	}
	rate, err := money.ParsePercent(percent)
	return RateChange{name, valid.From, valid.To, rate}, err
}
