package tables_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/metadata"

	"regul/fixtures/readback"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/parquet"
	"regul/writers/tables"
)

// read reads a table with the second implementation.
func read(t *testing.T, content []byte) *readback.Table {
	t.Helper()
	table, err := readback.Read(content)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// More than a block of regularisations with values up to their limits: every cell comes back. The entries must hold the sum of
// three of the amounts.
func TestRegularisationsComeBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	var rows []pipeline.Regularisation
	amount := func() money.Cents {
		return []money.Cents{0, 1, -1, 999_999_999_999, -999_999_999_999, money.Cents(rng.Int64N(1e9))}[rng.IntN(6)]
	}
	day := func() pipeline.Date { return pipeline.DateOf(1900+rng.IntN(300), 1, 1+rng.IntN(365)) }
	for i := range 2000 {
		rows = append(rows, pipeline.Regularisation{
			NISS: pipeline.NISS(1 + int64(i)*7_000_003), Dossier: pipeline.Dossier{Number: uint32(rng.IntN(1e8)), Digits: 8}, Year: 2023,
			Version: 1 + rng.IntN(1000), Communication: strings.Repeat("é", rng.IntN(120)), CommunicatedOn: day(),
			NetIncome: 10*amount() + 9, SubjectQuarters: 1 + rng.IntN(4), AnnualIncome: 40 * amount(), Contribution: amount(),
			Fee: amount() / 3, Definitive: amount(), Called: amount(), Paid: amount(), Supplement: amount() / 3, SurplusApplied: amount(),
			ToPay: amount(), Cancelled: amount() / 3, RefundGross: amount(), Offset: amount(), Refund: amount(), OffsetReceived: amount(),
			Arrears: amount(), Surcharge: amount(), Outcome: pipeline.Outcome(1 + rng.IntN(5)), NotifiedOn: day(),
			DueDate: day() * pipeline.Date(rng.IntN(2)), SevenPercentOn: day(), StatementDeadline: day(), LateStatement: rng.IntN(2) == 0,
			Language: pipeline.Language(1 + rng.IntN(3)), LegalProvisional: amount(), Reduced: amount(), SurchargeTotal: amount(),
			Interrupted: rng.IntN(2) == 0, Rechecked: pipeline.Recheck(rng.IntN(2)), IncomeYear: 2000 + rng.IntN(30),
			LateSurcharge: amount(),
		})
	}
	files := writeTables(t, func(out pipeline.Results) {
		for i := range rows {
			out.Settlement(&pipeline.Settlement{Party: &pipeline.Party{}, Years: []pipeline.SettledYear{{Regularisation: rows[i]}}})
		}
	})
	table := read(t, files[part(tables.RegularisationsTable)].Bytes())
	if len(table.Rows) != len(rows) {
		t.Fatalf("%d rows, want %d", len(table.Rows), len(rows))
	}
	for i, r := range rows {
		due := ""
		if r.DueDate != 0 {
			due = r.DueDate.String()
		}
		want := map[string]string{
			"niss": r.NISS.String(), "dossier": fmt.Sprintf("%08d", r.Dossier.Number), "contribution_year": "2023",
			"version": fmt.Sprint(r.Version), "communication": r.Communication, "communicated_on": r.CommunicatedOn.String(),
			"net_income": r.NetIncome.String(), "subject_quarters": fmt.Sprint(r.SubjectQuarters), "annual_income": r.AnnualIncome.String(),
			"contribution": r.Contribution.String(), "fee": r.Fee.String(), "definitive": r.Definitive.String(),
			"called": r.Called.String(), "paid": r.Paid.String(), "supplement": r.Supplement.String(),
			"surplus_applied": r.SurplusApplied.String(), "to_pay": r.ToPay.String(), "cancelled": r.Cancelled.String(),
			"refund_gross": r.RefundGross.String(), "offset": r.Offset.String(), "refund": r.Refund.String(),
			"offset_received": r.OffsetReceived.String(), "arrears": r.Arrears.String(), "surcharge": r.Surcharge.String(),
			"outcome": r.Outcome.String(), "notified_on": r.NotifiedOn.String(), "due_date": due,
			"seven_percent_on": r.SevenPercentOn.String(), "statement_deadline": r.StatementDeadline.String(),
			"late_statement": fmt.Sprint(r.LateStatement), "reference": string(r.Dossier.AppendReference(nil, 2023)),
			"language": r.Language.String(), "components": "", "contested": "false", "counted_income": r.CountedIncome.String(),
			"arrears_barred": r.ArrearsBarred.String(), "legal_provisional": r.LegalProvisional.String(),
			"reduced_provisional": r.Reduced.String(), "surcharge_total": r.SurchargeTotal.String(),
			"limitation_interrupted": fmt.Sprint(r.Interrupted), "rechecked": fmt.Sprint(r.Rechecked != 0),
			"income_year": fmt.Sprint(r.IncomeYear), "late_surcharge": r.LateSurcharge.String(), "unclear": r.Unclear.String(),
			"reversed": r.Reversed.String(), "surcharge_paid": r.PaidOfSurcharge.String(),
			"surcharge_to_pay": r.SurchargeToPay().String(), "surcharge_refund": r.SurchargeRefund().String(),
			"late_surcharge_to_pay": r.LateToPay.String(),
		}
		if got := table.Map(i); !maps.Equal(got, want) {
			t.Fatalf("row %d\n%v\nwant\n%v", i, got, want)
		}
	}
}

