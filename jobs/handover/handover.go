// Package handover gives the files of a batch to those who need them and nothing else: letters to the printer, payment files to the bank,
// tables to analysts. It owns who gets what, and that it arrives whole, once, and as published.
package handover

import (
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/storage"
	"regul/pipeline/law"
	"regul/writers/tables"
)

// Part is what one receiver gets.
type Part string

// The parts of a batch.
const (
	Letters  Part = "letters"  // the PDF files of letters
	Payments Part = "payments" // what the bank gets: payment files, and the list of collections to stop
	Tables   Part = "tables"   // of settled years; not rejects, nor the indexes of letters and payments
)

// Parts lists the parts.
func Parts() []Part { return []Part{Letters, Payments, Tables} }

// Delivered is what came of giving one part.
type Delivered struct {
	Part  Part  `json:"part"`
	Files int   `json:"files"`
	Bytes int64 `json:"bytes"`
	There bool  `json:"already_there"` // it was given before, and is as it was
}

// sums is the file of the digests of what is given: sha256sum -c checks it.
const sums = "SHA256SUMS"

// Give copies a part of a published batch into a folder of its name there. It appears by one rename. What was given before is compared
// instead: it must be the same, byte for byte. Drafts and withdrawn batches are given to nobody.
func Give(from storage.Storage, name string, part Part, to storage.Shared) (*Delivered, error) {
	m, err := batch.Find(from, name)
	if err != nil {
		return nil, err
	}
	if state, _, err := ledger.StateOf(from, m); err != nil {
		return nil, err
	} else if state != ledger.Published {
		return nil, jobs.UsageError("%s is %s: it counts for nothing, and is given to nobody", m.Batch, state)
	}
	belongs, err := of(part)
	if err != nil {
		return nil, err
	}
	if m.Expiry != nil && slices.ContainsFunc(m.Removed(), func(f batch.ManifestFile) bool { return belongs(&f) }) {
		return nil, jobs.UsageError("files of %s were removed on %s: the rest of the %s is not given", m.Batch, m.Expiry.On, part)
	}
	g := &giving{from: from, to: to, manifest: m, folder: m.Folder()}
	for i := range m.Files {
		if f := &m.Files[i]; belongs(f) {
			g.files = append(g.files, f)
		}
	}
	d := &Delivered{Part: part, Files: len(g.files)}
	for _, f := range g.files {
		d.Bytes += f.Size
	}
	if len(g.files) == 0 {
		return d, nil
	}
	there, err := to.List(g.folder)
	if err != nil {
		return nil, err
	}
	if d.There = len(there) > 0; d.There {
		return d, g.compare()
	}
	return d, g.give()
}

// of says which files belong to a part.
func of(part Part) (func(*batch.ManifestFile) bool, error) {
	switch part {
	case Letters:
		return func(f *batch.ManifestFile) bool { return path.Ext(f.Path) == ".pdf" }, nil
	case Payments:
		return func(f *batch.ManifestFile) bool {
			return path.Ext(f.Path) == ".xml" || path.Ext(f.Path) == ".csv" && !strings.Contains(path.Dir(f.Path), tables.RejectsTable)
		}, nil
	}
	l, err := law.Standard()
	if err != nil {
		return nil, err
	}
	return func(f *batch.ManifestFile) bool {
		table, _, _ := strings.Cut(f.Path, "/")
		return len(tables.Columns(table, l)) > 0
	}, nil
}

// giving is a part that is being given.
type giving struct {
	from     storage.Storage
	to       storage.Shared
	manifest *batch.Manifest
	folder   string
	files    []*batch.ManifestFile
}

// list is the text of the digests.
func (g *giving) list() string {
	var b strings.Builder
	for _, f := range g.files {
		fmt.Fprintf(&b, "%s  %s\n", f.SHA256, f.Path)
	}
	return b.String()
}

// give copies the files beside their place, and then gives them their place at once.
func (g *giving) give() error {
	unfinished := "." + g.folder
	if err := g.to.Remove(unfinished); err != nil { // what a killed one has left
		return err
	}
	made := []string{}
	for _, f := range append([]*batch.ManifestFile{{Path: sums}}, g.files...) {
		made = folders(made, path.Join(unfinished, path.Dir(f.Path)))
	}
	for _, folder := range made {
		if err := g.to.MakeFolder(folder); err != nil {
			return jobs.UsageError("the folder can't be made: %w", err)
		}
	}
	for _, f := range g.files {
		if err := g.copy(f, unfinished); err != nil {
			return err
		}
	}
	if err := write(g.to, path.Join(unfinished, sums), strings.NewReader(g.list())); err != nil {
		return err
	}
	return g.to.Move(unfinished, g.folder, sums)
}

// folders adds a folder, after those in which it lies.
func folders(made []string, folder string) []string {
	if folder == "." || slices.Contains(made, folder) {
		return made
	}
	return append(folders(made, path.Dir(folder)), folder)
}

// copy copies a file, and makes sure that what has arrived is what was published.
func (g *giving) copy(f *batch.ManifestFile, into string) error {
	file, err := batch.OpenVerified(g.from, g.manifest, f)
	if err != nil {
		return err
	}
	defer file.Close()
	at := path.Join(into, f.Path)
	if err := write(g.to, at, io.NewSectionReader(file, 0, file.Size())); err != nil {
		return err
	}
	return g.same(at, f)
}

func write(to storage.Shared, name string, content io.Reader) error {
	file, err := to.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(struct{ io.Writer }{file}, content)
	return errors.Join(err, file.Sync(), file.Close())
}

// same makes sure that a file there has the digest of the manifest.
func (g *giving) same(name string, f *batch.ManifestFile) error {
	file, err := g.to.Open(name)
	if err != nil {
		return fmt.Errorf("%s can't be read where it was given: %w", f.Path, jobs.Cause(err))
	}
	defer file.Close()
	sum, err := batch.Digest(file)
	if err == nil && sum != f.SHA256 {
		err = fmt.Errorf("%s is there with another content: it was changed since it was given; take it away, and find out by whom", f.Path)
	}
	return err
}

// compare makes sure that what was given before is what would be given now.
func (g *giving) compare() error {
	for _, f := range g.files {
		if err := g.same(path.Join(g.folder, f.Path), f); err != nil {
			return err
		}
	}
	return nil
}
