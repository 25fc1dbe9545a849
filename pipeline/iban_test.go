package pipeline_test

import (
	"strings"
	"testing"

	"regul/pipeline"
)

// The example numbers of the registry of ISO 13616 are read, with spaces and in small letters.
func TestExampleNumbersAreAccounts(t *testing.T) {
	for _, text := range []string{
		"BE68 5390 0754 7034", "FR14 2004 1010 0505 0001 3M02 606", "NL91 ABNA 0417 1643 00", "DE89 3704 0044 0532 0130 00",
		"LU28 0019 4006 4475 0000", "GB29 NWBK 6016 1331 9268 19", "MT84 MALT 0110 0001 2345 MTLC AST0 01S", "no93 8601 1117 947",
	} {
		iban, ok := pipeline.ParseIBAN(text)
		if !ok || iban.Spaced() != strings.ToUpper(text) {
			t.Errorf("%s: %v, %s", text, ok, iban.Spaced())
		}
	}
}

// Any one wrong digit, a wrong length, a strange country or letter is refused.
func TestWrongNumbersAreNoAccounts(t *testing.T) {
	for i := range "BE68539007547034" {
		if i < 2 {
			continue
		}
		wrong := []byte("BE68539007547034")
		wrong[i] = '0' + (wrong[i]-'0'+1)%10
		if _, ok := pipeline.ParseIBAN(string(wrong)); ok {
			t.Errorf("%s is taken for an account", wrong)
		}
	}
	for _, text := range []string{"", "BE", "BE6853900754703", "BE685390075470344", "XX68539007547034", "US68539007547034",
		"BE6853900754703é", "-BE68539007547034", "BE68_5390_0754_7034"} {
		if _, ok := pipeline.ParseIBAN(text); ok {
			t.Errorf("%q is taken for an account", text)
		}
	}
}
