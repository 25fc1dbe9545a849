package pipeline_test

import (
	"testing"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// file is one affiliate's rows as a test writes them.
type file struct {
	asOf     string
	account  []pipeline.AccountQuarter
	payments []pipeline.Payment
	revenue  []pipeline.Component
	prior    []pipeline.PriorYear
	quarters []pipeline.PriorQuarter
}

const affiliate pipeline.NISS = 85073003328

// called adds quarters of main to the account, each with the same amount called.
func (f *file) called(year int, amount money.Cents, quarters ...int) *file {
	for _, quarter := range quarters {
		f.account = append(f.account, pipeline.AccountQuarter{
			NISS: affiliate, Year: int16(year), Quarter: uint8(quarter), Standing: pipeline.Due, LegalProvisional: amount,
			Provisional: amount,
		})
	}
	return f
}

func (f *file) paid(t *testing.T, year int, on string, amount money.Cents) *file {
	f.payments = append(f.payments, pipeline.Payment{NISS: affiliate, Year: int16(year), PaidOn: day(t, on), Amount: amount})
	return f
}

func (f *file) income(t *testing.T, year int, on string, amount money.Cents) *file {
	f.revenue = append(f.revenue, pipeline.Component{
		NISS: affiliate, Year: int16(year), Communication: "A", CommunicatedOn: day(t, on), Nature: 1, Income: amount,
	})
	return f
}

// written collects what a run writes.
type written struct {
	regularisations []pipeline.Regularisation
	quarters        []pipeline.QuarterResult
	terms           []pipeline.SurchargeTerm
	offsets         []pipeline.Offset
	entries         []pipeline.Entry
	balances        []pipeline.Balance
}

func (r *written) Shard(int) (pipeline.ShardResults, error) { return r, nil }
func (r *written) Close() error                             { return nil }
func (r *written) Balances(b []pipeline.Balance)            { r.balances = append(r.balances, b...) }
func (r *written) Settlement(s *pipeline.Settlement) {
	for _, y := range s.Years {
		r.regularisations = append(r.regularisations, y.Regularisation)
		r.quarters = append(r.quarters, y.Quarters...)
		r.terms = append(r.terms, y.Terms...)
	}
	r.offsets = append(r.offsets, s.Offsets...)
	r.entries = pipeline.AppendEntries(r.entries, s)
}
func (r *written) year(year int) (found *pipeline.Regularisation) {
	for i := range r.regularisations {
		if r.regularisations[i].Year == year {
			found = &r.regularisations[i]
		}
	}
	return found
}

// scattered takes the file into a scatter, with the parameters of a run without a management fee.
func (f *file) scattered(t *testing.T) (*pipeline.Scatter, pipeline.Parameters) {
	t.Helper()
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	main, known := l.Category("main")
	if !known {
		t.Fatal("there is no category main")
	}
	parameters := pipeline.Parameters{AsOf: day(t, f.asOf), Law: l, Fees: pipeline.Fees{}}
	for _, year := range l.Years() {
		parameters.Fees[year] = 0
	}
	s := &pipeline.Scatter{}
	s.Affiliate(&pipeline.Affiliate{NISS: affiliate, Dossier: pipeline.Dossier{Number: 1, Digits: 1}, Language: 1})
	for i := range f.account {
		f.account[i].Category = main
		s.Account(&f.account[i])
	}
	for i := range f.payments {
		s.Payment(&f.payments[i])
	}
	for i := range f.revenue {
		s.Component(&f.revenue[i])
	}
	for i := range f.prior {
		s.PriorYear(&f.prior[i])
	}
	for i := range f.quarters {
		s.PriorQuarter(&f.quarters[i])
	}
	return s, parameters
}

// settle runs the stages on the file, without a management fee.
func (f *file) settle(t *testing.T) *written {
	t.Helper()
	s, parameters := f.scattered(t)
	out := &written{}
	decided, err := pipeline.People.Run(t.Context(),
		pipeline.NewPlan(pipeline.People, []*pipeline.Scatter{s}, pipeline.ShardRows), parameters, 1, out, func(*pipeline.Decisions) {})
	if err != nil {
		t.Fatal(err)
	}
	if len(decided.Rejects) > 0 {
		t.Fatalf("rejects: %+v", decided.Rejects)
	}
	return out
}

// Income of 40 000.00 in 2023: a quarter is 40000 x 0.205 / 4 = 2050.00, the year 8200.00. The claim
// rests on what was called, the refund on what was paid.
func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		outcome      string
		called, paid money.Cents // a quarter called; paid in all

		supplement, surplus, toPay, cancelled, refundGross, arrears money.Cents
	}{
		{"supplement", 1000_00, 4000_00, 4200_00, 0, 4200_00, 0, 0, 0},
		{"supplement", 1000_00, 3000_00, 4200_00, 0, 4200_00, 0, 0, 1000_00},
		{"supplement", 1000_00, 8199_99, 4200_00, 4199_99, 1, 0, 0, 0},
		{"settled", 1000_00, 8200_00, 4200_00, 4200_00, 0, 0, 0, 0},
		{"refund", 1000_00, 8200_01, 4200_00, 4200_00, 0, 0, 1, 0},
		{"unchanged", 2050_00, 8200_00, 0, 0, 0, 0, 0, 0},
		{"unchanged", 2050_00, 0, 0, 0, 0, 0, 0, 8200_00},
		{"cancelled", 2500_00, 8200_00, 0, 0, 0, 1800_00, 0, 0},
		{"cancelled", 2500_00, 8000_00, 0, 0, 0, 1800_00, 0, 200_00},
		{"refund", 2500_00, 10000_00, 0, 0, 0, 1800_00, 1800_00, 0},
		{"supplement", 2049_99, -100_00, 4, 0, 4, 0, 0, 8299_96},
	} {
		t.Run(c.outcome+" of "+c.paid.String(), func(t *testing.T) {
			f := &file{asOf: "2026-06-30"}
			got := f.called(2023, c.called, 1, 2, 3, 4).paid(t, 2023, "2023-12-15", c.paid).income(t, 2023, "2026-06-01",
				40_000_00).settle(t).year(2023)
			for _, amount := range []struct {
				name      string
				got, want money.Cents
			}{
				{"definitive", got.Definitive, 8200_00}, {"called", got.Called, 4 * c.called}, {"paid", got.Paid, c.paid},
				{"supplement", got.Supplement, c.supplement}, {"surplus applied", got.SurplusApplied, c.surplus},
				{"to pay", got.ToPay, c.toPay}, {"cancelled", got.Cancelled, c.cancelled}, {"refund gross", got.RefundGross, c.refundGross},
				{"refund", got.Refund, c.refundGross}, {"arrears", got.Arrears, c.arrears}, {"surcharge", got.Surcharge, 0},
			} {
				if amount.got != amount.want {
					t.Errorf("%s = %s, want %s", amount.name, amount.got, amount.want)
				}
			}
			if got.Outcome.String() != c.outcome || (got.DueDate == 0) == (c.toPay > 0) {
				t.Errorf("outcome %s, due on %s", got.Outcome, got.DueDate)
			}
		})
	}
}

