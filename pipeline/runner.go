package pipeline

import (
	"context"
	"errors"
	"fmt"

	"regul/pipeline/rows"
)

// Sink opens the results of a shard; shards are opened by several goroutines at once, each shard by one.
type Sink interface {
	Shard(number int) (ShardResults, error)
}

// ShardResults takes the rows of one shard and then completes its files.
type ShardResults interface {
	Results
	Close() error
}

// Decisions are what a run decided, apart from the rows it wrote. They do not depend on the workers.
type Decisions struct {
	Totals  Totals
	Fates   [InputCount]rows.Fates
	Waiting rows.Fates // of revenue that earlier batches rejected, as far as it may be settled by now
	Recheck RecheckTotals
	Rejects []Reject         // in the order of shards and national numbers
	Dropped [CodeCount]int64 // rejects that are counted and not kept: see RejectRoom

	Confirmed []ConfirmedTransfer // what the bank said and no earlier batch holds, in the order of national numbers and of what it names
}

// Run takes every shard of the plan through the stages of the subject, with so many workers, and hands the rows
// to the sink. It stops at the first error or when the context ends. done is called after each shard, by several goroutines at once, with
// what was decided of it, of which it may let go what it has no room for.
func (of *Subject) Run(ctx context.Context, plan *rows.Plan, parameters Parameters, workers int, sink Sink,
	done func(*Decisions)) (*Decisions, error) {
	decisions := make(decisionsOf, plan.Shards())
	err := eachShard(ctx, plan, workers, func() *Parameters { return &parameters }, func(p *Parameters, shard *rows.Shard) error {
		return decisions.take(shard.Number, sink, done, func(to Results) (Decisions, error) { return of.Settle(p, shard, to), nil })
	})
	return decisions.sum(err)
}

// RunElsewhere is Subject.Run with shards that travel: as many at once as there are workers.
func RunElsewhere(ctx context.Context, plan *rows.Plan, work Worker, workers int, sink Sink,
	done func(*Decisions)) (*Decisions, error) {
	return Collect(ctx, plan.Shards(), func(number int) ([]byte, error) {
		shard, err := plan.Append(nil, number)
		if err != nil {
			return nil, err
		}
		return work(shard)
	}, workers, sink, done)
}

// Collect hands on what came of so many shards, as Subject.Run would have: result gives the bytes of each.
func Collect(ctx context.Context, shards int, result func(number int) ([]byte, error), workers int, sink Sink,
	done func(*Decisions)) (*Decisions, error) {
	decisions := make(decisionsOf, shards)
	err := eachNumber(ctx, shards, workers, func() struct{} { return struct{}{} }, func(_ struct{}, number int) error {
		bytes, err := result(number)
		if err != nil {
			return fmt.Errorf("shard %d: %w", number, err)
		}
		return decisions.take(number, sink, done, func(to Results) (Decisions, error) { return Replay(bytes, to) })
	})
	return decisions.sum(err)
}

// Sum adds up what was decided of so many shards whose rows went elsewhere: of gives it for each. done is that of Subject.Run.
func Sum(ctx context.Context, shards int, of func(number int) (Decisions, error), workers int, done func(*Decisions)) (*Decisions, error) {
	decisions := make(decisionsOf, shards)
	err := eachNumber(ctx, shards, workers, func() struct{} { return struct{}{} }, func(_ struct{}, number int) (err error) {
		if decisions[number], err = of(number); err == nil {
			done(&decisions[number])
		}
		return err
	})
	return decisions.sum(err)
}

// decisionsOf is what was decided of each shard.
type decisionsOf []Decisions

// take opens the results of a shard, lets them be filled, and completes them.
func (d decisionsOf) take(number int, sink Sink, done func(*Decisions), fill func(Results) (Decisions, error)) error {
	results, err := sink.Shard(number)
	if err != nil {
		return err
	}
	if d[number], err = fill(results); err != nil {
		return errors.Join(err, results.Close())
	}
	if err := results.Close(); err != nil {
		return err
	}
	done(&d[number])
	return nil
}

