package ask

import (
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/readers/table"
	"regul/writers/notice"
)

// Letter is where the notice of an affiliate is.
type Letter struct {
	Batch    string `json:"batch"`
	File     string `json:"file"`
	First    int    `json:"first_page"`
	Pages    int    `json:"pages"`
	Standing        // of the batch
	manifest *batch.Manifest
}

// FindLetter finds the last notice of an affiliate, by national number, or that of a batch.
func FindLetter(storage storage.Storage, number, name string) (*Letter, error) {
	niss, err := jobs.ParseNumber(number)
	if err != nil {
		return nil, err
	}
	history, err := ledger.Open(storage)
	if err != nil {
		return nil, err
	}
	batches := slices.Clone(history.Batches)
	slices.Reverse(batches)
	if name != "" {
		m, err := batch.FindAny(storage, name)
		if err != nil {
			return nil, err
		}
		if err := m.OfRun(); err != nil {
			return nil, err
		}
		batches = []*batch.Manifest{m}
	}
	var last *Letter
	for _, m := range batches {
		found, err := findLetter(storage, m, niss.String())
		if err != nil {
			return nil, err
		}
		// The batch that builds on more is the later one, whatever their days.
		if found != nil && (last == nil || m.Earlier > last.manifest.Earlier) {
			last = found
		}
	}
	if last == nil {
		return nil, jobs.UsageError("no notice to this affiliate is there: nothing changed for them, or the batch was made without notices")
	}
	last.Standing, err = standingOf(storage, last.manifest)
	return last, err
}

func findLetter(storage storage.Storage, m *batch.Manifest, niss string) (found *Letter, err error) {
	columns := []table.Column{{Name: "niss", Kind: table.Text}, {Name: "file", Kind: table.Text}, {Name: "first_page", Kind: table.Integer}, {Name: "pages", Kind: table.Integer}}
	err = batch.EachRow(storage, m, notice.IndexTable, columns, func(b *table.Block, row int) {
		if string(b.Columns[0].Texts[row]) == niss {
			found = &Letter{Batch: m.Batch, File: string(b.Columns[1].Texts[row]), First: int(b.Columns[2].Ints[row]), Pages: int(b.Columns[3].Ints[row]), manifest: m}
		}
	})
	return found, err
}

// Extract writes the letter as a PDF file of its own.
func (l *Letter) Extract(storage storage.Storage, w io.Writer) error {
	for i := range l.manifest.Files {
		f := &l.manifest.Files[i]
		if f.Path != l.File {
			continue
		}
		file, err := batch.OpenVerified(storage, l.manifest, f)
		if err != nil {
			return err
		}
		defer file.Close()
		return notice.Extract(w, file, file.Size(), l.First, l.Pages)
	}
	return jobs.UsageError("%s names no file %s", l.manifest.Folder(), path.Base(l.File))
}

// PrintSpecimens writes a specimen of the notices in each language: create makes the file of a language.
func PrintSpecimens(s *run.Settings, create func(language string) (io.WriteCloser, error)) error {
	l, err := law.Standard()
	if err != nil {
		return err
	}
	p := &pipeline.Parameters{Law: l, Fees: s.ParseFees(l, func(string, error) {})}
	if p.AsOf, err = jobs.ParseDay("as-of", s.AsOf); err != nil {
		return err
	}
	outgoing, wrong := s.Outgoing.Check(p, notice.New)
	if len(wrong) > 0 {
		return &jobs.Error{Kind: jobs.Usage, Err: errors.Join(wrong...)}
	}
	for language, code := range pipeline.Languages() {
		if language == 0 {
			continue
		}
		file, err := create(code)
		if err != nil {
			return err
		}
		err = outgoing.Press.Specimen(file, pipeline.Language(language))
		if closeErr := file.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// CreatePrivate makes a new file, with its folder, that its owner alone can read.
func CreatePrivate(name string) (io.WriteCloser, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return nil, err
	}
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
}
