package tables_test

import (
	"strings"
	"testing"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/writers/tables"
)

// booked is a settlement: the refund of 2021 pays arrears of 2019, which the batch does not settle, and part of the
// supplement of 2022.
func booked(niss pipeline.NISS, dossier uint32) *pipeline.Settlement {
	year := func(year, version int, supplement, refundGross, offset money.Cents) pipeline.SettledYear {
		return pipeline.SettledYear{Regularisation: pipeline.Regularisation{NISS: niss,
			Dossier: pipeline.Dossier{Number: dossier, Digits: 6}, Year: year, Version: version, NotifiedOn: pipeline.DateOf(2026, 6, 30),
			Outcome: pipeline.Supplement, Language: 1, Supplement: supplement, Fee: supplement / 10, RefundGross: refundGross,
			Offset: offset, Refund: refundGross - offset}}
	}
	return &pipeline.Settlement{
		Party:   &pipeline.Party{Number: int64(niss), Digits: 11, Dossier: pipeline.Dossier{Number: dossier, Digits: 6}},
		Years:   []pipeline.SettledYear{year(2021, 2, 0, 500_00, 300_00), year(2022, 1, 1000_00, 0, 0)},
		Offsets: []pipeline.Offset{{From: 2021, To: 2019, Arrears: true, Amount: 50_00}, {From: 2021, To: 2022, Amount: 250_00}},
	}
}

// writeEntries writes the entries of some settlements with a chart.
func writeEntries(t *testing.T, chart tables.Chart, settlements ...*pipeline.Settlement) sink {
	t.Helper()
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	files := sink{}
	shard, err := tables.NewWriter(files.create, l, chart).Shard(0)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settlements {
		shard.Settlement(s)
	}
	if err := shard.Close(); err != nil {
		t.Fatal(err)
	}
	return files
}

// The lines of two affiliates, each in the file of its year, with the numbers of the fund. Null is empty.
func TestEntriesComeBack(t *testing.T) {
	chart, err := tables.ParseChart(map[string]string{"receivable": " 400123 ", "offset": "499-R"})
	if err != nil {
		t.Fatal(err)
	}
	files := writeEntries(t, chart, booked(85010112387, 900001), booked(85073003328, 12))
	for year, want := range map[string]string{
		"2019": `
85010112387 900001 2019  1 2026-06-30 offset 499-R 50.00 0.00 2021 009000011927
85010112387 900001 2019  2 2026-06-30 receivable 400123 0.00 50.00 2021 009000011927
85073003328 000012 2019  1 2026-06-30 offset 499-R 50.00 0.00 2021 000000121955
85073003328 000012 2019  2 2026-06-30 receivable 400123 0.00 50.00 2021 000000121955`,
		"2021": `
85010112387 900001 2021 2 1 2026-06-30 receivable 400123 500.00 0.00  009000012129
85010112387 900001 2021 2 2 2026-06-30 refund_payable 489000 0.00 200.00  009000012129
85010112387 900001 2021 2 3 2026-06-30 offset 499-R 0.00 300.00 2021 009000012129
85073003328 000012 2021 2 1 2026-06-30 receivable 400123 500.00 0.00  000000122157
85073003328 000012 2021 2 2 2026-06-30 refund_payable 489000 0.00 200.00  000000122157
85073003328 000012 2021 2 3 2026-06-30 offset 499-R 0.00 300.00 2021 000000122157`,
		"2022": `
85010112387 900001 2022 1 1 2026-06-30 receivable 400123 1000.00 0.00  009000012230
85010112387 900001 2022 1 2 2026-06-30 contributions 700000 0.00 900.00  009000012230
85010112387 900001 2022 1 3 2026-06-30 fees 704000 0.00 100.00  009000012230
85010112387 900001 2022 1 4 2026-06-30 offset 499-R 250.00 0.00 2021 009000012230
85010112387 900001 2022 1 5 2026-06-30 receivable 400123 0.00 250.00 2021 009000012230
85073003328 000012 2022 1 1 2026-06-30 receivable 400123 1000.00 0.00  000000122258
85073003328 000012 2022 1 2 2026-06-30 contributions 700000 0.00 900.00  000000122258
85073003328 000012 2022 1 3 2026-06-30 fees 704000 0.00 100.00  000000122258
85073003328 000012 2022 1 4 2026-06-30 offset 499-R 250.00 0.00 2021 000000122258
85073003328 000012 2022 1 5 2026-06-30 receivable 400123 0.00 250.00 2021 000000122258`,
	} {
		file := files["entries/year="+year+"/part-00000.parquet"]
		if file == nil {
			t.Errorf("no file of %s", year)
			continue
		}
		var lines strings.Builder
		for _, row := range read(t, file.Bytes()).Rows {
			lines.WriteString("\n" + strings.TrimSpace(strings.Join(row, " "))) // the last column is empty: nothing is reversed
		}
		if lines.String() != want {
			t.Errorf("%s: %s\nwant %s", year, lines.String(), want)
		}
	}
}

// Many affiliates fill several blocks of one year while other years stay within one: nothing is lost.
func TestManyEntriesComeBack(t *testing.T) {
	const affiliates = 1000
	var settlements []*pipeline.Settlement
	for i := range affiliates {
		s := booked(pipeline.NISS(10_000_000+i), uint32(i))
		if i%100 > 0 {
			s.Offsets, s.Years = nil, s.Years[1:]
		}
		settlements = append(settlements, s)
	}
	files := writeEntries(t, tables.DefaultChart(), settlements...)
	for year, want := range map[string]int{"2019": 2 * affiliates / 100, "2021": 3 * affiliates / 100,
		"2022": 3*affiliates + 2*affiliates/100} {
		table := read(t, files["entries/year="+year+"/part-00000.parquet"].Bytes())
		if len(table.Rows) != want {
			t.Errorf("%s: %d lines, want %d", year, len(table.Rows), want)
		}
		last := ""
		for i := range table.Rows {
			r := table.Map(i)
			if key := r["niss"] + r["line"]; key <= last {
				t.Fatalf("%s, row %d: %s after %s", year, i, key, last)
			} else {
				last = key
			}
		}
	}
}

// A fund may keep contributions and fees on one account: the role still tells them apart.
func TestRolesMayShareANumber(t *testing.T) {
	chart, err := tables.ParseChart(map[string]string{"fees": "700000"})
	if err != nil {
		t.Fatal(err)
	}
	table := read(t, writeEntries(t, chart, booked(85010112387, 1))["entries/year=2022/part-00000.parquet"].Bytes())
	for i, want := range []string{"receivable 400000", "contributions 700000", "fees 700000"} {
		if r := table.Map(i); r["role"]+" "+r["account"] != want {
			t.Errorf("line %d: %s %s, want %s", i+1, r["role"], r["account"], want)
		}
	}
}
