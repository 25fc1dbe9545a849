package parquet

import (
	"bytes"
	"strings"
	"testing"

	arrow "github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"

	"regul/readers/table"
)

// A sound file with a column of a kind that is not known here is not called damaged: the column and its kind are named.
func TestAKindThatIsNotKnownIsNamed(t *testing.T) {
	for number, says := range map[int]string{
		9: `the Parquet file can't be read: column "shape" is of a kind that is not known here (number 9): ` +
			"leave it out, or write it as a string",
		16: "(VARIANT)", 17: "(GEOMETRY)", 18: "(GEOGRAPHY)", 19: "(number 19)", 500: "(number 500)",
	} {
		shape := structOf(int32Of(1, int32Type), int32Of(3, 0), textOf(4, "shape"), structField(10, structField(number)))
		columns := listOf(2, 3, structOf(textOf(4, "schema"), int32Of(5, 2)), structOf(int32Of(1, int32Type), int32Of(3, 0), textOf(4, "n")),
			shape)
		isRefused(t, sealed(nil, footerOf(columns, 0)), says)
	}
	long := structOf(int32Of(1, int32Type), int32Of(3, 0), textOf(4, strings.Repeat("x", 1000)), structField(10, structField(99)))
	one := listOf(2, 2, structOf(textOf(4, "schema"), int32Of(5, 1)), long)
	if _, err := Open(bytes.NewReader(sealed(nil, footerOf(one, 0)))); err == nil || len(err.Error()) > 250 {
		t.Errorf("%v", err)
	}
}

// Bare repeated columns and groups, as old writers make them, are passed over where nobody asks for them; asked for, the true cause is
// told.
func TestRepeatedColumnsAreNoDamage(t *testing.T) {
	leaf := func(name string, repetition arrow.Repetition) schema.Node {
		return schema.MustPrimitive(schema.NewPrimitiveNode(name, repetition, arrow.Types.Int32, -1, -1))
	}
	group := func(name string, repetition arrow.Repetition, fields ...schema.Node) schema.Node {
		return schema.MustGroup(schema.NewGroupNode(name, repetition, fields, -1))
	}
	repeated, required := arrow.Repetitions.Repeated, arrow.Repetitions.Required
	for name, makes := range map[string]func(string) schema.Node{
		"a repeated column": func(name string) schema.Node { return leaf(name, repeated) },
		"a repeated group":  func(name string) schema.Node { return group(name, repeated, leaf("a", required), leaf("b", repeated)) },
		"a group":           func(name string) schema.Node { return group(name, required, leaf("a", required)) },
		"repeated groups in each other": func(name string) schema.Node {
			return group(name, repeated, group("a", repeated, leaf("b", required)))
		},
	} {
		for column, says := range map[string]string{
			"other": "", "year": "column year: each row holds a list or a group of values: write one value a row"} {
			fields := schema.FieldList{makes(column)}
			if column != "year" {
				fields = append(fields, leaf("year", required))
			}
			var out bytes.Buffer
			root := schema.MustGroup(schema.NewGroupNode("schema", required, fields, -1))
			if err := file.NewParquetWriter(&out, root).Close(); err != nil {
				t.Fatal(err)
			}
			f, err := Open(bytes.NewReader(out.Bytes()))
			if err == nil {
				_, err = f.Source([]table.Column{{Name: "year", Kind: table.Integer}}, 0, f.RowGroups())
			}
			if (err == nil) != (says == "") || err != nil && err.Error() != says {
				t.Errorf("%s as %s: %v", name, column, err)
			}
		}
	}
}
