package verify

import (
	"slices"

	"regul/pipeline"
	"regul/pipeline/law/reference"
)

// holdNumbers checks who a regularisation is of: the check digits of the national number and of the reference, the version
// and the language.
func holdNumbers(v *verifier, y *verifiedCase, c *Check) {
	for i := range y.settled {
		r := &y.settled[i]
		c.Number++
		fail := func(what string) { c.fail(r.file, r.row, "%s", what) }
		if !reference.ValidNISS(r.niss) {
			fail("its national number does not have 11 digits with right check digits")
		}
		if want := referenceText(r.dossier, r.year); r.reference != want {
			fail("its reference is not the one of its dossier and year")
		}
		if r.version < 1 {
			fail("its version is not 1 or more")
		}
		if r.version > 1 && v.manifest.Earlier == 0 {
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

// referenceText is the structured communication of a dossier and year; "" if the dossier is none.
func referenceText(dossier string, year int) string {
	text, _ := reference.PaymentReference(dossier, year)
	return text
}
