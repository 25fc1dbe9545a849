package pipeline

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/pipeline/rows"
)

// randomRows is rows of every table for some national numbers, in random order, with values up to their limits.
func randomRows(rng *rand.Rand, numbers, number int) *Case {
	s := &Case{}
	known := make([]NISS, numbers)
	for i := range known {
		known[i] = NISS(1 + rng.Int64N(maxNISS-1))
	}
	known[0] = maxNISS - 1
	amount := func() money.Cents {
		return money.Cents([]int64{0, 1, -1, rng.Int64N(200), -rng.Int64N(1 << 20), rng.Int64N(1 << 40), -1 << 62, 1<<62 - 1}[rng.IntN(8)])
	}
	date := func() Date { return firstDate + Date(rng.IntN(int(lastDate-firstDate)+1)) }
	year := func() int16 { return int16(FirstYear + rng.IntN(LastYear-FirstYear+1)) }
	text := func() string {
		return strings.Repeat(string(rune('A'+rng.IntN(60))), []int{0, 1, 7, 127, 128, 255}[rng.IntN(6)])
	}
	place := func() rows.Place { return rows.Place{File: int32(rng.IntN(1000)), Row: 1 + rng.Int64N(1<<40)} }
	optional := func() OptionalDate { return []OptionalDate{0, date().Some(), 1, lastDate.Some()}[rng.IntN(4)] }
	quarterAdded := func() QuarterAdded {
		if rng.IntN(2) == 0 {
			return QuarterAdded{}
		}
		return QuarterAdded{IfMain(rng.IntN(5)), Answer(rng.IntN(3)), Answer(rng.IntN(3)), optional(), optional()}
	}
	paymentAdded := func() PaymentAdded {
		if rng.IntN(2) == 0 {
			return PaymentAdded{}
		}
		return PaymentAdded{Purpose(rng.IntN(5)), text(), text()}
	}
	componentAdded := func() ComponentAdded {
		if rng.IntN(2) == 0 {
			return ComponentAdded{}
		}
		return ComponentAdded{true, amount()}
	}
	for range number {
		niss := known[rng.IntN(numbers)]
		s.Affiliates = append(s.Affiliates, Affiliate{niss, Dossier{uint32(rng.IntN(1e8)), uint8(1 + rng.IntN(8)), 0},
			Language(1 + rng.IntN(3)), Hold(rng.IntN(5)), rng.Uint64(), place(),
			Contact{text(), text(), text(), text(), text(), text(), text(), text(), date(), false, false, text(),
				[]Copy{{}, {text(), text(), text(), text(), text()}}[rng.IntN(2)]}})
		for quarter := range uint8(4) {
			s.Account = append(s.Account, AccountQuarter{niss, year(), quarter + 1, []law.Category{0, 11, UnknownCategory}[rng.IntN(3)],
				Standing(rng.IntN(6)), uint8(rng.IntN(4)), Reduction(rng.IntN(3)), amount(), amount(), quarterAdded(), place()})
			s.Payments = append(s.Payments, Payment{niss, year(), uint8(rng.IntN(5)), date(), amount(), paymentAdded(), place()})
		}
		s.Components = append(s.Components, Component{niss, year(), text(), date(), Nature(rng.IntN(6)), text(), amount(), componentAdded(),
			place()})
		s.Flaws = append(s.Flaws, Flaw{niss, Input(rng.IntN(int(InputCount))), []int16{0, year()}[rng.IntN(2)], text(), date()})
		s.Interruptions = append(s.Interruptions, Interruption{niss, year(), place()})
		s.Evidence = append(s.Evidence, Evidence{niss, year(), uint8(1 + rng.IntN(4)), EvidenceKind(1 + rng.IntN(11)),
			int32(rng.IntN(2e7)) - 1, int32(rng.IntN(1e6)) - 1, int16(rng.IntN(368)) - 1, int16(rng.IntN(14)) - 1,
			int32(rng.IntN(10002)) - 1, int32(rng.IntN(1e6)) - 1, amount(), Answer(rng.IntN(3)), Answer(rng.IntN(3)),
			EvidenceAdded{optional(), optional()}, place()})
		income, counted, contested := amount(), amount(), rng.IntN(2) == 0
		if !contested {
			counted = income
		}
		s.PriorYears = append(s.PriorYears, PriorYear{niss, Dossier{Number: rng.Uint32N(1e8), Digits: uint8(rng.IntN(9))}, year(),
			int32(rng.IntN(1 << 20)), text(), date(), income, contested, counted, amount(), date(), amount(), amount(), amount(), amount(), text(),
			int32(rng.IntN(1 << 20)), rng.IntN(2) == 0, rng.IntN(2) == 0, amount(), amount(), amount(), amount(), amount(), amount(), amount(), amount(),
			amount()})
		s.Waiting = append(s.Waiting, Component{niss, year(), text(), date(), Nature(rng.IntN(6)), text(), amount(), componentAdded(),
			rows.Place{File: waitingFile, Row: 1}})
		s.Conflicts = append(s.Conflicts, Conflict{niss, ConflictKind(1 + rng.IntN(4)), rng.Uint64()})
		s.Offsets = append(s.Offsets, PriorOffset{niss, year(), year(), date(), amount()})
		s.Transfers = append(s.Transfers, PriorTransfer{niss, year(), int32(rng.IntN(1 << 20)), rng.IntN(2) == 0, rng.IntN(2) == 0, text(),
			amount(), amount(), date(), rng.IntN(2) == 0, uint8(1 + rng.IntN(6)), amount(), text(), rng.IntN(2) == 0, ""})
		s.Confirmations = append(s.Confirmations, ConfirmedTransfer{niss, year(), rng.IntN(2) == 0, earlierEntry,
			Confirmation{EndToEnd: text(), Status: ConfirmationStatus(1 + rng.IntN(4)), On: date(), Amount: amount()}})
		s.Entries = append(s.Entries, PriorEntry{niss, year(), int32(rng.IntN(1 << 20)), int32(rng.IntN(99)), date(), Role(rng.IntN(6)),
			amount(), amount(), year(), Dossier{Number: rng.Uint32N(1e8), Digits: uint8(1 + rng.IntN(8))}})
		s.Withdrawn = append(s.Withdrawn, WithdrawnNotice{niss, year(), date(), amount(), amount(), date()})
		s.PriorQuarters = append(s.PriorQuarters,
			PriorQuarter{niss, year(), int32(rng.IntN(1 << 20)), int32(rng.IntN(1 << 20)), uint8(1 + rng.IntN(4)), amount(), amount(),
				amount(), law.Category(rng.IntN(256)), law.Category(rng.IntN(256)), Standing(rng.IntN(5))})
	}
	return s
}

