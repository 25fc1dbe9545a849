package report

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/report/page"
	"regul/writers/report/tally"
)

// sample is a realistic night and its page.
func sample(t testing.TB) (*Batch, *tally.Statistics, string) {
	t.Helper()
	s := gather(t, settlements(t, 1200, 1), 3)
	b := batchOf(s)
	return b, s, write(t, b, s)
}

// Every amount and every number of the statistics stands in the page, in a cell or a sentence.
func TestThePageShowsEveryFigure(t *testing.T) {
	_, s, text := sample(t)
	en, words := page.In(page.English), map[string]bool{}
	for _, text := range read(t, text).texts {
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\u00a0' }) {
			words[strings.Trim(word, ".,:;()")] = true
		}
	}
	shown := 0
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch {
		case v.Type() == reflect.TypeFor[money.Cents]():
			shown++
			if want := en.Amount(v.Interface().(money.Cents)); !words[want] {
				t.Errorf("%s, %s, is not in the page", path, want)
			}
		case v.Type() == reflect.TypeFor[pipeline.Dossier]():
			dossier := v.Interface().(pipeline.Dossier)
			if !words[string(dossier.Append(nil))] {
				t.Errorf("%s is not in the page", path)
			}
		case v.CanInt() && !strings.HasSuffix(path, "Year"): // years are not grouped
			shown++
			if !words[page.Number(v.Int())] {
				t.Errorf("%s, %d, is not in the page", path, v.Int())
			}
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				walk(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case v.Kind() == reflect.Array || v.Kind() == reflect.Slice:
			for i := range v.Len() {
				if one := v.Index(i); !one.IsZero() {
					walk(path, one)
				}
			}
		}
	}
	walk("Statistics", reflect.ValueOf(s).Elem())
	if shown < 300 {
		t.Errorf("only %d figures were looked for", shown)
	}
}

func TestAFigureStandsInItsRowAndColumn(t *testing.T) {
	en := page.In(page.English)
	b, s, text := sample(t)
	m := read(t, text)
	refund := s.Outcomes[pipeline.Refund]
	for caption, want := range map[string][]string{
		"What is due, by outcome, in EUR": {"refund", page.Number(refund.Rows), en.Share(refund.Rows, s.All.Rows),
			en.Amount(refund.Definitive), en.Amount(refund.Called), en.Amount(refund.ToPay), en.Amount(refund.Cancelled)},
		"What moves, by outcome, in EUR": {"refund", en.Amount(refund.Claim), en.Amount(refund.Payout), en.Amount(refund.Refund),
			en.Amount(refund.Offsets), en.Amount(refund.Surcharge), en.Amount(refund.Arrears)},
		"The largest claims": {string(s.Claims[3].Dossier.Append(nil)), "2023", "1", "supplement",
			en.Amount(s.Claims[3].Amount)},
		"Rejected rows by code": {"year time-barred", "time_barred", "39", "5.1 %", Remedy("time_barred")},
		"Examples": {"time_barred", "revenue-night-0630.csv", "14\u202f521",
			"column net_income: must be an amount in EUR with at most two decimals"},
		"Listed but not sent": {"Refund", "account number wrong", "2", "911.00", statusMeanings["wrong_account"]},
		"Numbers, now and before": {"refund", page.Number(refund.Rows), "341",
			page.Change(en, refund.Rows, 341, page.Number)},
		"Rows by input and fate":                 {"income", "1\u202f501", "1\u202f320", "138", "28", "2", "13"},
		"Files that came in, with their SHA-256": {"payments.csv", "payments", "4\u202f790", "310.5 kB", b.Inputs[2].SHA256},
		"Files by folder":                        {"regularisations", "2", "1\u202f218", "95.3 kB"},
		"Management fees":                        {"2021 to 2023", "3.05"},
	} {
		for i := range want {
			want[i] = strings.ReplaceAll(want[i], page.FixedSpace, " ")
		}
		if table := m.table(t, caption); !slices.ContainsFunc(table.rows, func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("%s has no row %q, but %q", caption, want, table.rows)
		}
	}
}

