package verify

import (
	"slices"

	"regul/jobs/batch"
	"regul/jobs/outgoing"
	"regul/writers/notice/index"
)

// checkOutgoing makes sure that the batch has the letters and payments that it says to have. One of before there were any
// says nothing, and one of companies of before the money ledger may have had no payment files yet.
func (v *verifier) checkOutgoing() {
	parameters := &v.manifest.Parameters
	if parameters.Outgoing == "" || v.subject.laterPayments && !v.manifest.MoneyLedger {
		return
	}
	c := v.add("outgoing", "kinds")
	for _, kind := range []struct{ name, index string }{{outgoing.WithoutNotices, index.Part(v.subject.Notices)},
		{outgoing.WithoutPayments, v.subject.Money.File}} {
		named := slices.ContainsFunc(v.manifest.Files, func(f batch.ManifestFile) bool { return f.Path == kind.index })
		without := slices.Contains(parameters.Without, kind.name)
		c.that(named != without, batch.ManifestName, 0, "the batch has %s, or says that it goes without, and not both or neither",
			kind.name)
	}
	for _, name := range parameters.Without {
		c.that(name == outgoing.WithoutNotices || name == outgoing.WithoutPayments, batch.ManifestName, 0, "it goes without "+
			"something that is not known")
	}
	c.that(digestForm.MatchString(parameters.Outgoing), batch.ManifestName, 0, "outgoing is no SHA-256")
}
