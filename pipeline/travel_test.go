package pipeline

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"regul/pipeline/rows"
)

// randomRejects are rejects with a row of each kind.
func randomRejects(rng *rand.Rand) []Reject {
	var list []Reject
	all := randomRows(rng, 5, 20)
	add := func(row any) {
		r := Reject{Input: Input(rng.IntN(int(InputCount))), Code: Code(rng.IntN(int(CodeCount))), Year: int16(rng.IntN(3000)),
			NISS: NISS(rng.Int64N(maxNISS)), Place: rows.Place{File: int32(rng.IntN(9)), Row: rng.Int64N(1 << 40)},
			Reason: []Reason{becauseNoFee, becauseCategory, Reason("column " + strings.Repeat("x", rng.IntN(300)))}[rng.IntN(3)], Row: row}
		list = append(list, r)
	}
	for i := range 20 {
		add(nil)
		add(all.Account[i])
		add(all.Payments[i])
		add(all.Components[i])
		add(all.Interruptions[i])
		add(all.Evidence[i])
		add(Identity{Before: NISS(rng.Int64N(maxNISS)), NISS: NISS(rng.Int64N(maxNISS)), Since: Date(rng.IntN(1 << 15)),
			Place: rows.Place{File: 2, Row: int64(i)}})
		add(Unread{Text: strings.Repeat("é\x00,", rng.IntN(99)), NISS: "8501"})
	}
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// Rejects come back with the rows from which their texts follow, and keep nothing of the bytes.
func TestRejectsComeBack(t *testing.T) {
	want := randomRejects(rand.New(rand.NewPCG(5, 0)))
	bytes := AppendRejects(nil, want)
	got, err := ReadRejects(bytes)
	if err != nil {
		t.Fatal(err)
	}
	clear(bytes)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%+v\nwant\n%+v", got, want)
	}
	for n := range 200 {
		if _, err := ReadRejects(AppendRejects(nil, want)[:n:n]); err == nil {
			t.Fatalf("%d bytes are read as rejects", n)
		}
	}
}

// Every sum comes back, also those that are added later.
func TestDecisionsComeBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 0))
	var want Decisions
	for _, part := range []any{&want.Totals, &want.Fates, &want.Waiting} {
		fillAll(rng, reflect.ValueOf(part).Elem())
	}
	want.Rejects = randomRejects(rng)
	for i := range 3 {
		want.Confirmed = append(want.Confirmed,
			ConfirmedTransfer{85010112387, 2023, i > 0, int32(i),
				Confirmation{EndToEnd: transferID, Status: BankReturned, On: june30, Amount: 12_34}})
	}
	got, err := ReadDecisions(AppendDecisions(nil, &want))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%+v\nwant\n%+v: %v", got, want, err)
	}
}

// fillAll is fill for arrays too.
func fillAll(rng *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fillAll(rng, v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			fillAll(rng, v.Index(i))
		}
	default:
		v.SetInt(rng.Int64() - rng.Int64())
	}
}

// kept keeps copies of what it is handed.
type kept struct {
	settlements []string
	balances    [][]Balance
}

func (k *kept) Settlement(s *Settlement) { k.settlements = append(k.settlements, written(s)) }
func (k *kept) Balances(b []Balance)     { k.balances = append(k.balances, append([]Balance{}, b...)) }

// written is everything that a settlement says, as text.
func written(s *Settlement) string {
	var e rows.Encoder
	s.encodeWhole(&e)
	return string(e.Bytes)
}

// What a shard gives is handed on as the stages gave it: every field of settlements and balances, and their order.
func TestResultIsReplayed(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 0))
	var want kept
	r := recorder{rows.Encoder{Bytes: resultFrame.Begin(nil)}}
	for range 300 {
		s := randomSettlement(rng)
		s.AsOf = Date(rng.IntN(1 << 15))
		list := randomRows(rng, 3, 4)
		for i := range s.Years {
			s.Years[i].ComponentsBefore = []string{"", `trader 1.00 ""`}[rng.IntN(2)]
			s.Years[i].Components = list.Components[:rng.IntN(3)]
		}
		s.Entries = list.Entries[:rng.IntN(3)]
		balances := make([]Balance, rng.IntN(4))
		for i := range balances {
			fill(rng, reflect.ValueOf(&balances[i]).Elem())
			balances[i].NISS = NISS(rng.Int64N(maxNISS))
		}
		r.Balances(balances)
		r.Settlement(s)
		want.Balances(balances)
		want.Settlement(s)

		var reader SettlementReader
		d := rows.Decoder{Bytes: []byte(written(s))}
		got := reader.whole(&d)
		if len(d.Bytes) > 0 || got.AsOf != s.AsOf || len(got.Entries) != len(s.Entries) {
			t.Fatalf("read %+v, want %+v", got, s)
		}
		for i := range s.Entries {
			if got.Entries[i] != s.Entries[i] {
				t.Fatalf("entry %+v, want %+v", got.Entries[i], s.Entries[i])
			}
		}
		for i := range s.Years {
			a, b := &got.Years[i], &s.Years[i]
			if a.ComponentsBefore != b.ComponentsBefore || len(a.Components) != len(b.Components) {
				t.Fatalf("year %+v, want %+v", a, b)
			}
			for j := range b.Components {
				if a.Components[j] != b.Components[j] {
					t.Fatalf("component %+v, want %+v", a.Components[j], b.Components[j])
				}
			}
		}
	}
	decided := Decisions{Rejects: randomRejects(rng)}
	decided.Totals.Notices = 7
	r.Unsigned(uint64(decisionsEnd))
	r.Bytes = AppendDecisions(r.Bytes, &decided)
	var got kept
	replayed, err := Replay(resultFrame.Seal(r.Bytes), &got)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("other settlements or balances are handed on")
	}
	if !reflect.DeepEqual(replayed, decided) {
		t.Error("other decisions are handed on")
	}
}

// Another law, or parameters that can't be read, would decide something else.
func TestWorkRefusesAnotherLaw(t *testing.T) {
	s := newScatters(t, 1)
	scatter(rand.New(rand.NewPCG(8, 0)), randomRows(rand.New(rand.NewPCG(8, 0)), 5, 5), s)
	shard, err := NewPlan(People, s, ShardRows).Append(nil, 0)
	must(t, err)
	p, err := ParseParameters(`{"AsOf":20000,"Fees":{"2023":305}}`)
	must(t, err)
	text, err := p.Text()
	must(t, err)
	if _, err := People.Work(text, People.Version(&p), shard); err != nil {
		t.Errorf("a shard is refused: %v", err)
	}
	if _, err := People.Work(text, "0123456789", shard); err == nil || !strings.Contains(err.Error(), "01234567") {
		t.Errorf("another law: %v", err)
	}
	if _, err := People.Work("{", People.Version(&p), shard); err == nil {
		t.Error("parameters that can't be read are taken")
	}
	if _, err := People.Work(text, People.Version(&p), shard[1:]); err == nil {
		t.Error("a damaged shard is taken")
	}
}
