package notice

import (
	"slices"
	"testing"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/fund"
)

const asOf = "2026-06-30"

// file is the rows of one affiliate, from which the stages make a settlement.
type file struct {
	recheck pipeline.Recheck
	t       *testing.T
	law     *law.Law
	scatter pipeline.Scatter
	niss    pipeline.NISS
	contact pipeline.Contact
	hold    pipeline.Hold
	copied  bool                       // the letter is the copy for the solidary debtor
	after   func(*pipeline.Settlement) // what jobs add to a settlement
}

func newFile(t *testing.T) *file {
	return &file{t: t, law: standard(t), scatter: pipeline.Scatter{Contacts: true}, niss: 85073003328, contact: pipeline.Contact{
		FirstName: "Anne-Sophie", LastName: "Van den Broeck", Street: "Rue de l’Église 12 bte 3", Postcode: "5000", City: "Namur",
		Country: "BE", IBAN: "BE32954995642502",
	}}
}

func standard(t testing.TB) *law.Law {
	t.Helper()
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// fees are 3.05 %, and one year has none.
func fees(l *law.Law) pipeline.Fees {
	fees := pipeline.Fees{}
	for _, year := range l.Years() {
		fees[year] = 30_500
	}
	fees[2021] = 0
	return fees
}

func day(t testing.TB, text string) pipeline.Date {
	t.Helper()
	d, ok := pipeline.ParseDate([]byte(text))
	if !ok {
		t.Fatalf("%s is no day", text)
	}
	return d
}

// quarter adds a quarter of the account.
func (f *file) quarter(year, quarter int, category string, standing pipeline.Standing, called money.Cents,
	change ...func(*pipeline.AccountQuarter)) *file {
	code, known := f.law.Category(category)
	if !known {
		f.t.Fatalf("there is no category %s", category)
	}
	q := pipeline.AccountQuarter{NISS: f.niss, Year: int16(year), Quarter: uint8(quarter), Category: code, Standing: standing,
		LegalProvisional: called, Provisional: called}
	for _, c := range change {
		c(&q)
	}
	f.scatter.Account(&q)
	return f
}

// called adds four quarters of the main occupation.
func (f *file) called(year int, amount money.Cents) *file {
	for q := 1; q <= 4; q++ {
		f.quarter(year, q, "main", pipeline.Due, amount)
	}
	return f
}

func (f *file) paid(year int, on string, amount money.Cents) *file {
	f.scatter.Payment(&pipeline.Payment{NISS: f.niss, Year: int16(year), PaidOn: day(f.t, on), Amount: amount})
	return f
}

func (f *file) income(year int, communication, on string, income money.Cents) *file {
	f.scatter.Component(&pipeline.Component{NISS: f.niss, Year: int16(year), Communication: communication, CommunicatedOn: day(f.t, on),
		Nature: 1, Income: income})
	return f
}

// before adds an earlier notice of a year.
func (f *file) before(year int, communication, on string, income, definitive, surcharge money.Cents) *file {
	f.scatter.PriorYear(&pipeline.PriorYear{NISS: f.niss, Year: int16(year), Version: 1, Communication: communication,
		CommunicatedOn: day(f.t, on) - 20, Income: income, Surcharge: surcharge, Asked: surcharge, NotifiedOn: day(f.t, on)})
	for q := uint8(1); q <= 4; q++ {
		f.scatter.PriorQuarter(&pipeline.PriorQuarter{NISS: f.niss, Year: int16(year), Version: 1, Quarter: q, Definitive: definitive / 4,
			Fee: definitive / 4 * 3 / 100})
	}
	return f
}

// reduced is a year with half of the legal provisional contributions, paid, and a notice that claimed 1 480.00 of surcharge.
func (f *file) reduced() *file {
	for q := 1; q <= 4; q++ {
		f.quarter(2023, q, "main", pipeline.Due, 1000_00, func(a *pipeline.AccountQuarter) {
			a.LegalProvisional, a.Reduction = 2000_00, pipeline.ReductionGranted
		})
	}
	f.paid(2023, "2023-12-20", 4000_00)
	return f.before(2023, "2025-W30-000001", "2025-09-12", 45_000_00, 9506_36, 1480_00)
}

// surcharged is a payment of a surcharge.
func (f *file) surcharged(on string, amount money.Cents) *file {
	f.scatter.Payment(&pipeline.Payment{NISS: f.niss, Year: 2023, PaidOn: day(f.t, on), Amount: amount,
		PaymentAdded: pipeline.PaymentAdded{Purpose: pipeline.PurposeSurcharge}})
	return f
}

// worked is what an employee of 38 hours a week worked in a quarter.
func (f *file) worked(year, quarter, hours int) *file {
	f.scatter.Evidence(&pipeline.Evidence{NISS: f.niss, Year: int16(year), Quarter: uint8(quarter), Kind: pipeline.Employee,
		Hours: int32(hours * 10_000), FullTime: 38 * 10_000})
	return f
}

func (f *file) by(change func(*pipeline.Contact)) *file {
	change(&f.contact)
	return f
}

// settle runs the stages.
func (f *file) settle(language pipeline.Language, dossier uint32) *pipeline.Settlement {
	f.t.Helper()
	f.scatter.Affiliate(&pipeline.Affiliate{NISS: f.niss, Dossier: pipeline.Dossier{Number: dossier, Digits: 8}, Language: language,
		Contact: f.contact, Hold: f.hold})
	var settled *pipeline.Settlement
	_, err := pipeline.People.Run(f.t.Context(),
		pipeline.NewPlan(pipeline.People, []*pipeline.Scatter{&f.scatter}, pipeline.ShardRows),
		pipeline.Parameters{AsOf: day(f.t, asOf), Law: f.law, Fees: fees(f.law), Recheck: f.recheck}, 1,
		printer(func(s *pipeline.Settlement) { settled = clone(s) }), func(*pipeline.Decisions) {})
	if err != nil {
		f.t.Fatal(err)
	}
	if settled == nil {
		f.t.Fatal("nothing is settled")
	}
	settled.Copied = f.copied
	if f.after != nil {
		f.after(settled)
	}
	return settled
}

// clone copies a settlement out of the memory of its stage.
func clone(s *pipeline.Settlement) *pipeline.Settlement {
	party := *s.Party
	c := &pipeline.Settlement{Party: &party, Years: slices.Clone(s.Years), Offsets: slices.Clone(s.Offsets),
		Withdrawn: slices.Clone(s.Withdrawn)}
	for i := range c.Years {
		c.Years[i].Quarters = slices.Clone(c.Years[i].Quarters)
		c.Years[i].Terms = slices.Clone(c.Years[i].Terms)
		c.Years[i].Late = slices.Clone(c.Years[i].Late)
	}
	return c
}

// press is a press of the specimen fund, or of one that is no specimen.
func press(t testing.TB, specimen bool) *Press {
	t.Helper()
	l := standard(t)
	f := fund.Specimen()
	f.Specimen = specimen
	p, err := New(Settings{Fund: f, Law: l, Fees: fees(l), AsOf: day(t, asOf)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// situation is a name, and what makes its settlement.
type situation struct {
	name string
	make func(*file)
}

// situations are the situations that a letter must tell apart.
var situations = slices.Concat(usual, rare)

// usual are those of every night.
var usual = []situation{
	{"supplement", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 5070_08).income(2023, "2026-W25-000728", "2026-06-15", 30_000_00)
	}},
	{"main occupation after the evidence", func(f *file) {
		for quarter := 1; quarter <= 4; quarter++ {
			f.quarter(2023, quarter, "complementary", pipeline.Due, 300_00)
		}
		f.worked(2023, 2, 234).worked(2023, 3, 300).worked(2023, 4, 300)
		f.paid(2023, "2023-12-20", 1200_00).income(2023, "2026-W25-000741", "2026-06-15", 30_000_00)
	}},
	{"starter before 2015", func(f *file) {
		starter := func(a *pipeline.AccountQuarter) { a.Starter = 1 }
		f.quarter(2014, 4, "main", pipeline.Due, 700_00, starter)
		for quarter := 1; quarter <= 4; quarter++ {
			f.quarter(2015, quarter, "main", pipeline.Due, 700_00, starter)
		}
		for _, year := range []int16{2014, 2015} {
			f.scatter.Interruption(&pipeline.Interruption{NISS: f.niss, Year: year})
		}
		f.paid(2014, "2015-03-31", 700_00).paid(2015, "2015-12-20", 2800_00).income(2015, "2017-W25-000742", "2017-06-15", 20_000_00)
	}},
	{"refund", func(f *file) {
		f.called(2023, 2067_52).paid(2023, "2023-12-20", 8270_08).income(2023, "2026-W25-000729", "2026-06-15", 30_000_00)
	}},
	{"refund without account", func(f *file) {
		f.called(2023, 2067_52).paid(2023, "2023-12-20", 8270_08).income(2023, "2026-W25-000730", "2026-06-15", 30_000_00)
		f.by(func(c *pipeline.Contact) { c.IBAN = "" })
	}},
	{"refund with a wrong account", func(f *file) {
		f.called(2023, 2067_52).paid(2023, "2023-12-20", 8270_08).income(2023, "2026-W25-000731", "2026-06-15", 30_000_00)
		f.by(func(c *pipeline.Contact) { c.IBAN = "BE33954995642502" })
	}},
	{"cancelled", func(f *file) {
		f.called(2023, 2067_52).paid(2023, "2023-12-20", 5000_00).income(2023, "2026-W25-000732", "2026-06-15", 30_000_00)
	}},
	{"settled by surplus", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 6337_56).income(2023, "2026-W25-000733", "2026-06-15", 30_000_00)
	}},
	{"direct debit", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 5070_08).income(2023, "2026-W25-000734", "2026-06-15", 30_000_00)
		f.by(func(c *pipeline.Contact) { c.Mandate, c.MandateSignedOn = "MDT16580769-2", day(f.t, "2019-08-01") })
	}},
	{"surcharge", func(f *file) {
		for q := 1; q <= 4; q++ {
			f.quarter(2023, q, "main", pipeline.Due, 1000_00, func(a *pipeline.AccountQuarter) {
				a.LegalProvisional, a.Reduction = 2000_00, pipeline.ReductionGranted
			})
		}
		f.paid(2023, "2023-12-20", 4000_00).income(2023, "2026-W25-000735", "2026-06-15", 45_000_00)
	}},
	{"surcharge given back", func(f *file) {
		f.reduced().paid(2023, "2025-12-20", 5506_36).surcharged("2025-10-02", 1480_00).income(2023, "2026-W25-000736", "2026-06-15", 18_000_00)
	}},
	{"surcharge cancelled", func(f *file) {
		f.reduced().paid(2023, "2025-12-20", 5506_36).income(2023, "2026-W25-000736", "2026-06-15", 18_000_00)
	}},
	{"surcharge paid in part and lowered", func(f *file) {
		f.reduced().surcharged("2025-10-02", 1200_00).income(2023, "2026-W25-000736", "2026-06-15", 30_000_00)
	}},
	{"offset with a supplement", func(f *file) {
		f.called(2022, 2000_00).paid(2022, "2022-12-20", 8000_00).income(2022, "2026-W20-000001", "2026-05-12", 33_500_00)
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 5070_08).income(2023, "2026-W25-000737", "2026-06-15", 30_000_00)
	}},
	{"offset with arrears", func(f *file) {
		f.called(2022, 2000_00).paid(2022, "2022-12-20", 8000_00).income(2022, "2026-W20-000002", "2026-05-12", 20_000_00)
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 3000_00).income(2023, "2026-W25-000738", "2026-06-15", 24_000_00)
		f.called(2024, 900_00).paid(2024, "2024-12-20", 3500_00)
	}},
	{"correction", func(f *file) {
		f.called(2023, 1267_52).before(2023, "2025-W30-000002", "2025-09-12", 30_000_00, 6337_56, 0)
		f.paid(2023, "2023-12-20", 6337_56).income(2023, "2026-W25-000739", "2026-06-15", 34_321_09)
	}},
	{"correction without another income", func(f *file) {
		f.called(2023, 1267_52).before(2023, "2025-W30-000003", "2025-09-12", 30_000_00, 6337_56, 0)
		f.called(2022, 900_00).paid(2022, "2022-12-20", 3600_00).income(2022, "2026-W20-000003", "2026-05-12", 20_000_00)
		f.paid(2023, "2023-12-20", 6337_56).income(2023, "2026-W25-000740", "2026-06-15", 30_000_00)
	}},
	{"correction after a change of the account", func(f *file) {
		f.recheck = pipeline.RecheckAccount
		f.called(2023, 1267_52).before(2023, "2025-W30-000004", "2025-09-12", 32_000_00, 6337_56, 0).paid(2023, "2023-12-20", 6337_56)
	}},
	{"several years", func(f *file) {
		for year := 2020; year <= 2023; year++ {
			f.called(year, 800_00).paid(year, "2024-01-20", 3000_00).income(year, "2026-W25-00074"+string(rune('0'+year-2019)),
				"2026-06-15", money.Cents(year-2010)*2_345_67)
		}
	}},
	{"every calculation", func(f *file) {
		f.quarter(2023, 1, "article37", pipeline.Due, 500_00).quarter(2023, 2, "main", pipeline.Assimilated, 0).
			quarter(2023, 3, "primostarter_first", pipeline.Due, 400_00).quarter(2023, 4, "student", pipeline.Dispensed, 100_00).
			paid(2023, "2023-12-20", 400_00).income(2023, "2026-W25-000745", "2026-06-15", 6_100_01)
		f.quarter(2022, 1, "complementary", pipeline.Due, 90_00).quarter(2022, 2, "student", pipeline.Due, 90_00).
			quarter(2022, 3, "pension_paid", pipeline.NotDue, 90_00).quarter(2022, 4, "main", pipeline.Due, 1000_00).
			paid(2022, "2022-12-20", 90_00).income(2022, "2026-W25-000746", "2026-06-15", 9_000_00)
		f.called(2021, 1000_00).paid(2021, "2021-12-20", 4000_00).income(2021, "2026-W25-000747", "2026-06-15", 123_456_78)
		f.called(2020, 0).income(2020, "2026-W25-000748", "2026-06-15", -5_000_00)
	}},
	{"address abroad, long name", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 5070_08).income(2023, "2026-W25-000749", "2026-06-15", 30_000_00)
		f.by(func(c *pipeline.Contact) {
			c.FirstName, c.LastName = "Maria\tJosé Élisabeth Wilhelmina", "Vanden Bossche-Ramírez de la Fuente y Montenegro"
			c.Street, c.Postcode, c.City, c.Country = "Łódźstraße 1", "99-999", "Αθήνα", "PL"
		})
	}},
	{"notice withdrawn", func(f *file) {
		f.scatter.WithdrawnNotice(&pipeline.WithdrawnNotice{NISS: f.niss, Year: 2023, NotifiedOn: day(f.t, "2026-04-30")})
		f.called(2023, 1267_52)
	}},
	{"third notice withdrawn", func(f *file) {
		f.scatter.WithdrawnNotice(&pipeline.WithdrawnNotice{NISS: f.niss, Year: 2023, NotifiedOn: day(f.t, "2026-04-30"), Claim: 120_00,
			Payout: 1932_52})
		f.called(2023, 1267_52).before(2023, "2025-W30-000001", "2025-09-12", 45_000_00, 9506_36, 1480_00)
	}},
	{"notice withdrawn and replaced", func(f *file) {
		f.scatter.WithdrawnNotice(&pipeline.WithdrawnNotice{NISS: f.niss, Year: 2023, NotifiedOn: day(f.t, "2026-04-30")})
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 5070_08).income(2023, "2026-W25-000750", "2026-06-15", 30_000_00)
	}},
	{"refund that is held", func(f *file) {
		f.called(2023, 2067_52).paid(2023, "2023-12-20", 8270_08).income(2023, "2026-W25-000751", "2026-06-15", 30_000_00)
		f.hold = pipeline.HoldOther
	}},
	{"refund to heirs", func(f *file) {
		f.called(2023, 2067_52).paid(2023, "2023-12-20", 8270_08).income(2023, "2026-W25-000752", "2026-06-15", 30_000_00)
		f.hold = pipeline.HoldDeceased
		f.by(func(c *pipeline.Contact) { c.Addressee = "Aux héritiers d’Anne-Sophie Van den Broeck" })
	}},
	{"copy for a solidary debtor", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 5070_08).income(2023, "2026-W25-000728", "2026-06-15", 30_000_00)
		f.by(func(c *pipeline.Contact) {
			c.Copy = pipeline.Copy{Name: "Frituur ’t Hoekje bv", Street: "Dorpsstraat 7", Postcode: "9820", City: "Merelbeke"}
		})
		f.copied = true
	}},
}

// letters are the settlements of all situations in a language.
func letters(t *testing.T, language pipeline.Language) []*pipeline.Settlement {
	var all []*pipeline.Settlement
	for i, s := range situations {
		f := newFile(t)
		s.make(f)
		all = append(all, f.settle(language, uint32(900_001+i)))
	}
	return all
}

// each hands out settlements as a batch does.
func each(settlements []*pipeline.Settlement) func(func(*pipeline.Settlement, error) bool) {
	return func(yield func(*pipeline.Settlement, error) bool) {
		for _, s := range settlements {
			if !yield(s, nil) {
				return
			}
		}
	}
}
