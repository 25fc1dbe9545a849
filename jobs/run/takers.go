package run

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"regul/jobs/batch"
	"regul/jobs/outgoing"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/pipeline/rows"
	"regul/writers/parquet"
	"regul/writers/report/tally"
	"regul/writers/tables"
)

// Takers take what the stages settle, of a night or of one of its shards: the tables, what must leave the fund, what the report shows, and
// what later nights are compared with. Those of a shard that a task has settled are added to those of the night.
type Takers struct {
	options  *Options
	batch    string // its name
	create   tables.Create
	outbox   *outgoing.Outbox
	gatherer *tally.Gatherer
	usual    usual
	mutex    sync.Mutex
	sums     batch.Sums           // of the tables that were read back
	files    []batch.ManifestFile // tables that tasks have written, and read back
}

func newTakers(o *Options, name string, outbox *outgoing.Outbox, create tables.Create) *Takers {
	return &Takers{options: o, batch: name, create: create, outbox: outbox, gatherer: o.Subject.gatherer(&o.Parameters)}
}

// facts are what each table says of its batch in its footer.
func (t *Takers) facts() []parquet.Fact {
	return tables.Facts(t.batch, t.options.Parameters.Law.Version())
}

// sink is all of them.
func (t *Takers) sink() pipeline.Sink {
	o := t.options
	sinks := outgoing.Sinks{t.gatherer, &t.usual,
		o.Subject.tables(t.create, &o.Parameters, cmp.Or(o.Outgoing.Chart, tables.DefaultChart()), t.facts()...)}
	if o.Outgoing.Any() {
		sinks = append(sinks, t.outbox)
	}
	return sinks
}

// readBack reads the tables of the build back: those that a task has read back are held against their digests.
func (t *Takers) readBack(files []batch.ManifestFile) error {
	o := t.options
	if t.files != nil {
		return batch.CheckDigests(o.Out, batch.Building, files, o.Workers)
	}
	return batch.CheckFiles(&t.sums, o.Out, batch.Building, files, o.Workers)
}

// portionFrame is of what a task has settled, beside the files of it.
var portionFrame = rows.Frame{Kind: "portion", Version: 1}

// Settle takes a shard through the stages, and gives what the publication must know of it. Its tables are written in a folder of the store
// and read back; what must leave the fund goes to the outbox.
func (s *Steps) Settle(name string, number int, shard []byte, outbox *outgoing.Outbox, store storage.Storage,
	folder string) ([]byte, error) {
	build := batch.Objects(store, folder)
	t := newTakers(s.Options, name, outbox, build.Create)
	results, err := t.sink().Shard(number)
	if err != nil {
		return nil, err
	}
	var decided []byte
	closing := sync.OnceValue(results.Close)
	err = s.Subject.WorkInto(&s.Parameters, shard, results, func(d *pipeline.Decisions) error {
		decided = pipeline.AppendDecisions(nil, d)
		return closing()
	})
	if err == nil {
		err = batch.CheckFiles(&t.sums, store, folder, build.Files, 1)
	}
	if err != nil {
		closing()
		return nil, fmt.Errorf("shard %d: %w", number, err)
	}
	t.files = build.Files
	e := rows.Encoder{Bytes: portionFrame.Begin(nil)}
	if err := t.encode(&e); err != nil {
		return nil, err
	}
	return portionFrame.Seal(append(e.Bytes, decided...)), nil
}

// told is what takers tell in JSON.
type told struct {
	Batch   string
	Files   []batch.ManifestFile
	Largest int64
	Changes map[int64]int64
}

func (t *Takers) encode(e *rows.Encoder) error {
	text, err := json.Marshal(told{t.batch, t.files, int64(t.usual.largest), t.usual.changes})
	e.Text(string(text))
	t.sums.Encode(e)
	t.gatherer.Encode(e)
	return err
}

// Take adds what a task has settled, and gives what it decided; nothing, and false, where it is of another batch or one of its tables is
// not there any more. It is safe for concurrent use.
func (t *Takers) Take(portion []byte, isThere func(table string) bool) (decided pipeline.Decisions, taken bool, err error) {
	defer func() { err = portionFrame.Recovered(recover(), err) }()
	content, err := portionFrame.Open(portion)
	if err != nil {
		return decided, false, err
	}
	d := rows.Decoder{Bytes: content}
	var told told
	if err := json.Unmarshal([]byte(d.Text()), &told); err != nil {
		return decided, false, err
	}
	lost := func(f batch.ManifestFile) bool { return !isThere(f.Path) }
	if told.Batch != t.batch || slices.ContainsFunc(told.Files, lost) {
		return decided, false, nil
	}
	t.usual.add(money.Cents(told.Largest), told.Changes)
	t.mutex.Lock()
	t.files = append(t.files, told.Files...)
	t.sums.Add(&d)
	t.mutex.Unlock()
	t.gatherer.Add(&d)
	decided, err = pipeline.ReadDecisions(d.Bytes)
	return decided, err == nil, err
}
