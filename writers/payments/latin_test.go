package payments_test

import (
	"strings"
	"testing"

	"regul/writers/payments"
)

// Names come out in the letters that every bank of SEPA reads.
func TestNamesInLatinLetters(t *testing.T) {
	for text, want := range map[string]string{
		"Anne Peeters":   "Anne Peeters",
		"Éloïse Lefèvre": "Eloise Lefevre",
		"ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ": "AAAAAACEEEEIIIINOOOOOUUUUY",
		"Straße ẞ":                  "Strasse Ss",
		"Œuvre sœur Æsop":           "Oeuvre soeur Aesop",
		"Łukasz Wałęsa":             "Lukasz Walesa",
		"Søren Ørsted Þór Đorđe":    "Soren Orsted Thor Dorde",
		"İbrahim Yıldız Güneş Ağaç": "Ibrahim Yildiz Gunes Agac",
		"Čapek Dvořák Šťastný":      "Capek Dvorak Stastny",
		"Ștefan Țepeș":              "Stefan Tepes",
		"Γιώργος Παπαδόπουλος":      "Giorgos Papadopoylos",
		"Χρήστος Ψαράς Θεός":        "Christos Psaras Theos",
		"Иван Щербаков Юлия":        "Ivan Shterbakov Yuliya",
		"Жёлтый Ћосић Ђорђе":        "Zheltyy Cosic Djordje",
		"Київ Ґалаґан":              "Kiyiv Galagan",
		"Nguyễn Thị Hường":          "Nguyen Thi Huong",
		"O’Neill ‘t Serstevens":     "O'Neill 't Serstevens",
		"Müller – Huber & Söhne":    "Muller - Huber + Sohne",
		"de\u0301compose\u0301":     "decompose", // accents apart
		"ﬁnance Ｔｏｋｙｏ":              "finance Tokyo",
		"a\u00a0b\tc\nd":            "a b c d",
		"soft\u00adhyphen\u200b":    "softhyphen",
		"李 Wang":                    "Wang",
		"Wang 李 Li":                 "Wang Li",
		"  spaces   in  it ":        "spaces in it",
		"//a//b/ /c//":              "a/b/ /c",
		"<b>&amp;\"x\"</b>":         "b +amp, x /b",
		"\xff\xfeAnne":              "Anne",
		"(x) ?:.,'+-":               "(x) ?:.,'+-",
	} {
		if got := payments.ToLatin(text, 70); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// What holds no letter and no digit is no name.
func TestNothingLeftOfAName(t *testing.T) {
	for _, text := range []string{"", " ", "/", "///", "-", ". , '", "李小龍", "محمد", "\u0301", "\xff", "\x00"} {
		if got := payments.ToLatin(text, 70); got != "" {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// A long name is cut, also in the middle of what a letter becomes, and does not end in a blank or a slash.
func TestNamesAreCut(t *testing.T) {
	for text, want := range map[string]string{
		strings.Repeat("a", 71):          strings.Repeat("a", 70),
		strings.Repeat("a", 69) + "ß":    strings.Repeat("a", 69) + "s",
		strings.Repeat("a", 69) + " b":   strings.Repeat("a", 69),
		strings.Repeat("a", 68) + " / b": strings.Repeat("a", 68),
		strings.Repeat("é", 71):          strings.Repeat("e", 70),
	} {
		if got := payments.ToLatin(text, 70); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A name that no bank can read is replaced by the dossier.
func TestNamelessIsTheDossier(t *testing.T) {
	a := person(1)
	a.Contact.FirstName, a.Contact.LastName = "李", "小龍"
	files, _ := write(t, 0, nil, settle(a, refund(2023, 1), claim(2022, 1)))
	for _, tx := range bank(t, files) {
		if tx.name != "00000101" {
			t.Errorf("%+v", tx)
		}
	}
}

// A mandate's reference is sent as it is or not at all.
func TestReferencesOfMandates(t *testing.T) {
	for text, want := range map[string]bool{
		"MDT16580769-2": true, "a": true, "A/b-1?:().,'+ x": true, strings.Repeat("9", 35): true,
		"": false, strings.Repeat("9", 36): false, "/a": false, "a/": false, "a//b": false, " a": false, "a ": false, "é": false,
		"a_b": false, "a\x00": false, "\xff": false, "a\nb": false, "<a>": false,
	} {
		if payments.IsIdentifier(text) != want {
			t.Errorf("%q: not %v", text, want)
		}
	}
}

// An account needs more than a remainder of 1: digits where they must stand, and the Belgian check digits.
func TestAccounts(t *testing.T) {
	for text, want := range map[string]bool{
		belgian: true, german: true, british: true, "BE68539007547034": true, "be68 5390 0754 7034": true,
		"BE68539007547035": false, "US32954995642502": false, "": false, "BE": false, "BE6853900754703": false,
		"BE6\xff539007547034": false, withCheckDigits("BE", "539007547035"): false, // right for ISO, not a Belgian number
		withCheckDigits("BE", "53900754703A"): false,
		withCheckDigits("BE", "954995642502"): true,
		withCheckDigits("BE", "000000009797"): true, // the remainder 0 is written 97
		withCheckDigits("BE", "000000009700"): false,
		"LT9" + "9":                           false,
	} {
		if payments.IsAccount(text) != want {
			t.Errorf("%q: not %v", text, want)
		}
	}
}
