package fund_test

import (
	"strings"
	"testing"

	"regul/writers/fund"
)

func TestSpecimenIsWhole(t *testing.T) {
	if err := fund.Specimen().Check(); err != nil {
		t.Error(err)
	}
}

// Everything that is missing or wrong is said at once, by the name of its setting.
func TestAllFaultsAreSaid(t *testing.T) {
	f := fund.Specimen()
	f.Name[2], f.Postcode, f.IBAN, f.BIC, f.CreditorID, f.Enterprise = " ", "", "BE68539007547035", "AAAABEB", "BE82ZZZ0123456749",
		"0123456748"
	err := f.Check()
	if err == nil {
		t.Fatal("there are faults")
	}
	for _, setting := range []string{"fund.name: is missing in nl", "fund.postcode", "fund.iban", "fund.bic", "fund.creditor_id",
		"fund.enterprise"} {
		if !strings.Contains(err.Error(), setting) {
			t.Errorf("%q does not say %s", err, setting)
		}
	}
}

// A fund without direct debits has no creditor identifier.
func TestCreditorIdentifierMayBeMissing(t *testing.T) {
	f := fund.Specimen()
	f.CreditorID = ""
	if err := f.Check(); err != nil {
		t.Error(err)
	}
}