// One cent that was called too much is cancelled, one that was paid too much is refunded.
func TestOneCentDecides(t *testing.T) {
	for _, c := range []struct {
		paid money.Cents
		want pipeline.Outcome
	}{{8200_00, pipeline.Cancelled}, {8200_01, pipeline.Refund}} {
		f := &file{asOf: "2026-06-30"}
		f.called(2023, 2050_00, 1, 2, 3, 4).paid(t, 2023, "2023-12-15", c.paid).income(t, 2023, "2026-06-01", 40_000_00)
		f.account[0].Provisional++
		if got := f.settle(t).year(2023); got.Outcome != c.want || got.Cancelled != 1 {
			t.Errorf("paid %s: %s, cancelled %s", c.paid, got.Outcome, got.Cancelled)
		}
	}
}

// A payment counts up to and including the day of the notification.
func TestPaymentsCountUpToTheNotification(t *testing.T) {
	f := &file{asOf: "2026-06-30"}
	f.called(2023, 1000_00, 1, 2, 3, 4).income(t, 2023, "2026-06-01", 40_000_00)
	f.paid(t, 2023, "2026-07-01", 4).paid(t, 2023, "2026-06-30", 2).paid(t, 2023, "2026-06-29", 1)
	if got := f.settle(t).year(2023).Paid; got != 3 {
		t.Errorf("paid = %s, want 0.03", got)
	}
}

// Legal 8000, reduced 6000, definitive 9000 (income 43902.44): 2000 unpaid at every date. First notified in Q2 of N+2:
// 7 % once and 3 % at 31-12-N, the four quarter ends of N+1 and 31-03-N+2: 140 + 6 x 60 = 500 (AR 38 art. 11bis).
func TestSurchargeHasOneTermOfSevenAndSixOfThreePercent(t *testing.T) {
	f := &file{asOf: "2025-05-15"}
	f.called(2023, 2000_00, 1, 2, 3, 4).paid(t, 2023, "2023-12-31", 6000_00).income(t, 2023, "2025-05-01", 43_902_44)
	for i := range f.account {
		f.account[i].Provisional, f.account[i].Reduction = 1500_00, pipeline.ReductionGranted
	}
	out := f.settle(t)
	r := out.year(2023)
	if r.Definitive != 9000_00 || r.LegalProvisional != 8000_00 || r.Reduced != 6000_00 || r.Surcharge != 500_00 ||
		r.SurchargeTotal != 500_00 {
		t.Errorf("%+v", r)
	}
	want := []string{"2023-12-31 7.00", "2023-12-31 3.00", "2024-03-31 3.00", "2024-06-30 3.00", "2024-09-30 3.00", "2024-12-31 3.00",
		"2025-03-31 3.00"}
	if len(out.terms) != len(want) {
		t.Fatalf("terms: %+v", out.terms)
	}
	for i, term := range out.terms {
		if got := term.On.String() + " " + term.Rate.Percent(); got != want[i] || term.Unpaid != 2000_00 || term.Paid != 6000_00 {
			t.Errorf("term %d: %s of %s, want %s of 2000.00", i, got, term.Unpaid, want[i])
		}
	}
}

// One quarter with a reduction is enough, the year counts; without one nothing is claimed.
func TestSurchargeNeedsAReduction(t *testing.T) {
	for _, c := range []struct {
		reduction pipeline.Reduction
		want      money.Cents
	}{{pipeline.ReductionUnsaid, 0}, {pipeline.ReductionRefused, 0}, {pipeline.ReductionGranted, 500_00}} {
		f := &file{asOf: "2025-05-15"}
		f.called(2023, 2000_00, 1, 2, 3, 4).income(t, 2023, "2025-05-01", 43_902_44)
		f.account[3].Provisional, f.account[3].Reduction = 0, c.reduction
		if got := f.settle(t).year(2023).Surcharge; got != c.want {
			t.Errorf("reduction %d: surcharge = %s, want %s", c.reduction, got, c.want)
		}
	}
}
