package verify

import (
	"path"
	"sync"

	"golang.org/x/sync/errgroup"

	"regul/jobs/batch"
)

// checkFiles holds every file against its size and SHA-256 in the manifest.
func (v *verifier) checkFiles() error {
	c := v.add("digests", "files")
	var mutex sync.Mutex
	var group errgroup.Group
	group.SetLimit(v.options.Workers)
	for i := range v.manifest.Files {
		f := &v.manifest.Files[i]
		group.Go(func() error {
			fault := v.fileFault(f)
			mutex.Lock()
			defer mutex.Unlock()
			one := Check{Number: 1}
			if fault != "" {
				one.fail(f.Path, 0, "%s", fault)
				v.damaged[f.Path] = true
			}
			c.merge(&one)
			return nil
		})
	}
	return group.Wait()
}

// fileFault is how a file differs from what the manifest says; "" if it doesn't.
func (v *verifier) fileFault(f *batch.ManifestFile) string {
	file, err := v.open(f.Path)
	if err != nil {
		return "it can't be opened: " + cause(err).Error()
	}
	defer file.Close()
	sum, err := digest(file)
	switch {
	case err != nil:
		return "it can't be read: " + cause(err).Error()
	case file.Size() != f.Size:
		return "its size is not that of the manifest"
	case f.Rows != 0 && path.Ext(f.Path) == ".html":
		return "it has rows in the manifest, but is no table of rows"
	case sum != f.SHA256:
		return "its SHA-256 is not that of the manifest"
	case f.Ranges == nil:
		return ""
	}
	ranges, err := batch.RangesOf(file)
	if err != nil {
		return "it can't be read: " + cause(err).Error()
	}
	if ranges == nil || *ranges != *f.Ranges {
		return "its numbers are in other ranges than the manifest says"
	}
	return ""
}

// checkFolder makes sure that the folder holds nothing that the manifest does not name.
func (v *verifier) checkFolder() error {
	c := v.add("folder", "entries")
	entries, strays := batch.Strays(v.options.Out, v.manifest)
	c.Number = entries
	for _, stray := range strays {
		c.fail(stray.Path, 0, "%s", stray.What)
	}
	return nil
}
