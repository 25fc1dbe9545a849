package report

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/report/page"
)

var update = flag.Bool("update", false, "write the golden files again")

// and adds other effects.
func (e *Effect) and(o *Effect) {
	for _, sum := range [][2]*int64{{&e.Rows, &o.Rows}, {&e.Winners, &o.Winners}, {&e.Losers, &o.Losers}, {&e.Unchanged, &o.Unchanged}} {
		*sum[0] += *sum[1]
	}
	for _, sum := range [][2]*money.Cents{{&e.Won, &o.Won}, {&e.Lost, &o.Lost}, {&e.Definitive, &o.Definitive}, {&e.Fee, &o.Fee},
		{&e.ToPay, &o.ToPay}, {&e.Refund, &o.Refund}, {&e.Surcharge, &o.Surcharge}, {&e.Claim, &o.Claim}, {&e.Payout, &o.Payout}} {
		*sum[0] += *sum[1]
	}
}

// reform is a simulation with effects of every kind: low incomes lose, high ones win.
func reform() *Simulation {
	s := &Simulation{
		AsOf: "2026-06-30", Law: strings.Repeat("ab", 32), Reform: strings.Repeat("0f", 32), OneSided: 2,
		Fees: map[string]string{"2022": "3.05", "2023": "3.05"}, Changes: []Change{
			{law.Term{Of: "threshold", Code: "MIN"}, law.Say("2023"), law.Say("%s EUR", money.Cents(16_409_20)),
				law.Say("%s EUR", money.Cents(17_000_00)), "AR 38 art. 12 §1 al. 2"},
			{law.Term{Of: "rate", Code: "b1"}, law.Say("%s to %s", "2022Q1", "2023Q4"), law.Say("%s %%", law.Percent("20.50")),
				law.Say("%s %%", law.Percent("20.00")), "law of 26-12-2015"},
		},
		Outcomes: []Outcomes{{"supplement", 100, 130}, {"refund", 230, 220}, {"cancelled", 0, 7}, {"unchanged", 70, 43}},
	}
	for _, name := range []string{"main", "complementary", "primostarter_first", "article37_mandate", "pension_paid"} {
		s.Categories = append(s.Categories, Effect{Name: name})
	}
	s.Categories[4].Rows, s.Categories[4].Unchanged = 60, 60
	s.All.and(&s.Categories[4])
	s.Years = []Effect{{Name: "2022"}, {Name: "2023"}}
	s.Years[0].and(&s.Categories[4])
	for i := range 10 {
		n := money.Cents(i)
		e := Effect{Name: fmt.Sprint(i + 1), Incomes: [2]money.Cents{12_345_67 * n, 12_345_67*(n+1) - 1}, Rows: 34, Winners: 3 * int64(i),
			Losers: 30 - 3*int64(i), Unchanged: 4, Won: 12_345_67 * n * n, Lost: 4_321_12 * (10 - n), Fee: 10_01 * (4 - n),
			ToPay: 222_22 * (4 - n), Refund: -111_11 * (4 - n), Surcharge: 1_23 * (4 - n)}
		e.Definitive, e.Claim, e.Payout = e.Lost-e.Won, e.ToPay+e.Surcharge, e.Refund
		s.Deciles = append(s.Deciles, e)
		s.Categories[i%4].and(&e)
		s.Years[i%2].and(&e)
		s.All.and(&e)
	}
	return s
}

// unchanged is a simulation of a reform that changes nothing.
func unchanged() *Simulation {
	e := Effect{Rows: 5, Unchanged: 5}
	return &Simulation{AsOf: "2026-06-30", Law: "ab", Reform: "cd", All: e, Categories: []Effect{e}, Years: []Effect{e},
		Deciles: []Effect{e}, Outcomes: []Outcomes{{"supplement", 3, 3}, {"refund", 2, 2}}}
}

// winnersOnly is a simulation of one category of which everybody wins.
func winnersOnly() *Simulation {
	e := Effect{Name: "main", Rows: 3, Winners: 3, Won: 1_234_567_890_12, Definitive: -1_234_567_890_12, Fee: -36_000_000_00,
		Claim: -234_567_890_12, Payout: 1_000_000_000_00}
	year, tenth := e, e
	year.Name, tenth.Name, tenth.Incomes = "2023", "10", [2]money.Cents{30_000_00, 3_000_000_00}
	return &Simulation{AsOf: "2026-06-30", Law: "ab", Reform: "cd", All: e, Categories: []Effect{e}, Years: []Effect{year},
		Deciles: []Effect{tenth}, Outcomes: []Outcomes{{"refund", 0, 3}, {"supplement", 3, 0}}}
}

func simulationPage(t *testing.T, s *Simulation) string {
	t.Helper()
	var page bytes.Buffer
	if err := WriteSimulation(&page, s); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// readable is what a page says without its drawings.
func readable(m *markup) string {
	var b strings.Builder
	texts := m.texts
	if at := slices.Index(texts, "At a glance"); at >= 0 {
		texts = texts[at:]
	}
	for _, text := range texts[:slices.Index(texts, "What the reform changes")] {
		fmt.Fprintln(&b, text)
	}
	fmt.Fprintln(&b)
	for _, heading := range m.headings {
		fmt.Fprintln(&b, heading)
	}
	for i := range m.charts {
		fmt.Fprintln(&b, "chart", m.charts[i])
	}
	for _, table := range m.tables {
		fmt.Fprintf(&b, "\n%s\n%s\n", table.caption, strings.Join(table.columns, " | "))
		for _, row := range table.rows {
			fmt.Fprintln(&b, strings.Join(row, " | "))
		}
	}
	return strings.NewReplacer(page.ThinSpace, " ", page.FixedSpace, " ").Replace(b.String())
}

// What people read of a page: its sentences, headings and tables.
func TestGoldenSimulation(t *testing.T) {
	for name, s := range map[string]*Simulation{"simulation": reform(), "simulation-winners": winnersOnly()} {
		golden := "testdata/" + name + ".txt"
		got := readable(read(t, simulationPage(t, s)))
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is not the page (-update writes it again):\n%s", golden, got)
		}
	}
}

