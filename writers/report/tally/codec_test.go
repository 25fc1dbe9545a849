package tally

import (
	"reflect"
	"testing"

	"regul/pipeline"
	"regul/pipeline/rows"
)

// numbersIn counts the numbers of a type, of slices none.
func numbersIn(of reflect.Type) (n int) {
	switch of.Kind() {
	case reflect.Int64, reflect.Int32, reflect.Int:
		return 1
	case reflect.Array:
		return of.Len() * numbersIn(of.Elem())
	case reflect.Struct:
		for i := range of.NumField() {
			n += numbersIn(of.Field(i).Type)
		}
	}
	return n
}

// What was counted elsewhere is added to the last number: whoever adds a number to the count finds it here.
func TestCountTravels(t *testing.T) {
	t.Parallel()
	codes := []string{"a", "b"}
	away := NewGatherer(codes)
	next := int64(0)
	away.all.each(func(n *int64) { next++; *n = next })
	away.all.late.Oldest = 12
	away.all.claims.insert(Large{5, pipeline.Dossier{Number: 7, Shift: 1, Digits: 9}, 2023, 2, pipeline.Refund})
	away.all.payouts.insert(Large{Amount: 6, Year: 2022})
	of := reflect.TypeFor[tally]()
	largest, _ := of.FieldByName("claims")
	slices := (len(away.all.categories) + len(away.all.languages)) * numbersIn(reflect.TypeFor[Sums]())
	const oldest = 1
	if want := numbersIn(of) - 2*numbersIn(largest.Type) - yearCount - oldest + slices; next != int64(want) {
		t.Errorf("%d numbers travel, want %d", next, want)
	}
	var e rows.Encoder
	away.Encode(&e)
	here := NewGatherer(codes)
	d := rows.Decoder{Bytes: e.Bytes}
	here.Add(&d)
	if !reflect.DeepEqual(here.all, away.all) || len(d.Bytes) > 0 {
		t.Errorf("%+v, want %+v; %d bytes are left", here.all, away.all, len(d.Bytes))
	}
	here.Add(&rows.Decoder{Bytes: e.Bytes})
	if here.all.affiliates != 2*away.all.affiliates || here.all.claims.size != 2 {
		t.Errorf("added again: %d affiliates, %d claims", here.all.affiliates, here.all.claims.size)
	}
}
