package verify

import (
	"slices"

	"regul/jobs/batch"
	"regul/jobs/outgoing"
	"regul/writers/payments"
)

// checkOutgoing makes sure that the batch has the letters and payments that it says to have. One of before there were any
// says nothing.
func (v *verifier) checkOutgoing() {
	parameters := &v.manifest.Parameters
	if parameters.Outgoing == "" || !v.subject.hasPayments {
		return
	}
	c := v.add("outgoing", "kinds")
	for _, kind := range []struct{ name, index string }{{outgoing.WithoutNotices, noticesIndex},
		{outgoing.WithoutPayments, payments.PeopleIndex.File}} {
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
