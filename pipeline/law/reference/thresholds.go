package reference

import (
	"fmt"
	"reflect"

	"github.com/shopspring/decimal"
)

// Rules are the parameters in force in one quarter: thresholds in EUR a year, rates as proportions (20.5 % is 0.205). Quarters of a
// year in which nothing changes have the same.
type Rules struct {
	minimum, t1, t2, maxi, complementary, article37, pension, halfMinimum decimal.Decimal
	primostarter, firstReduction                                          decimal.Decimal // 0 before they existed

	b1         [4]decimal.Decimal // of a starter of the first to third year; [0]: of everybody else
	b2         decimal.Decimal
	pension1   decimal.Decimal
	pension2   decimal.Decimal
	mini1      decimal.Decimal
	mini2      decimal.Decimal
	indexation decimal.Decimal // N(year)

	articles      map[string]string // on which each category rests
	notYet        map[string]bool   // categories that the law made later
	mainAtPension bool              // at the legal pension age one pays as in a main occupation (law of 18 July 2025)
}

// baseIndex is the index at which the bases stand (AR 38 art. 14).
var baseIndex = decimal.RequireFromString("142.75")

// year collects the rules of the quarters of a year that has an index.
func (l *Law) year(year int) (quarters [4]*Rules, err error) {
	for i := range quarters {
		if quarters[i], err = l.inForce(year, quarterName(year, i+1)); err != nil {
			return quarters, err
		}
		if i > 0 && reflect.DeepEqual(quarters[i], quarters[i-1]) {
			quarters[i] = quarters[i-1]
		}
	}
	return quarters, nil
}

// inForce collects the parameters of one quarter.
func (l *Law) inForce(year int, quarter string) (*Rules, error) {
	q := &Rules{indexation: l.indices[year], articles: map[string]string{}, notYet: map[string]bool{}, mainAtPension: quarter >= "2025Q4"}
	for _, p := range l.articles {
		if p.holds(quarter) {
			q.articles[p.name] = p.article
		}
	}
	for category, from := range categoriesSince {
		if quarter < from {
			q.notYet[category] = true
		}
	}
	for _, wanted := range []struct {
		name string
		to   *decimal.Decimal
		from string
	}{
		{"MIN", &q.minimum, ""}, {"T1", &q.t1, ""}, {"T2", &q.t2, ""}, {"MAXI", &q.maxi, ""}, {"COMP", &q.complementary, ""},
		{"ART37", &q.article37, ""}, {"PENS", &q.pension, ""}, {"PRIMO", &q.primostarter, "2018Q2"}, {"Q1RED", &q.firstReduction, "2022Q2"},
	} {
		base, found := find(l.bases, wanted.name, quarter)
		if found {
			*wanted.to = indexed(base, l.indices[year])
		}
		if !found && quarter >= wanted.from {
			return nil, fmt.Errorf("%w: %s in %s", ErrMissing, wanted.name, quarter)
		}
	}
	q.halfMinimum = quotient{q.minimum, two}.cents() // AR 38 art. 12bis
	for name, to := range map[string]*decimal.Decimal{"b1": &q.b1[0], "b2": &q.b2, "pension_b1": &q.pension1, "pension_b2": &q.pension2,
		"mini_b1": &q.mini1, "mini_b2": &q.mini2} {
		rate, found := find(l.rates, name, quarter)
		if !found {
			return nil, fmt.Errorf("%w: %s in %s", ErrMissing, name, quarter)
		}
		*to = proportion(rate)
	}
	// AR 38 art. 13bis: a starter pays less, never more. That it holds of the definitive amount is a reading.
	for starter := 1; starter <= 3; starter++ {
		q.b1[starter] = q.b1[0]
		if rate, found := find(l.rates, fmt.Sprintf("starter_%d", starter), quarter); found {
			q.b1[starter] = smaller(q.b1[0], proportion(rate))
		}
	}
	return q, nil
}

func find(parameters []parameter, name, quarter string) (decimal.Decimal, bool) {
	for _, p := range parameters {
		if p.name == name && p.holds(quarter) {
			return p.value, true
		}
	}
	return decimal.Zero, false
}

// indexed is base x N(year) / 142.75, rounded half up to the cent (AR 38 art. 14).
func indexed(base, index decimal.Decimal) decimal.Decimal {
	return quotient{base.Mul(index), baseIndex}.cents()
}

// Rules are those of a quarter. Errors: ErrArgument, ErrYear.
func (l *Law) Rules(year, quarter int) (*Rules, error) {
	if quarter < 1 || quarter > 4 {
		return nil, fmt.Errorf("%w: quarter %d", ErrArgument, quarter)
	}
	q, found := l.quarters[year]
	if !found {
		return nil, fmt.Errorf("%w: %d", ErrYear, year)
	}
	return q[quarter-1], nil
}

// HasYear says whether the year has an index: without one no contribution of it can be computed.
func (l *Law) HasYear(year int) bool {
	_, found := l.indices[year]
	return found
}

// Threshold is an indexed amount in EUR of a year that has an index, MIN, T1, T2, PRIMO, Q1RED, MAXI, COMP, ART37, PENS, or the derived
// HALFMIN. It looks at the index only, not at the quarters in which the threshold is in force.
func (l *Law) Threshold(name string, year int) (decimal.Decimal, error) {
	if !l.HasYear(year) {
		return decimal.Zero, fmt.Errorf("%w: %d", ErrYear, year)
	}
	if name == "HALFMIN" {
		return l.quarters[year][0].halfMinimum, nil
	}
	for _, base := range l.bases {
		if base.name == name {
			return indexed(base.value, l.indices[year]), nil
		}
	}
	return decimal.Zero, fmt.Errorf("%w: threshold %q", ErrArgument, name)
}

// ThresholdNames lists the amounts that an annual income is compared with.
func ThresholdNames() []string {
	return []string{"MIN", "T1", "T2", "PRIMO", "MAXI", "COMP", "ART37", "PENS", "HALFMIN"}
}
