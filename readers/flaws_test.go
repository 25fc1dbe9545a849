package readers_test

import (
	"strings"
	"testing"

	"regul/pipeline"
)

const someNISS pipeline.NISS = 85010112387

// flawOf reads one bad row and returns the flaw that it leaves.
func flawOf(t *testing.T, input pipeline.Input, row string) pipeline.Flaw {
	t.Helper()
	o := readText(t, input, row)
	if len(o.rejects) != 1 || len(o.shard.Flaws) != 1 {
		t.Fatalf("%q: %d rejects and %d flaws", row, len(o.rejects), len(o.shard.Flaws))
	}
	if r := o.rejects[0]; r.NISS != o.shard.Flaws[0].NISS || r.Year != o.shard.Flaws[0].Year {
		t.Errorf("%q: the reject has %d, %d; the flaw %d, %d", row, r.NISS, r.Year, o.shard.Flaws[0].NISS, o.shard.Flaws[0].Year)
	}
	return o.shard.Flaws[0]
}

func TestABadRowHoldsBackTheYearOfItsAffiliate(t *testing.T) {
	for _, c := range []struct {
		input  pipeline.Input
		column string
		year   int16
	}{{pipeline.Account, "quarter", 2023}, {pipeline.Payments, "paid_on", 2023}, {pipeline.Revenue, "nature", 2023}} {
		got := flawOf(t, c.input, with(c.input, c.column, "9"))
		if got.NISS != someNISS || got.Input != c.input || got.Year != c.year {
			t.Errorf("%s: %+v", c.input, got)
		}
	}
}

func TestABadRowHoldsBackItsCommunication(t *testing.T) {
	for _, column := range []string{"communicated_on", "nature", "net_income"} {
		got := flawOf(t, pipeline.Revenue, with(pipeline.Revenue, column, "x"))
		on := pipeline.DateOf(2026, 6, 18)
		if column == "communicated_on" {
			on = 0
		}
		if want := (pipeline.Flaw{NISS: someNISS, Input: pipeline.Revenue, Year: 2023, Communication: "2026-W25-1509696",
			CommunicatedOn: on}); got != want {
			t.Errorf("column %s: %+v", column, got)
		}
	}
}

func TestAnIncomeOutOfRangeHoldsBackItsCommunication(t *testing.T) {
	got := flawOf(t, pipeline.Revenue, with(pipeline.Revenue, "net_income", "1000000000.01"))
	if got.Communication != "2026-W25-1509696" || got.Year != 2023 {
		t.Errorf("%+v", got)
	}
}

func TestABadRowWithoutAYearHoldsBackEveryYear(t *testing.T) {
	for _, year := range []string{"", "x", "1899", "2200"} {
		if got := flawOf(t, pipeline.Payments, with(pipeline.Payments, "year", year)); got.Year != 0 || got.NISS != someNISS {
			t.Errorf("%q: %+v", year, got)
		}
	}
}

func TestABadRowWithoutACommunicationHoldsBackEveryCommunication(t *testing.T) {
	for _, communication := range []string{"", strings.Repeat("c", 256)} {
		got := flawOf(t, pipeline.Revenue, with(pipeline.Revenue, "communication", communication))
		if got.Communication != "" || got.Year != 2023 {
			t.Errorf("%+v", got)
		}
	}
}

func TestATornRowHoldsBackItsAffiliate(t *testing.T) {
	for name, row := range map[string]string{
		"cut off":             "85010112387,2023,1,2023-02",
		"too long":            "85010112387,2023,1,2023-02-06,350,87",
		"NUL":                 "85010112387,2023,1,2023-02-06,3\x0050",
		"open quote":          `85010112387,2023,1,2023-02-06,"350.87`,
		"all quoted, cut off": `"85010112387","2023","1","2023-02-`,
		"quote too many":      `"85010112387","2023","1","2023"-02-06","350.87"`,
		"line of 3 MiB":       "85010112387,2023,1," + strings.Repeat("2023-02-06", 3<<20/10) + ",350.87",
	} {
		got := flawOf(t, pipeline.Payments, row)
		if want := (pipeline.Flaw{NISS: someNISS, Input: pipeline.Payments}); got != want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestABadNationalNumberHoldsNothingBack(t *testing.T) {
	for _, row := range []string{"85010112388,2023,1,2023-02-06,350.87", "85010112388,2023,x,2023-02-06,350.87", "85010112388,2023", ""} {
		if o := readText(t, pipeline.Payments, row); len(o.shard.Flaws) != 0 {
			t.Errorf("%q: %+v", row, o.shard.Flaws)
		}
	}
}

func TestAGoodRowLeavesNoFlaw(t *testing.T) {
	for input, row := range validRows {
		if o := readText(t, pipeline.Input(input), row); len(o.shard.Flaws) != 0 {
			t.Errorf("%s: %+v", pipeline.Input(input), o.shard.Flaws)
		}
	}
}
