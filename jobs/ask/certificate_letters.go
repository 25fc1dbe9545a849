package ask

import (
	"context"
	"fmt"
	"io"
	"os"

	"regul/jobs/outgoing"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/writers/notice"
)

// certificateLetters are the certificates as letters. They wait in another folder until all shards are read, since they go
// out in the order of the post. nil: none are asked for.
type certificateLetters struct {
	press  *notice.Press
	outbox *outgoing.Outbox
	folder string
	create func(name string) (io.WriteCloser, error)
}

// openCertificates makes place for letters; nil where the options have no press.
func openCertificates(o *run.Options, create func(name string) (io.WriteCloser, error)) (*certificateLetters, error) {
	if o.Outgoing.Press == nil {
		return nil, nil
	}
	press, err := o.Outgoing.Press.Certificates()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "regul-")
	if err != nil {
		return nil, err
	}
	return &certificateLetters{press, &outgoing.Outbox{Storage: storage.Directory(folder), Press: press}, folder, create}, nil
}

// shard opens what takes the receipts of a shard.
func (c *certificateLetters) shard(number int) (letter func(*pipeline.Receipt, *pipeline.Party), closing func() error, err error) {
	if c == nil {
		return func(*pipeline.Receipt, *pipeline.Party) {}, func() error { return nil }, nil
	}
	results, err := c.outbox.Shard(number)
	if err != nil {
		return nil, nil, err
	}
	return func(r *pipeline.Receipt, p *pipeline.Party) {
		results.Settlement(&pipeline.Settlement{Party: p, Receipt: r})
	}, results.Close, nil
}

// print prints the letters of so many shards.
func (c *certificateLetters) print(ctx context.Context, o *run.Options, year, shards int) error {
	if c == nil {
		return nil
	}
	if err := c.outbox.Seal(shards); err != nil {
		return err
	}
	o.Progress.Stage("letters", c.outbox.Letters())
	letters := outgoing.Letters{Press: c.press, Outbox: c.outbox, Create: c.create, Batch: fmt.Sprint(year), Workers: o.Workers,
		Progress: o.Progress}
	return letters.Print(ctx)
}

// count counts the letters, and those that can't be posted by reason.
func (c *certificateLetters) count() (letters int64, notPostable map[string]int64) {
	if c == nil {
		return 0, nil
	}
	return c.outbox.Letters(), c.outbox.NotPostable()
}

func (c *certificateLetters) close() {
	if c != nil {
		c.outbox.Remove()
		os.RemoveAll(c.folder)
	}
}
