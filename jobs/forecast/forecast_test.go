package forecast_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"regul/jobs/forecast"
	"regul/pipeline/money"
)

type amounts = [forecast.Measures]money.Cents

// in is the cell of a category 1 of which so much is called a year, in cents.
func in(year int, called money.Cents) forecast.Cell {
	return forecast.Cell{Year: year, Category: 1, Class: forecast.ClassOf(called)}
}

// alike is a history of so many equal rows.
func alike(rows int, called money.Cents, brought amounts) forecast.Book {
	b := forecast.Book{}
	for range rows {
		b.Add(in(2022, called), called, brought)
	}
	return b
}

func open(year int, called ...money.Cents) forecast.Book {
	b := forecast.Book{}
	for _, c := range called {
		b.Add(in(year, c), c, amounts{})
	}
	return b
}

func isRange(t *testing.T, what string, got, want forecast.Range) {
	t.Helper()
	if got != want {
		t.Errorf("%s %+v, want %+v", what, got, want)
	}
}

// Each row of the history brought a third of what was called: an exact fraction, from which nothing differs.
func TestRowsThatAreAlikeGiveTheirRatioAndNoWidth(t *testing.T) {
	e := forecast.Learn(alike(40, 5000_00, amounts{1666_66, 0, 10_00})).Expect(open(2023, 5000_00, 7500_00))
	isRange(t, "supplement", e.Supplement, forecast.Range{Expected: 4166_65, Low: 4166_65, High: 4166_65})
	isRange(t, "cancelled", e.Cancelled, forecast.Range{})
	isRange(t, "refund", e.Refund, forecast.Range{Expected: 25_00, Low: 25_00, High: 25_00})
	if e.Rows != 2 || e.Called != 12500_00 || e.Without != 0 {
		t.Errorf("%+v", e)
	}
}

// Half of 100 rows of 1000.00 brought 0.00, half 200.00: the ratio is 0.1, s² = 100/99 x 0.1², that of the ratio s²/100. Of 25 open rows
// the variance is s² 25 1000² + s²/100 (25 000)²: a deviation of 561.83, and 720.02 at 80 %.
func TestRangeOfKnownRows(t *testing.T) {
	history := forecast.Book{}
	for i := range 100 {
		history.Add(in(2022, 1000_00), 1000_00, amounts{money.Cents(i % 2 * 200_00), 0, 0})
	}
	rows := forecast.Book{}
	for range 25 {
		rows.Add(in(2023, 1000_00), 1000_00, amounts{})
	}
	variance := 100.0 / 99 * 0.01 * (25*1e10 + 25e5*25e5/100)
	half := money.Cents(math.Round(1.2815515655446004 * math.Sqrt(variance)))
	e := forecast.Learn(history).Expect(rows)
	isRange(t, "supplement", e.Supplement, forecast.Range{Expected: 2500_00, Low: 2500_00 - half, High: 2500_00 + half})
	if half != 720_02 {
		t.Errorf("half of the range is %s", half)
	}
}

// What evens out over many rows does; what the history does not know exactly does not.
func TestRangeOfManyRowsIsThatOfTheRatio(t *testing.T) {
	history := forecast.Book{}
	for i := range 100 {
		history.Add(in(2022, 1000_00), 1000_00, amounts{money.Cents(i % 2 * 200_00), 0, 0})
	}
	rows := forecast.Book{}
	for range 1_000_000 {
		rows.Add(in(2023, 1000_00), 1000_00, amounts{})
	}
	e := forecast.Learn(history).Expect(rows)
	width := float64(e.Supplement.High-e.Supplement.Low) / 2 / float64(e.Supplement.Expected)
	if want := 1.28155 * math.Sqrt(0.01*100/99/100) / 0.1; math.Abs(width-want) > 0.0001 {
		t.Errorf("half of the range is %.5f of the sum, want %.5f", width, want)
	}
}

// Where nothing was called there is no ratio: what a row brought on average.
func TestRowsOfWhichNothingIsCalledBringTheirMean(t *testing.T) {
	e := forecast.Learn(alike(30, 0, amounts{12_34, 0, 0})).Expect(open(2023, 0, 0, 0))
	isRange(t, "supplement", e.Supplement, forecast.Range{Expected: 37_02, Low: 37_02, High: 37_02})
}

// rows adds so many equal rows to a book.
func rows(b forecast.Book, number, category int, called, brought money.Cents) {
	for range number {
		b.Add(forecast.Cell{Year: 2022, Category: category, Class: forecast.ClassOf(called)}, called, amounts{brought, 0, 0})
	}
}

