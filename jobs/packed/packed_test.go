package packed_test

import (
	"math"
	"reflect"
	"testing"

	"regul/jobs/packed"
)

type part struct {
	Name  string
	Bytes []byte
	Sum   *int64
}

// Inner stands in another struct without a name of its own.
type Inner struct{ Low, High int64 }

type whole struct {
	Text   string
	Yes    bool
	Small  int8
	Parts  []part
	ByName map[string]part
	Words  map[string]string
	Inner
	Unkept string `json:"-"`
	hidden int
}

func values() []whole {
	sum := int64(-7)
	return []whole{{}, {
		Text: "é\x00\xff", Yes: true, Small: -128, Parts: []part{{Name: "a"}, {Bytes: []byte{}, Sum: &sum}},
		ByName: map[string]part{"b": {Name: "b"}, "": {}, "a": {Sum: new(int64)}}, Words: map[string]string{},
		Inner: Inner{math.MinInt64, math.MaxInt64},
	}}
}

func TestReadsWhatWasWritten(t *testing.T) {
	codec := packed.Of[whole]()
	for _, want := range values() {
		text := codec.Append(nil, &want)
		var got whole
		if err := codec.Read(string(text), &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v is read as %+v, %v", want, got, err)
		}
		if again := codec.Append(nil, &got); string(again) != string(text) {
			t.Errorf("%+v is written as %q and as %q", want, text, again)
		}
	}
	left := whole{Unkept: "x", hidden: 1}
	var got whole
	if err := codec.Read(string(codec.Append(nil, &left)), &got); err != nil || !reflect.DeepEqual(got, whole{}) {
		t.Errorf("fields that are left out come back: %+v, %v", got, err)
	}
}

func TestSchemaTellsTypesApart(t *testing.T) {
	type other struct {
		Name  string
		Bytes []byte
		Sum   int64
	}
	type renamed struct {
		Title string
		Bytes []byte
		Sum   *int64
	}
	seen := map[string]bool{packed.Of[part]().Schema(): true, packed.Of[other]().Schema(): true, packed.Of[renamed]().Schema(): true}
	if len(seen) != 3 {
		t.Errorf("types have the same schema: %v", seen)
	}
}

// What is cut off is an error; other bytes may be another value, but never take the program down.
func FuzzRead(f *testing.F) {
	codec := packed.Of[whole]()
	for _, v := range values() {
		text := codec.Append(nil, &v)
		f.Add(text)
		for end := range text {
			var got whole
			if codec.Read(string(text[:end]), &got) == nil {
				f.Errorf("%q is read though it is cut off", text[:end])
			}
		}
	}
	f.Fuzz(func(_ *testing.T, text []byte) {
		var got whole
		_ = codec.Read(string(text), &got)
	})
}