// More than a row group, with more different days than a dictionary takes: every cell comes back, and the
// statistics of each row group are those of its rows. Readers skip row groups by them.
func TestRowGroupsComeBackWithTheirStatistics(t *testing.T) {
	const rows = parquet.RowGroup + 1000
	first := pipeline.DateOf(2000, 1, 1)
	niss := func(i int) pipeline.NISS { return pipeline.NISS(1_000_000 + 7*int64(i)) }
	files := writeTables(t, func(out pipeline.Results) {
		for i := range rows {
			term := pipeline.SurchargeTerm{Basis: pipeline.SurchargeBasis(1 + i%2), NISS: niss(i), Year: 2023, Version: 1 + i%3,
				On: first + pipeline.Date(i%300), Rate: 70_000, Paid: money.Cents(-i), Unpaid: money.Cents(i),
				Amount: money.Cents(i % 1000)}
			out.Settlement(&pipeline.Settlement{Party: &pipeline.Party{},
				Years: []pipeline.SettledYear{{Terms: []pipeline.SurchargeTerm{term}}}})
		}
	})
	content := files[part(tables.SurchargesTable)].Bytes()
	table := read(t, content)
	if len(table.Rows) != rows {
		t.Fatalf("%d rows, want %d", len(table.Rows), rows)
	}
	for i, row := range table.Rows {
		got := strings.Join(row, " ")
		want := fmt.Sprintf("%s 2023 %d %s 7.00 %s %s %s %s", niss(i), 1+i%3, first+pipeline.Date(i%300), money.Cents(-i), money.Cents(i),
			money.Cents(i%1000), pipeline.SurchargeBasis(1+i%2))
		if got != want {
			t.Fatalf("row %d: %s, want %s", i, got, want)
		}
	}
	r, err := file.NewParquetReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	for group, span := range [][2]int{{0, parquet.RowGroup - 1}, {parquet.RowGroup, rows - 1}} {
		m := r.RowGroup(group).MetaData()
		if m.NumRows() != int64(span[1]-span[0]+1) {
			t.Errorf("row group %d has %d rows", group, m.NumRows())
		}
		for column, check := range map[int]func(metadata.TypedStatistics) (got, want string){
			0: func(s metadata.TypedStatistics) (string, string) {
				return string(s.EncodeMin()) + " " + string(s.EncodeMax()), niss(span[0]).String() + " " + niss(span[1]).String()
			},
			3: func(s metadata.TypedStatistics) (string, string) {
				typed := s.(*metadata.Int32Statistics)
				return fmt.Sprint(typed.Min(), typed.Max()), fmt.Sprint(int(first), int(first)+299)
			},
			5: func(s metadata.TypedStatistics) (string, string) {
				typed := s.(*metadata.Int64Statistics)
				return fmt.Sprint(typed.Min(), typed.Max()), fmt.Sprint(-span[1], -span[0])
			},
		} {
			chunk, err := m.ColumnChunk(column)
			if err != nil {
				t.Fatal(err)
			}
			statistics, err := chunk.Statistics()
			if err != nil {
				t.Fatal(err)
			}
			if got, want := check(statistics); got != want {
				t.Errorf("row group %d, %s: from %s, want %s", group, chunk.PathInSchema(), got, want)
			}
		}
	}
}

