package company

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

const (
	one = Number(401123308)
	two = Number(401123407)
)

// row is a company's row of 2024 with a balance total.
func row(t testing.TB, n Number, balance money.Cents, place int64) Row {
	t.Helper()
	return Row{Facts: facts(t, balance, 387_34, 387_34), Number: n, Year: 2024, Language: 1, Contact: NewContact("A", "B", "C", "D", "BE", ""), Place: rows.Place{Row: place}}
}

func decide(t testing.TB, on string, history []Prior, rows ...Row) *Decisions {
	t.Helper()
	d := Decide(slices.Clone(rows), nil, slices.Clone(history), companyLaw(t), day(t, on))
	if err := d.Balance(int64(len(rows))); err != nil {
		t.Error(err)
	}
	return d
}

// fates are the counts in the order settled, superseded, already settled, repeated, rejected.
func fates(t *testing.T, d *Decisions, want ...int64) {
	t.Helper()
	if !slices.Equal(d.Fates[:], want) {
		t.Errorf("fates %v, want %v", d.Fates, want)
	}
}

func history(d *Decisions) []Prior {
	var all []Prior
	for i := range d.Results {
		all = append(all, version(&d.Results[i]))
	}
	return all
}

func TestARowTwiceIsRepeated(t *testing.T) {
	fates(t, decide(t, "2024-12-01", nil, row(t, one, 1, 1), row(t, one, 1, 2), row(t, two, 1, 3)), 2, 0, 0, 1, 0)
}

func TestTwoRowsThatDifferAreDuplicates(t *testing.T) {
	address := row(t, one, 1, 2)
	address.Contact = NewContact("A", "elsewhere", "C", "D", "BE", "")
	for name, other := range map[string]Row{"another balance total": row(t, one, 2, 2), "another address": address} {
		d := decide(t, "2024-12-01", nil, row(t, one, 1, 1), other, row(t, two, 1, 3))
		if fates(t, d, 1, 0, 0, 0, 2); d.Rejects[0].Code != Duplicate {
			t.Errorf("%s: %s", name, d.Rejects[0].Code)
		}
	}
}

func TestWhatWasSettledIsAlreadySettled(t *testing.T) {
	first := decide(t, "2024-12-01", nil, row(t, one, 1, 1))
	moved := row(t, one, 1, 1)
	moved.Contact = NewContact("A", "elsewhere", "C", "D", "BE", "")
	fates(t, decide(t, "2025-12-01", history(first), moved), 0, 0, 1, 0, 0)
}

// The first file beside the one that corrects it: the correction is settled, the earlier row is superseded. Whichever comes again
// later is already settled.
func TestACorrectionSupersedes(t *testing.T) {
	first := decide(t, "2024-12-01", nil, row(t, one, 1, 1))
	second := decide(t, "2024-12-02", history(first), row(t, one, 1, 1), row(t, one, 900_000_00, 2))
	fates(t, second, 1, 1, 0, 0, 0)
	if r := second.Results[0]; r.Version != 2 || r.ToPay != 580_18 || r.Before == nil || r.Before.Definitive != 387_34 {
		t.Errorf("%+v", r)
	}
	all := append(history(first), history(second)...)
	fates(t, decide(t, "2024-12-03", all, row(t, one, 1, 1), row(t, one, 900_000_00, 2)), 0, 0, 2, 0, 0)
	fates(t, decide(t, "2024-12-03", all, row(t, one, 1, 1)), 0, 0, 1, 0, 0)
}

func TestYearsThatCantBeSettled(t *testing.T) {
	for name, c := range map[string]struct {
		year    int16
		created string
		on      string
		code    Code
		says    string
	}{
		"without parameters":        {2016, "2001-01-01", "2024-12-01", YearNotSupported, " 2016 "},
		"before the first":          {2003, "2001-01-01", "2024-12-01", YearNotSupported, " 2003 "},
		"not begun":                 {2025, "2001-01-01", "2024-12-31", NotYetBegun, ""},
		"not begun, no parameters":  {2026, "2001-01-01", "2024-12-31", NotYetBegun, ""},
		"created later that year":   {2024, "2024-12-02", "2024-12-01", NotYetBegun, ""},
		"before the company exists": {2023, "2024-01-01", "2024-12-01", BeforeCreation, ""},
	} {
		r := row(t, one, 1, 1)
		r.Year, r.CreatedOn = c.year, day(t, c.created)
		d := decide(t, c.on, nil, r)
		if fates(t, d, 0, 0, 0, 0, 1); d.Rejects[0].Code != c.code || !strings.Contains(string(d.Rejects[0].Reason), c.says) {
			t.Errorf("%s: %+v", name, d.Rejects[0])
		}
	}
}

