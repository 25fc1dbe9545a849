package law

import (
	"fmt"
	"maps"
	"slices"

	"regul/pipeline/money"
)

// baseIndex is the index 142.75 to which the bases of the law are tied (AR 38 art. 14), x 100.
const baseIndex = 14275

// halfMinimum names the one derived threshold: half of MIN, rounded half up to the cent
// (AR 38 art. 12bis, students).
const halfMinimum = "HALFMIN"

// reformYear is the first year whose contributions rest on its own income (law of 22-11-2013). Before it only starters were regularised.
const reformYear = 2015

// Year is what the law says of one year: its thresholds and its schedules.
type Year struct {
	Number     int
	Index      Index
	Thresholds []Threshold // in the order of the data, then the derived one
	schedules  [4][]*[starterYears]Schedule
	averages   map[int]money.Cents
}

// starterYears counts the values of a starter year: 0 (none), 1, 2, 3.
const starterYears = 4

// Threshold is an indexed amount of one year.
type Threshold struct {
	Name    string
	Amount  money.Cents
	Valid   Validity
	Article string
	Meaning string
}

// Year is the law of a contribution year. It is an error to ask for a year whose index is missing.
func (l *Law) Year(year int) (*Year, error) {
	if y := l.years[year]; y != nil {
		return y, nil
	}
	years := l.Years()
	return nil, fmt.Errorf("the law of %d is not supported: no index of that year is known, of the years from %d to %d most are known",
		year, years[0], years[len(years)-1])
}

// Years lists the contribution years whose index is known, ascending.
func (l *Law) Years() []int { return slices.Sorted(maps.Keys(l.years)) }

// StartersOnly says whether only the contributions of starters are regularised in the year: those of others were final on the income of
// three years before (AR 38 art. 11 as it stood before the law of 22-11-2013).
func StartersOnly(year int) bool { return year < reformYear }

// Rates lists the rates in force at some time of the year.
func (l *Law) Rates(year int) []RateParameter {
	var found []RateParameter
	for _, r := range l.rates {
		if r.Valid.Overlaps(year) {
			found = append(found, r)
		}
	}
	return found
}

// computeYear indexes the bases and prepares the schedule of every category, quarter and starter year.
func (l *Law) computeYear(number int, index Index) (*Year, error) {
	y := &Year{Number: number, Index: index, averages: l.averages}
	for _, base := range l.bases {
		// AR 38 art. 14: base x N(year) / 142.75, rounded half up to the cent.
		amount := money.RoundHalfUp(int64(base.Amount)*int64(index.Numerator), baseIndex)
		if fixed, reformed := l.fixed[number][base.Name]; reformed {
			amount = int64(fixed)
		}
		y.Thresholds = append(y.Thresholds, Threshold{base.Name, money.Cents(amount), base.Valid, base.Article, base.Meaning})
		if base.Name == "MIN" {
			// AR 38 art. 12bis: half of the minimum income, rounded half up to the cent.
			half := money.Cents(money.RoundHalfUp(amount, 2))
			y.Thresholds = append(y.Thresholds,
				Threshold{halfMinimum, half, base.Valid, "AR 38 art. 12bis", "half of the minimum income, for students"})
		}
	}
	for quarter := range y.schedules {
		y.schedules[quarter] = make([]*[starterYears]Schedule, len(l.codes))
		q := QuarterOf(number, quarter+1)
		for category, definitions := range l.definitions {
			for _, d := range definitions {
				if !d.valid.Holds(q) {
					continue
				}
				prepared := new([starterYears]Schedule)
				for starter := range prepared {
					schedule, err := l.schedule(y, d, q, starter)
					if err != nil {
						return nil, fmt.Errorf("category %s: %w", l.codes[category], err)
					}
					prepared[starter] = schedule
				}
				y.schedules[quarter][category] = prepared
			}
		}
	}
	return y, nil
}

// threshold is the amount of that name; the empty name is the amount 0.
func (y *Year) threshold(name string) (money.Cents, error) {
	if name == "" {
		return 0, nil
	}
	for _, t := range y.Thresholds {
		if t.Name == name {
			return t.Amount, nil
		}
	}
	return 0, fmt.Errorf("there is no threshold %q", name)
}

// Schedule is how a category pays in a quarter (1 to 4) of this year. starter is the year of
// activity of a starter, 1 to 3, or 0. The result is nil when the category is not in force in
// that quarter.
func (y *Year) Schedule(category Category, quarter, starter int) *Schedule {
	prepared := y.schedules[quarter-1][category]
	if prepared == nil {
		return nil
	}
	return &prepared[starter]
}
