package forecast

import "math"

// effect is how much a whole year differs from what its rows let expect: trade goes well or badly for all, the law changes.
type effect struct {
	years    int     // it was learnt from
	variance float64 // of the factor by which a year is off
	quantile float64 // that goes with so few years
}

// effectOfYears learns it from the years of the history that have enough rows. The factor of a year is what came, to what the ratios of all
// years together let expect. The factors vary by chance too; what they vary beyond that is the effect. With one year it can't be told.
func (model *Model) effectOfYears(m Measure) effect {
	var factors, weights []float64
	chance, all := 0.0, 0.0
	for _, year := range model.Years {
		rows := model.history.Of(year)
		var sums Sums
		for at, s := range rows {
			if _, known := model.pool(at); known {
				sums.add(s)
			}
		}
		expected := float(model.expected(m, rows))
		if sums.Rows < Least || expected == 0 {
			continue
		}
		factors = append(factors, float64(sums.Amounts[m])/expected)
		weights = append(weights, expected)
		chance += model.ownChance(m, rows) / (expected * expected)
		all += expected
	}
	n := float64(len(factors))
	if n < 2 {
		return effect{years: len(factors)}
	}
	mean, squares, shares := 0.0, 0.0, 0.0
	for i, f := range factors {
		mean += f / n
		shares += weights[i] / all * weights[i] / all
	}
	for _, f := range factors {
		squares += (f - mean) * (f - mean)
	}
	variance := max(0, squares/(n-1)-chance/n)
	// The ratios hold the effects of their own years too, by the share of each.
	return effect{len(factors), variance * (1 + shares), student(len(factors) - 1)}
}

// ownChance is the variance of a sum that its rows alone cause.
func (model *Model) ownChance(m Measure, rows Book) float64 {
	variance := 0.0
	for _, at := range rows.cells() {
		if pool, known := model.pool(at); known {
			variance += model.pools[pool].variance[m] * float(rows[at].weight2.rat())
		}
	}
	return variance
}

// students are the quantiles of Student's distribution that leave 10 % above, by degrees of freedom from 1.
var students = []float64{3.0777, 1.8856, 1.6377, 1.5332, 1.4759, 1.4398, 1.4149, 1.3968, 1.3830, 1.3722}

func student(freedom int) float64 {
	if freedom <= len(students) {
		return students[freedom-1]
	}
	return normal + (normal*normal*normal+normal)/4/float64(freedom) // the first terms of its expansion
}

// EffectYears is how many years of the history tell how much years differ; below 2 ranges hold chance alone.
func (model *Model) EffectYears() int { return model.effects[Supplement].years }

// Effect is the standard deviation of the factor by which a whole year is off, as far as the history tells.
func (model *Model) Effect(m Measure) float64 { return math.Sqrt(model.effects[m].variance) }