// The order of the rows, and of the ledger, decides nothing.
func TestOrderDecidesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var list []Row
	for n := range 400 {
		list = append(list, row(t, Number(r.IntN(60)), money.Cents(r.IntN(3)*900_000_00), int64(n)))
	}
	first := decide(t, "2024-12-01", nil, list[:200]...)
	want := decide(t, "2024-12-02", history(first), list...)
	for range 20 {
		past := history(first)
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		r.Shuffle(len(past), func(i, j int) { past[i], past[j] = past[j], past[i] })
		got := decide(t, "2024-12-02", past, list...)
		if !reflect.DeepEqual(got.Fates, want.Fates) || !reflect.DeepEqual(got.Totals, want.Totals) || !reflect.DeepEqual(got.Results, want.Results) {
			t.Fatal("another order gives another result")
		}
	}
	if want.Fates[rows.Superseded]+want.Fates[rows.AlreadySettled] == 0 || want.Fates[rows.Rejected] == 0 || want.Fates[rows.Settled] == 0 {
		t.Errorf("the rows show too little: %v", want.Fates)
	}
}

// Control totals that do not hold are said.
func TestBalanceSaysWhatDiffers(t *testing.T) {
	d := decide(t, "2024-12-01", nil, row(t, one, 900_000_00, 1))
	if err := d.Balance(2); err == nil || !strings.Contains(err.Error(), "rows read") {
		t.Errorf("a row that is lost: %v", err)
	}
	d.Totals.Definitive++
	if err := d.Balance(1); err == nil || !strings.Contains(err.Error(), "definitive - called") {
		t.Errorf("a cent too much: %v", err)
	}
}

// The entries of random results: every line is one sided, each result balances, and the lines number from 1.
func TestEntriesBalance(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	l := companyLaw(t)
	y, _ := l.Year(2024)
	most := 0
	for range 50_000 {
		var versions []Prior
		for range 2 {
			f := randomFacts(r, y.Small, y.Large, y.Threshold, 2024)
			result := Settle(&Row{Facts: f, Year: 2024}, &y, versions, pipeline.DateOf(2025, 5, 5))
			versions = append(versions, version(&result))
			var debit, credit, receivable money.Cents
			entries := AppendEntries(nil, &result)
			most = max(most, len(entries))
			for i, e := range entries {
				if (e.Debit > 0) == (e.Credit > 0) || e.Debit < 0 || e.Credit < 0 || e.Line != i+1 || e.Version != result.Version {
					t.Fatalf("entry %+v", e)
				}
				debit, credit = debit+e.Debit, credit+e.Credit
				if e.Role == pipeline.ReceivableRole {
					receivable += e.Debit - e.Credit
				}
			}
			if debit != credit || receivable != result.Definitive-result.CalledBefore+result.Refund+result.Surcharge {
				t.Fatalf("debit %s, credit %s, receivable %s of %+v", debit, credit, receivable, result)
			}
		}
	}
	if most > MaxEntries {
		t.Errorf("%d entries, more than MaxEntries", most)
	}
}

// Of two rows of a company's year one could not be read: either may be the right one, and neither is settled. What says nothing new, and
// other companies and years, do not wait.
func TestARowThatCouldNotBeReadHoldsBackItsYear(t *testing.T) {
	settled := history(decide(t, "2024-12-01", nil, row(t, one, 1, 1)))
	for name, c := range map[string]struct {
		unread Reject
		before []Prior
		want   []int64
	}{
		"of the year":          {Reject{Code: BadValue, Number: one, Year: 2024}, nil, []int64{1, 0, 0, 0, 2}},
		"of a year not known":  {Reject{Code: BadRow, Number: one}, nil, []int64{1, 0, 0, 0, 2}},
		"of another year":      {Reject{Code: BadValue, Number: one, Year: 2023}, nil, []int64{2, 0, 0, 0, 1}},
		"of nobody":            {Reject{Code: BadEnterprise, Year: 2024}, nil, []int64{2, 0, 0, 0, 1}},
		"beside what is known": {Reject{Code: BadRow, Number: one}, settled, []int64{1, 0, 1, 0, 1}},
	} {
		list := []Row{row(t, one, 1, 1), row(t, two, 1, 3)}
		d := Decide(list, []Reject{c.unread}, c.before, companyLaw(t), day(t, "2024-12-02"))
		if err := d.Balance(3); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		fates(t, d, c.want...)
		for _, r := range d.Rejects[1:] {
			if r.Code != IncompleteAccount || r.Number != one {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
}
