// Package worlds_test lets random funds live: ten nights of the whole program on files, with people and companies, a bank that executes
// what it is ordered, books that tell it at once, late, in parts, wrongly, twice or never, withdrawals, drafts, holds, limits and kills.
// What truly moved is kept beside the books, and every batch must agree with it. At the end the tables of all batches must agree with the
// batches; other orders of the rows, and clean books, must lead to the same rows, and of clean books nothing may be left unclear or unseen.
//
// To be cheap a world has its ledger in memory, one in ten on disk, and writes no letters; every kind of event may happen in each.
package worlds_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"regul/fixtures/reference"
	"regul/jobs/jobstest"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
)

// More of them: make worlds WORLDS=1000. One of them again: go test ./jobs/worlds -world-seed=S -world=N
var (
	worlds    = flag.Int("worlds", 16, "random funds of ten nights")
	worldSeed = flag.Uint64("world-seed", 0, "another seed makes other funds")
	worldOnly = flag.Int("world", -1, "the one fund to let live; -1: all")
)

const (
	nights = 10
	never  = 1 << 20 // the night on which the books hold what nobody books
)

// world is a fund, its people and companies, its bank and its books. Amounts are cents.
type world struct {
	t      *testing.T
	random *rand.Rand
	deals  *rand.Rand // deals rows out to files, which changes nothing else
	seen   *tally
	out    storage.Storage
	dir    string // of tonight's files
	night  int
	asOf   pipeline.Date

	parties []*party
	numbers map[string]*party // by each number that a party has had
	incomes []*income
	moves   []*move
	books   []*row
	words   []*word
	batches []*published     // that count, the earliest first
	limits  reference.Limits // of tonight's run
	recheck pipeline.Recheck // for which its run settles years again
	resend  bool             // a withdrawal made older communications due again
	log     []string         // what happened, for who must find out
}

// key is whose money it is, and of which year.
type key struct {
	*party
	year int
}

// move is what truly moved on a year, and the night from which anybody can know.
type move struct {
	key
	on     pipeline.Date
	amount money.Cents
	from   int
	order  *order     // that it is about; nil: none
	offset *published // whose offset it is; nil: it is none
	id     string     // of a transaction that no batch which counts has ordered
	back   bool       // it came back

	bounced *move // the contribution that it takes back
}

func newWorld(t *testing.T, seed, number uint64, seen *tally) *world {
	w := &world{t: t, random: rand.New(rand.NewPCG(seed, number)), deals: rand.New(rand.NewPCG(number, seed)), seen: seen,
		asOf: pipeline.DateOf(2026, time.January, 10), numbers: map[string]*party{}, out: jobstest.NewMemory(), dir: t.TempDir()}
	if w.chance(10) {
		w.out = storage.Directory(t.TempDir())
	}
	for i := range 4 {
		w.person(i)
	}
	for i := range 2 {
		w.company(i)
	}
	return w
}

func (w *world) chance(percent int) bool { return w.random.IntN(100) < percent }

// between is a random number of a range.
func (w *world) between(low, high int) int { return low + w.random.IntN(high-low+1) }

// days are some days, up to so many.
func (w *world) days(most int) pipeline.Date { return pipeline.Date(w.random.IntN(most + 1)) }

func (w *world) amount(low, high money.Cents) money.Cents {
	return low + money.Cents(w.random.Int64N(int64(high-low+1)))
}

func pick[T any](w *world, from ...T) T { return from[w.random.IntN(len(from))] }

// note tells what happened.
func (w *world) note(format string, args ...any) {
	w.log = append(w.log, fmt.Sprintf("night %d: ", w.night)+fmt.Sprintf(format, args...))
}

// fail ends the world, with all that happened in it.
func (w *world) fail(format string, args ...any) {
	w.t.Helper()
	w.t.Fatalf("%s\n%s\nnight %d of %s: %s", strings.Join(w.log, "\n"), w.booksText(), w.night, w.asOf, fmt.Sprintf(format, args...))
}

// truly is what truly moved on a year, of what can be known tonight.
func (w *world) truly(k key) (sum money.Cents) {
	for _, m := range w.moves {
		if m.key == k && m.from <= w.night && m.on <= w.asOf {
			sum += m.amount
		}
	}
	return sum
}

// live is one night: the world moves on, people are settled, then companies.
func (w *world) live() {
	w.happen()
	for _, companies := range []bool{false, true} {
		if p := w.run(companies); p != nil {
			w.check(p)
			w.checkTransfers(p, companies)
			w.execute(p)
		} else {
			w.checkTransfers(nil, companies)
		}
		if w.chance(15) {
			w.withdraw(companies)
		}
	}
}

// tally counts what the worlds led to: a test of what never happens would be worth nothing.
type tally struct {
	sync.Mutex
	times map[string]int
}

func (c *tally) add(what string) {
	c.Lock()
	defer c.Unlock()
	c.times[what]++
}

// expected is what a few worlds lead to.
func expected() []string {
	all := []string{"settled again", "refund", "claim", "offset", "held", "held, and transferred by hand", "freed", "withdrawn",
		"withdrawn, and executed all the same", "draft released", "draft discarded", "killed", "bounced", "renumbered", "repeated", "dealt out over files", "waited",
		"settled again for account", "settled again for fees",
		"slip paid", "slip and claim paid", "withdrawn for some", "withdrawn for all that is possible",
		"company settled again", "company refund", "company claim"}
	for how := range refundWays {
		all = append(all, fmt.Sprint("booking ", how))
	}
	for how := range claimWays {
		all = append(all, fmt.Sprint("claim paid ", how))
	}
	return all
}

// Whatever happens in ten nights: P of every year is what truly moved, nobody is paid or credited beyond it, no debt is claimed twice,
// and no communication is forgotten. Once all is booked, clean books lead to the same amounts.
func TestFundsOfTenNights(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // a fund is small, and most of what it makes is gone at once
	seen := &tally{times: map[string]int{}}
	t.Cleanup(func() {
		if *worldOnly < 0 && *worlds >= 16 {
			for _, what := range expected() {
				if seen.times[what] == 0 {
					t.Errorf("there was none: %s", what)
				}
			}
		}
		for _, what := range slices.Sorted(maps.Keys(seen.times)) {
			t.Logf("%6d %s", seen.times[what], what)
		}
	})
	for number := range *worlds {
		if *worldOnly >= 0 && number != *worldOnly {
			continue
		}
		t.Run(fmt.Sprintf("world-seed=%d world=%d", *worldSeed, number), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, *worldSeed, uint64(number), seen)
			for w.night = 1; w.night <= nights; w.night++ {
				w.live()
				w.asOf += pipeline.Date(w.between(1, 60))
			}
			w.end()
		})
	}
}
