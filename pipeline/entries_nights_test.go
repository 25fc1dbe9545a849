package pipeline_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"regul/fixtures/cases"
	"regul/fixtures/reference"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
	"regul/readers"
)

// books holds the entries of every settlement of a fund against what the regularisation says, and keeps what the next
// night must know of it.
type books struct {
	t        *testing.T
	entries  []pipeline.Entry
	totals   pipeline.Totals
	reached  map[string]int
	years    []pipeline.PriorYear
	quarters []pipeline.PriorQuarter
	paid     [][]string // rows of payments of what letters asked for
}

func (b *books) Shard(int) (pipeline.ShardResults, error) { return b, nil }
func (b *books) Close() error                             { return nil }

// sides are the sums of an affiliate's year by role.
type sides [pipeline.RoleCount]pipeline.Sides

func (b *books) Balances([]pipeline.Balance) {}
func (b *books) Settlement(s *pipeline.Settlement) {
	b.entries = pipeline.AppendEntries(b.entries[:0], s)
	byYear, offsetBalance := map[int]*sides{}, map[int]money.Cents{}
	next := map[int]int{}
	for _, e := range b.entries {
		if byYear[e.Year] == nil {
			byYear[e.Year] = &sides{}
		}
		if next[e.Year]++; e.Line != next[e.Year] {
			b.t.Fatalf("%d: line %d comes as number %d", e.Year, e.Line, next[e.Year])
		}
		if min(e.Debit, e.Credit) != 0 || max(e.Debit, e.Credit) <= 0 || e.Role == pipeline.OffsetRole && e.FromYear == 0 {
			b.t.Fatalf("not a line: %+v", e)
		}
		byYear[e.Year][e.Role].Debit += e.Debit
		byYear[e.Year][e.Role].Credit += e.Credit
		if e.Role == pipeline.OffsetRole {
			offsetBalance[e.FromYear] += e.Debit - e.Credit
		}
		b.totals.Entries++
		b.totals.Debit += e.Debit
		b.totals.Credit += e.Credit
		b.totals.Booked[e.Role].Debit += e.Debit
		b.totals.Booked[e.Role].Credit += e.Credit
	}
	for from, balance := range offsetBalance {
		if balance != 0 {
			b.t.Errorf("of the refund of %d, %s stay on the way", from, balance)
		}
	}
	received := map[int]money.Cents{}
	for _, o := range s.Offsets {
		received[o.To] += o.Amount
	}
	for i := range s.Years {
		b.year(&s.Years[i], byYear[s.Years[i].Year], received[s.Years[i].Year])
		delete(byYear, s.Years[i].Year)
	}
	for year, booked := range byYear { // what refunds pay of years that the batch does not settle
		want := sides{pipeline.OffsetRole: {Debit: received[year]}, pipeline.ReceivableRole: {Credit: received[year]}}
		if *booked != want || received[year] == 0 {
			b.t.Errorf("%d, not settled: %v, want %v", year, *booked, want)
		}
		b.reached["arrears of an unsettled year"]++
	}
}

// year holds one settled year against its regularisation.
func (b *books) year(y *pipeline.SettledYear, booked *sides, received money.Cents) {
	if booked == nil {
		booked = &sides{}
	}
	var debit, credit, calledContribution money.Cents
	for _, role := range booked {
		debit, credit = debit+role.Debit, credit+role.Credit
	}
	for _, q := range y.Quarters {
		calledContribution += q.Called - q.CalledFee
		b.quarters = append(b.quarters, pipeline.PriorQuarter{NISS: q.NISS, Year: int16(q.Year), Version: int32(q.Version),
			Quarter: uint8(q.Quarter), Definitive: q.Definitive, Fee: q.Fee, Category: q.Declared, Applied: q.Category,
			Standing: q.Standing})
	}
	b.years = append(b.years, pipeline.PriorYear{NISS: y.NISS, Year: int16(y.Year), Version: int32(y.Version),
		Communication: strings.Clone(y.Communication), // its memory is the shard's
		Definitive:    y.Definitive, Called: y.Called,
		CommunicatedOn: y.CommunicatedOn, Income: y.NetIncome, Surcharge: y.Surcharge, Asked: y.SurchargeToPay(), Back: y.SurchargeRefund(), NotifiedOn: y.NotifiedOn,
		Claim: y.ToPay - y.OffsetReceived})
	if y.Surcharge > 0 && y.NISS%2 == 0 { // every second pays what the letter asks for
		b.paid = append(b.paid, []string{y.NISS.String(), fmt.Sprint(y.Year), "", y.NotifiedOn.String(), y.Claim().String()})
	}
	for _, sum := range []struct {
		name      string
		got, want money.Cents
	}{
		{"debit = credit", debit, credit},
		{"receivable", booked[pipeline.ReceivableRole].Net(), y.Definitive - y.Called + y.RefundGross + y.Surcharge + y.SurchargeRefund() - received},
		{"contributions", -booked[pipeline.ContributionsRole].Net(), y.Contribution - calledContribution},
		{"contributions and fees", -booked[pipeline.ContributionsRole].Net() - booked[pipeline.FeesRole].Net(), y.Supplement - y.Cancelled},
		{"surcharges", -booked[pipeline.SurchargesRole].Net(), y.Surcharge},
		{"refund payable", booked[pipeline.RefundPayableRole].Credit, y.Payout()},
		{"refund payable taken back", booked[pipeline.RefundPayableRole].Debit, 0},
		{"offsets out", booked[pipeline.OffsetRole].Credit, y.Offset},
		{"offsets in", booked[pipeline.OffsetRole].Debit, received},
	} {
		if sum.got != sum.want {
			b.t.Errorf("%d version %d: %s %s, want %s", y.Year, y.Version, sum.name, sum.got, sum.want)
		}
	}
	contributions, fees := booked[pipeline.ContributionsRole].Net(), booked[pipeline.FeesRole].Net()
	for what, happened := range map[string]bool{
		"supplement": y.Supplement > 0, "cancelled": y.Cancelled > 0, "refund": y.Refund > 0, "offset": y.Offset > 0,
		"offset received": y.OffsetReceived > 0, "arrears paid": received > y.OffsetReceived, "surcharge": y.Surcharge > 0,
		"surcharge given back": y.SurchargeRefund() > 0, "surcharge cancelled": y.SurchargeCancelled() > 0, "version 3": y.Version == 3, "parts of opposite signs": contributions*fees < 0,
		"nothing to book": *booked == sides{},
	} {
		if happened {
			b.reached[what]++
		}
	}
}

