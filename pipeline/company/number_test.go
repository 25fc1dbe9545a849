package company

import "testing"

func TestEnterpriseNumbers(t *testing.T) {
	for text, want := range map[string]bool{
		"0123456749": true, "0401123308": true, "1000000021": true, "1000000063": false,
		"0123456748": false, "2123456749": false, "012345674": false, "01234567490": false, "012345674x": false, "": false,
		"0123.456.74": false,
	} {
		n, ok := ParseNumber([]byte(text))
		if ok != want {
			t.Errorf("%q is a number: %v, want %v", text, ok, want)
		}
		if ok && n.String() != text {
			t.Errorf("%q comes back as %q", text, n)
		}
	}
}

// A remainder of 0 gives the check digits 97, not 00.
func TestCheckDigitsOfARemainderOfZero(t *testing.T) {
	if _, ok := ParseNumber([]byte("0000009797")); !ok {
		t.Error("0000009797 is refused")
	}
	if _, ok := ParseNumber([]byte("0000009700")); ok {
		t.Error("0000009700 is taken")
	}
}

// A company's structured communication ends with other digits than those of affiliates, and its check digits hold.
func TestStructuredCommunicationOfACompany(t *testing.T) {
	n, _ := ParseNumber([]byte("0401123407"))
	if got := string(n.Dossier().AppendReference(nil, 2024)); got != "040112347453" {
		t.Errorf("the communication is %s", got)
	}
	if got := 401123474 % 97; got != 53 {
		t.Errorf("its check digits are %d", got)
	}
}
