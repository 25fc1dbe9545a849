package ledger

import (
	"slices"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/storage"
)

// PartWithdrawn is what was withdrawn of a batch, and what is left of it.
type PartWithdrawn struct {
	Batch     string `json:"batch"`
	On        string `json:"on"` // the day
	Why       string `json:"why"`
	Part      int    `json:"part"`      // from 1; 0: the whole batch, since nothing was left
	Withdrawn int    `json:"withdrawn"` // affiliates or companies
	Left      int    `json:"left"`      // for whom it still counts

	Later      []string    `json:"later,omitempty"`      // where all that can be withdrawn was: the batches that build on the others
	Affiliates []BuiltUpon `json:"in_the_way,omitempty"` // and those
}

// WithdrawOnly makes a published batch count for nothing for some of its affiliates or companies. It is refused with an InTheWay, and
// nothing is done, if it is not possible for each of them. For them all is as after the withdrawal of the whole batch. Numbers are as
// people write them. The act is recorded, without the numbers.
func WithdrawOnly(storage storage.Storage, name string, numbers []string, word Word) (w *PartWithdrawn, err error) {
	err = withdrawing(storage, name, &word, func(history *History, m *batch.Manifest) error {
		asked, err := parseNumbers(m.About(), numbers)
		if err != nil {
			return err
		}
		way, of, err := history.inTheWay(m)
		if err != nil {
			return err
		}
		if refused := way.ofSome(asked, of); refused.refuses() {
			return &jobs.Error{Kind: jobs.Usage, Err: refused}
		}
		w, err = withdrawPart(storage, m, asked, &word)
		if err == nil {
			w.Left = way.Of - len(asked)
		}
		return err
	})
	return w, err
}

// WithdrawPossible makes a published batch count for nothing for all on whom no later batch builds: the whole of it, if it builds on none.
// It is refused with an InTheWay where later batches build on all.
func WithdrawPossible(storage storage.Storage, name string, word Word) (w *PartWithdrawn, err error) {
	err = withdrawing(storage, name, &word, func(history *History, m *batch.Manifest) error {
		way, of, err := history.inTheWay(m)
		if err != nil {
			return err
		}
		var free []string
		for number, at := range of.numbers {
			if at < 0 {
				free = append(free, number)
			}
		}
		switch {
		case !way.refuses():
			w = &PartWithdrawn{Batch: m.Batch, On: word.On, Why: word.Why, Withdrawn: len(free)}
			_, err = withdrawWhole(storage, m, &word)
			return err
		case len(free) == 0:
			return &jobs.Error{Kind: jobs.Usage, Err: way}
		}
		slices.Sort(free)
		if w, err = withdrawPart(storage, m, free, &word); err == nil {
			w.Left, w.Later, w.Affiliates = len(way.Affiliates), way.Later, way.Affiliates
		}
		return err
	})
	return w, err
}

// parseNumbers reads numbers as the tables write them, in their order, each once.
func parseNumbers(about *batch.About, texts []string) ([]string, error) {
	numbers, ok := about.ParseNumbers(texts)
	if !ok {
		what := "national numbers: 11 digits"
		if about == batch.AboutCompanies {
			what = "enterprise numbers, for a batch of companies: 10 digits"
		}
		return nil, jobs.UsageError("--only must be %s whose check digits are right, separated by commas", what)
	}
	if len(numbers) == 0 {
		return nil, jobs.UsageError("--only names nobody")
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), nil
}

// ofSome is what stands in the way of some of the numbers of a batch.
func (w *InTheWay) ofSome(asked []string, of *decided) *InTheWay {
	some := &InTheWay{Batch: w.Batch, Of: w.Of, Asked: len(asked), Later: []string{}, Affiliates: []BuiltUpon{}}
	for _, number := range asked {
		at, decided := of.numbers[number]
		switch {
		case !decided:
			some.NotIn = append(some.NotIn, number)
		case at >= 0:
			some.Affiliates = append(some.Affiliates, w.Affiliates[at])
		case slices.ContainsFunc(of.group(number), func(other string) bool { return !slices.Contains(asked, other) }):
			some.Together = append(some.Together, number)
		}
	}
	some.Later = slices.DeleteFunc(slices.Clone(w.Later), func(later string) bool {
		return !slices.ContainsFunc(some.Affiliates, func(b BuiltUpon) bool { return slices.Contains(b.Batches, later) })
	})
	return some
}

