package company

import (
	"testing"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

func companyLaw(t testing.TB) *law.CompanyLaw {
	t.Helper()
	l, err := law.Companies()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func day(t testing.TB, text string) pipeline.Date {
	t.Helper()
	if text == "" {
		return NoDay
	}
	d, ok := pipeline.ParseDate([]byte(text))
	if !ok {
		t.Fatalf("%q is no day", text)
	}
	return d
}

// facts are those of a company that was created long ago, with the balance total, called and paid amounts, in cents.
func facts(t testing.TB, balance, called, paid money.Cents) Facts {
	t.Helper()
	return Facts{Balance: balance, CreatedOn: day(t, "2001-03-04"), Called: called, Paid: paid}
}

func settle(t testing.TB, f Facts, year int, on string, versions ...Prior) Result {
	t.Helper()
	y, known := companyLaw(t).Year(year)
	if !known {
		t.Fatalf("%d has no parameters", year)
	}
	return Settle(&Row{Facts: f, Number: 401123308, Year: int16(year)}, nil, &y, versions, 0, day(t, on))
}

// version is what a result becomes in the ledger.
func version(r *Result) Prior {
	return Prior{Facts: r.Facts, Number: r.Number, Year: r.Year, Version: int32(r.Version), Definitive: r.Definitive, Refund: r.Refund,
		Surcharge: r.Surcharge, Months: r.Months, NotifiedOn: r.NotifiedOn}
}

// The threshold itself is of a small company, a cent more of a large one, in every year.
func TestThreshold(t *testing.T) {
	l := companyLaw(t)
	for _, year := range l.Years() {
		y, _ := l.Year(year)
		for offset, want := range map[money.Cents]struct {
			Size
			amount money.Cents
		}{-1: {Small, y.Small}, 0: {Small, y.Small}, 1: {Large, y.Large}} {
			f := facts(t, y.Threshold+offset, 0, 0)
			if a := Assess(&f, &y); a.Size != want.Size || a.Amount != want.amount {
				t.Errorf("%d, threshold %+d cent: %s, %s", year, offset, a.Size, a.Amount)
			}
		}
	}
}

func TestNewCompaniesAreSmall(t *testing.T) {
	for name, c := range map[string]struct {
		created string
		balance money.Cents
		size    Size
		ground  Ground
	}{
		"created in the year":                           {"2024-05-01", 99_000_000_00, Small, NewCompany},
		"created the year before, nothing closed":       {"2023-05-01", NoBalance, Small, NoPenultimate},
		"created the year before, with a balance total": {"2023-05-01", 99_000_000_00, Large, AboveThreshold},
		"nothing known":                                 {"", NoBalance, Small, NoPenultimate},
		"a balance total of 0":                          {"2001-05-01", 0, Small, UpToThreshold},
	} {
		y, _ := companyLaw(t).Year(2024)
		if a := Assess(&Facts{Balance: c.balance, CreatedOn: day(t, c.created)}, &y); a.Size != c.size || a.Ground != c.ground {
			t.Errorf("%s: %s, %s", name, a.Size, a.Ground)
		}
	}
}

func TestDueDates(t *testing.T) {
	for name, c := range map[string]struct {
		year          int
		created, want string
	}{
		"from 2020":                          {2020, "2001-03-04", "2020-12-31"},
		"before":                             {2019, "2001-03-04", "2019-06-30"},
		"created in September":               {2024, "2024-09-30", "2024-12-31"},
		"created in October":                 {2024, "2024-10-01", "2025-01-31"},
		"created in November, a leap year":   {2023, "2023-11-30", "2024-02-29"},
		"created in December":                {2024, "2024-12-31", "2025-03-31"},
		"created in April 2019":              {2019, "2019-04-01", "2019-07-31"},
		"created in March 2019":              {2019, "2019-03-31", "2019-06-30"},
		"created in December, the next year": {2025, "2024-12-31", "2025-12-31"},
		"not known":                          {2024, "", "2024-12-31"},
	} {
		y, _ := companyLaw(t).Year(c.year)
		if a := Assess(&Facts{Balance: NoBalance, CreatedOn: day(t, c.created)}, &y); a.Due.String() != c.want {
			t.Errorf("%s: due on %s, want %s", name, a.Due, c.want)
		}
	}
}

// 1 % of 967.52 is 9.6752 a month: a month that has begun counts, and the whole is rounded once.
func TestSurcharge(t *testing.T) {
	for on, want := range map[string]money.Cents{
		"2024-12-31": 0, "2025-01-01": 968, "2025-01-31": 968, "2025-02-01": 1935, "2025-03-15": 2903, "2026-01-01": 12578,
	} {
		r := settle(t, facts(t, 900_000_00, 967_52, 0), 2024, on)
		if r.Surcharge != want || r.SurchargeTotal != want || r.Arrears != 967_52 || r.ToPay != 0 {
			t.Errorf("on %s: surcharge %s, want %s; arrears %s, to pay %s", on, r.Surcharge, want, r.Arrears, r.ToPay)
		}
	}
}

func TestSurchargeIsRoundedHalfUp(t *testing.T) {
	if got := Surcharge(50, 1); got != 1 { // 0.50 EUR: half a cent
		t.Errorf("1 %% of 0.50 is %s", got)
	}
	if got := Surcharge(49, 1); got != 0 {
		t.Errorf("1 %% of 0.49 is %s", got)
	}
}

func TestExemptions(t *testing.T) {
	for name, c := range map[string]struct {
		exemption                          Exemption
		created                            string
		paid                               money.Cents
		definitive, cancelled, refund, due money.Cents // due: unpaid, called before
	}{
		"starter, first year":           {Starter, "2024-02-01", 387_34, 0, 967_52, 387_34, 0},
		"starter, third year":           {Starter, "2022-12-31", 0, 0, 967_52, 0, 0},
		"starter, fourth year":          {Starter, "2021-12-31", 967_52, 967_52, 0, 0, 0},
		"inactive":                      {Inactive, "2001-01-01", 967_52, 0, 967_52, 967_52, 0},
		"bankruptcy, nothing paid":      {Bankruptcy, "2001-01-01", 0, 0, 967_52, 0, 0},
		"bankruptcy, paid in part":      {Bankruptcy, "2001-01-01", 300_00, 300_00, 667_52, 0, 0},
		"liquidation, paid":             {Liquidation, "2001-01-01", 967_52, 967_52, 0, 0, 0},
		"liquidation, paid too much":    {Liquidation, "2001-01-01", 1000_00, 967_52, 0, 32_48, 0},
		"none, paid in part":            {NoExemption, "2001-01-01", 300_00, 967_52, 0, 0, 667_52},
		"bankruptcy, created that year": {Bankruptcy, "2024-01-01", 500_00, 387_34, 580_18, 112_66, 0},
	} {
		r := settle(t, Facts{Balance: 900_000_00, CreatedOn: day(t, c.created), Exemption: c.exemption, Called: 967_52, Paid: c.paid}, 2024,
			"2024-12-31")
		if r.Definitive != c.definitive || r.Cancelled != c.cancelled || r.Refund != c.refund || r.Arrears != c.due || r.Surcharge != 0 {
			t.Errorf("%s: definitive %s, cancelled %s, refund %s, arrears %s, surcharge %s", name, r.Definitive, r.Cancelled, r.Refund,
				r.Arrears, r.Surcharge)
		}
	}
}

// A corrected balance total claims, or gives back, what lies between the two amounts.
func TestCorrectedBalanceTotal(t *testing.T) {
	up := settle(t, facts(t, 900_000_00, 387_34, 387_34), 2024, "2024-11-30")
	if up.ToPay != 580_18 || up.Outcome != pipeline.Supplement || up.Surcharge != 0 || up.PayBy.String() != "2024-12-31" {
		t.Errorf("small to large: %+v", up)
	}
	down := settle(t, facts(t, 100_00, 967_52, 967_52), 2024, "2024-11-30")
	if down.Refund != 580_18 || down.Cancelled != 580_18 || down.Outcome != pipeline.Refund {
		t.Errorf("large to small: %+v", down)
	}
	unpaid := settle(t, facts(t, 100_00, 967_52, 0), 2024, "2024-11-30")
	if unpaid.Refund != 0 || unpaid.Cancelled != 580_18 || unpaid.Arrears != 387_34 || unpaid.Outcome != pipeline.Cancelled {
		t.Errorf("large to small, unpaid: %+v", unpaid)
	}
}

func TestAnOverpaymentCoversASupplement(t *testing.T) {
	r := settle(t, facts(t, 900_000_00, 387_34, 967_52), 2024, "2024-11-30")
	if r.Supplement != 580_18 || r.SurplusApplied != 580_18 || r.ToPay != 0 || r.Outcome != pipeline.SettledBySurplus {
		t.Errorf("%+v", r)
	}
}

// What an earlier version gave back is known from the ledger, and claimed again when the balance total rises: without a
// surcharge, for the company had paid in time.
func TestARefundIsTakenBack(t *testing.T) {
	first := settle(t, facts(t, 100_00, 967_52, 967_52), 2024, "2025-02-10")
	second := settle(t, facts(t, 900_000_00, 967_52, 967_52), 2024, "2025-03-10", version(&first))
	if first.Refund != 580_18 || second.Version != 2 || second.RefundedBefore != 580_18 || second.ToPay != 580_18 || second.Surcharge != 0 {
		t.Errorf("refund %s, then %+v", first.Refund, second)
	}
}

// What was late when a version was notified stays late once it is paid, and is not claimed twice.
func TestALateSurchargeIsClaimedOnce(t *testing.T) {
	first := settle(t, facts(t, 900_000_00, 967_52, 0), 2024, "2025-03-15")
	paid := settle(t, facts(t, 900_000_00, 967_52, 967_52), 2024, "2025-04-15", version(&first))
	if first.Surcharge != 29_03 || paid.SurchargeTotal != 29_03 || paid.Surcharge != 0 {
		t.Errorf("surcharges %s, %s of %s", first.Surcharge, paid.Surcharge, paid.SurchargeTotal)
	}
	half := settle(t, facts(t, 900_000_00, 967_52, 900_00), 2024, "2025-04-15", version(&first))
	if half.SurchargeTotal != 29_03 { // 4 % of 67.52 is less
		t.Errorf("after half of it, %s", half.SurchargeTotal)
	}
}

// A lower definitive amount takes the surcharge on what was not owed back.
func TestALowerAmountLowersTheSurcharge(t *testing.T) {
	first := settle(t, facts(t, 900_000_00, 967_52, 0), 2024, "2025-03-15")
	second := settle(t, facts(t, 100_00, 967_52, 0), 2024, "2025-03-15", version(&first))
	if second.SurchargeTotal != 11_62 || second.Surcharge != 11_62-29_03 || second.ToPay+max(0, second.Surcharge) != 0 {
		t.Errorf("%+v", second)
	}
}
