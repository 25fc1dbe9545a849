// Package handover gives the files of a batch to those who need them and nothing else: letters to the printer, payment files to the bank,
// tables to analysts. It owns who gets what, that it arrives whole, once, and as published, and that only its recipients can read it.
package handover

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"filippo.io/age"

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
	// only the recipients of age that were named can read the files
	Encrypted bool `json:"encrypted,omitempty"`
}

// sums is the file of the digests of what is given: sha256sum -c checks it.
const sums = "SHA256SUMS"

// encryptedEnding ends the name of a file that is encrypted.
const encryptedEnding = ".age"

// Give copies a part of a published batch into a folder of its name there. It appears by one rename. What was given before is compared
// instead: it must be the same, byte for byte. Drafts and withdrawn batches are given to nobody. With recipients each file is encrypted, so
// that they alone can read it. A batch that was withdrawn for some alone is given where somebody insists: what concerns them is in its
// files.
func Give(from storage.Storage, name string, part Part, to storage.Shared, recipients []age.Recipient, insist bool) (*Delivered, error) {
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
	g := &giving{from: from, to: to, recipients: recipients, manifest: m, folder: m.Folder()}
	for i := range m.Files {
		if f := &m.Files[i]; belongs(f) {
			g.files = append(g.files, f)
		}
	}
	d := &Delivered{Part: part, Files: len(g.files), Encrypted: len(recipients) > 0}
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
	some, err := ledger.WithdrawnFor(from, m)
	if err != nil {
		return nil, err
	}
	if some > 0 && !insist {
		return nil, jobs.UsageError("%s was withdrawn for %d since: their %s are in its files; stop them where they are given, and insist with "+
			"--although-withdrawn", m.Batch, some, part)
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
	from       storage.Storage
	to         storage.Shared
	recipients []age.Recipient // who alone can read it; none: as it is
	manifest   *batch.Manifest
	folder     string
	files      []*batch.ManifestFile
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
	var list strings.Builder
	for _, f := range g.files {
		sum, err := g.copy(f, unfinished)
		if err != nil {
			return err
		}
		fmt.Fprintf(&list, "%s  %s\n", sum, g.named(f))
	}
	if _, err := write(g.to, path.Join(unfinished, sums), strings.NewReader(list.String()), nil); err != nil {
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

// named is the name of a file where it is given.
func (g *giving) named(f *batch.ManifestFile) string {
	if len(g.recipients) > 0 {
		return f.Path + encryptedEnding
	}
	return f.Path
}

// copy copies a file, makes sure that what has arrived is what was sent, and gives its digest.
func (g *giving) copy(f *batch.ManifestFile, into string) (sum string, err error) {
	file, err := batch.OpenVerified(g.from, g.manifest, f)
	if err != nil {
		return "", err
	}
	defer file.Close()
	at := path.Join(into, g.named(f))
	if sum, err = write(g.to, at, io.NewSectionReader(file, 0, file.Size()), g.recipients); err != nil {
		return "", err
	}
	if len(g.recipients) == 0 {
		sum = f.SHA256
	}
	return sum, g.same(at, f.Path, sum)
}

// write writes a file, encrypted if there are recipients, and gives the digest of what was written.
func write(to storage.Shared, name string, content io.Reader, recipients []age.Recipient) (sum string, err error) {
	file, err := to.Create(name)
	if err != nil {
		return "", err
	}
	digest := sha256.New()
	var into io.WriteCloser = open{io.MultiWriter(file, digest)}
	if len(recipients) > 0 {
		into, err = age.Encrypt(into, recipients...)
	}
	if err == nil {
		_, err = io.Copy(into, content)
		err = errors.Join(err, into.Close())
	}
	return hex.EncodeToString(digest.Sum(nil)), errors.Join(err, file.Sync(), file.Close())
}

// open is a writer that stays open.
type open struct{ io.Writer }

func (open) Close() error { return nil }

// same makes sure that a file there has a digest.
func (g *giving) same(name, told, want string) error {
	file, err := g.to.Open(name)
	if err != nil {
		return fmt.Errorf("%s can't be read where it was given: %w", told, jobs.Cause(err))
	}
	defer file.Close()
	sum, err := batch.Digest(file)
	if err == nil && sum != want {
		err = fmt.Errorf("%s is there with another content: it was changed since it was given; take it away, and find out by whom", told)
	}
	return err
}

// compare makes sure that what was given before is what would be given now. What is encrypted is another each time: it must be what the
// list beside it tells.
func (g *giving) compare() error {
	var listed map[string]string
	if len(g.recipients) > 0 {
		var err error
		if listed, err = g.listed(); err != nil {
			return err
		}
	}
	for _, f := range g.files {
		want, there := f.SHA256, true
		if len(g.recipients) > 0 {
			want, there = listed[g.named(f)]
		}
		if !there {
			return fmt.Errorf("%s was given before as it is, not encrypted: take it away first", f.Path)
		}
		if err := g.same(path.Join(g.folder, g.named(f)), f.Path, want); err != nil {
			return err
		}
	}
	return nil
}

// listed reads the digests that lie beside what was given before.
func (g *giving) listed() (map[string]string, error) {
	file, err := g.to.Open(path.Join(g.folder, sums))
	if err != nil {
		return nil, fmt.Errorf("%s can't be read where it was given: %w", sums, jobs.Cause(err))
	}
	defer file.Close()
	listed := map[string]string{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		sum, name, _ := strings.Cut(lines.Text(), "  ")
		listed[name] = sum
	}
	return listed, lines.Err()
}
