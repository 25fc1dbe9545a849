package verify

import (
	"fmt"
	"slices"
	"strconv"

	"regul/pipeline"
)

// holdNumbers checks who a regularisation is of: the check digits of the national number and of the reference, the version
// and the language.
func holdNumbers(v *verifier, y *verifiedCase, c *Check) {
	for i := range y.settled {
		r := &y.settled[i]
		c.Number++
		fail := func(what string) { c.fail(r.file, r.row, "%s", what) }
		if !validNISS(r.niss) {
			fail("its national number does not have 11 digits with right check digits")
		}
		if want := referenceText(r.dossier, r.year); r.reference != want {
			fail("its reference is not the one of its dossier and year")
		}
		if r.version < 1 {
			fail("its version is not 1 or more")
		}
		if r.version > 1 && len(v.manifest.Ledger) == 0 {
			fail("it corrects an earlier version, but the batch builds on no other")
		}
		if r.version == 1 && r.rechecked {
			fail("it was rechecked, but it is the first version")
		}
		if r.communication == "" {
			fail("it names no communication")
		}
		if r.language == "" || !slices.Contains(pipeline.Languages(), r.language) {
			fail("its language is none of the list")
		}
	}
}

// validNISS checks a national number: 11 digits, of which the last two are 97 less the first nine modulo 97; for those born
// from 2000 the nine follow a 2.
func validNISS(text string) bool {
	if len(text) != 11 {
		return false
	}
	number, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return false
	}
	nine, check := number/100, number%100
	return check == 97-nine%97 || check == 97-(2_000_000_000+nine)%97
}

// referenceText is the structured communication of a dossier (1 to 8 digits) and year: the dossier in 8 digits, two of the
// year, and the ten modulo 97, where 0 is written 97. "" if the dossier is none.
func referenceText(dossier string, year int) string {
	number, err := strconv.ParseUint(dossier, 10, 64)
	if err != nil || len(dossier) > 8 {
		return ""
	}
	ten := number*100 + uint64(year%100)
	check := ten % 97
	if check == 0 {
		check = 97
	}
	return fmt.Sprintf("%010d%02d", ten, check)
}
