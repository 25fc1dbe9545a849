package report

import (
	"cmp"
	"reflect"
	"slices"
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/report/page"
	"regul/writers/report/tally"
)

func TestStatisticsDoNotDependOnShardsOrTheirOrder(t *testing.T) {
	list := settlements(t, 700, 2)
	want := gather(t, list, 1)
	for _, order := range [][]int{{0, 1}, {1, 0}, {2, 0, 1}, {4, 2, 3, 0, 1}} {
		if got := gather(t, list, len(order), order...); !reflect.DeepEqual(got, want) {
			t.Errorf("shards closed in the order %v give other statistics", order)
		}
	}
}

// Every breakdown holds every regularisation once.
func TestBreakdownsAddUpToTheWhole(t *testing.T) {
	s := gather(t, settlements(t, 700, 3), 2)
	breakdowns := map[string][]tally.Sums{"outcomes": s.Outcomes[:], "languages": s.Languages, "versions": s.Versions[:]}
	for _, c := range s.Categories {
		breakdowns["categories"] = append(breakdowns["categories"], c.Sums)
	}
	for _, y := range s.Years {
		breakdowns["years"] = append(breakdowns["years"], y.Sums)
	}
	for name, parts := range breakdowns {
		var all tally.Sums
		for i := range parts {
			all.Add(&parts[i])
		}
		if all != s.All {
			t.Errorf("%s add up to %+v, want %+v", name, all, s.All)
		}
	}
	if s.All.Rows < 700 {
		t.Errorf("%d regularisations of 700 affiliates", s.All.Rows)
	}
}

// The sums are those of a plain loop over the regularisations.
func TestSumsAreThoseOfTheRegularisations(t *testing.T) {
	list := settlements(t, 700, 4)
	s := gather(t, list, 3)
	var want, refunds2022, french tally.Sums
	var supplements, gross, late int64
	add := func(to *tally.Sums, r *pipeline.Regularisation) {
		to.Add(&tally.Sums{Rows: 1, Definitive: r.Definitive, Called: r.Called, ToPay: r.ToPay, Cancelled: r.Cancelled, Refund: r.Refund,
			Offsets: r.Offset, Surcharge: r.Surcharge, Arrears: r.Arrears, Claim: r.Claim(), Payout: r.Payout()})
	}
	for _, settled := range list {
		for i := range settled.Years {
			r := &settled.Years[i].Regularisation
			add(&want, r)
			if r.Year == 2022 {
				add(&refunds2022, r)
			}
			if r.Language.String() == "fr" {
				add(&french, r)
			}
			supplements += int64(r.Supplement)
			gross += int64(r.RefundGross)
			if r.LateStatement {
				late++
			}
		}
	}
	if s.All != want || s.Languages[1] != french {
		t.Errorf("all %+v, want %+v; French %+v, want %+v", s.All, want, s.Languages[1], french)
	}
	at := slices.IndexFunc(s.Years, func(y tally.YearSums) bool { return y.Year == 2022 })
	if s.Years[at].Sums != refunds2022 {
		t.Errorf("2022: %+v, want %+v", s.Years[at].Sums, refunds2022)
	}
	if got := sumOf(s.Supplements[:]); got != money.Cents(supplements) {
		t.Errorf("the classes of supplements add up to %s, want %s", got, money.Cents(supplements))
	}
	if got := sumOf(s.Refunds[:]); got != money.Cents(gross) {
		t.Errorf("the classes of refunds add up to %s, want %s", got, money.Cents(gross))
	}
	if s.Late.Rows() != late || s.Late.Rows()+s.Late.OnTime.Rows != s.All.Rows {
		t.Errorf("%d late and %d on time, want %d late of %d", s.Late.Rows(), s.Late.OnTime.Rows, late, s.All.Rows)
	}
}

// one is a settlement of one year.
func one(change func(*pipeline.SettledYear)) *pipeline.Settlement {
	y := pipeline.SettledYear{Regularisation: pipeline.Regularisation{NISS: sampleNISS, Dossier: pipeline.Dossier{Number: 12, Digits: 4},
		Year: 2023, Version: 1, Outcome: pipeline.Unchanged, Language: 1, NotifiedOn: sampleDay, StatementDeadline: sampleDay}}
	change(&y)
	return &pipeline.Settlement{Party: &pipeline.Party{Number: int64(sampleNISS)}, Years: []pipeline.SettledYear{y}}
}

func TestAnAmountIsInTheClassThatBeginsWithIt(t *testing.T) {
	for cents, class := range map[money.Cents]int{1: 0, 499_99: 0, 500_00: 1, 999_99: 1, 1_000_00: 2, 4_999_99: 9, 5_000_00: 10,
		1_000_000_00: 10} {
		s := gather(t, []*pipeline.Settlement{one(func(y *pipeline.SettledYear) { y.Supplement = cents })}, 1)
		if s.Supplements[class] != (tally.Class{Rows: 1, Amount: cents}) {
			t.Errorf("%s is not in the class %q: %v", cents, (&teller{Words: page.In(page.English)}).amountName(class), s.Supplements)
		}
	}
}

