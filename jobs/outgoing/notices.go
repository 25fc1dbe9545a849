package outgoing

import (
	"context"
	"fmt"
	"io"
	"iter"

	"golang.org/x/sync/errgroup"

	"regul/jobs"
	"regul/pipeline"
	"regul/writers/notice"
	"regul/writers/notice/index"
	"regul/writers/payments"
)

// LettersPerFile bounds the letters of one PDF file.
const LettersPerFile = 1000

// letterFile is a PDF file of letters in one language.
type letterFile struct {
	name     string
	language pipeline.Language
	unposted bool
	letters  []item
	placed   []index.Placed
}

// LetterFileName is the path of the file of letters of that number; those that can't be posted are in files apart.
func LetterFileName(table string, unposted bool, language pipeline.Language, number int) string {
	if unposted {
		return fmt.Sprintf("%s/unposted-%s-%05d.pdf", table, language, number)
	}
	return fmt.Sprintf("%s/%s-%05d.pdf", table, language, number)
}

// cutLetters cuts letters in the order of the post into files: at most so many each, of one language, all to be posted or none.
func cutLetters(table string, letters []item, most int) []*letterFile {
	var files []*letterFile
	var last *letterFile
	number := 0
	for i := range letters {
		language, unposted := letters[i].Language, letters[i].unposted()
		other := last == nil || last.language != language || last.unposted != unposted
		if other {
			number = 0
		}
		if other || len(last.letters) == most {
			number++
			last = &letterFile{name: LetterFileName(table, unposted, language, number), language: language, unposted: unposted}
			files = append(files, last)
		}
		last.letters = letters[i-len(last.letters) : i+1]
	}
	return files
}

// NotPostable counts the letters that can't be posted, by reason.
func (o *Outbox) NotPostable() map[string]int64 {
	counts := map[string]int64{}
	for _, item := range o.letters() {
		if item.unposted() {
			counts[item.reason.String()]++
		}
	}
	return counts
}

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
	files, err := p.files(ctx)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(p.Workers)
	for _, file := range files {
		group.Go(func() error { return p.printFile(ctx, file) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	p.Printing = printing(files, p.postage)
	return p.writeIndex(files)
}

// files are the files of the letters, once it is known which refunds the limits hold.
func (p *Letters) files(ctx context.Context) (files []*letterFile, err error) {
	p.limited, err = p.Outbox.limited(ctx, p.Sending)
	return cutLetters(p.Press.Index.Table, p.Outbox.inPostOrder(), LettersPerFile), err
}

// Printed takes a file of letters, which somebody has printed before, and says where each letter stands in it. It is false where nobody
// has.
type Printed func(name string) (placed []index.Placed, printed bool, err error)

func (p *Letters) printFile(ctx context.Context, f *letterFile) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if p.Printed != nil {
		placed, printed, err := p.Printed(f.name)
		if err != nil || printed {
			f.placed = placed
			p.Progress.Step(len(placed))
			return err
		}
	}
	return p.print(f)
}

// PrintShare prints every so manieth file of letters, beginning with that of the number, but those that were printed before, and hands on
// where the letters of each stand.
func (p *Letters) PrintShare(ctx context.Context, number, shares int, done func(name string, placed []index.Placed) error) error {
	files, err := p.files(ctx)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(p.Workers)
	for ; number < len(files); number += shares {
		f := files[number]
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, printed, err := p.Printed(f.name); err != nil || printed {
				return err
			}
			if err := p.print(f); err != nil {
				return err
			}
			return done(f.name, f.placed)
		})
	}
	return group.Wait()
}

// print prints one file.
func (p *Letters) print(f *letterFile) error {
	file, err := p.Create(f.name)
	if err != nil {
		return err
	}
	f.placed, err = p.Press.Write(file, p.Batch, f.language, p.stepping(f.letters))
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}

// stepping reads what waits, and tells the progress of each.
func (p *Letters) stepping(letters []item) iter.Seq2[*pipeline.Settlement, error] {
	return func(yield func(*pipeline.Settlement, error) bool) {
		at := 0
		for settled, err := range p.Outbox.settlements(letters) {
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
