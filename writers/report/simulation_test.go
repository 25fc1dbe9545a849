package report

import (
	"bytes"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"regul/fixtures/browser"
	"regul/pipeline/money"
)

// reform is a simulation with effects of every kind.
func reform() *Simulation {
	s := &Simulation{
		AsOf: "2026-06-30", Law: strings.Repeat("ab", 32), Reform: strings.Repeat("0f", 32), OneSided: 2,
		Changes: []Change{
			{"MIN, minimum income of the main occupation", "2023", "16 409.20 EUR", "17 000.00 EUR", "AR 38 art. 12 §1 al. 2"},
			{"rate b1", "2023Q1 to 2023Q4", "20.50 %", "21.00 %", "law of 26-12-2015"},
		},
		All:      Effect{Name: "all"},
		Outcomes: []Outcomes{{"supplement", 100, 130}, {"refund", 30, 20}, {"unchanged", 10, 0}},
	}
	for i, name := range []string{"main", "complementary", "primostarter_first", "article37_mandate"} {
		n := int64(i + 1)
		e := Effect{Name: name, Rows: 40 * n, Winners: 10 * n, Losers: 25 * n, Unchanged: 5 * n, Won: money.Cents(1000_00 * n), Lost: money.Cents(123_456_78 * n),
			Definitive: money.Cents(122_456_78 * n), Fee: money.Cents(3_000_00 * n), ToPay: money.Cents(90_000_00 * n), Refund: money.Cents(-30_000_00 * n), Claim: money.Cents(90_000_00 * n), Payout: money.Cents(-30_000_00 * n)}
		s.Categories = append(s.Categories, e)
		s.All.Rows += e.Rows
		s.All.Winners += e.Winners
		s.All.Losers += e.Losers
		s.All.Unchanged += e.Unchanged
		s.All.Won += e.Won
		s.All.Lost += e.Lost
		s.All.Definitive += e.Definitive
		s.All.Claim += e.Claim
		s.All.Payout += e.Payout
	}
	s.Years = []Effect{s.All}
	s.Years[0].Name = "2023"
	for i := range 10 {
		e := s.Categories[i%4]
		e.Name = string(rune('0'+i)) + ": 12345.67 to 123456.78"
		s.Deciles = append(s.Deciles, e)
	}
	return s
}

func simulationPage(t *testing.T, s *Simulation) string {
	t.Helper()
	var page bytes.Buffer
	if err := WriteSimulation(&page, s); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// The page as its readers see it: in Chromium, in light and dark, on a screen and a telephone.
func TestTheSimulationInABrowser(t *testing.T) {
	file := filepath.Join(t.TempDir(), "simulation.html")
	if err := os.WriteFile(file, []byte(simulationPage(t, reform())), 0o600); err != nil {
		t.Fatal(err)
	}
	p := browser.Open(t, file)
	for _, scheme := range []browser.Scheme{browser.Light, browser.Dark} {
		for _, width := range []int{1100, 400} {
			p.View(width, scheme)
			low, checked := p.LowContrast()
			if checked < 300 {
				t.Errorf("%s, %d px: only %d texts were looked at", scheme, width, checked)
			}
			for _, text := range append(low, p.Overflow()...) {
				t.Errorf("%s, %d px: %s", scheme, width, text)
			}
			if charts := browser.Evaluate[int](p, "[...document.querySelectorAll('svg')].filter(s => s.checkVisibility()).length"); charts != 9 {
				t.Errorf("%s, %d px: %d charts are shown, want 9", scheme, width, charts)
			}
		}
	}
	if complaints, requests := p.Complaints(), p.Requests(); len(complaints)+len(requests) > 0 {
		t.Errorf("%q %q", complaints, requests)
	}
}

// What every chart shows stands in a table below it.
func TestEveryChartOfASimulationHasATable(t *testing.T) {
	page := html.UnescapeString(simulationPage(t, reform()))
	for _, text := range []string{"−", "1 000.00", "123 456.78", "+122 456.78", "rate b1", "20.50 %", "article37_mandate", "2 years are settled under one of the two laws only"} {
		if !strings.Contains(strings.NewReplacer(thinSpace, " ", fixedSpace, " ").Replace(page), text) {
			t.Errorf("the page lacks %q", text)
		}
	}
	if charts, tables := strings.Count(page, `class="chart wide"`), strings.Count(page, "<table"); charts != 9 || tables != 9 {
		t.Errorf("%d charts, %d tables", charts, tables)
	}
}

// A reform that changes nothing says so, and draws no empty chart.
func TestASimulationOfNothing(t *testing.T) {
	s := &Simulation{AsOf: "2026-06-30", Law: "ab", Reform: "cd", All: Effect{Rows: 5, Unchanged: 5}, Years: []Effect{{Name: "2023", Rows: 5, Unchanged: 5}}}
	page := simulationPage(t, s)
	for _, text := range []string{"The reform changes nothing for these 5 regularisations.", "The reform changes no parameter of these years.", "Nobody pays a EUR less."} {
		if !strings.Contains(page, text) {
			t.Errorf("the page lacks %q", text)
		}
	}
	if charts := strings.Count(page, `class="chart wide"`); charts != 1 {
		t.Errorf("%d charts, want the one of who", charts)
	}
}