// Cells with too few rows learn together: those of a category, then those of the small categories, then everybody.
func TestTooFewRowsLearnTogether(t *testing.T) {
	history := forecast.Book{}
	rows(history, 30, 1, 5000_00, 500_00)
	rows(history, 20, 1, 1000_00, 300_00) // the small classes of category 1: 6000 + 4000 of 320 000
	rows(history, 10, 1, 20000_00, 0)
	rows(history, 10, 1, 10000_00, 400_00)
	rows(history, 15, 2, 1000_00, 0) // the small categories
	rows(history, 15, 3, 1000_00, 200_00)
	model := forecast.Learn(history)
	for name, c := range map[string]struct {
		category       int
		called, expect money.Cents
	}{
		"a class for itself":      {1, 5000_00, 500_00},
		"a small class":           {1, 1000_00, 31_25}, // 10 000 of 320 000
		"a class not seen before": {1, 3000_00, 93_75},
		"a small category":        {2, 1000_00, 100_00}, // 3000 of 30 000
		"a category never seen":   {4, 6000_00, 600_00},
	} {
		b := forecast.Book{}
		b.Add(forecast.Cell{Year: 2023, Category: c.category, Class: forecast.ClassOf(c.called)}, c.called, amounts{})
		if got := model.Expect(b).Supplement.Expected; got != c.expect {
			t.Errorf("%s: %s, want %s", name, got, c.expect)
		}
	}
}

// Where no pool of the few has enough rows, they learn from everybody: 30 x 500 + 10 x 1000 of 160 000.
func TestFewRowsInAllLearnFromEverybody(t *testing.T) {
	history := forecast.Book{}
	rows(history, 30, 1, 5000_00, 500_00)
	rows(history, 10, 2, 1000_00, 1000_00)
	b := forecast.Book{}
	b.Add(forecast.Cell{Year: 2023, Category: 2, Class: forecast.ClassOf(1000_00)}, 1000_00, amounts{})
	if got := forecast.Learn(history).Expect(b).Supplement.Expected; got != 156_25 {
		t.Errorf("%s", got)
	}
}

// Ratios give back the sums they were learnt from, as long as nobody learns from everybody: here the small categories have enough rows
// together, however few the fund makes of them.
func TestHistoryIsGivenBack(t *testing.T) {
	for _, affiliates := range []int{300, 1000, 1500, 2000, 5000} {
		history := forecast.Book{}
		fictitious(t, history, 77, affiliates, 2022, 100)
		for category := range 4 {
			rows(history, 10, 100+category, 1000_00, 70_00)
			rows(history, 10, 100+category, 0, 7_00) // of those of whom nothing was called too
		}
		model := forecast.Learn(history)
		e := model.Expect(history)
		for m := range forecast.Measures {
			if off := model.Error(m, &e, history); off.Error != 0 || off.Actual == 0 {
				t.Errorf("%d affiliates, %s: %+v", affiliates, m, off)
			}
		}
	}
}

// Rows of which nothing is called say nothing of the others: these stay without history.
func TestRowsWithoutHistoryAreNotGuessed(t *testing.T) {
	model := forecast.Learn(alike(100, 0, amounts{50_00, 0, 0}))
	e := model.Expect(open(2023, 0, 4000_00, 9000_00))
	if e.Without != 2 || e.Rows != 3 || e.Supplement.Expected != 50_00 {
		t.Errorf("%+v", e)
	}
	if forecast.Learn(alike(29, 4000_00, amounts{})).Knows() {
		t.Error("29 rows are enough")
	}
}

// Two years that differ, each with rows that are alike: 0.1 and 0.3 of what is called, 0.2 together. Their factors are 0.5 and 1.5, with
// the variance 0.5. The next year can be that far off, and the ratio too by half of it: 3.0777 sqrt(0.5 x 1.5).
func TestYearsThatDifferWidenTheRange(t *testing.T) {
	history := forecast.Book{}
	for range 1000 {
		history.Add(in(2021, 5000_00), 5000_00, amounts{500_00, 0, 0})
		history.Add(in(2022, 5000_00), 5000_00, amounts{1500_00, 0, 0})
	}
	model := forecast.Learn(history)
	if model.EffectYears() != 2 {
		t.Errorf("learnt from %d years", model.EffectYears())
	}
	// The differences of the years also count as differences of rows: 1000² x 2000/1999 each, of which the mean of the factors has a part.
	factor := 0.5 - 0.25*2000/1999/1000
	if got, want := model.Effect(forecast.Supplement), math.Sqrt(factor*1.5); math.Abs(got-want) > 1e-9 {
		t.Errorf("effect %.6f, want %.6f", got, want)
	}
	// Two years leave one degree of freedom: the quantile is 3.0777. What rows differ by is nothing beside it.
	e := model.Expect(open(2023, slices.Repeat([]money.Cents{5000_00}, 1000)...)).Supplement
	half := float64(e.High-e.Expected) / float64(e.Expected)
	if want := 3.0777 * math.Sqrt(factor*1.5); math.Abs(half-want) > 0.001 {
		t.Errorf("half of the range is %.4f of the sum, want %.4f", half, want)
	}
}

