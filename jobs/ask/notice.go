package ask

import (
	"errors"
	"fmt"
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
	"regul/writers/notice"
	"regul/writers/notice/index"
	"regul/writers/notice/pdf"
)

// Letter is where the notice of an affiliate or a company is.
type Letter struct {
	Batch    string `json:"batch"`
	Year     int    `json:"contribution_year,omitempty"` // of a letter to a company
	File     string `json:"file"`
	First    int    `json:"first_page"`
	Pages    int    `json:"pages"`
	Standing        // of the batch
	number   string
	copied   bool // for a solidary debtor: the letter itself is another row
	manifest *batch.Manifest
}

// FindLetter finds the last notice of an affiliate or a company, or that of a batch. A year is that of a letter to a company; 0: any.
func FindLetter(storage storage.Storage, whom Whom, year int, name string) (*Letter, error) {
	history, err := ledger.OpenOf(storage, whom.about.Job)
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
		if m.Job != whom.about.Job {
			return nil, jobs.UsageError("%s holds no notice to this %s: it is a batch of another kind", m.Batch, whom.about.One)
		}
		batches = []*batch.Manifest{m}
	}
	var last *Letter
	for _, m := range batches { // the batch that builds on more is the later one, not the one of the later day
		if last, err = findLetter(storage, m, whom, year); err != nil {
			return nil, err
		}
		if last != nil {
			break
		}
	}
	if last == nil {
		return nil, jobs.UsageError("no notice to this %s is there: nothing changed for them, or the batch was made without notices",
			whom.about.One)
	}
	last.Standing, err = standingOf(storage, last.manifest, whom.number)
	return last, err
}

// findLetter finds the letter of a batch: of letters to a company for several years the one for the last.
func findLetter(storage storage.Storage, m *batch.Manifest, whom Whom, year int) (last *Letter, err error) {
	found, err := letterFields(whom.about).Of(storage, m, m.Parts(whom.about.Notices), whom.number)
	for i := range found {
		if l := &found[i]; !l.copied && (year == 0 || l.Year == year) && (last == nil || l.Year >= last.Year) {
			last = l
			l.Batch, l.manifest = m.Batch, m
		}
	}
	return last, err
}

func letterFields(of *batch.About) batch.Fields[Letter] {
	return batch.Fields[Letter]{
		batch.TextField(of.Number, func(l *Letter) *string { return &l.number }),
		batch.TextField("file", func(l *Letter) *string { return &l.File }),
		batch.WholeField("first_page", func(l *Letter) *int { return &l.First }),
		batch.WholeField("pages", func(l *Letter) *int { return &l.Pages }),
		batch.FlagField("copy", func(l *Letter) *bool { return &l.copied }).AddedLater(),
		batch.WholeField("contribution_year", func(l *Letter) *int { return &l.Year }).AddedLater(), // where there is a letter for each
	}
}

// Extract writes the letter as a PDF file.
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
		err = index.Extract(w, file, file.Size(), l.First, l.Pages)
		if errors.Is(err, pdf.ErrDamaged) { // its bytes are those that were published
			return fmt.Errorf("%s was written by an earlier version of regul, whose letters can't be taken out one by one: "+
				"with another program take %d pages from page %d on", l.manifest.Folder()+"/"+l.File, l.Pages, l.First)
		}
		return err
	}
	if e := l.manifest.Expiry; e != nil {
		return jobs.UsageError("the letters of %s were removed on %s: regul rerun makes them again from its inputs", l.manifest.Batch, e.On)
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
