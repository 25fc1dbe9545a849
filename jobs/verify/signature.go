package verify

import (
	"errors"
	"io"
	"io/fs"

	"regul/jobs/batch"
	"regul/jobs/minisig"
	"regul/jobs/storage"
)

// SignaturesFolder is where the signature of a batch's manifest is looked for unless it is given. Whoever signs puts it there; regul never
// does: it has no secret key, so that who runs it can't sign.
const SignaturesFolder = "signatures"

// SignatureName is the file of the signature of a batch.
func SignatureName(batch string) string { return SignaturesFolder + "/" + batch + minisig.Ending }

// checkSignature makes sure that the owner of a key signed the manifest as it is. The manifest names the digest of every file and of the
// batch before, so that one signature vouches for all of them.
func (v *verifier) checkSignature() error {
	if v.options.PublicKey == nil {
		return nil
	}
	c := v.add("signature", "manifests")
	c.Number = 1
	text, err := v.read(batch.ManifestName)
	if err != nil {
		return err
	}
	signature := v.options.Signature
	name := "the signature"
	if signature == nil {
		name = SignatureName(v.manifest.Batch)
		if signature, err = readSmall(v.options.Out, name); errors.Is(err, fs.ErrNotExist) {
			c.fail(name, 0, "nobody has signed the batch, or the signature is elsewhere: --signature FILE")
			return nil
		} else if err != nil {
			return err
		}
	}
	if c.Note, err = v.options.PublicKey.Check(text, signature); err != nil {
		c.fail(name, 0, "it is not a signature of this manifest by the owner of the key: %v", err)
		c.Note = ""
	}
	return nil
}

// readSmall reads a small file beside the batches.
func readSmall(from storage.Storage, name string) ([]byte, error) {
	file, err := from.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, minisig.MaxFile))
}