// scatter takes every row of a shard, in random order, into one of the scatters.
func scatter(rng *rand.Rand, s *Case, into []*Scatter) {
	var takes []func(*Scatter)
	each(s.Affiliates, &takes, (*Scatter).Affiliate)
	each(s.Account, &takes, (*Scatter).Account)
	each(s.Payments, &takes, (*Scatter).Payment)
	each(s.Components, &takes, (*Scatter).Component)
	each(s.Interruptions, &takes, (*Scatter).Interruption)
	each(s.Evidence, &takes, (*Scatter).Evidence)
	each(s.PriorYears, &takes, (*Scatter).PriorYear)
	each(s.PriorQuarters, &takes, (*Scatter).PriorQuarter)
	each(s.Withdrawn, &takes, (*Scatter).WithdrawnNotice)
	each(s.Waiting, &takes, (*Scatter).Waiting)
	each(s.Conflicts, &takes, (*Scatter).conflict)
	each(s.Offsets, &takes, (*Scatter).PriorOffset)
	each(s.Transfers, &takes, (*Scatter).PriorTransfer)
	each(s.Entries, &takes, (*Scatter).PriorEntry)
	each(s.Confirmations, &takes, (*Scatter).PriorConfirmation)
	each(s.Flaws, &takes, func(to *Scatter, f *Flaw) { to.Reject(Reject{Input: f.Input, Code: BadValue}, *f, nil, nil, 0) })
	rng.Shuffle(len(takes), func(i, j int) { takes[i], takes[j] = takes[j], takes[i] })
	for _, take := range takes {
		take(into[rng.IntN(len(into))])
	}
}

func each[Row any](list []Row, takes *[]func(*Scatter), take func(*Scatter, *Row)) {
	for i := range list {
		*takes = append(*takes, func(s *Scatter) { take(s, &list[i]) })
	}
}

// load is all rows of a shard.
func load(t *testing.T, plan *rows.Plan, number int) *Case {
	t.Helper()
	all, err := Everything(plan, number)
	must(t, err)
	return &all
}

