package verify

import (
	"regexp"
	"strings"

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

// checkLedger makes sure that the batches on which this one builds are there, each as it was when the next was made on it, and
// so of what was withdrawn of them for some; and that the batch is the one that is expected, if its digest was given.
func (v *verifier) checkLedger() error {
	c := v.add("ledger", "earlier batches")
	if v.options.Expect != "" {
		hold(c, batch.ManifestName, "the SHA-256 of the manifest", v.manifest.Digest,
			strings.ReplaceAll(strings.ToLower(v.options.Expect), "-", ""))
	}
	for m := v.manifest; m != nil; {
		c.Number += int64(len(m.Ledger))
		v.checkNamed(c, m)
		if m.Previous == nil {
			break
		}
		c.Number++
		m = v.checkPrevious(c, m)
	}
	if _, err := batch.PartsKnownTo(v.options.Out, v.manifest); err != nil {
		c.fail(batch.ManifestName, 0, "%v", err)
	}
	v.checkBeside(c)
	return nil
}

// checkNamed makes sure of the batches that one of format 1 names.
func (v *verifier) checkNamed(c *Check, m *batch.Manifest) {
	for i, name := range m.Ledger {
		earlier, err := batch.ReadManifest(v.options.Out, batch.Prefix+name)
		recorded := m.LedgerDigests[name]
		switch {
		case err != nil:
			c.fail(batch.ManifestName, 0, "the batch builds on %s%s, which is not there", batch.Prefix, name)
		case name == m.Batch || i > 0 && m.Ledger[i-1] >= name:
			c.fail(batch.ManifestName, 0, "%s stands out of order in the ledger", name)
		case recorded != "" && recorded != earlier.Digest:
			c.fail(batch.ManifestName, 0, "%s was changed since %s was made on it", earlier.Folder(), m.Folder())
		case v.options.Chain:
			v.checkEarlier(c, earlier)
		}
	}
}

// checkPrevious makes sure of the batch that one names as the last before it, and returns it; nil where it is not there.
func (v *verifier) checkPrevious(c *Check, m *batch.Manifest) *batch.Manifest {
	previous, err := batch.ReadManifest(v.options.Out, batch.Prefix+m.Previous.Batch)
	if err != nil {
		c.fail(batch.ManifestName, 0, "the batch builds on %s%s, which is not there", batch.Prefix, m.Previous.Batch)
		return nil
	}
	if err := m.Follows(previous); err != nil {
		c.fail(batch.ManifestName, 0, "%v", err)
	} else if v.options.Chain {
		v.checkEarlier(c, previous)
	}
	return previous
}

// checkEarlier holds the files of an earlier batch against its manifest.
func (v *verifier) checkEarlier(c *Check, m *batch.Manifest) {
	for i := range m.Files {
		if err := batch.Unchanged(v.options.Out, m.Folder(), &m.Files[i]); err != nil {
			c.fail(batch.ManifestName, 0, "%s/%s is not the file that was published", m.Folder(), m.Files[i].Path)
		}
	}
}
