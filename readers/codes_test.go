package readers_test

import (
	"strings"
	"testing"

	"regul/pipeline"
	"regul/pipeline/rows"
	"regul/readers"
)

// badCells are cells that a column may not hold, by input and column.
var badCells = [pipeline.InputCount]map[string][]string{
	pipeline.Affiliates: {
		"dossier":           {"", "123456789", "12a", "-1", "+1", "1.0", "１"},
		"language":          {"", "en", "FR", "nl-BE"},
		"mandate_signed_on": {"2016-08-32", "11/08/2016", "x"},
		"hold":              {"Deceased", "none", "x"},
	},
	pipeline.Account: {
		"year":              {"", "1899", "2200", "0", "-2023", "23", "2023.0", "2O23", "12345678901"},
		"quarter":           {"", "0", "5", "Q1", "1.0", "-1"},
		"category":          {""},
		"standing":          {""},
		"starter_year":      {"0", "4", "x", "-1"},
		"legal_provisional": {"", "abc", "1000000000.01", "-0.01"},
		"provisional":       {"", "1 000", "-12.50", "-1000000000.01", "99999999999999999999999999"},
		"reduction_granted": {"tru", "2", "x"},
		"if_main":           {"complementary", "Main", "x"},
		"recovered_on":      {"2024-02-30", "x"},
		"late_affiliation":  {"sure", "x"},
		"deferred_to":       {"30/06/2023", "x"},
		"surcharges_waived": {"2", "x"},
	},
	pipeline.Payments: {
		"year":    {"", "1899", "2200", "year"},
		"quarter": {"0", "5", "I"},
		"paid_on": {"", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "1899-12-31", "2200-01-01", "20260102",
			"02-01-2026", "2026-1-2", "2026/01/02", "2026-01-02T00:00:00Z"},
		"amount": {"", "1e3", "++5", "1.234,56", "12.345", "1.234.567", "12.", ".5", "0x10", "NaN", "--1", "1-", "€5", "1'000.00",
			"1000000000.01"},
		"payment":    {strings.Repeat("p", 256), "a\x01b"},
		"purpose":    {"Refund", "refunded", "x"},
		"end_to_end": {strings.Repeat("é", 128), "a\x7fb"},
	},
	pipeline.Revenue: {
		"admitted_income": {"1000000000.01", "12.345", "ten"},
		"income_year":     {"", "1899", "2200", "MMXXIII"},
		"communication":   {"", strings.Repeat("c", 256), "a\x01b", "a\x7fb"},
		"communicated_on": {"", "2026-02-30", "yesterday"},
		"nature":          {"", "Trader", "other"},
		"net_income":      {"", "12.345", "ten"},
		"assessment":      {strings.Repeat("é", 128), "a\x1fb"},
	},
	pipeline.Interruptions: {
		"year": {"", "1899", "2200", "x"},
	},
	pipeline.EvidenceInput: {
		"year":            {"", "1899", "2200", "x"},
		"quarter":         {"", "0", "5", "x"},
		"kind":            {"", "x", "Employee", "self_employed"},
		"hours":           {"-1", "2208.0001", "1.00001", "1.", ".5", "x", "1e3"},
		"full_time_hours": {"0", "0.9999", "168.0001", "-38", "x"},
		"days":            {"-1", "367", "1.5", "x"},
		"months":          {"-1", "13", "1.5", "x"},
		"fraction":        {"-0.1", "1.0001", "1/2", "x"},
		"half_time":       {"x", "2"},
		"incapacity":      {"-1", "100.0001", "66%", "x"},
		"daily_benefit":   {"1.005", "x", "1 000.00"},
		"pension_rights":  {"x", "00"},
		"started_on":      {"2023-13-01", "x"},
		"ended_on":        {"2022-12-31", "x"},
	},
	pipeline.ConfirmationsInput: {
		"end_to_end": {"", strings.Repeat("e", 256), "a\x01b"},
		"status":     {"", "Booked", "RJCT"},
		"on":         {"", "2026-02-30", "x"},
		"amount":     {"0.00", "-1.00", "1000000000.01", "x"},
	},
	pipeline.IdentitiesInput: {
		"niss_before": {"", "85210101149", "85010112387", "x"},
		"since":       {"", "2026-02-30", "x"},
	},
}

func TestABadCellIsABadValueThatNamesItsColumn(t *testing.T) {
	for _, input := range pipeline.People.Inputs {
		for column, cells := range badCells[input] {
			for _, cell := range cells {
				if strings.Contains(cell, ",") {
					cell = `"` + cell + `"`
				}
				reject := rejected(t, input, with(input, column, cell), pipeline.BadValue)
				if !strings.HasPrefix(string(reject.Reason), "column "+column+": must ") {
					t.Errorf("%s, column %s, %q: the reason is %q", input, column, cell, reject.Reason)
				}
			}
		}
	}
}

func TestEveryColumnThatIsCheckedHasABadCell(t *testing.T) {
	free := map[string]bool{"niss": true, "last_name": true, "first_name": true, "street": true, "postcode": true, "city": true,
		"country": true, "iban": true, "mandate": true, "addressee": true, "copy_name": true, "copy_street": true,
		"copy_postcode": true, "copy_city": true, "copy_country": true}
	for _, input := range pipeline.People.Inputs {
		for _, column := range readers.Columns(input) {
			if len(badCells[input][column]) == 0 && !free[column] {
				t.Errorf("%s: no bad cell for column %s", input, column)
			}
		}
	}
}

