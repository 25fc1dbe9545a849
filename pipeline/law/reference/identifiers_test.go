package reference_test

import (
	"testing"

	"regul/pipeline/law/reference"
)

func TestNationalNumbers(t *testing.T) {
	for number, want := range map[string]bool{
		"85073003328": true,  // 97 - 850730033 mod 97 = 28
		"00012556777": true,  // born in 2000: 97 - 2000125567 mod 97 = 77
		"85073003329": false, // another check
		"8507300332":  false, // ten digits
		"85.07.30-03": false,
	} {
		if reference.ValidNISS(number) != want {
			t.Errorf("%s is valid: %t", number, !want)
		}
	}
}

func TestEnterpriseNumbers(t *testing.T) {
	for number, want := range map[string]bool{"0202239951": true, "0202239952": false, "2202239951": false, "202239951": false,
		"020223995x": false} {
		if reference.ValidEnterprise(number) != want {
			t.Errorf("%s is valid: %t", number, !want)
		}
	}
}
