package report

import (
	"bytes"
	"strings"
	"testing"

	"regul/writers/report/page"
)

// The page of all batches: withdrawn ones are listed and count for nothing; each leads to its report; the latest stands first.
func TestTheOverview(t *testing.T) {
	o := &Overview{Language: "nl", Nights: []Night{
		{Batch: "2026-06-29-00000001", AsOf: "2026-06-29", Report: "batch=2026-06-29-00000001/report.html", Claim: 100_00, Payout: 40_00,
			Notices: 2, WithdrawnFor: 3},
		{Batch: "2026-06-30-00000002", AsOf: "2026-06-30", Report: "batch=2026-06-30-00000002/report.html", Claim: 999_00, Withdrawn: true,
			WithdrawnFor: 1},
	}, Drafts: []Draft{{Batch: "2026-07-01-00000003", Since: "2026-07-01", Report: "draft=2026-07-01-00000003/report.html", Notices: 7,
		Input: "affiliates"},
		{Batch: "2026-07-01-00000004", Since: "2026-07-02", MadeBy: "mj", Input: "companies"}},
		Rejects: []Code{{Code: "bad_row", Rows: 3}}, Totals: []Total{{"unseen", 12_34}}}
	var shown bytes.Buffer
	if err := WriteOverview(&shown, o); err != nil {
		t.Fatal(err)
	}
	m := read(t, shown.String())
	rows := m.table(t, "Alle nachten").rows
	if len(rows) != 2 || rows[0][0] != "2026-06-30-00000002" || rows[0][2] != "ingetrokken" || rows[1][2] != "gepubliceerd, ingetrokken voor 3" {
		t.Errorf("%q", rows)
	}
	if !strings.Contains(shown.String(), `<a href="batch=2026-06-29-00000001/report.html">`) {
		t.Error("a batch does not lead to its report")
	}
	if drafts := m.table(t, "Ontwerpen").rows; len(drafts) != 2 || drafts[0][2] != "2026-07-01" || drafts[0][3] != "wie het nakijkt" ||
		drafts[0][4] != "7" || drafts[1][3] != "iemand anders dan mj" || drafts[1][1] == drafts[0][1] {
		t.Errorf("%q", drafts)
	}
	if point := page.In("nl").Sayf("%s more comes in than goes out: %s is claimed and %s is paid out.", "60"+page.FixedSpace+"EUR",
		page.In("nl").EUR(100_00), page.In("nl").EUR(40_00)); !strings.Contains(shown.String(), point) {
		t.Errorf("the page does not say %q", point)
	}
	if todo := m.table(t, "Wat een ingreep vraagt").rows; len(todo) != 2 || todo[0][1] != "3" || todo[1][2] != "12,34" {
		t.Errorf("%q", todo)
	}
	if len(m.charts) != 1 || external.MatchString(shown.String()) {
		t.Errorf("charts %q", m.charts)
	}
}

func TestAnOverviewOfNothing(t *testing.T) {
	var shown bytes.Buffer
	if err := WriteOverview(&shown, &Overview{}); err != nil {
		t.Fatal(err)
	}
	if text := shown.String(); strings.Count(text, "No batch counts.") != 2 || !strings.Contains(text, "Nothing is open.") {
		t.Error("the page does not say that there is nothing")
	}
}
