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
	return Row{Facts: facts(t, balance, 387_34, 387_34), Number: n, Year: 2024, Language: 1, Contact: contact("B"),
		Place: rows.Place{Row: place}}
}

func contact(street string) pipeline.Contact {
	return pipeline.Contact{LastName: "A", Street: street, Postcode: "C", City: "D", Country: "BE"}
}

// decided is what a run decides, and the settlements it hands on, by company and year.
type decided struct {
	*pipeline.Decisions
	settled  []pipeline.Settlement
	balances []pipeline.Balance
}

func (d *decided) Settlement(s *pipeline.Settlement) {
	party, facts := *s.Party, *s.Years[0].Company
	y := s.Years[0]
	y.Company = &facts
	d.settled = append(d.settled, pipeline.Settlement{Party: &party, Years: []pipeline.SettledYear{y}})
}

func (d *decided) Shard(int) (pipeline.ShardResults, error) { return d, nil }
func (d *decided) Balances(b []pipeline.Balance)            { d.balances = append(d.balances, b...) }
func (d *decided) Close() error                             { return nil }

// run settles what the scatter has taken, on a day.
func (s *scatter) run(on string) *decided {
	s.t.Helper()
	d := &decided{}
	var err error
	d.Decisions, err = Subject.Run(s.t.Context(), pipeline.NewPlan(Subject, []*pipeline.Scatter{&s.Scatter}, 1000),
		pipeline.Parameters{Companies: companyLaw(s.t), AsOf: day(s.t, on)}, 1, d, func(*pipeline.Decisions) {})
	if err == nil {
		for input := range s.Fates { // of rows that could not be read
			d.Fates[input].Add(&s.Scatter.Fates[input])
		}
		err = d.Totals.Balance(&s.Read, &d.Fates)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

type scatter struct {
	pipeline.Scatter
	t testing.TB
}

func taken(t testing.TB, history []Prior, rows ...Row) *scatter {
	s := &scatter{t: t}
	t.Cleanup(func() { s.Close() })
	for i := range rows {
		TakeRow(&s.Scatter, &rows[i])
	}
	for i := range history {
		TakePrior(&s.Scatter, &history[i])
	}
	return s
}

func decide(t testing.TB, on string, history []Prior, rows ...Row) *decided {
	t.Helper()
	return taken(t, history, rows...).run(on)
}

// fates are the counts in the order settled, superseded, already settled, repeated, rejected.
func fates(t *testing.T, d *decided, want ...int64) {
	t.Helper()
	var got []int64
	for _, f := range d.Fates[pipeline.CompaniesInput] {
		got = append(got, f.Rows)
	}
	if !slices.Equal(got, want) {
		t.Errorf("fates %v, want %v", got, want)
	}
}

// history is what the settlements become in the ledger.
func history(d *decided) []Prior {
	var all []Prior
	for i := range d.settled {
		y := &d.settled[i].Years[0]
		c := y.Company
		all = append(all, Prior{Facts: Facts{Balance: c.Balance, CreatedOn: c.CreatedOn, Exemption: Exemption(c.Exemption),
			Called: c.Reported, Paid: y.Paid, PaidOn: c.PaidOn, PaidLate: c.PaidLate},
			Number: Number(d.settled[i].Party.Number), Year: int16(y.Year), Version: int32(y.Version), Definitive: y.Definitive,
			Refund: y.Refund, Surcharge: y.Surcharge, Asked: y.SurchargeToPay(), Back: y.SurchargeRefund(), Claim: y.ToPay,
			Owing: y.Arrears, Months: c.Months, NotifiedOn: y.NotifiedOn})
	}
	return all
}

func TestARowTwiceIsRepeated(t *testing.T) {
	fates(t, decide(t, "2024-12-01", nil, row(t, one, 1, 1), row(t, one, 1, 2), row(t, two, 1, 3)), 2, 0, 0, 1, 0)
}

func TestTwoRowsThatDifferAreDuplicates(t *testing.T) {
	address := row(t, one, 1, 2)
	address.Contact = contact("elsewhere")
	for name, other := range map[string]Row{"another balance total": row(t, one, 2, 2), "another address": address} {
		d := decide(t, "2024-12-01", nil, row(t, one, 1, 1), other, row(t, two, 1, 3))
		if fates(t, d, 1, 0, 0, 0, 2); d.Rejects[0].Code != pipeline.Duplicate {
			t.Errorf("%s: %s", name, d.Rejects[0].Code)
		}
	}
}

func TestWhatWasSettledIsAlreadySettled(t *testing.T) {
	first := decide(t, "2024-12-01", nil, row(t, one, 1, 1))
	moved := row(t, one, 1, 1)
	moved.Contact = contact("elsewhere")
	fates(t, decide(t, "2025-12-01", history(first), moved), 0, 0, 1, 0, 0)
}

// The first file beside the one that corrects it: the correction is settled, the earlier row is superseded. Whichever comes again
// later is already settled.
func TestACorrectionSupersedes(t *testing.T) {
	first := decide(t, "2024-12-01", nil, row(t, one, 1, 1))
	second := decide(t, "2024-12-02", history(first), row(t, one, 1, 1), row(t, one, 900_000_00, 2))
	fates(t, second, 1, 1, 0, 0, 0)
	if r := second.settled[0].Years[0]; r.Version != 2 || r.ToPay != 580_18 || r.Before.Definitive != 387_34 {
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
		code    pipeline.Code
		says    string
	}{
		"without parameters":        {2016, "2001-01-01", "2024-12-01", pipeline.YearNotSupported, " 2016 "},
		"before the first":          {2003, "2001-01-01", "2024-12-01", pipeline.YearNotSupported, " 2003 "},
		"not begun":                 {2025, "2001-01-01", "2024-12-31", pipeline.NotYetBegun, ""},
		"not begun, no parameters":  {2027, "2001-01-01", "2024-12-31", pipeline.NotYetBegun, ""},
		"created later that year":   {2024, "2024-12-02", "2024-12-01", pipeline.NotYetBegun, ""},
		"before the company exists": {2023, "2024-01-01", "2024-12-01", pipeline.BeforeCreation, ""},
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
		list = append(list, row(t, Number(1+r.IntN(60)), money.Cents(r.IntN(3)*900_000_00), int64(n)))
	}
	first := decide(t, "2024-12-01", nil, list[:200]...)
	want := decide(t, "2024-12-02", history(first), list...)
	for range 20 {
		past := history(first)
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		r.Shuffle(len(past), func(i, j int) { past[i], past[j] = past[j], past[i] })
		got := decide(t, "2024-12-02", past, list...)
		if !reflect.DeepEqual(got.Fates, want.Fates) || !reflect.DeepEqual(got.Totals, want.Totals) ||
			!reflect.DeepEqual(got.settled, want.settled) {
			t.Fatal("another order gives another result")
		}
	}
	if f := &want.Fates[pipeline.CompaniesInput]; f[rows.Superseded].Rows+f[rows.AlreadySettled].Rows == 0 || f[rows.Rejected].Rows == 0 ||
		f[rows.Settled].Rows == 0 {
		t.Errorf("the rows show too little: %v", want.Fates)
	}
}

// Of two rows of a company's year one could not be read: either may be the right one, and neither is settled. What says nothing new, and
// other companies and years, do not wait.
func TestARowThatCouldNotBeReadHoldsBackItsYear(t *testing.T) {
	settled := history(decide(t, "2024-12-01", nil, row(t, one, 1, 1)))
	for name, c := range map[string]struct {
		unread Flaw
		before []Prior
		want   []int64
	}{
		"of the year":          {Flaw{one, 2024}, nil, []int64{1, 0, 0, 0, 1}},
		"of a year not known":  {Flaw{one, 0}, nil, []int64{1, 0, 0, 0, 1}},
		"of another year":      {Flaw{one, 2023}, nil, []int64{2, 0, 0, 0, 0}},
		"beside what is known": {Flaw{one, 0}, settled, []int64{1, 0, 1, 0, 0}},
	} {
		s := taken(t, c.before, row(t, one, 1, 1), row(t, two, 1, 3))
		TakeFlaw(&s.Scatter, c.unread)
		d := s.run("2024-12-02")
		fates(t, d, c.want...)
		for _, r := range d.Rejects {
			if r.Code != pipeline.IncompleteAccount {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
}

// paid is a payment of the company one for 2024.
func paid(t testing.TB, on string, amount money.Cents, identifier string, place int64) Payment {
	return Payment{Number: one, Year: 2024, PaidOn: day(t, on), Amount: amount, Identifier: identifier,
		Place: rows.Place{File: 1, Row: place}}
}

// A contribution that the fund gave back, and that its bank then took back too: the company owes what it was given beside the contribution,
// and a surcharge on the contribution alone.
func TestPaymentsBelowNothingAreOwed(t *testing.T) {
	for name, second := range map[string]Row{"a row of the year": row(t, one, 1, 1), "none": {}} {
		s := taken(t, nil, row(t, one, 1, 1))
		first := s.run("2024-12-01")
		s = taken(t, history(first))
		if second.Number != 0 {
			TakeRow(&s.Scatter, &second)
		}
		for i, p := range []Payment{paid(t, "2024-06-01", 387_34, "", 1), paid(t, "2024-12-05", -387_34, "", 2),
			paid(t, "2025-01-05", -387_34, "", 3)} {
			p.Purpose = []pipeline.Purpose{pipeline.PurposeUnsaid, pipeline.PurposeUnsaid, pipeline.PurposeReturned}[i]
			TakePayment(&s.Scatter, &p)
		}
		d := s.run("2025-02-15")
		if len(d.Rejects) > 0 || len(d.balances) != 1 || d.balances[0].Paid != -387_34 || d.balances[0].Open != 2*387_34 {
			t.Errorf("%s: rejects %v, balances %+v", name, d.Rejects, d.balances)
		}
		if second.Number == 0 {
			continue
		}
		if y := d.settled[0].Years[0]; y.Paid != -387_34 || y.Arrears != 2*387_34 || y.Refund != 0 || y.SurchargeTotal != 7_75 {
			t.Errorf("paid %s, arrears %s, refund %s, surcharge %s", y.Paid, y.Arrears, y.Refund, y.SurchargeTotal)
		}
	}
}

// Payments that contradict each other, or belong to no row, are rejected with a code.
func TestPaymentsThatCantBeTaken(t *testing.T) {
	s := taken(t, nil, row(t, two, 1, 1))
	lost := paid(t, "2025-01-01", 1, "", 1)
	TakePayment(&s.Scatter, &lost)
	if d := s.run("2025-03-15"); len(d.Rejects) != 1 || d.Rejects[0].Code != pipeline.UnknownCompany {
		t.Errorf("%+v", d.Rejects)
	}
	s = taken(t, nil, row(t, one, 1, 1))
	for i, amount := range []money.Cents{1, 2} {
		p := paid(t, "2025-01-01", amount, "M1", int64(i))
		TakePayment(&s.Scatter, &p)
	}
	d := s.run("2025-03-15")
	codes := map[pipeline.Code]int{}
	for _, r := range d.Rejects {
		codes[r.Code]++
	}
	if fates(t, d, 0, 0, 0, 0, 1); len(d.Rejects) != 3 || codes[pipeline.Duplicate] != 2 || codes[pipeline.IncompleteAccount] != 1 {
		t.Errorf("%+v", d.Rejects)
	}
	// What was settled with its payments is settled.
	s = taken(t, nil, row(t, one, 1, 1))
	p := paid(t, "2025-02-01", 387_34, "", 1)
	TakePayment(&s.Scatter, &p)
	first := s.run("2025-03-15")
	s = taken(t, history(first), row(t, one, 1, 1))
	TakePayment(&s.Scatter, &p)
	again := s.run("2025-04-15")
	fates(t, again, 0, 0, 1, 0, 0)
	if len(again.settled) != 0 || again.Fates[pipeline.CompanyPayments][rows.AlreadySettled].Rows != 1 {
		t.Errorf("%+v %v", again.settled, again.Fates[pipeline.CompanyPayments])
	}
}

// The entries of random results: every line is one sided, each result balances, and the lines number from 1.
func TestEntriesBalance(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	l := companyLaw(t)
	y, _ := l.Year(2024)
	for range 50_000 {
		var versions []Prior
		for range 2 {
			f := randomFacts(r, y.Small, y.Large, y.Threshold, 2024)
			result := Settle(&Row{Facts: f, Year: 2024}, nil, &y, versions, 0, pipeline.DateOf(2025, 5, 5))
			versions = append(versions, version(&result))
			var debit, credit, receivable money.Cents
			s := result.Settlement()
			for i, e := range pipeline.AppendEntries(nil, &s) {
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
}

// Every code of rejects belongs to people or to companies, so that metrics, messages and reports know it.
func TestEveryCodeIsOfASubject(t *testing.T) {
	for code := pipeline.Accepted + 1; code < pipeline.CodeCount; code++ {
		if !slices.Contains(pipeline.People.Codes, code) && !slices.Contains(Subject.Codes, code) {
			t.Errorf("%s is the code of nobody", code)
		}
	}
}
