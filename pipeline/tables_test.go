package pipeline

import (
	"reflect"
	"testing"
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
