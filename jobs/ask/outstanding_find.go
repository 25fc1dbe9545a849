package ask

import (
	"cmp"
	"fmt"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/ledger"
	"regul/pipeline"
	"regul/pipeline/money"
)

// finding is what is outstanding while it is found: a fund may have a million years of which something is.
type finding struct {
	about   *batch.About
	history *ledger.History
	on      pipeline.Date
	failed  failures
	found   []found
	orders  [][]Order // of what is found, as far as it is known by now
}

// found is money of one kind on a year, of which Outstanding tells as OutstandingMoney.
type found struct {
	partyYear
	dossier pipeline.Dossier // of a company: it tells none
	amount  money.Cents
	since   pipeline.Date // unknown: the batches say it
	kind    uint8         // position in OutstandingKinds
	orders  int32         // position in finding.orders, from 1; 0: none
}

// unknown stands for a day that is not found yet.
const unknown = pipeline.Date(-1 << 31)

// partyYear is the year of an affiliate or of a company.
type partyYear struct {
	number pipeline.NISS
	year   int32
}

// find begins to find what is outstanding on a day.
func find(about *batch.About, history *ledger.History, on pipeline.Date) (f *finding, err error) {
	f = &finding{about: about, history: history, on: on}
	f.failed, err = failuresOf(history, on)
	return f, err
}

// dayOf is the day of a batch.
func dayOf(m *batch.Manifest) (pipeline.Date, error) {
	day, ok := pipeline.ParseDate([]byte(m.AsOf))
	if !ok {
		return 0, fmt.Errorf("%s: no day: %q", m.Folder(), m.AsOf)
	}
	return day, nil
}

// kindOf is the position of a kind.
func kindOf(kind string) uint8 { return uint8(slices.Index(OutstandingKinds(), kind)) }

// take adds what a balance says.
func (f *finding) take(b *pipeline.Balance) {
	of := found{partyYear: partyYear{b.NISS, int32(b.Year)}, dossier: b.Dossier}
	for kind, amount := range kindsOf(b) {
		if amount == 0 {
			continue
		}
		of.kind, of.amount, of.since = uint8(kind), amount, unknown
		if kind == 0 {
			of.since = b.UnseenSince
		}
		f.found = append(f.found, of)
	}
	if len(f.failed.named) > 0 {
		f.takeFailures(b)
	}
}

// with adds money with the transfers that it is about.
func (f *finding) with(orders []Order, of found) {
	f.orders = append(f.orders, orders)
	of.orders = int32(len(f.orders))
	f.found = append(f.found, of)
}

// complete sorts, sums up, and lists so many of each kind, with the transfers that the payment indexes tell of. recorded is the batch that
// recorded the balances; "": none did.
func (f *finding) complete(recorded string, limit int) (*Outstanding, error) {
	if err := f.addVoid(); err != nil {
		return nil, err
	}
	if err := f.age(recorded); err != nil {
		return nil, err
	}
	slices.SortFunc(f.found, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.since, b.since), cmp.Compare(a.number, b.number), cmp.Compare(a.year, b.year))
	})
	out := &Outstanding{AsOf: f.on.String(), Batch: recorded}
	kinds := OutstandingKinds()
	listed := make([]found, 0, f.most(limit))
	for i := range f.found {
		of := &f.found[i]
		if i == 0 || f.found[i-1].kind != of.kind {
			out.Sums = append(out.Sums, OutstandingSum{Kind: kinds[of.kind]})
		}
		sum := &out.Sums[len(out.Sums)-1]
		if limit == AllOfAKind || sum.Years < int64(limit) {
			listed = append(listed, *of)
		}
		sum.Years++
		sum.Amount += of.amount
		sum.Oldest = max(sum.Oldest, f.days(of))
	}
	if err := f.addOrders(listed); err != nil {
		return nil, err
	}
	for i := range listed {
		out.Years = append(out.Years, f.tell(&listed[i], kinds))
	}
	return out, nil
}

// most is how many years are listed at most.
func (f *finding) most(limit int) int {
	if limit == AllOfAKind {
		return len(f.found)
	}
	return min(len(f.found), limit*len(OutstandingKinds()))
}

// days is how long money has been outstanding.
func (f *finding) days(of *found) int { return max(0, int(f.on-of.since)) }

// tell is what was found as it is told.
func (f *finding) tell(of *found, kinds []string) OutstandingMoney {
	m := OutstandingMoney{Kind: kinds[of.kind], Named: f.about.Named(f.about.Write(of.number)), Year: int(of.year), Amount: of.amount,
		Since: of.since.String(), AgeDays: f.days(of)}
	if f.about.HasDossier() {
		m.Dossier = string(of.dossier.Append(nil))
	}
	if of.orders > 0 {
		m.Orders = f.orders[of.orders-1]
	}
	return m
}