func TestOneYearTellsNothingOfYears(t *testing.T) {
	model := forecast.Learn(alike(100, 5000_00, amounts{500_00, 0, 0}))
	if model.EffectYears() != 1 || model.Effect(forecast.Supplement) != 0 {
		t.Errorf("%d years, effect %f", model.EffectYears(), model.Effect(forecast.Supplement))
	}
}

// A sum is no less than 0, however wide its range.
func TestNoRangeGoesBelowNothing(t *testing.T) {
	history := alike(99, 5000_00, amounts{})
	history.Add(in(2022, 5000_00), 5000_00, amounts{90000_00, 0, 0})
	if r := forecast.Learn(history).Expect(open(2023, 5000_00)).Supplement; r.Low != 0 || r.Expected != 900_00 || r.High <= r.Expected {
		t.Errorf("%+v", r)
	}
}

// The order in which rows and shards come changes nothing.
func TestOrderOfRowsChangesNothing(t *testing.T) {
	type row struct {
		at      forecast.Cell
		called  money.Cents
		brought amounts
	}
	rng := rand.New(rand.NewPCG(1, 0))
	rows := make([]row, 3000)
	for i := range rows {
		called := money.Cents(rng.IntN(20000_00))
		rows[i] = row{forecast.Cell{Year: 2019 + rng.IntN(4), Category: rng.IntN(3), Class: forecast.ClassOf(called)}, called,
			amounts{money.Cents(rng.IntN(5000_00)), money.Cents(rng.IntN(3000_00)), money.Cents(rng.IntN(2000_00))}}
	}
	var results []forecast.Expectation
	for range 3 {
		history := forecast.Book{}
		shards := [4]forecast.Book{{}, {}, {}, {}}
		for i, r := range rows {
			shards[i%4].Add(r.at, r.called, r.brought)
		}
		for _, at := range rng.Perm(4) {
			history.Merge(shards[at])
		}
		results = append(results, forecast.Learn(history).Expect(open(2023, 1000_00, 5000_00, 9000_00)))
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}
	if !reflect.DeepEqual(results[0], results[1]) || !reflect.DeepEqual(results[0], results[2]) {
		t.Errorf("%+v", results)
	}
}

// The largest amounts of an account add up without loss: squares of 4 000 000 000.00, a million times.
func TestLargestAmountsAddUp(t *testing.T) {
	const most = 400_000_000_000
	history := alike(10_000, most, amounts{most / 4, 0, 0})
	isRange(t, "supplement", forecast.Learn(history).Expect(open(2023, most)).Supplement,
		forecast.Range{Expected: most / 4, Low: most / 4, High: most / 4})
}

func TestClassesHaveTheirLimits(t *testing.T) {
	for called, want := range map[money.Cents]string{-1: "nothing", 0: "nothing", 1: "below 2000", 1999_99: "below 2000",
		2000_00: "2000 to 4000", 7999_99: "4000 to 8000", 8000_00: "8000 to 12000", 12000_00: "from 12000", 1 << 40: "from 12000"} {
		if got := forecast.ClassOf(called).String(); got != want {
			t.Errorf("%s is of the class %q, want %q", called, got, want)
		}
	}
}

// The error is the expected sum less the actual one, of the rows of which something was expected.
func TestErrorOfAnExpectation(t *testing.T) {
	model := forecast.Learn(alike(40, 5000_00, amounts{500_00, 0, 0}))
	arrived := forecast.Book{}
	arrived.Add(in(2023, 5000_00), 5000_00, amounts{400_00, 0, 0})
	arrived.Add(in(2023, 0), 0, amounts{77_00, 0, 0}) // without history
	e := model.Expect(arrived)
	off := model.Error(forecast.Supplement, &e, arrived)
	if off.Actual != 400_00 || off.Error != 100_00 || off.Percent == nil || *off.Percent != 25 || off.Within {
		t.Errorf("%+v", off)
	}
	if off := model.Error(forecast.Refund, &e, arrived); off.Percent != nil || !off.Within {
		t.Errorf("%+v", off)
	}
}
