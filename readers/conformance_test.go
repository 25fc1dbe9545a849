package readers_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	csvlib "encoding/csv"

	"regul/fixtures/population"
	"regul/pipeline"
	"regul/readers"
)

// conformanceSheets are the rows that every format must give alike: those of invented people, and odd ones by hand.
func conformanceSheets(t testing.TB) []sheet {
	t.Helper()
	people, err := population.New(population.Options{Affiliates: 400, Seed: 7, BadRows: -1})
	if err != nil {
		t.Fatal(err)
	}
	sheets := []sheet{
		{pipeline.Affiliates, [][]string{
			{"85010112387", "1", "de", "Müller-Čapek", `dit "Jef"`, "Rue de l'Église 1, bte 2; 3", "4700", "Eupen", "BE", "", "", "", "",
				"", "Émile \"Mil\" & fils", "Rue Basse 2; 1", "4700", "Eupen", "BE"},
			{"85010112387", "99999999", "fr", "O'Brien", "Zoë", "première ligne\nseconde ligne", "75001", "Paris", "FR",
				"FR7630006000011234567890189", "M-1", "2199-12-31", "Maître Y, curatrice", "bankruptcy", "", "", "", "", ""},
			{"85010112387", "20", "nl", "", "", "", "", "", "", "", "", "", "", "debt_settlement", "Z", "", "", "", ""},
		}},
		{pipeline.Account, [][]string{
			{"85010112387", "1900", "1", "main", "due", "", "0.00", "0.00", "", "", "", "", "", ""},
			{"85010112387", "2199", "4", "no-such-category", "no-such-standing", "3", "999999.99", "0.01", "false", "spouse_maxi",
				"1900-01-01", "false", "2199-12-31", "true"},
			{"85010112387", "2023", "2", "complementary", "assimilated", "1", "12.50", "0.50", "true", "", "1970-01-01", "", "", "false"},
			{"85010112387", "2023", "3", "main", "supplement_dispensed", "", "12.50", "12.50", "", "main", "", "true", "2023-12-31", ""},
		}},
		{pipeline.Payments, [][]string{
			{"85010112387", "2023", "", "2023-02-28", "-0.01", "", "", ""},
			{"85010112387", "2023", "4", "1900-01-01", "9999999.99", "a; b, c", "contribution", ""},
			{"85010112387", "2023", "", "2023-02-28", "-0.01", "", "refund", "RF-2026-06-30-1"},
			{"85010112387", "2023", "", "2023-02-28", "-0.01", "é 1", "returned", ""},
		}},
		{pipeline.Revenue, [][]string{
			{"85010112387", "2023", "a; b, c", "2024-02-29", "spouse", "-9999999.99", "", ""},
			{"85010112387", "2023", "é", "2024-02-29", "helper", "0.00", `with "quotes"`, "0.00"},
			{"85010112387", "2023", "é", "2024-02-29", "trader", "100.00", "", "-100.00"},
		}},
		{pipeline.Interruptions, [][]string{{"85010112387", "2015"}, {"85010112387", "1900"}}},
		{pipeline.EvidenceInput, [][]string{
			{"85010112387", "2023", "1", "employee", "117.5", "38", "", "", "", "", "", "", "", "", ""},
			{"85010112387", "2023", "4", "civil_servant", "", "", "92", "3", "0.5", "true", "", "", "", "1970-01-01", ""},
			{"85010112387", "2023", "2", "sickness", "2208", "168", "0", "0", "0.3333", "false", "66.6667", "61.50", "true", "2023-05-16",
				"2023-05-16"},
		}},
		{pipeline.IdentitiesInput, [][]string{{"85210101148", "85010112387", "2026-06-30"}, {"85010112387", "85210101148", "1900-01-01"}}},
		{pipeline.ConfirmationsInput, [][]string{{"2026-06-30-bada1d05-R0000017", "returned", "2026-07-02", "566.16"},
			{"é 1", "executed", "1900-01-01", ""}}},
	}
	var person population.Person
	for input := range population.Needed {
		text := population.CSV.AppendHeader(nil, input)
		for i := range people.Options().Affiliates {
			people.Person(i, &person)
			text = population.CSV.AppendRows(text, input, &person)
		}
		rows, err := csvlib.NewReader(strings.NewReader(string(text))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		columns := readers.Columns(sheets[input].input)
		if !slices.Equal(rows[0], columns[:len(rows[0])]) {
			t.Fatalf("the columns of the population are %v", rows[0])
		}
		for _, row := range rows[1:] {
			sheets[input].rows = append(sheets[input].rows, append(row, make([]string, len(columns)-len(row))...))
		}
	}
	return sheets
}

func TestEveryFormatGivesTheSameRecords(t *testing.T) {
	for _, s := range conformanceSheets(t) {
		if s.input == pipeline.Affiliates { // Windows-1252 has no Č
			s.rows[0][3] = "Müller-Šapek"
		}
		want := read(t, s.input, "expected.csv", plainCSV(t, s))
		if len(want.rejects) > 0 || want.records() != len(s.rows) {
			t.Fatalf("%s: %d records and %d rejects of %d rows; the first: %v", s.input, want.records(), len(want.rejects), len(s.rows),
				want.rejects[:1])
		}
		for _, f := range slices.Concat(csvFormats, parquetFormats) {
			t.Run(s.input.String()+"/"+f.name, func(t *testing.T) {
				got := read(t, s.input, s.input.String()+f.file, f.write(t, s))
				if len(got.rejects) > 0 {
					t.Fatalf("%d rejects, the first: %+v", len(got.rejects), got.rejects[0])
				}
				if got.read != want.read || got.digest != want.digest {
					t.Errorf("read %+v with digest %v, want %+v with %v", got.read, got.digest, want.read, want.digest)
				}
				if !reflect.DeepEqual(got.shard, want.shard) || !reflect.DeepEqual(got.identities, want.identities) ||
					!reflect.DeepEqual(got.confirmed, want.confirmed) {
					t.Error("the records differ")
				}
			})
		}
	}
}

func TestUnknownColumnsAreListedInEveryFormat(t *testing.T) {
	s := sheet{pipeline.Interruptions, [][]string{{"85010112387", "2015"}}}
	for _, f := range slices.Concat(csvFormats, parquetFormats) {
		if !strings.Contains(f.name, "shuffled") {
			continue
		}
		got := read(t, s.input, "x"+f.file, f.write(t, s))
		if want := []string{"remark", "remark2"}; !slices.Equal(got.unknown, want) {
			t.Errorf("%s: unknown are %v, want %v", f.name, got.unknown, want)
		}
	}
}
