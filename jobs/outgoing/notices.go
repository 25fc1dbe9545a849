package outgoing

import (
	"context"
	"errors"
	"io"
	"iter"
	"slices"

	"golang.org/x/sync/errgroup"

	"regul/jobs"
	"regul/pipeline"
	"regul/writers/notice"
	"regul/writers/notice/index"
	"regul/writers/payments"
)

// LettersPerFile bounds the letters of one PDF file.
const LettersPerFile = 1000

// Letters are the letters to whom an outbox holds, in the order of the post.
type Letters struct {
	Press    *notice.Press
	Outbox   *Outbox
	Create   func(name string) (io.WriteCloser, error) // makes a file
	Batch    string                                    // its name, which the letters print
	Workers  int
	Progress jobs.Progress
	Sending  payments.Sending // of the batch; without limits they hold nothing
	postage  []tariff
	limited  limited

	Printing map[pipeline.Language]Printing // once they are printed
	Printed  Printed                        // what others printed; nil: nothing
}

// Print prints the letters, several files at a time, and their index.
func (p *Letters) Print(ctx context.Context) error {
	files := p.files()
	var missing []*letterFile
	for _, f := range files {
		printed := false
		if p.Printed != nil {
			var err error
			if f.placed, printed, err = p.Printed(f.name); err != nil {
				return err
			}
			p.Progress.Step(len(f.placed))
		}
		if !printed {
			missing = append(missing, f)
		}
	}
	if err := p.printFiles(ctx, missing, func(*letterFile) error { return nil }); err != nil {
		return err
	}
	p.Printing = printing(files, p.postage)
	return p.writeIndex(files)
}

// files are the files of the letters.
func (p *Letters) files() []*letterFile {
	return cutLetters(p.Press.Index.Table, p.Outbox.counts.cells, LettersPerFile)
}

// Printed takes a file of letters, which somebody has printed before, and says where each letter stands in it. It is false where nobody
// has.
type Printed func(name string) (placed []index.Placed, printed bool, err error)

// PrintShare prints every so manieth file of letters, beginning with that of the number, but those that were printed before, and hands on
// where the letters of each stand.
func (p *Letters) PrintShare(ctx context.Context, number, shares int, done func(name string, placed []index.Placed) error) error {
	files := p.files()
	var own []*letterFile
	for ; number < len(files); number += shares {
		_, printed, err := p.Printed(files[number].name)
		if err != nil {
			return err
		}
		if !printed {
			own = append(own, files[number])
		}
	}
	return p.printFiles(ctx, own, func(f *letterFile) error { return done(f.name, f.placed) })
}

// Files are printed some at a time, since the places of their letters are in memory: 50 bytes a letter. Each time goes through the places
// of all letters, so that there are not more times than these.
const (
	filesAtATime = 256
	mostTimes    = 32
)

// printFiles prints files, and tells when each is there.
func (p *Letters) printFiles(ctx context.Context, files []*letterFile, done func(*letterFile) error) (err error) {
	if len(files) == 0 {
		return nil
	}
	if p.limited, err = p.Outbox.limited(ctx, p.Sending); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(p.Workers)
	for some := range slices.Chunk(files, max(filesAtATime, (len(files)+mostTimes-1)/mostTimes)) {
		letters, err := p.Outbox.fill(some)
		if err != nil {
			return errors.Join(err, group.Wait())
		}
		for i, f := range some {
			group.Go(func() error {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := p.print(f, letters[i]); err != nil {
					return err
				}
				return done(f)
			})
		}
	}
	return group.Wait()
}

// print prints one file.
func (p *Letters) print(f *letterFile, letters []item) error {
	file, err := p.Create(f.name)
	if err != nil {
		return err
	}
	f.placed, err = p.Press.Write(file, p.Batch, f.language, p.stepping(letters))
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}

// stepping reads what waits, and tells the progress of each.
func (p *Letters) stepping(letters []item) iter.Seq2[*pipeline.Settlement, error] {
	return func(yield func(*pipeline.Settlement, error) bool) {
		at := 0
		for settled, err := range p.Outbox.settlements(each(letters)) {
			p.Progress.Step(1)
			if err == nil {
				p.limited.mark(settled)
				settled.Copied = letters[at].copied
				at++
			}
			if !yield(settled, err) {
				return
			}
		}
	}
}

// writeIndex writes in which file, and on which pages, the letter of each affiliate is.
func (p *Letters) writeIndex(files []*letterFile) error {
	file, err := p.Create(index.Part(p.Press.Index.Table))
	if err != nil {
		return err
	}
	rows := p.Press.Index.NewWriter(file)
	for _, f := range files {
		for i := range f.placed {
			if err == nil {
				err = rows.Write(f.name, &f.placed[i])
			}
		}
	}
	if closeErr := rows.Close(); err == nil {
		err = closeErr
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}
