package batch

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"path"

	"regul/jobs/packed"
	"regul/jobs/storage"
)

// Most of the time that it takes to read ten years of manifests is that of their JSON. What they say is therefore kept with the rest that is
// derived of older batches, by the SHA-256 of each manifest: all are still read and digested, and of one that differs the JSON is read.

// DerivedFolder is where what is derived of older batches lies, in the directory of the batches. KnownName is the file in a segment of it
// with what the manifests of its batches say.
const (
	DerivedFolder = ".ledger"
	KnownName     = "manifests"
)

// DerivedOf is the folder of what is derived of the older batches of a job.
func DerivedOf(job Job) string {
	if job == RunJob {
		return DerivedFolder + "/run"
	}
	return DerivedFolder + "/" + string(job)
}

// packedManifest is what a manifest says, by its digest.
type packedManifest struct{ Digest, Manifest string }

var (
	manifestCodec = packed.Of[Manifest]()
	knownCodec    = packed.Of[[]packedManifest]()
)

// knownHeader begins a file of what this program read of manifests: another one may read other fields.
var knownHeader = func() string {
	sum := sha256.Sum256([]byte(manifestCodec.Schema()))
	return "regul manifests 1\n" + string(sum[:])
}()

// PackKnown is what manifests say, as a file. Equal manifests give equal bytes; they end with the SHA-256 of those before.
func PackKnown(s storage.Storage, manifests []*Manifest) ([]byte, error) {
	list := make([]packedManifest, len(manifests))
	for i, m := range manifests {
		if m.Expiry != nil { // files were removed since it was written
			var err error
			if m, err = readWritten(s, m.Folder(), nil); err != nil {
				return nil, err
			}
		}
		list[i] = packedManifest{m.Digest, string(manifestCodec.Append(nil, m))}
	}
	content := knownCodec.Append([]byte(knownHeader), &list)
	sum := sha256.Sum256(content)
	return append(content, sum[:]...), nil
}

// PackedAlike says whether two files of what manifests say are of one form: a program reads no other form than its own.
func PackedAlike(a, b []byte) bool {
	return bytes.HasPrefix(a, []byte(knownHeader)) && bytes.HasPrefix(b, []byte(knownHeader))
}

// known is what manifests say, packed, by their digests.
type known map[string]string

// readKnown reads what is kept of manifests. What was changed is as if it were not there.
func readKnown(s storage.Storage) (known, error) {
	k := known{}
	for _, about := range Abouts() {
		segments, err := s.List(DerivedOf(about.Job))
		if err != nil {
			return nil, err
		}
		for _, segment := range segments {
			content, err := ReadBytes(s, path.Join(DerivedOf(about.Job), segment, KnownName))
			if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errTooLarge) { // nobody wrote so much
				continue
			}
			if err != nil {
				return nil, err
			}
			k.add(content)
		}
	}
	return k, nil
}

// add takes the manifests of a file, if it is whole.
func (k known) add(file []byte) {
	at := len(file) - sha256.Size
	if at < 0 {
		return
	}
	sum := sha256.Sum256(file[:at])
	content, ours := bytes.CutPrefix(file[:at], []byte(knownHeader))
	var list []packedManifest
	if !ours || !bytes.Equal(sum[:], file[at:]) || knownCodec.Read(string(content), &list) != nil {
		return
	}
	for _, m := range list {
		k[m.Digest] = m.Manifest
	}
}

// find is the manifest of a digest; false where nothing is kept of it.
func (k known) find(digest string, m *Manifest) bool {
	text, found := k[digest]
	if found && manifestCodec.Read(text, m) != nil {
		*m, found = Manifest{}, false
	}
	m.IsKnown = found
	return found
}
