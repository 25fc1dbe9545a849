package tables_test

import (
	"testing"

	"regul/pipeline"
	"regul/writers/tables"
)

// Every role has a number without any setting.
func TestEveryRoleHasADefaultNumber(t *testing.T) {
	chart, err := tables.ParseChart(nil)
	if err != nil || chart != tables.DefaultChart() {
		t.Errorf("%v, %v", chart, err)
	}
	for role, number := range chart {
		if number == "" {
			t.Errorf("%s has no number", pipeline.Role(role))
		}
	}
}

// A given number replaces the default one of its role alone.
func TestChartTakesTheNumbersOfTheFund(t *testing.T) {
	chart, err := tables.ParseChart(map[string]string{"surcharges": "748000"})
	want := tables.DefaultChart()
	want[pipeline.SurchargesRole] = "748000"
	if err != nil || chart != want {
		t.Errorf("%v, want %v, %v", chart, want, err)
	}
}

// All faults are told at once, in a fixed order.
func TestChartFaultsAreToldAtOnce(t *testing.T) {
	_, err := tables.ParseChart(map[string]string{"receivable": "400000", "refunds": "1", "fees": " ", "offset": "499 000",
		"bank": "550000"})
	if err == nil {
		t.Fatal("no error")
	}
	const roles = "the roles are receivable, contributions, fees, surcharges, refund_payable, offset"
	want := `accounts: there is no role "bank": ` + roles + `
accounts: fees has no number: give one, or leave the role out for 704000
accounts: the number of offset, "499 000", holds a space or a control character
accounts: there is no role "refunds": ` + roles
	if err.Error() != want {
		t.Errorf("%s\nwant\n%s", err, want)
	}
}