// sum is what was decided of all shards, in their order, unless one could not be worked.
func (d decisionsOf) sum(err error) (*Decisions, error) {
	if err != nil {
		return nil, err
	}
	rejects := 0
	for i := range d {
		rejects += len(d[i].Rejects)
	}
	total := &Decisions{Rejects: make([]Reject, 0, rejects)}
	for i := range d {
		total.Add(&d[i])
		d[i].Rejects = nil
	}
	return total, nil
}

// Add adds what was decided of other rows.
func (o *Decisions) Add(other *Decisions) {
	o.Totals.Add(&other.Totals)
	for input := range o.Fates {
		o.Fates[input].Add(&other.Fates[input])
	}
	o.Waiting.Add(&other.Waiting)
	o.Recheck.add(&other.Recheck)
	for code, n := range other.Dropped {
		o.Dropped[code] += n
	}
	o.Rejects = append(o.Rejects, other.Rejects...)
	o.Confirmed = append(o.Confirmed, other.Confirmed...)
}

// settlePeople is the stages of one shard of the self-employed: match, qualify, assess and settle.
func settlePeople(p *Parameters, shard *rows.Shard, out Results) Decisions {
	match := matcher{parameters: *p}
	settle := newSettler(*p, out)
	eachCase(shard, func(c *Case) { settle.settle(match.matchAndQualify(c)) })
	settle.totals.WaitingIncome = match.waiting[rows.Settled].Income
	return Decisions{Totals: settle.totals, Fates: match.fates, Waiting: match.waiting, Recheck: match.rechecked, Rejects: match.rejects,
		Confirmed: match.confirmed}
}

// Balance checks what must hold with any input: that every row read has one fate, and that the sums
// agree. The first sum that does not is the error.
func (t *Totals) Balance(read *[InputCount]rows.Tally, fates *[InputCount]rows.Fates) error {
	for input := range InputCount {
		if sum := fates[input].Sum(); sum.Rows != read[input].Rows {
			return fmt.Errorf("control totals: %d rows of %s read, %d accounted for", read[input].Rows, input, sum.Rows)
		} else if sum.Income != read[input].Income {
			return fmt.Errorf("control totals: income of %s read %s, accounted for %s", input, read[input].Income, sum.Income)
		}
	}
	booked := &t.Booked
	surchargesBack := t.Payout - t.Refund
	for _, sum := range []struct {
		name        string
		left, right int64
	}{
		{"definitive - called = supplement - cancelled", int64(t.Definitive - t.Called), int64(t.Supplement - t.Cancelled)},
		{"supplement = surplus applied + to pay", int64(t.Supplement), int64(t.SurplusApplied + t.ToPay)},
		{"gross refunds = offsets + refunds", int64(t.RefundGross), int64(t.Offset + t.Refund)},
		{"income settled, of the files and of what waited + income of rechecked years, of completed communications, borrowed from " +
			"other years = income of the regularisations",
			int64(fates[Revenue][rows.Settled].Income + t.WaitingIncome + t.RecheckedIncome + t.CompletedIncome + t.BorrowedIncome),
			int64(t.NetIncome)},
		{"debit = credit", int64(t.Debit), int64(t.Credit)},
		{"receivable booked = supplement - cancelled + gross refunds + surcharges + those given back - offsets",
			int64(booked[ReceivableRole].Net()),
			int64(t.Supplement - t.Cancelled + t.RefundGross + t.Surcharge + surchargesBack - t.Offset)},
		{"contributions and fees booked = supplement - cancelled", -int64(booked[ContributionsRole].Net() + booked[FeesRole].Net()),
			int64(t.Supplement - t.Cancelled)},
		{"surcharges booked = surcharges", -int64(booked[SurchargesRole].Net()), int64(t.Surcharge)},
		{"refund payable booked = payout", -int64(booked[RefundPayableRole].Net()), int64(t.Payout)},
		{"offsets credited = offsets", int64(booked[OffsetRole].Credit), int64(t.Offset)},
		{"offsets debited = offsets", int64(booked[OffsetRole].Debit), int64(t.Offset)},
	} {
		if sum.left != sum.right {
			return fmt.Errorf("control totals: %s does not hold: %d and %d cents", sum.name, sum.left, sum.right)
		}
	}
	return nil
}
