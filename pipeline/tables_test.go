package pipeline

import (
	"reflect"
	"testing"

	"regul/fixtures/filled"
	"regul/pipeline/rows"
)

// Every list of a case has its table: no row that waits is lost when a case is taken from a shard, or copied for a simulation.
func TestEveryListOfACaseIsTakenAndCopied(t *testing.T) {
	var one, copied Case
	lists, v := 0, reflect.ValueOf(&one).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice {
			lists++
			f.Set(reflect.MakeSlice(f.Type(), 1, 1))
		}
	}
	one.NISS = 1
	if copied.copyFrom(&one); lists != len(caseLists) || !reflect.DeepEqual(one, copied) {
		t.Errorf("a case has %d lists, %d of them have tables; its copy is %+v", lists, len(caseLists), copied)
	}
	copied.Payments[0].Amount = 1
	if one.Payments[0].Amount != 0 {
		t.Error("the copy shares its rows")
	}
}

// What the ledger brings of a person waits for its shard with every field.
func TestEveryFieldOfWhatTheLedgerBringsIsKept(t *testing.T) {
	s := &Scatter{}
	defer s.Close()
	want := Case{PriorYears: []PriorYear{*filled.Row[PriorYear]()}, PriorQuarters: []PriorQuarter{*filled.Row[PriorQuarter]()},
		Withdrawn: []WithdrawnNotice{*filled.Row[WithdrawnNotice]()}, Offsets: []PriorOffset{*filled.Row[PriorOffset]()},
		Transfers: []PriorTransfer{*filled.Row[PriorTransfer]()}, Entries: []PriorEntry{*filled.Row[PriorEntry]()},
		Conflicts: []Conflict{*filled.Row[Conflict]()}, Confirmations: []ConfirmedTransfer{*filled.Row[ConfirmedTransfer]()}}
	want.PriorQuarters[0].Standing = 2         // which shares a word with the categories
	want.Transfers[0].Message = ""             // by which a confirmation is found, and no more
	want.Confirmations[0].Place = rows.Place{} // of tonight's row
	s.PriorYear(&want.PriorYears[0])
	s.PriorQuarter(&want.PriorQuarters[0])
	s.WithdrawnNotice(&want.Withdrawn[0])
	s.PriorOffset(&want.Offsets[0])
	s.PriorTransfer(&want.Transfers[0])
	s.PriorEntry(&want.Entries[0])
	s.conflict(&want.Conflicts[0])
	s.PriorConfirmation(&want.Confirmations[0])
	got, err := Everything(NewPlan(People, []*Scatter{s}, 1000), 0)
	if err != nil {
		t.Fatal(err)
	}
	compared := reflect.ValueOf(want)
	for i := range compared.NumField() {
		if list := compared.Field(i); list.Kind() == reflect.Slice && list.Len() > 0 {
			if kept := reflect.ValueOf(got).Field(i); !reflect.DeepEqual(kept.Interface(), list.Interface()) {
				t.Errorf("%s: %#v was kept of %#v", compared.Type().Field(i).Name, kept, list)
			}
		}
	}
}
