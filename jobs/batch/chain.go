package batch

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"regul/jobs/storage"
)

// Link names a batch and its content: who builds on it says which content that was, and with it all on which that one builds.
type Link struct {
	Batch  string `json:"batch"`
	SHA256 string `json:"sha256"` // of its manifest
}

// LinkTo names a batch that was read.
func LinkTo(m *Manifest) *Link { return &Link{m.Batch, m.Digest} }

// Told is the digest of the manifest as people are told it: in groups of eight digits, so that none of it looks like a national number.
func (m *Manifest) Told() string { return told(m.Digest) }

// Told is the digest of the file as people are told it.
func (f *ManifestFile) Told() string { return told(f.SHA256) }

func told(digest string) string {
	var groups []string
	for group := range slices.Chunk([]byte(digest), 8) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, "-")
}

// SortByAge sorts the batches of one job: each before those that build on it. The number of batches on which one builds tells; of
// those that were withdrawn several may have the same.
func SortByAge(batches []*Manifest) {
	slices.SortStableFunc(batches, func(a, b *Manifest) int { return cmp.Compare(a.Earlier, b.Earlier) })
}

// Before reads the batches on which one builds, the earliest first, and makes sure that each is the one on which the next was made. In
// the first format a batch names all of them, in the second the last one. Those that were withdrawn when it was made are left out, and of
// the others the rows of whom they were withdrawn by then.
func Before(storage storage.Storage, m *Manifest) ([]*Manifest, error) {
	chain, err := chainTo(storage, m)
	if err != nil {
		return nil, err
	}
	chain = slices.DeleteFunc(chain, func(earlier *Manifest) bool {
		return slices.ContainsFunc(m.Withdrawn, func(w Withdrawal) bool { return w.Batch == earlier.Batch })
	})
	parts, err := PartsKnownTo(storage, m)
	LeaveOut(chain, parts)
	return chain, err
}

// chainTo reads the batches before one, also those that were withdrawn after others were made on them.
func chainTo(storage storage.Storage, m *Manifest) ([]*Manifest, error) {
	var chain []*Manifest
	for m.Previous != nil {
		previous, err := ReadManifest(storage, Prefix+m.Previous.Batch)
		if err != nil {
			return nil, fmt.Errorf("%s builds on it: %w", m.Folder(), err)
		}
		if err := m.Follows(previous); err != nil {
			return nil, err
		}
		chain, m = append(chain, previous), previous
	}
	var first []*Manifest
	for _, name := range m.Ledger {
		earlier, err := ReadManifest(storage, Prefix+name)
		if err != nil {
			return nil, fmt.Errorf("%s builds on it: %w", m.Folder(), err)
		}
		first = append(first, earlier)
	}
	SortByAge(first)
	slices.Reverse(chain)
	return append(first, chain...), nil
}

// Follows makes sure that the previous batch is the one on which this one was made.
func (m *Manifest) Follows(previous *Manifest) error {
	if *m.Previous != *LinkTo(previous) {
		return fmt.Errorf("%s/%s was changed since %s was made on it: restore it from a copy", previous.Folder(), ManifestName, m.Folder())
	}
	if m.Earlier != previous.Earlier+1 || m.Job != previous.Job {
		return fmt.Errorf("%s says that it builds on %d batches, but %s, the last of them, builds on %d", m.Folder(), m.Earlier,
			previous.Folder(), previous.Earlier)
	}
	return nil
}

// CheckChain makes sure that of the batches that count none is gone on which another was made, and that none was changed since. Earlier
// ones, and those that were withdrawn since, may be given by the digests of their manifests alone.
func CheckChain(batches []*Manifest, earlier map[string]string) error {
	digests := maps.Clone(earlier)
	if digests == nil {
		digests = map[string]string{}
	}
	for _, m := range batches {
		digests[m.Batch] = m.Digest
	}
	for _, m := range batches {
		builtOn := m.LedgerDigests // some of format 1 have none
		if m.Previous != nil {
			builtOn = map[string]string{m.Previous.Batch: m.Previous.SHA256}
		}
		for _, name := range slices.Sorted(maps.Keys(builtOn)) {
			if digest := digests[name]; digest != "" && digest != builtOn[name] {
				return fmt.Errorf("%s%s/%s was changed since %s was made on it: restore it from a copy", Prefix, name, ManifestName,
					m.Folder())
			}
		}
		names := m.Ledger
		if m.Previous != nil {
			names = []string{m.Previous.Batch}
		}
		for _, name := range names {
			if digests[name] == "" {
				return fmt.Errorf("%s builds on %s%s, which is gone: restore it from a copy, or its affiliates would be billed anew",
					m.Folder(), Prefix, name)
			}
		}
	}
	return nil
}
