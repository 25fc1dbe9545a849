package pipeline

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"regul/pipeline/money"
)

// fill sets every field to a random value, also those that are added later.
func fill(rng *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(rng, v.Field(i))
		}
	case reflect.Bool:
		v.SetBool(rng.IntN(2) == 0)
	case reflect.String:
		v.SetString([]string{"", "A", "2026-W25-000728", "é", string(make([]byte, 300))}[rng.IntN(5)])
	case reflect.Uint8, reflect.Uint32, reflect.Uint64:
		v.SetUint(rng.Uint64() & 7)
	case reflect.Slice: // left nil
	default:
		v.SetInt(rng.Int64N(2e6) - 1e6)
	}
}

// randomSettlement fills a settlement except what follows from the affiliate and the year.
func randomSettlement(rng *rand.Rand) *Settlement {
	a := &Party{}
	fill(rng, reflect.ValueOf(a).Elem())
	a.Number = rng.Int64N(maxNISS)
	s := &Settlement{Party: a}
	for i := range 1 + rng.IntN(3) {
		var r Regularisation
		var before Before
		fill(rng, reflect.ValueOf(&r).Elem())
		fill(rng, reflect.ValueOf(&before).Elem())
		r.ComponentsBefore = "" // the tables alone hold the rows of a communication
		r.NISS, r.Dossier, r.Language, r.Year = NISS(a.Number), a.Dossier, a.Language, 2020+i
		var company *CompanyYear
		if rng.IntN(2) == 0 {
			company = &CompanyYear{}
			fill(rng, reflect.ValueOf(company).Elem())
		}
		y := SettledYear{Company: company, Regularisation: r, Before: before, Quarters: []QuarterResult{}, Terms: []SurchargeTerm{},
			Late: []SurchargeTerm{}}
		for range rng.IntN(5) {
			var q QuarterResult
			fill(rng, reflect.ValueOf(&q).Elem())
			q.NISS, q.Year, q.Version = r.NISS, r.Year, r.Version
			y.Quarters = append(y.Quarters, q)
		}
		for range rng.IntN(4) {
			var t SurchargeTerm
			fill(rng, reflect.ValueOf(&t).Elem())
			t.NISS, t.Year, t.Version = r.NISS, r.Year, r.Version
			if t.Basis = UnjustifiedReduction; rng.IntN(2) == 0 {
				t.Basis = LatePayment
				y.Late = append(y.Late, t)
			} else {
				y.Terms = append(y.Terms, t)
			}
		}
		s.Years = append(s.Years, y)
	}
	for range rng.IntN(3) {
		var o Offset
		fill(rng, reflect.ValueOf(&o).Elem())
		s.Offsets = append(s.Offsets, o)
	}
	for i := range rng.IntN(3) {
		s.Withdrawn = append(s.Withdrawn, WithdrawnNotice{NISS: NISS(a.Number), Year: int16(2020 + i), NotifiedOn: Date(rng.IntN(1000)),
			Claim: money.Cents(rng.IntN(1000)), Payout: money.Cents(rng.IntN(1000)), Again: Date(rng.IntN(1000))})
	}
	if rng.IntN(2) == 0 {
		s.Receipt = &Receipt{}
		fill(rng, reflect.ValueOf(s.Receipt).Elem())
		s.Receipt.NISS, s.Receipt.Dossier, s.Receipt.Status = NISS(a.Number), a.Dossier, Certified
	}
	return s
}

// Every field of a settlement comes back, with a reader that is used again.
func TestSettlementsComeBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 0))
	r := SettlementReader{quarters: []QuarterResult{}, terms: []SurchargeTerm{}} // empty, not nil: nothing is read so far
	for range 1000 {
		want := randomSettlement(rng)
		got, err := r.Read(AppendSettlement(nil, want))
		if err != nil {
			t.Fatal(err)
		}
		if len(want.Offsets) == 0 {
			want.Offsets = got.Offsets[:0]
		}
		if len(want.Withdrawn) == 0 {
			want.Withdrawn = got.Withdrawn[:0]
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("read\n%+v\n%+v\nwant\n%+v\n%+v", got.Party, got, want.Party, want)
		}
	}
}

// Cut bytes are an error, never a panic.
func TestCutSettlementIsAnError(t *testing.T) {
	whole := AppendSettlement(nil, randomSettlement(rand.New(rand.NewPCG(1, 1))))
	var r SettlementReader
	for n := range whole {
		if _, err := r.Read(whole[:n:n]); err == nil {
			t.Fatalf("%d of %d bytes are read", n, len(whole))
		}
	}
}
