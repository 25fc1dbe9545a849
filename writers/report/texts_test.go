package report

import (
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/payments"
	"regul/writers/report/page"
)

func TestEveryCodeHasARemedy(t *testing.T) {
	for _, code := range pipeline.CodeNames()[1:] {
		if Remedy(code) == "" {
			t.Errorf("%s has no remedy", code)
		}
	}
	if Remedy("no_such_code") != "" || Remedy("") != "" {
		t.Error("what is no code has a remedy")
	}
}

func TestEveryOutcomeLanguageAndStatusHasAMeaning(t *testing.T) {
	for outcome := pipeline.NoOutcome + 1; outcome < pipeline.OutcomeCount; outcome++ {
		if outcomeMeanings[outcome] == "" || outcomeColours[outcome] == 0 {
			t.Errorf("%s has no meaning or no colour", outcome)
		}
	}
	for _, language := range pipeline.Languages() {
		if page.In(page.English).Name("language", language) == language {
			t.Errorf("%q has no name", language)
		}
	}
	for status := range payments.StatusCount {
		if statusMeanings[status.String()] == "" {
			t.Errorf("%s has no meaning", status)
		}
	}
	if payments.Sent.String() != sent {
		t.Errorf("what is sent is called %s", payments.Sent)
	}
}

func TestNumbersAreGrouped(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 7: "7", 999: "999", 1000: "1\u202f000", -1: "−1", -12345: "−12\u202f345",
		1234567: "1\u202f234\u202f567"} {
		if got := page.Number(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	for cents, want := range map[money.Cents]string{0: "0.00", 5: "0.05", -5: "−0.05", 1_267_48: "1\u202f267.48",
		-123_456_789_00: "−123\u202f456\u202f789.00"} {
		if got := page.In(page.English).Amount(cents); got != want {
			t.Errorf("%d cents are %q, want %q", cents, got, want)
		}
	}
	for bytes, want := range map[int64]string{0: "0\u00a0B", 999: "999\u00a0B", 1000: "1.0\u00a0kB", 1_449_999: "1.4\u00a0MB",
		2_000_000_000_000: "2\u202f000.0\u00a0GB"} {
		if got := page.In(page.English).Size(bytes); got != want {
			t.Errorf("%d bytes are %q, want %q", bytes, got, want)
		}
	}
}

func TestChangesHaveASignAndAProportion(t *testing.T) {
	for _, c := range []struct {
		now, before int64
		want        string
	}{{5, 5, "unchanged"}, {0, 0, "unchanged"}, {3, 2, "+1 (+50.0\u00a0%)"}, {2, 3, "−1 (−33.3\u00a0%)"}, {4, 0, "+4"},
		{2001, 2000, "+1 (+0.1\u00a0%)"}, {4, -4, "+8"}, {0, 7, "−7 (−100.0\u00a0%)"},
		{21, 2, "+19 (+950.0\u00a0%)"}, {22, 2, "+20"}} {
		if got := page.Change(page.In(page.English), c.now, c.before, page.Number); got != c.want {
			t.Errorf("%d after %d is %q, want %q", c.now, c.before, got, c.want)
		}
	}
}

func TestSharesAreRounded(t *testing.T) {
	for _, c := range []struct {
		part, whole int64
		want        string
	}{{1, 3, "33.3\u00a0%"}, {2, 3, "66.7\u00a0%"}, {1, 1, "100.0\u00a0%"}, {0, 9, "0.0\u00a0%"}, {1, 2000, "0.1\u00a0%"},
		{1, 2001, "0.0\u00a0%"}, {0, 0, ""}, {999_999_999_999_999, 1_000_000_000_000_000, "100.0\u00a0%"}} {
		if got := page.In(page.English).Share(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d is %q, want %q", c.part, c.whole, got, c.want)
		}
	}
}

// Dates, dossiers, digests and names of files are not hidden: only what may be a national number or an account number.
func TestOnlyNumbersOfPeopleAreHidden(t *testing.T) {
	for text, want := range map[string]string{
		"revenue-2026-06-30-93171.csv": "revenue-2026-06-30-93171.csv", "dossier 00900001": "dossier 00900001",
		"20260630123456.csv": "20260630123456.csv", "BE00 0000 0000 0000": "BE00 0000 0000 0000", "x85010112387y": "x" + hidden + "y",
		"IBAN BE68 5390 0754 7034.": "IBAN " + hidden + ".",
	} {
		if got := masked(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

func TestFeesOfYearsWithAGapStandApart(t *testing.T) {
	got := feesTable(page.In(page.English), map[string]string{"2020": "3.05", "2021": "3.05", "2023": "3.05", "2024": "4.00"})
	for i, want := range []string{"2020 to 2021", "2023", "2024"} {
		if got.Rows[i][0].Text != want {
			t.Errorf("line %d is %s, want %s", i, got.Rows[i][0].Text, want)
		}
	}
}