func TestALateStatementIsCountedByItsAge(t *testing.T) {
	for days, class := range map[pipeline.Date]int{1: 0, 30: 0, 31: 1, 60: 1, 61: 2, 180: 5, 181: 6, 731: 6} {
		s := gather(t, []*pipeline.Settlement{one(func(y *pipeline.SettledYear) {
			y.StatementDeadline, y.LateStatement, y.ToPay = sampleDay-days, true, 77
		})}, 1)
		if s.Late.Ages[class] != (tally.Class{Rows: 1, Amount: 77}) || s.Late.Oldest != int32(days) {
			t.Errorf("%d days: %v, the oldest %d", days, s.Late.Ages, s.Late.Oldest)
		}
	}
}

func TestTheCategoryIsThatOfTheQuartersThatAreDue(t *testing.T) {
	l := standardLaw(t)
	quarter := func(code string, standing pipeline.Standing) pipeline.QuarterResult {
		category, ok := l.Category(code)
		if !ok {
			t.Fatal(code)
		}
		return pipeline.QuarterResult{Category: category, Standing: standing}
	}
	due, not := pipeline.Due, pipeline.NotDue
	for want, quarters := range map[string][]pipeline.QuarterResult{
		"complementary":         {quarter("main", not), quarter("complementary", due), quarter("complementary", due)},
		tally.SeveralCategories: {quarter("main", due), quarter("complementary", due), quarter("main", due)},
		tally.NoCategory:        {quarter("main", not), quarter("main", pipeline.Assimilated)},
		"main":                  {quarter("main", due)},
	} {
		s := gather(t, []*pipeline.Settlement{one(func(y *pipeline.SettledYear) { y.Quarters = quarters })}, 1)
		if len(s.Categories) != 1 || s.Categories[0].Code != want {
			t.Errorf("%v, want %s", s.Categories, want)
		}
	}
}

func TestTheLargestAreThoseOfASort(t *testing.T) {
	list := settlements(t, 400, 5)
	for i := range list { // many equal amounts: dossier and year decide
		for j := range list[i].Years {
			list[i].Years[j].ToPay = list[i].Years[j].ToPay / 1_000_00 * 1_000_00
		}
	}
	var want []tally.Large
	for _, s := range list {
		for i := range s.Years {
			r := &s.Years[i].Regularisation
			want = append(want, tally.Large{Amount: r.Claim(), Dossier: r.Dossier, Year: r.Year, Version: r.Version, Outcome: r.Outcome})
		}
	}
	slices.SortFunc(want, func(a, b tally.Large) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(a.Dossier.Number, b.Dossier.Number), cmp.Compare(a.Year, b.Year))
	})
	for _, shards := range []int{1, 4} {
		if got := gather(t, list, shards).Claims; !slices.Equal(got, want[:tally.LargestKept]) {
			t.Errorf("%d shards: %v, want %v", shards, got, want[:tally.LargestKept])
		}
	}
}

func TestCorrectionsKnowWhatWasDefinitiveBefore(t *testing.T) {
	s := gather(t, []*pipeline.Settlement{
		one(func(y *pipeline.SettledYear) { y.Definitive = 500 }),
		one(func(y *pipeline.SettledYear) {
			y.Version, y.Definitive, y.Before.Definitive, y.Rechecked = 2, 900, 700, pipeline.RecheckAccount
		}),
		one(func(y *pipeline.SettledYear) {
			y.Version, y.Definitive, y.Before.Definitive, y.Interrupted = 12, 40, 70, true
		}),
	}, 2)
	c := s.Corrections
	if c.Before != 770 || c.Rechecked != 1 || c.Interrupted != 1 || s.Versions[2].Rows != 1 ||
		s.Versions[tally.VersionCount-1].Definitive != 40 {
		t.Errorf("%+v, versions %v", c, s.Versions)
	}
}

func TestAnAffiliateWhoseNoticeWasWithdrawnIsTold(t *testing.T) {
	s := gather(t, []*pipeline.Settlement{
		{Party: &pipeline.Party{}, Withdrawn: make([]pipeline.WithdrawnNotice, 2)}, one(func(*pipeline.SettledYear) {}),
	}, 1)
	if s.Affiliates != 1 || s.Notices != 1 || s.Withdrawn != 2 || s.All.Rows != 1 {
		t.Errorf("%d affiliates, %d notices, %d withdrawn, %d regularisations", s.Affiliates, s.Notices, s.Withdrawn, s.All.Rows)
	}
}