func TestTheHeadlineIsHeldAgainstThePreviousBatch(t *testing.T) {
	s := gather(t, []*pipeline.Settlement{one(func(y *pipeline.SettledYear) { y.Outcome, y.ToPay = pipeline.Supplement, 1_267_48 })}, 1)
	b := &Batch{Rejects: []Code{{Code: "bad_row", Rows: 3}},
		Previous: &Previous{Notices: 1, Rejects: 4, Outcomes: [pipeline.OutcomeCount]int64{pipeline.Refund: 2},
			Totals: []Total{{"claim", 1_000_00}}}}
	want := []page.Figure{{Name: "To claim, EUR", Value: "1\u202f267.48", Change: "+267.48 (+26.7\u00a0%)"},
		{Name: "To pay out, EUR", Value: "0.00", Change: "not known of the previous batch"},
		{Name: "Regularisations", Value: "1", Change: "−1 (−50.0\u00a0%)"}, {Name: "Notices", Value: "1", Change: "unchanged"},
		{Name: "Rejected rows", Value: "3", Change: "−1 (−25.0\u00a0%)"}}
	if got := (&teller{page.In(page.English), b, s}).headline(); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTotalsThatDoNotBalanceAreSaidSo(t *testing.T) {
	b, s, text := sample(t)
	if n := strings.Count(text, "It balances."); n != 4 || strings.Contains(text, "DOES NOT BALANCE") {
		t.Errorf("%d equations balance, want 4", n)
	}
	for i := range b.ControlTotals {
		if b.ControlTotals[i].Name == "debit" {
			b.ControlTotals[i].Cents++
		}
	}
	if text := write(t, b, s); !strings.Contains(text,
		"DOES NOT BALANCE. Debit is credit must hold, but 9\u202f912\u202f418.78 is not 9\u202f912\u202f418.77.") {
		t.Error("a debit that is not the credit is not said")
	}
}

func TestAnUnknownTotalIsShown(t *testing.T) {
	text := write(t, &Batch{ControlTotals: []Total{{"brand_new", 12_34}}}, &tally.Statistics{})
	if rows := read(t, text).table(t, "Others").rows; !slices.Equal(rows[0], []string{"brand_new", "12.34"}) {
		t.Errorf("%q", rows)
	}
}

func TestEmptyBatchSaysSoInEachSection(t *testing.T) {
	text := write(t, &Batch{Name: "2026-06-30-00000000", AsOf: "2026-06-30"}, gather(t, nil, 1))
	for _, want := range []string{"The batch settled nothing.", "The batch holds no regularisation.", "The batch has no control totals.",
		"There is neither a supplement nor a refund.", "Nothing is claimed and nothing is paid out.",
		"The batch corrects no earlier notice.", "No statement is late.", "No row was rejected.", "The batch was made without letters.",
		"The batch was made without payment files.", "There is no previous batch to compare with.", "No file came in.",
		"The batch has no other file.", "No management fee is known for any year.",
		"Nothing: the letters and the payment files can go out."} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if m := read(t, text); len(m.charts) > 0 || m.elements["section"] != 19 {
		t.Errorf("%d charts and %d sections", len(m.charts), m.elements["section"])
	}
}

func TestTheSameBatchGivesTheSameBytes(t *testing.T) {
	_, _, first := sample(t)
	for range 5 {
		if _, _, again := sample(t); again != first {
			t.Fatal("the same batch gave another page")
		}
	}
}

// The page of companies says nothing of the surcharges, fees and incomes that only people have.
func TestThePageOfCompaniesSaysNothingOfPeople(t *testing.T) {
	s := gather(t, settlements(t, 200, 1), 3)
	b := batchOf(s)
	b.Companies, b.Fees, b.Rejects = true, nil, nil
	text := plainText(write(t, b, s))
	for _, of := range []string{"11bis", "RGS art. 44,", "management fee", "Net income"} {
		if strings.Contains(text, of) {
			t.Errorf("the page says %q", of)
		}
	}
	if want := "Surcharges for late payment (law of 30-12-1992)"; !strings.Contains(text, want) {
		t.Errorf("the page lacks %q", want)
	}
}

// plainText is a page with ordinary spaces.
func plainText(html string) string { return strings.ReplaceAll(html, page.FixedSpace, " ") }