func newScatters(t *testing.T, number int) []*Scatter {
	t.Helper()
	scatters := make([]*Scatter, number)
	for i := range scatters {
		scatters[i] = &Scatter{Contacts: true}
		t.Cleanup(func() {
			if err := scatters[i].Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return scatters
}

// byNumber groups the rows of shards by national number, as texts, in any order: the slow way.
func byNumber(shards ...*Case) map[NISS][]string {
	groups := map[NISS][]string{}
	for _, s := range shards {
		group(groups, s.Affiliates, func(r *Affiliate) NISS { return r.NISS })
		group(groups, s.Account, func(r *AccountQuarter) NISS { return r.NISS })
		group(groups, s.Payments, func(r *Payment) NISS { return r.NISS })
		group(groups, s.Components, func(r *Component) NISS { return r.NISS })
		group(groups, s.Flaws, func(r *Flaw) NISS { return r.NISS })
		group(groups, s.Interruptions, func(r *Interruption) NISS { return r.NISS })
		group(groups, s.Evidence, func(r *Evidence) NISS { return r.NISS })
		group(groups, s.PriorYears, func(r *PriorYear) NISS { return r.NISS })
		group(groups, s.PriorQuarters, func(r *PriorQuarter) NISS { return r.NISS })
		group(groups, s.Withdrawn, func(r *WithdrawnNotice) NISS { return r.NISS })
		group(groups, s.Waiting, func(r *Component) NISS { return r.NISS })
		group(groups, s.Conflicts, func(r *Conflict) NISS { return r.NISS })
		group(groups, s.Offsets, func(r *PriorOffset) NISS { return r.NISS })
		group(groups, s.Transfers, func(r *PriorTransfer) NISS { return r.NISS })
		group(groups, s.Entries, func(r *PriorEntry) NISS { return r.NISS })
	}
	for _, list := range groups {
		slices.Sort(list)
	}
	return groups
}

func group[Row any](groups map[NISS][]string, list []Row, niss func(*Row) NISS) {
	for i := range list {
		groups[niss(&list[i])] = append(groups[niss(&list[i])], fmt.Sprintf("%#v", list[i]))
	}
}

func sameGroups(t *testing.T, got, want map[NISS][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d national numbers, want %d", len(got), len(want))
	}
	for niss, list := range want {
		if !slices.Equal(got[niss], list) {
			t.Fatalf("%s has the rows\n%s\nwant\n%s", niss, strings.Join(got[niss], "\n"), strings.Join(list, "\n"))
		}
	}
}

// Every row comes out of its shard as it went in, with all others of its national number, and shards ascend.
func TestPlanHandsOutEveryRowOnce(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	for _, shardRows := range []int{1, 50, 1000, ShardRows} {
		in := randomRows(rng, 120, 200)
		scatters := newScatters(t, 3)
		scatter(rng, in, scatters)
		plan := NewPlan(People, scatters, shardRows)
		var shards []*Case
		last := NISS(-1)
		for number := range plan.Shards() {
			s := load(t, plan, number)
			highest := last
			for niss := range byNumber(s) {
				if niss <= last {
					t.Fatalf("%s stands in shard %d, and a higher number before", niss, number)
				}
				highest = max(highest, niss)
			}
			last = highest
			if weight := len(s.Affiliates) + len(s.Account) + len(s.Payments) + len(s.Components) + len(s.Evidence); number < plan.Shards()-1 && weight < shardRows {
				t.Errorf("shard %d of %d has %d rows, want %d or more", number, plan.Shards(), weight, shardRows)
			}
			shards = append(shards, s)
		}
		if shardRows == ShardRows && len(shards) != 1 || shardRows == 50 && len(shards) < 10 {
			t.Errorf("%d shards of %d rows", len(shards), shardRows)
		}
		sameGroups(t, byNumber(shards...), byNumber(in))
	}
}

// The cuts follow from the content: neither the order of rows nor the number of readers moves them.
func TestCutsFollowFromTheContent(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 0))
	in := randomRows(rng, 300, 300)
	var want []int
	for _, readers := range []int{1, 2, 7} {
		scatters := newScatters(t, readers)
		scatter(rng, in, scatters)
		plan := NewPlan(People, scatters, 100)
		var ends []int // the rows of each shard
		for number := range plan.Shards() {
			ends = append(ends, len(byNumber(load(t, plan, number))))
		}
		if want == nil {
			want = ends
		}
		if !slices.Equal(ends, want) || len(ends) < 10 {
			t.Errorf("%d readers: %d shards, with one reader %d", readers, len(ends), len(want))
		}
	}
}

// The memory of a shard is used again: nothing of the one before may be left.
func TestShardIsLoadedOverAnother(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 0))
	in := randomRows(rng, 60, 100)
	scatters := newScatters(t, 2)
	scatter(rng, in, scatters)
	plan := NewPlan(People, scatters, 60)
	reused := rows.NewShard(waiting)
	got := map[NISS][]string{}
	for number := range plan.Shards() {
		must(t, plan.Load(number, reused))
		all := caseAt(reused, rows.Ungrouped)
		for niss, list := range byNumber(&all) {
			got[niss] = append(got[niss], list...)
		}
	}
	sameGroups(t, got, byNumber(in))
}

// The grouper brings together what a map brings together, each number once, ascending; its memory is used again.
func TestCasesAreTheGroupsOfAMap(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 0))
	shard := rows.NewShard(waiting)
	for _, size := range [][2]int{{3, 10}, {2000, 3000}, {1, 5}, {500, 100}, {1, 0}} {
		in := randomRows(rng, size[0], size[1])
		want := byNumber(in)
		got := map[NISS][]string{}
		last := NISS(-1)
		scatters := newScatters(t, 2)
		scatter(rng, in, scatters)
		must(t, NewPlan(People, scatters, ShardRows).Load(0, shard))
		eachCase(shard, func(c *Case) {
			if c.NISS <= last {
				t.Fatalf("%s comes after %s", c.NISS, last)
			}
			last = c.NISS
			for niss, list := range byNumber(c) {
				if niss != c.NISS {
					t.Fatalf("the case of %s holds a row of %s", c.NISS, niss)
				}
				got[niss] = list
			}
		})
		sameGroups(t, got, want)
	}
}