// A reform that changes nothing says so, and draws no empty chart.
func TestASimulationOfNothing(t *testing.T) {
	page := simulationPage(t, unchanged())
	for _, text := range []string{"The reform changes nothing for these 5 regularisations.",
		"The reform changes no parameter of these years."} {
		if !strings.Contains(page, text) {
			t.Errorf("the page lacks %q", text)
		}
	}
	if m := read(t, page); strings.Count(page, "Nobody pays less or more.") != 3 || len(m.charts) != 1 ||
		m.charts[0] != "Outcomes under both laws" {
		t.Errorf("charts %q, want the one of outcomes", m.charts)
	}
}

// A year that only one of the laws settles is said, also where nothing else is.
func TestASimulationOfNothingThatCompares(t *testing.T) {
	page := simulationPage(t, &Simulation{AsOf: "2026-06-30", OneSided: 1, All: Effect{Rows: 1, Unchanged: 1}})
	for _, text := range []string{"The reform changes nothing for this regularisation.",
		"1 year is settled under one of the two laws only, and not compared.", "Nothing is compared."} {
		if !strings.Contains(page, text) {
			t.Errorf("the page lacks %q", text)
		}
	}
}

func TestTheSameSimulationGivesTheSameBytes(t *testing.T) {
	s := reform()
	first := simulationPage(t, s)
	for range 3 {
		if simulationPage(t, s) != first {
			t.Fatal("another page")
		}
	}
	if !reflect.DeepEqual(s, reform()) {
		t.Error("the simulation was changed")
	}
}

func TestTheSimulationLoadsNothingAndEscapes(t *testing.T) {
	if found := external.FindString(simulationPage(t, reform())); found != "" {
		t.Errorf("the page holds %q", found)
	}
	const hostile = `<script>alert("x")</script>'"&<img src=x onerror=y></style>`
	e := Effect{Name: hostile, Rows: 1, Losers: 1, Definitive: 1_00, Lost: 1_00}
	text := simulationPage(t, &Simulation{AsOf: hostile, Law: hostile, Reform: hostile, Fees: map[string]string{hostile: hostile}, All: e,
		Changes: []Change{{law.Term{Of: hostile, Code: hostile}, law.Say(hostile), law.Say(hostile), law.Say(hostile), hostile}}, Categories: []Effect{e}, Years: []Effect{e}, Deciles: []Effect{e},
		Outcomes: []Outcomes{{hostile, 1, 1}}})
	if strings.Contains(text, "<script") || strings.Contains(text, "<img") || strings.Count(text, "</style>") != 1 {
		t.Error("a text became markup")
	}
	if m := read(t, text); !slices.Contains(m.texts, hostile) {
		t.Error("the text is not shown")
	}
}

// Who pays less stands to the left, who pays more to the right.
func TestSidesOfEffects(t *testing.T) {
	g := &group{Words: page.In(page.English), effects: []Effect{{Rows: 3, Winners: 1, Losers: 2, Won: 4_50, Lost: 10_49, Definitive: 5_99},
		{Rows: 2, Winners: 1, Won: 3_01, Definitive: -3_01}}}
	for name, c := range map[string]struct {
		picture    picture
		less, more []int64
	}{"people": {g.people(), []int64{1, 1}, []int64{2, 0}}, "sums": {g.sums(), []int64{5, 3}, []int64{10, 0}},
		"averages": {g.averages(), []int64{0, 151}, []int64{200, 0}}} {
		if s := c.picture.sides; !slices.Equal(s.Less.Counts, c.less) || !slices.Equal(s.More.Counts, c.more) ||
			s.Less.Colour == s.More.Colour {
			t.Errorf("%s: %v and %v", name, s.Less.Counts, s.More.Counts)
		}
	}
}

// The page of a simulation in another language says nothing in English.
func TestTheSimulationInOtherLanguages(t *testing.T) {
	said := func(language string) map[string]bool {
		all := map[string]bool{}
		for _, s := range []*Simulation{reform(), unchanged(), winnersOnly()} {
			s.Language = language
			m := read(t, simulationPage(t, s))
			for _, text := range slices.Concat(m.texts, m.charts) {
				all[text] = true
			}
		}
		return all
	}
	english := said("")
	for _, language := range page.Languages()[1:] {
		other, w := said(language), page.In(language)
		for text := range english {
			if translated, known := w.Texts[text]; known && translated != text && other[text] {
				t.Errorf("%s: the page says %q", language, text)
			}
		}
		for _, text := range []string{w.Say("What the reform changes"), w.Name("outcome", "refund"), w.Which(w.Say("By annual income"),
			w.Say("who pays less and more")), w.Sayf("from %s", "0"), w.Article("AR 38 art. 12 §1 al. 2")} {
			if !slices.ContainsFunc(slices.Collect(maps.Keys(other)), func(said string) bool { return strings.Contains(said, text) }) {
				t.Errorf("%s: the page lacks %q", language, text)
			}
		}
	}
}