// Random funds, three nights each: every year's entries balance and add up to its regularisation, and so do the totals. Fees
// change between nights, so that corrections book fee and contribution apart.
func TestEntriesAddUpToTheRegularisations(t *testing.T) {
	standard, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	data, err := reference.Load(os.DirFS("law/data"))
	if err != nil {
		t.Fatal(err)
	}
	b := &books{t: t, reached: map[string]int{}}
	for seed, nights := range [][]string{{"2025-12-31", "2026-03-31", "2026-07-01"}, {"2024-05-17", "2024-11-02", "2026-06-30"}} {
		b.years, b.quarters, b.paid = nil, nil, nil
		first, err := time.Parse(time.DateOnly, nights[0])
		if err != nil {
			t.Fatal(err)
		}
		m := &cases.Maker{Random: rand.New(rand.NewPCG(uint64(seed), 1)), Law: data, AsOf: first, Faults: 5}
		in := m.Affiliates(400)
		for i, asOf := range nights {
			if i > 0 {
				on, err := time.Parse(time.DateOnly, asOf)
				if err != nil {
					t.Fatal(err)
				}
				in = m.Night(in, on)
			}
			p := pipeline.Parameters{AsOf: day(t, asOf), Law: standard, Fees: pipeline.Fees{}}
			for _, year := range standard.Years() {
				p.Fees[year] = money.Rate(m.Random.IntN(60_000)) // to 6 %
			}
			b.night(in, p)
			in["payments"] = append(in["payments"], b.paid...)
		}
	}
	for _, what := range []string{"supplement", "cancelled", "refund", "offset", "offset received", "arrears paid",
		"arrears of an unsettled year", "surcharge", "surcharge given back", "surcharge cancelled", "version 3", "parts of opposite signs", "nothing to book"} {
		if b.reached[what] == 0 {
			t.Errorf("the random funds never led to %q: %v", what, b.reached)
		}
	}
	t.Log(b.reached)
}

// night runs the stages on the inputs and on what earlier nights have decided.
func (b *books) night(in reference.Inputs, p pipeline.Parameters) {
	b.t.Helper()
	b.totals = pipeline.Totals{}
	var s pipeline.Scatter
	for _, input := range pipeline.People.Inputs {
		if input == pipeline.ConfirmationsInput {
			continue // no bank says anything
		}
		text := []byte(cases.Comma.CSV(input.String(), in[input.String()]))
		f := &readers.File{Input: input, Number: int32(input), Name: input.String() + ".csv", Content: bytes.NewReader(text),
			Size: int64(len(text))}
		parts, err := readers.Parts(f)
		if err != nil {
			b.t.Fatal(err)
		}
		for _, part := range parts {
			if _, err := part.Read(b.t.Context(), &s, p.Law.Category, func(int) {}); err != nil {
				b.t.Fatal(err)
			}
		}
	}
	for _, year := range slices.Clone(b.years) {
		s.PriorYear(&year)
	}
	for _, quarter := range slices.Clone(b.quarters) {
		s.PriorQuarter(&quarter)
	}
	read, unread := s.Read, pipeline.Decisions{Fates: s.Fates}
	decided, err := pipeline.People.Run(b.t.Context(),
		pipeline.NewPlan(pipeline.People, []*pipeline.Scatter{&s}, pipeline.ShardRows), p, 1, b, func(*pipeline.Decisions) {})
	if err != nil {
		b.t.Fatal(err)
	}
	if d := &decided.Totals; d.Entries != b.totals.Entries || d.Debit != b.totals.Debit || d.Credit != b.totals.Credit ||
		d.Booked != b.totals.Booked {
		b.t.Errorf("the run counts %+v, its settlements have %+v", *d, b.totals)
	}
	decided.Add(&unread)
	if err := decided.Totals.Balance(&read, &decided.Fates); err != nil {
		b.t.Error(err)
	}
	if err := s.Close(); err != nil {
		b.t.Error(err)
	}
}
