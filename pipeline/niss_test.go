package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"regul/pipeline"
)

// Numbers of either century, and BIS numbers (month + 20, month + 40). The checks were worked out by hand: 97 less
// the remainder of the first nine digits, with a 2 before them for those born from 2000 on.
func TestNationalNumbers(t *testing.T) {
	for _, c := range []struct {
		text, about string
		valid       bool
	}{
		{"85073003328", "born in 1985: 850730033 mod 97 = 69", true},
		{"17073003384", "born in 2017: 2170730033 mod 97 = 13", true},
		{"17073003355", "the same digits of 1917: 170730033 mod 97 = 42", true},
		{"85273003371", "BIS, sex unknown: 852730033 mod 97 = 26", true},
		{"85473003317", "BIS, sex known: 854730033 mod 97 = 80", true},
		{"85073003329", "one more", false},
		{"85073003327", "one less", false},
		{"85073033028", "two digits changed places", false},
		{"85073003300", "a check is 1 to 97", false},
		{"00000000000", "nobody", false},
		{"8507300332", "ten digits", false},
		{"850730033280", "twelve digits", false},
		{"85.07.30-033.28", "as it is printed", true},
		{"85 07 30 033\u00a028", "with blanks", true},
		{"-85073003328", "a sign", false},
		{"85.07.30-033.29", "printed, one more", false},
		{"8507300332x", "a letter", false},
		{" 8507300332", "a space", false},
		{"", "nothing", false},
	} {
		niss, ok := pipeline.ParseNISS([]byte(c.text))
		if ok != c.valid {
			t.Errorf("%q (%s): valid %t", c.text, c.about, ok)
		}
		if ok && niss.String() != strings.NewReplacer(".", "", "-", "", " ", "", "\u00a0", "").Replace(c.text) {
			t.Errorf("%q is written %q", c.text, niss)
		}
	}
}

// Of the hundred checks that nine digits can have, only that of each century is right.
func TestNineDigitsHaveOneCheckForEachCentury(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	for range 2000 {
		first := rng.Int64N(1e9)
		for check := range int64(100) {
			_, ok := pipeline.ParseNISS(fmt.Appendf(nil, "%09d%02d", first, check))
			// The check makes the whole divisible: first + check and first + 2 000 000 000 + check.
			want := check > 0 && check <= 97 && ((first+check)%97 == 0 || (2_000_000_000+first+check)%97 == 0)
			if ok != want {
				t.Fatalf("%09d%02d: valid %t", first, check, ok)
			}
		}
	}
}

func FuzzParseNISS(f *testing.F) {
	for _, text := range []string{"85073003328", "17073003384", "00000000097", "", "8507300332\x00"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if niss, ok := pipeline.ParseNISS(text); ok && (niss.String() != string(text) || !niss.Valid()) {
			t.Errorf("%q became %q", text, niss)
		}
	})
}

// 12 digits: the dossier, the year, and the first ten modulo 97.
func TestStructuredCommunication(t *testing.T) {
	for _, c := range []struct {
		dossier string
		year    int
		want    string
	}{
		{"1", 2024, "000000012427"},        // 124 mod 97 = 27
		{"00000001", 2024, "000000012427"}, // leading zeros change nothing
		{"12345678", 2024, "123456782433"}, // 1234567824 mod 97 = 33
		{"97", 2000, "000000970097"},       // 9700 mod 97 = 0, written 97
		{"0", 2097, "000000009797"},
		{"99999999", 2099, "999999999948"},
	} {
		d, ok := pipeline.ParseDossier([]byte(c.dossier))
		if got := string(d.AppendReference(nil, c.year)); !ok || got != c.want {
			t.Errorf("%s of %d = %s (%t), want %s", c.dossier, c.year, got, ok, c.want)
		}
		if got := string(d.Append(nil)); got != c.dossier {
			t.Errorf("the dossier %s is written %s", c.dossier, got)
		}
	}
}

func TestWhatIsNoDossier(t *testing.T) {
	for _, text := range []string{"", "123456789", "12a", "-1", "1 2", "+12", "1.0"} {
		if d, ok := pipeline.ParseDossier([]byte(text)); ok {
			t.Errorf("%q was read as %+v", text, d)
		}
	}
}
