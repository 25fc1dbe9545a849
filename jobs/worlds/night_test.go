package worlds_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"path"
	"slices"
	"strings"

	"regul/fixtures/readback"
	"regul/fixtures/reference"
	"regul/jobs/batch"
	"regul/jobs/jobstest"
	"regul/jobs/ledger"
	"regul/jobs/outgoing"
	"regul/jobs/run"
	"regul/jobs/storage"
	"regul/jobs/verify"
	"regul/pipeline"
	"regul/pipeline/money"
)

// published is a batch, as another implementation of Parquet reads it.
type published struct {
	name      string
	companies bool
	night     int
	asOf      pipeline.Date
	limits    reference.Limits // of its run
	settled   map[key]*settled
	balances  map[key]map[string]string
	offsets   []offset
	orders    []*order        // what it ordered, and what it sent for earlier batches
	decided   map[*party]bool // of whom it has a line of the settled years, the books or the payment files
	builds    map[*party]bool // of whom it has more than lines that take back those of a withdrawn batch
}

// settled is a year that a batch settled.
type settled struct {
	row   map[string]string
	money map[string]money.Cents // by column
}

// offset is what moves between two years of a party.
type offset struct {
	*party
	from, to int
	amount   money.Cents
}

// options prepare tonight's run on files.
func (w *world) options(companies bool, files map[string][]string) run.Options {
	s := run.Settings{Inputs: map[string][]string{}, Out: "unused", NewLedger: true, AsOf: w.asOf.String(), MaxRejects: "100%",
		Workers: w.between(1, 2), Insist: []string{string(run.DateGate), string(run.EmptyGate), string(run.ShrinkGate)},
		ShardRows: pick(w, 0, 5), Outgoing: outgoing.Settings{Without: []string{outgoing.WithoutNotices, outgoing.WithoutCurrent}}}
	if s.Fee = "3.05"; w.night <= nights && w.chance(30) {
		s.Fee = "3.60"
	}
	if companies {
		s.Subject, s.Fee = run.Companies, ""
	}
	if w.night <= nights {
		s.Outgoing.MaxTransfer, s.Outgoing.MaxNight = pick(w, "", "", "", "1500.00"), pick(w, "", "", "", "", "4000.00")
	}
	w.limits = limitsOf(s.Outgoing.MaxTransfer, s.Outgoing.MaxNight)
	for _, input := range slices.Sorted(maps.Keys(files)) {
		s.Inputs[input] = w.write(input, files[input])
	}
	o, err := s.Options()
	if err != nil {
		w.fail("%v", err)
	}
	o.Out, o.Kept, o.Log, o.Progress = w.out, 2, slog.New(slog.DiscardHandler), jobstest.Quiet{}
	if w.recheck = 0; !companies && w.chance(20) {
		w.recheck = pick(w, pipeline.RecheckAccount, pipeline.RecheckFees,
			pipeline.RecheckAccount|pipeline.RecheckFees|pipeline.RecheckIdentities)
	}
	o.Parameters.Recheck = w.recheck
	return o
}

// write gives the rows of an input in one file, or dealt out over two or three, and says which. No two of them are the same: that would
// be refused.
func (w *world) write(input string, rows []string) (names []string) {
	pieces := 1
	if w.deals.IntN(100) < 20 {
		pieces = 2 + w.deals.IntN(2)
		w.seen.add("dealt out over files")
	}
	dealt := make([]string, pieces)
	for _, row := range rows[1:] {
		dealt[w.deals.IntN(pieces)] += row + "\n"
	}
	for i := 1; i < pieces; i++ {
		if slices.Contains(dealt[:i], dealt[i]) {
			dealt = []string{strings.Join(slices.Concat(rows[1:], []string{""}), "\n")}
			break
		}
	}
	for i, text := range dealt {
		names = append(names, jobstest.WriteFile(w.t, w.dir, fmt.Sprintf("%s-%d.csv", input, i), rows[0]+"\n"+text))
	}
	return names
}

// run settles people or companies tonight, and reads what was published; nil: nothing was. The run may be killed before.
func (w *world) run(companies bool) *published {
	before := w.folders()
	files := w.inputs(companies)
	o := w.options(companies, files)
	name := w.draft(o)
	if name == "" {
		name = w.killed(o)
	}
	result, err := run.Run(context.Background(), o)
	if err != nil {
		w.fail("%v", err)
	}
	if name != "" && result.Published {
		w.fail("%s was published, and then %s on the same files: %+v", name, result.Batch, result.Manifest.ControlTotals)
	}
	if result.Published {
		name = result.Batch
	}
	made := slices.DeleteFunc(w.folders(), func(f string) bool { return slices.Contains(before, f) })
	if name == "" && len(made) > 0 || name != "" && !slices.Equal(made, []string{"batch=" + name}) {
		w.fail("the run tells of %q, and made %v", name, made)
	}
	w.counted(files, result)
	w.again(o)
	if name == "" {
		return nil
	}
	p := w.read(name, companies)
	w.batches = append(w.batches, p)
	for _, word := range w.words {
		if word.learnt == nil && word.from <= w.night && word.order.company == companies && w.given(word.order.party) {
			word.learnt = p
		}
	}
	return p
}

