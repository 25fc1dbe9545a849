package batch

import (
	"reflect"
	"testing"

	"regul/jobs/storage"
)

// fill gives every field that can be set a value of its own.
func fill(v reflect.Value, next *int) {
	*next++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				fill(v.Field(i), next)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), next)
		fill(v.Index(1), next)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, next)
		fill(value, next)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), next)
	case reflect.String:
		v.SetString(string(rune('a'+*next%26)) + v.Type().Name())
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(uint64(*next % 200))
	default:
		v.SetInt(int64(-*next))
	}
}

// Whatever a manifest may say is kept of it.
func TestAllOfAManifestIsKept(t *testing.T) {
	var m Manifest
	fill(reflect.ValueOf(&m).Elem(), new(int))
	m.Digest = "d"
	file, err := PackKnown(storage.Directory(t.TempDir()), []*Manifest{&m, {Digest: "e"}})
	if err != nil {
		t.Fatal(err)
	}
	k := known{}
	k.add(file)
	got := Manifest{Digest: "d"}
	if !k.find("d", &got) || len(k) != 2 {
		t.Fatalf("it is not found among %d", len(k))
	}
	if got.IsKnown = false; !reflect.DeepEqual(got, m) {
		t.Errorf("kept as\n%+v\nwant\n%+v", got, m)
	}
	for _, damaged := range []string{"", string(file[1:]), string(file[:len(file)-1]), string(file) + "\n"} {
		k := known{}
		if k.add([]byte(damaged)); len(k) > 0 {
			t.Errorf("%d are known of a damaged file", len(k))
		}
	}
}