func TestAnEmptyCellOfAnOptionalColumnIsRead(t *testing.T) {
	for _, input := range pipeline.People.Inputs {
		for _, column := range readers.Columns(input) {
			if !mayBeEmpty(input, column) {
				continue
			}
			if o := readText(t, input, with(input, column, "")); o.records() != 1 {
				t.Errorf("%s: an empty %s is rejected: %s", input, column, o.rejects[0].Reason)
			}
		}
	}
}

func TestAWrongNationalNumberIsABadNISS(t *testing.T) {
	for _, input := range pipeline.People.Inputs {
		if input == pipeline.ConfirmationsInput {
			continue // which name nobody
		}
		for _, niss := range []string{"", "85010112388", "8501011238", "850101123870", "85.01.01-123.88", "85.01.01-123.8", "00000000000",
			"x", "8501011238７", "-8501011238"} {
			reject := rejected(t, input, with(input, "niss", niss), pipeline.BadNISS)
			if reject.NISS != 0 || !strings.HasPrefix(string(reject.Reason), "column niss: ") {
				t.Errorf("%s: %+v", input, reject)
			}
		}
	}
}

func TestABadValueComesBeforeABadNISS(t *testing.T) {
	for _, input := range pipeline.People.Inputs {
		for column, cells := range badCells[input] {
			row := strings.Split(with(input, column, cells[len(cells)-1]), ",")
			if column != readers.Columns(input)[0] {
				row[0] = "123"
			}
			rejected(t, input, strings.Join(row, ","), pipeline.BadValue)
		}
	}
}

func TestAnIncomeBeyondTheLimitIsOutOfRange(t *testing.T) {
	for _, income := range []string{"1000000000.01", "-1000000000.01", "99999999999999999999"} {
		reject := rejected(t, pipeline.Revenue, with(pipeline.Revenue, "net_income", income), pipeline.IncomeOutOfRange)
		if !strings.HasPrefix(string(reject.Reason), "column net_income: ") {
			t.Errorf("%q: the reason is %q", income, reject.Reason)
		}
	}
}

func TestAnIncomeAtTheLimitIsRead(t *testing.T) {
	for _, income := range []string{"1000000000.00", "-1000000000", "1000000000,0"} {
		if o := readText(t, pipeline.Revenue, with(pipeline.Revenue, "net_income", `"`+income+`"`)); o.records() != 1 {
			t.Errorf("%q is rejected: %s", income, o.rejects[0].Reason)
		}
	}
}

func TestABadNISSComesBeforeAnIncomeOutOfRange(t *testing.T) {
	row := with(pipeline.Revenue, "net_income", "1000000000.01")
	rejected(t, pipeline.Revenue, "1"+row[1:], pipeline.BadNISS)
}

func TestABadRowComesBeforeABadValue(t *testing.T) {
	for _, input := range pipeline.People.Inputs {
		for column, cells := range badCells[input] {
			rejected(t, input, with(input, column, cells[0])+",,more", pipeline.BadRow)
		}
	}
}

func TestTheFirstBadColumnIsNamed(t *testing.T) {
	reject := rejected(t, pipeline.Payments, "85010112387,x,9,never,much,,,", pipeline.BadValue)
	if !strings.HasPrefix(string(reject.Reason), "column year: ") {
		t.Errorf("the reason is %q", reject.Reason)
	}
}

func TestRejectsHaveTheFileAndTheRow(t *testing.T) {
	valid, bad := validRows[pipeline.Payments], with(pipeline.Payments, "amount", "x")
	o := readText(t, pipeline.Payments, valid, bad, "", valid, "torn", "1"+valid[1:])
	want := []struct {
		row  int64
		code pipeline.Code
	}{{2, pipeline.BadValue}, {4, pipeline.BadRow}, {5, pipeline.BadNISS}}
	if len(o.rejects) != len(want) {
		t.Fatalf("%d rejects", len(o.rejects))
	}
	for i, r := range o.rejects {
		if (r.Place != rows.Place{Row: want[i].row}) || r.Code != want[i].code || r.Input != pipeline.Payments {
			t.Errorf("reject %d: %+v", i, r)
		}
	}
	if list := o.shard.Payments; len(list) != 2 || list[0].Place.Row != 1 || list[1].Place.Row != 3 {
		t.Errorf("the records: %+v", list)
	}
}

func TestTheIncomeOfARejectIsCounted(t *testing.T) {
	o := readText(t, pipeline.Revenue, validRows[pipeline.Revenue], with(pipeline.Revenue, "nature", "x"),
		with(pipeline.Revenue, "net_income", "x"), with(pipeline.Revenue, "net_income", "1000000000.01"),
		"torn,2023,a,2026-06-18,trader,5.00")
	if o.read.Income != 2*-491900 || o.fates[rows.Rejected].Income != -491900 {
		t.Errorf("read %s, rejected %s; want -9838.00 and -4919.00", o.read.Income, o.fates[rows.Rejected].Income)
	}
}