// nightLimit says whether a limit of the night holds refunds: those that earlier nights held may then go with another run of the same day,
// which has that much room again.
func (w *world) nightLimit() bool { return w.limits.Night.IsPositive() }

// again sometimes runs once more on the same files: nothing is new.
func (w *world) again(o run.Options) {
	if w.nightLimit() || !w.chance(15) {
		return
	}
	if result, err := run.Run(context.Background(), o); err != nil || result.Published {
		w.fail("the same files again: %v, and published is %+v", err, result)
	}
}

// folders are the batches and drafts that lie there.
func (w *world) folders() []string {
	names := jobstest.Must[[]string](w.t)(w.out.List("."))
	return slices.DeleteFunc(names, func(name string) bool {
		return !strings.HasPrefix(name, "batch=") && !strings.HasPrefix(name, "draft=")
	})
}

// draft sometimes makes a draft first: the name of the batch that it became, or "" where it was discarded.
func (w *world) draft(o run.Options) string {
	if w.night > nights || w.nightLimit() || !w.chance(15) {
		return ""
	}
	o.Draft = true
	result, err := run.Run(context.Background(), o)
	if err != nil {
		w.fail("a draft: %v", err)
	}
	if !result.Published {
		return ""
	}
	order := ledger.Order{Draft: result.Batch, Word: w.word("reviewed"), Verify: func(m *batch.Manifest) error { return w.verify(m.Batch) }}
	decide, what := ledger.Release, "draft released"
	if w.chance(40) {
		decide, what = ledger.Discard, "draft discarded"
	}
	w.seen.add(what)
	w.note("%s: %s", result.Batch, what)
	w.twice(func(out storage.Storage) error { _, err := decide(out, order); return err })
	if what == "draft discarded" {
		return ""
	}
	return result.Batch
}

func (w *world) word(why string) ledger.Word {
	return ledger.Word{By: "somebody", On: w.asOf.String(), Why: why}
}

// verify is regul verify.
func (w *world) verify(name string) error {
	v, err := verify.Batch(context.Background(), verify.Options{Out: w.out, Batch: name})
	if err != nil || v.Holds {
		return err
	}
	for _, c := range v.Checks {
		if c.Failed > 0 {
			err = errors.Join(err, fmt.Errorf("%s: %+v", c.Name, c.Failures))
		}
	}
	return err
}

// withdraw takes back the last batch of a job, or one in the middle.
func (w *world) withdraw(companies bool) {
	var own []*published
	for _, p := range w.batches {
		if p.companies == companies {
			own = append(own, p)
		}
	}
	if len(own) == 0 {
		return
	}
	at := len(own) - 1
	if w.chance(40) {
		at = w.random.IntN(len(own))
	}
	if w.chance(50) {
		w.withdrawSome(own[at], own[at+1:])
		return
	}
	p, inTheWay, settledSince := own[at], false, false
	for _, later := range own[at+1:] {
		for who := range p.decided {
			inTheWay = inTheWay || later.builds[who]
			settledSince = settledSince || slices.ContainsFunc(later.years(), func(k key) bool { return k.party == who })
		}
	}
	_, err := ledger.Withdraw(w.out, p.name, w.word("a mistake"))
	var way *ledger.InTheWay
	switch refused := errors.As(err, &way); {
	case err != nil && !refused:
		w.fail("withdraw %s: %v", p.name, err)
	case refused && !inTheWay:
		w.fail("%s can't be withdrawn, and no later batch builds on it: %v", p.name, err)
	case refused:
		return
	case settledSince:
		w.fail("%s was withdrawn, and a later batch has settled its parties", p.name)
	}
	w.seen.add("withdrawn")
	w.note("%s is withdrawn", p.name)
	w.resend = w.resend || !companies
	w.batches = slices.DeleteFunc(w.batches, func(o *published) bool { return o == p })
	w.takeBack(p, func(*party) bool { return true })
}

// years are those that a batch settled.
func (p *published) years() (years []key) {
	for k := range p.settled {
		years = append(years, k)
	}
	return years
}

// looked are the columns that the world looks at, beside the amounts of a settled year.
var looked = []string{"niss", "enterprise", "contribution_year", "version", "communication", "rechecked", "role", "reverses", "from_year",
	"debit", "credit", "called", "paid", "refunded", "offsets", "open", "kind", "amount", "surcharge", "transaction", "status", "reason",
	"held_in"}

// table reads columns of a table of a batch, or all: of all its parts, or of the one file of the name.
func (w *world) table(folder, name string, only ...string) (rows []map[string]string) {
	names := []string{}
	if strings.HasSuffix(name, ".parquet") {
		names = append(names, path.Join(folder, name))
	} else {
		for _, year := range jobstest.Must[[]string](w.t)(w.out.List(path.Join(folder, name))) {
			for _, part := range jobstest.Must[[]string](w.t)(w.out.List(path.Join(folder, name, year))) {
				names = append(names, path.Join(folder, name, year, part))
			}
		}
	}
	for _, file := range names {
		f, err := w.out.Open(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			w.fail("%v", err)
		}
		content, err := io.ReadAll(f)
		if err := errors.Join(err, f.Close()); err != nil {
			w.fail("%v", err)
		}
		table := jobstest.Must[*readback.Table](w.t)(readback.Read(content, only...))
		for i := range table.Rows {
			rows = append(rows, table.Map(i))
		}
	}
	return rows
}
