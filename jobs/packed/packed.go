// Package packed writes values of Go as bytes and reads them back, much faster than JSON: for what is derived and can be made again. What
// was written by a program whose types differ has another Schema; nobody reads it.
package packed

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Codec writes and reads values of a type: structs of texts, numbers, truths, slices, pointers, and maps by text. Fields that JSON leaves
// out for good (json:"-") and those that are not exported are left out. It may be used by several goroutines.
type Codec[V any] struct {
	coder
	schema string
}

// Of is the codec of a type. A type that it can't write is a fault of the program.
func Of[V any]() *Codec[V] {
	t := reflect.TypeFor[V]()
	var schema strings.Builder
	c := coderOf(t, &schema)
	return &Codec[V]{c, schema.String()}
}

// Schema tells the type from others, and from itself with other fields.
func (c *Codec[V]) Schema() string { return c.schema }

// Append writes a value. Equal values give equal bytes.
func (c *Codec[V]) Append(dst []byte, v *V) []byte { return c.write(dst, reflect.ValueOf(v).Elem()) }

var errCut = errors.New("what was packed is cut off, or of another type")

// Read reads what Append has written. The texts of the value are parts of the text.
func (c *Codec[V]) Read(text string, v *V) error {
	r := reader{text: text}
	c.read(&r, reflect.ValueOf(v).Elem())
	if r.wrong || r.text != "" {
		return errCut
	}
	return nil
}

// coder writes and reads values of one type.
type coder struct {
	write func(dst []byte, v reflect.Value) []byte
	read  func(r *reader, v reflect.Value)
}

// coderOf is the coder of a type, of which the schema says what it holds.
func coderOf(t reflect.Type, schema *strings.Builder) coder {
	switch t.Kind() {
	case reflect.Struct:
		return structCoder(t, schema)
	case reflect.Slice:
		schema.WriteString("[]")
		return sliceCoder(t, coderOf(t.Elem(), schema))
	case reflect.Map:
		schema.WriteString("map ")
		return mapCoder(t, coderOf(t.Key(), schema), coderOf(t.Elem(), schema))
	case reflect.Pointer:
		schema.WriteString("*")
		return pointerCoder(t, coderOf(t.Elem(), schema))
	}
	fmt.Fprintf(schema, "%s;", t.Kind())
	switch t.Kind() {
	case reflect.String:
		return coder{
			func(dst []byte, v reflect.Value) []byte { return append(appendCount(dst, v.Len()), v.String()...) },
			func(r *reader, v reflect.Value) { v.SetString(r.take(r.count())) },
		}
	case reflect.Bool:
		return coder{
			func(dst []byte, v reflect.Value) []byte { return appendCount(dst, map[bool]int{true: 1}[v.Bool()]) },
			func(r *reader, v reflect.Value) { v.SetBool(r.unsigned() == 1) },
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return coder{
			func(dst []byte, v reflect.Value) []byte { return binary.AppendVarint(dst, v.Int()) },
			func(r *reader, v reflect.Value) { n := r.unsigned(); v.SetInt(int64(n>>1) ^ -int64(n&1)) },
		}
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return coder{
			func(dst []byte, v reflect.Value) []byte { return binary.AppendUvarint(dst, v.Uint()) },
			func(r *reader, v reflect.Value) { v.SetUint(r.unsigned()) },
		}
	}
	panic(fmt.Sprintf("packed: a %s can't be written", t))
}

func structCoder(t reflect.Type, schema *strings.Builder) coder {
	var coders []coder
	var at []int
	schema.WriteString("{")
	for i := range t.NumField() {
		if f := t.Field(i); (f.IsExported() || f.Anonymous) && f.Tag.Get("json") != "-" {
			fmt.Fprintf(schema, "%s ", f.Name)
			coders, at = append(coders, coderOf(f.Type, schema)), append(at, i)
		}
	}
	schema.WriteString("}")
	return coder{
		func(dst []byte, v reflect.Value) []byte {
			for i, c := range coders {
				dst = c.write(dst, v.Field(at[i]))
			}
			return dst
		},
		func(r *reader, v reflect.Value) {
			for i, c := range coders {
				c.read(r, v.Field(at[i]))
			}
		},
	}
}

// Of a slice, a map and a pointer one more than the number of values stands first; 0 is nil.

func sliceCoder(t reflect.Type, of coder) coder {
	return coder{
		func(dst []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return appendCount(dst, 0)
			}
			dst = appendCount(dst, v.Len()+1)
			for i := range v.Len() {
				dst = of.write(dst, v.Index(i))
			}
			return dst
		},
		func(r *reader, v reflect.Value) {
			n := r.count() - 1
			if n < 0 {
				return
			}
			v.Set(reflect.MakeSlice(t, n, n))
			for i := 0; i < n && !r.wrong; i++ {
				of.read(r, v.Index(i))
			}
		},
	}
}

func mapCoder(t reflect.Type, key, of coder) coder {
	return coder{
		func(dst []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return appendCount(dst, 0)
			}
			dst = appendCount(dst, v.Len()+1)
			keys := slices.SortedFunc(slices.Values(v.MapKeys()), func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
			for _, k := range keys {
				dst = of.write(key.write(dst, k), v.MapIndex(k))
			}
			return dst
		},
		func(r *reader, v reflect.Value) {
			n := r.count() - 1
			if n < 0 {
				return
			}
			v.Set(reflect.MakeMapWithSize(t, n))
			k, value := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			for i := 0; i < n && !r.wrong; i++ {
				value.SetZero()
				key.read(r, k)
				of.read(r, value)
				v.SetMapIndex(k, value)
			}
		},
	}
}

func pointerCoder(t reflect.Type, of coder) coder {
	return coder{
		func(dst []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return appendCount(dst, 0)
			}
			return of.write(appendCount(dst, 1), v.Elem())
		},
		func(r *reader, v reflect.Value) {
			if r.unsigned() != 0 {
				v.Set(reflect.New(t.Elem()))
				of.read(r, v.Elem())
			}
		},
	}
}

func appendCount(dst []byte, n int) []byte { return binary.AppendUvarint(dst, uint64(n)) }

// reader is what is left to read.
type reader struct {
	text  string
	wrong bool // it is not what Append writes
}

// unsigned reads a number.
func (r *reader) unsigned() (n uint64) {
	for i := 0; i < min(len(r.text), binary.MaxVarintLen64); i++ {
		b := r.text[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.text = r.text[i+1:]
			return n
		}
	}
	r.text, r.wrong = "", true
	return 0
}

// count reads how many bytes or values follow: no more than there are bytes, and one.
func (r *reader) count() int {
	n := r.unsigned()
	if n > uint64(len(r.text))+1 {
		r.text, r.wrong = "", true
		return 0
	}
	return int(n)
}

// take takes so many bytes.
func (r *reader) take(n int) string {
	if n > len(r.text) {
		r.text, r.wrong = "", true
		return ""
	}
	taken := r.text[:n]
	r.text = r.text[n:]
	return taken
}
