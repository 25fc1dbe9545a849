package verify

import (
	"regexp"
	"slices"

	"regul/jobs/batch"
)

// batchForm is how a batch is called: its day, and eight digits of a digest.
var batchForm = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8}$`)

// digestForm is a SHA-256 in hexadecimal.
var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// checkName holds the batch's name against its form and its day.
func (v *verifier) checkName() error {
	c := v.add("name", "names and digests")
	form := batchForm.FindStringSubmatch(v.manifest.Batch)
	c.that(form != nil, batch.ManifestName, 0, "the batch's name is not a day and eight hexadecimal digits")
	if form != nil {
		hold(c, batch.ManifestName, "the day in the batch's name", form[1], v.manifest.AsOf)
	}
	c.that(digestForm.MatchString(v.manifest.LawVersion), batch.ManifestName, 0, "law_version is no SHA-256")
	for i := range v.manifest.Inputs {
		c.that(digestForm.MatchString(v.manifest.Inputs[i].SHA256), batch.ManifestName, 0, "the sha256 of input file %d is none", i+1)
	}
	return nil
}

// checkLedger makes sure that the batches on which this one builds are there, once each and in order.
func (v *verifier) checkLedger() error {
	c := v.add("ledger", "earlier batches")
	names, err := v.options.Out.List(".")
	if err != nil {
		return err
	}
	for i, earlier := range v.manifest.Ledger {
		c.Number++
		switch {
		case !slices.Contains(names, batch.Prefix+earlier):
			c.fail(batch.ManifestName, 0, "the batch builds on %s%s, which is not there", batch.Prefix, earlier)
		case earlier == v.manifest.Batch || i > 0 && v.manifest.Ledger[i-1] >= earlier:
			c.fail(batch.ManifestName, 0, "%s stands out of order in the ledger", earlier)
		}
	}
	return nil
}