// withdrawPart writes and records the withdrawal of some numbers of a batch. The record comes first: it says all that the act says, so that
// who is killed between them leaves an act that the next withdrawal adds.
func withdrawPart(storage storage.Storage, m *batch.Manifest, numbers []string, word *Word) (*PartWithdrawn, error) {
	p, err := batch.WriteWithdrawnPart(storage, m, batch.WithdrawnPart{On: word.On, By: word.By, Why: word.Why, Numbers: numbers})
	if err != nil {
		return nil, err
	}
	w := &PartWithdrawn{Batch: p.Batch, On: p.On, Why: p.Why, Part: p.Part, Withdrawn: len(p.Numbers)}
	return w, recordOf(storage, WithdrewPart, m, word, p.Digest())
}

// recordParts adds the acts that are missing of parts that were withdrawn.
func recordParts(storage storage.Storage, history *History) error {
	acts, err := Audit(storage)
	if err != nil {
		return err
	}
	for _, p := range history.Parts {
		at := slices.IndexFunc(history.all, func(m *batch.Manifest) bool { return m.Batch == p.Batch })
		if at < 0 || slices.ContainsFunc(acts, func(a Act) bool { return a.Deed == WithdrewPart && a.Record == p.Digest() }) {
			continue
		}
		if err := recordOf(storage, WithdrewPart, history.all[at], &Word{p.By, p.On, p.Why}, p.Digest()); err != nil {
			return err
		}
	}
	return nil
}

// PartLinks names the parts that were withdrawn, for the manifest of the next batch; nil: none.
func (l *History) PartLinks() (links []batch.PartLink) {
	for _, p := range l.Parts {
		links = append(links, p.Link())
	}
	return links
}

// partOf is the part by which a batch was withdrawn for a number, as tables write it; nil: there is none.
func partOf(parts []*batch.WithdrawnPart, m *batch.Manifest, number string) *batch.WithdrawnPart {
	n, _ := m.About().NumberOf(number)
	i := slices.IndexFunc(parts, func(p *batch.WithdrawnPart) bool { return p.Batch == m.Batch && p.Holds(n) })
	if i < 0 {
		return nil
	}
	return parts[i]
}

// StandingOf is StateOf for somebody, by all their numbers: a batch that counts may have been withdrawn for one of them alone.
func StandingOf(storage storage.Storage, m *batch.Manifest, numbers []string) (state State, w *batch.Withdrawal, err error) {
	l := &History{}
	if !m.Draft {
		l.Withdrawn, err = batch.Withdrawals(storage)
	}
	if err == nil && !m.Draft && len(numbers) > 0 {
		l.Parts, err = batch.WithdrawnParts(storage)
	}
	if err != nil {
		return "", nil, err
	}
	state, w = l.StandingOf(m, numbers)
	return state, w, nil
}

// StandingOf is StandingOf by what was read of the withdrawals, also of a draft.
func (l *History) StandingOf(m *batch.Manifest, numbers []string) (State, *batch.Withdrawal) {
	if m.Draft {
		return Drafted, nil
	}
	if w := l.withdrawal(m.Batch); w != nil {
		return Withdrawn, w
	}
	for _, number := range numbers {
		if p := partOf(l.Parts, m, number); p != nil {
			return Withdrawn, &batch.Withdrawal{Batch: p.Batch, On: p.On, Why: p.Why}
		}
	}
	return Published, nil
}

// WithdrawnFor is for how many affiliates or companies alone a batch was withdrawn.
func WithdrawnFor(storage storage.Storage, m *batch.Manifest) (int, error) {
	parts, err := batch.WithdrawnParts(storage)
	return batch.WithdrawnFor(parts, m), err
}
