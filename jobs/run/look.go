package run

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/intake"
	"regul/jobs/ledger"
	"regul/jobs/outgoing"
	"regul/pipeline"
	"regul/pipeline/rows"
)

// look is a night that looks at the inputs before it brings the ledger together, see pipeline.LookAt.
type look struct {
	options  *Options
	history  *ledger.History
	files    []*pipeline.Scatter // of the inputs
	glimpsed []*pipeline.Scatter
	whole    []*pipeline.Scatter // all of the ledger about those who were asked for
}

// mostAsked is of which part of the people a look may ask for the rest of the ledger: of more it costs what the night would.
const mostAsked = 16

// look is what came of a night with nothing new; nil: there may be something, and the whole ledger must say what. Only a
// night of people looks that settles nothing again and has nothing of the bank to tell.
func (o *Options) look(ctx context.Context, in *intake.Files, history *ledger.History, files []*pipeline.Scatter) (result *Result,
	err error) {
	if o.Subject != People || o.Gates == nil || o.Elsewhere != nil || o.Corrects != nil || o.Parameters.Recheck != 0 ||
		files[0].Confirming != nil {
		return nil, nil
	}
	may, held, err := history.Look()
	if err != nil || !may {
		return nil, err
	}
	l := &look{options: o, history: history, files: files}
	defer func() { err = errors.Join(err, closed(l.glimpsed), closed(l.whole)) }()
	asked := map[pipeline.NISS]bool{}
	for n := range held {
		asked[files[0].Renamed.Now(n)] = true
	}
	taken := pipeline.TakenBy(files)
	seen, err := l.decide(ctx, asked, len(taken.Rejects))
	if err != nil || seen == nil {
		return nil, err
	}
	s := &settling{Takers: &Takers{options: o, outbox: &outgoing.Outbox{}}, in: in, history: history, read: taken.Read}
	if err := s.conclude(&taken, &seen.Decisions); err != nil {
		return nil, err
	}
	s.result.Doubled = in.Doubled
	if err := s.withinLimits(ctx); err != nil {
		return s.result, err
	}
	if isNew, err := s.worthPublishing(ctx); err != nil || isNew {
		return nil, err
	}
	return s.result, nil
}

// decide looks, and once more at those of whom it must ask for more of the ledger; nil: something may be new. Of whom it is known, it asks
// at once. rejects are those of the inputs so far.
func (l *look) decide(ctx context.Context, asked map[pipeline.NISS]bool, rejects int) (*pipeline.Look, error) {
	o := l.options
	l.glimpsed = l.scatters(1, nil)
	if err := pipeline.Fill(ctx, l.glimpsed, l.history.Waiting()); err != nil {
		return nil, err
	}
	earners := pipeline.Earners(slices.Concat(l.files, l.glimpsed))
	for _, s := range l.glimpsed {
		s.Only = earners
	}
	if err := pipeline.Fill(ctx, l.glimpsed, l.history.Glimpses(l.among(earners), pipeline.ZeroDossier(l.files))); err != nil {
		return nil, err
	}
	pipeline.FindConflicts(o.Subject.Subject, slices.Concat(l.files, l.glimpsed))
	seen, err := l.lookAt(ctx, asked, false, rejects)
	if err != nil || seen == nil || len(seen.Asked) == 0 {
		return seen, err
	}
	if int64(len(seen.Asked)) > max(1, seen.People/mostAsked) {
		return nil, nil
	}
	asked = map[pipeline.NISS]bool{}
	for _, n := range seen.Asked {
		asked[n] = true
	}
	again, err := l.lookAt(ctx, asked, true, rejects+len(seen.Rejects))
	if err != nil || again == nil {
		return nil, err
	}
	seen.Add(&again.Decisions)
	return seen, nil
}

// lookAt looks once, with all of the ledger about some people: at everybody, or again at those alone.
func (l *look) lookAt(ctx context.Context, whole map[pipeline.NISS]bool, again bool, rejects int) (*pipeline.Look, error) {
	if err := l.readWhole(ctx, whole); err != nil {
		return nil, err
	}
	o := l.options
	room := o.rejectRoom(rejects)
	return pipeline.LookAt(ctx, l.plan(), &pipeline.Looking{Parameters: o.Parameters, Workers: o.Workers, Whole: whole, Again: again,
		IsNews: l.isNews, Done: func(d *pipeline.Decisions) { d.Bound(room) }})
}

// scatters are those of the look for a kind of rows of the ledger, of some people alone.
func (l *look) scatters(kind int, only map[pipeline.NISS]bool) []*pipeline.Scatter {
	scatters := l.options.scatters(l.options.Out, kind*l.options.Workers)
	for _, s := range scatters {
		s.Renamed, s.Only = l.files[0].Renamed, only
	}
	return scatters
}

// among says whether a number, as it was in the ledger, is of some people.
func (l *look) among(people map[pipeline.NISS]bool) func(number uint64) bool {
	return func(number uint64) bool { return people[l.files[0].Renamed.Now(pipeline.NISS(number))] }
}

// readWhole reads all of the ledger about some people.
func (l *look) readWhole(ctx context.Context, asked map[pipeline.NISS]bool) error {
	if err := closed(l.whole); err != nil || len(asked) == 0 {
		return err
	}
	of, err := l.history.SettledOf(&l.options.Parameters, l.among(asked))
	if err != nil {
		return err
	}
	l.whole = l.scatters(2, asked)
	if len(of) > 0 {
		err := pipeline.Fill(ctx, l.whole, of)
		if !errors.Is(err, batch.ErrNotAsPublished) && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := closed(l.whole); err != nil { // an old batch is damaged: what is kept of it is not
			return err
		}
		l.whole = l.scatters(2, asked)
	}
	return pipeline.Fill(ctx, l.whole, l.history.Settled(&l.options.Parameters))
}

// lookRows is how many rows of the inputs a shard of a look holds, about. No file depends on it: small shards take less memory.
const lookRows = 20_000

func (l *look) plan() *rows.Plan {
	return pipeline.NewPlan(l.options.Subject.Subject, slices.Concat(l.files, l.glimpsed, l.whole), min(lookRows, l.options.shardRows()))
}

// isNews says whether a settlement is worth a batch, as settling.worthPublishing does of all of them.
func (l *look) isNews(s *pipeline.Settlement) bool {
	return len(s.Years)+len(s.Withdrawn)+len(s.Entries) > 0 || l.options.Outgoing.FreesOf(s)
}