// Every code of every list is written as it is called.
func TestCodesComeBack(t *testing.T) {
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	files := writeTables(t, func(out pipeline.Results) {
		for category, code := range l.Codes() {
			for standing := pipeline.Due; standing <= pipeline.Assimilated; standing++ {
				article := len(want) % len(l.Articles())
				reason := pipeline.StatusReason(len(want) % int(pipeline.StatusReasonCount))
				quarter := pipeline.QuarterResult{NISS: pipeline.NISS(len(want) + 1), Year: 2023, Quarter: 1, Version: 1,
					Declared: law.Category(len(l.Codes()) - 1 - category), Category: law.Category(category), Reason: reason,
					Standing: standing, Article: article}
				out.Settlement(&pipeline.Settlement{Party: &pipeline.Party{},
					Years: []pipeline.SettledYear{{Quarters: []pipeline.QuarterResult{quarter}}}})
				want = append(want, strings.Join([]string{l.Codes()[len(l.Codes())-1-category], code, reason.String(), standing.String(),
					l.Articles()[article]}, " | "))
			}
		}
	})
	table := read(t, files[part(tables.QuartersTable)].Bytes())
	for i, row := range want {
		r := table.Map(i)
		if got := strings.Join([]string{r["category_declared"], r["category"], r["reason"], r["standing"], r["basis"]}, " | "); got != row {
			t.Errorf("row %d: %s, want %s", i, got, row)
		}
	}
	if len(table.Rows) != len(want) || len(want) < 48 {
		t.Errorf("%d rows, want %d", len(table.Rows), len(want))
	}
}

// A reject has what is known of it, null for the rest, and its text as it came.
func TestRejectsComeBack(t *testing.T) {
	table := read(t, contents(t)[tables.RejectsTable])
	want := [][]string{{"revenue.csv", fmt.Sprint(1 << 40), "85073003328", "2023", "bad_value", "m", "é,\"x\""},
		{"revenue.csv", "2", "", "", "bad_row", "m", ""}}
	for i, row := range want {
		if got := strings.Join(table.Rows[i], " | "); got != strings.Join(row, " | ") {
			t.Errorf("row %d: %s, want %s", i, got, row)
		}
	}
}

// An amount that its column can't hold is an error, never another amount.
func TestAmountThatDoesNotFitIsAnError(t *testing.T) {
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	for _, amount := range []money.Cents{1_000_000_000_000, -1_000_000_000_000} {
		shard, err := tables.NewWriter(sink{}.create, l, tables.DefaultChart()).Shard(0)
		if err != nil {
			t.Fatal(err)
		}
		row := pipeline.Regularisation{NISS: 1, Year: 2023, Outcome: 1, Language: 1, Paid: amount}
		shard.Settlement(&pipeline.Settlement{Party: &pipeline.Party{}, Years: []pipeline.SettledYear{{Regularisation: row}}})
		if shard.Close() == nil {
			t.Errorf("%s was written as DECIMAL(12,2)", amount)
		}
	}
}
