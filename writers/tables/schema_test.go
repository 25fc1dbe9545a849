package tables_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	second "github.com/xitongsys/parquet-go/parquet"

	"regul/fixtures/readback"
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/law"
	"regul/writers/tables"
)

// The columns of the tables in their order: name, what analysts see, and ? where it may be null. The contract lists
// them; those after the empty line were added to it since. None may be renamed, moved or change its type.
var golden = map[string]string{
	tables.RegularisationsTable: `
niss text, dossier text, contribution_year int32, version int32, communication text, communicated_on date, net_income decimal(14,2)
subject_quarters int32, annual_income decimal(14,2), contribution decimal(12,2), fee decimal(12,2), definitive decimal(12,2)
called decimal(12,2), paid decimal(12,2), supplement decimal(12,2), surplus_applied decimal(12,2), to_pay decimal(12,2)
cancelled decimal(12,2), refund_gross decimal(12,2), offset decimal(12,2), refund decimal(12,2), offset_received decimal(12,2)
arrears decimal(12,2), surcharge decimal(12,2), outcome text, notified_on date, due_date date?, seven_percent_on date
statement_deadline date, late_statement boolean, reference text, language text

legal_provisional decimal(12,2), reduced_provisional decimal(12,2), surcharge_total decimal(12,2), limitation_interrupted boolean, rechecked boolean
income_year int32, late_surcharge decimal(12,2), components text
contested boolean, counted_income decimal(14,2), arrears_barred decimal(12,2), unclear decimal(12,2), reversed decimal(12,2)
surcharge_paid decimal(12,2), surcharge_to_pay decimal(12,2), surcharge_refund decimal(12,2), late_surcharge_to_pay decimal(12,2)`,
	tables.QuartersTable: `
niss text, contribution_year int32, quarter int32, category_declared text, category text, reason text?, standing text
band1 decimal(12,2), band2 decimal(12,2), annual_contribution decimal(12,2), contribution decimal(12,2), fee decimal(12,2)
definitive decimal(12,2), called decimal(12,2), basis text

version int32, starter_year int32, legal_provisional decimal(12,2), legal_provisional_computed decimal(12,2)?, to_confirm boolean`,
	tables.SurchargesTable: `

niss text, contribution_year int32, version int32, unpaid_on date, percent decimal(12,2), paid decimal(12,2), unpaid decimal(12,2)
amount decimal(12,2), basis text`,
	tables.EntriesTable: `

niss text, dossier text, contribution_year int32, version int32?, line int32, booked_on date, role text, account text
debit decimal(12,2), credit decimal(12,2), from_year int32?, reference text, reverses date?`,
	tables.RejectsTable: `
source text, row int64, niss text?, year int32?, code text, message text, content text`,
}

// codes are the columns of few different texts, which are written as a dictionary.
var codes = map[string]bool{"outcome": true, "language": true, "category_declared": true, "category": true, "standing": true, "basis": true,
	"code": true, "role": true, "account": true}

// columnsOf splits a golden text.
func columnsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
}

func want(table string) string {
	var columns []string
	for _, line := range columnsOf(golden[table]) {
		columns = append(columns, strings.Split(line, ", ")...)
	}
	return strings.Join(columns, "\n")
}

// facts are what the files of the tests say of themselves.
var facts = tables.Facts("2026-06-30-1", "law")

// sink keeps files in memory.
type sink map[string]*bytes.Buffer

type closer struct{ *bytes.Buffer }

func (closer) Close() error { return nil }

func (s sink) create(name string) (io.WriteCloser, error) {
	if s[name] != nil {
		return nil, fmt.Errorf("%s is made twice", name)
	}
	s[name] = &bytes.Buffer{}
	return closer{s[name]}, nil
}

// writeTables writes a table of each kind with what fill gives to the shard, and some rejects.
func writeTables(t *testing.T, fill func(pipeline.Results)) sink {
	t.Helper()
	files := sink{}
	l, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	shard, err := tables.NewWriter(files.create, l, tables.DefaultChart(), facts...).Shard(3)
	if err != nil {
		t.Fatal(err)
	}
	fill(shard)
	if err := shard.Close(); err != nil {
		t.Fatal(err)
	}
	rejects, _ := files.create(tables.PeopleRejects.Part())
	w := tables.PeopleRejects.NewWriter(rejects, facts...)
	for _, r := range []tables.Reject{
		{Source: "revenue.csv", Row: 1 << 40, Number: "85073003328", Year: 2023, Code: pipeline.BadValue, Message: "m", Content: "é,\"x\""},
		{Source: "revenue.csv", Row: 2, Code: pipeline.BadRow, Message: "m", Content: ""},
	} {
		if err := w.Write(&r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return files
}

// oneRowEach is a row of each table.
func oneRowEach(out pipeline.Results) {
	out.Settlement(&pipeline.Settlement{Party: &pipeline.Party{Number: 85073003328, Dossier: pipeline.Dossier{Number: 1, Digits: 3}},
		Years: []pipeline.SettledYear{{
			Regularisation: pipeline.Regularisation{NISS: 85073003328, Dossier: pipeline.Dossier{Number: 1, Digits: 3}, Year: 2023,
				Version: 1, Communication: "A", Outcome: pipeline.Supplement, Language: 1, Supplement: 1, Fee: 1},
			Quarters: []pipeline.QuarterResult{{NISS: 85073003328, Year: 2023, Quarter: 1, Version: 1, Standing: pipeline.Due}},
			Terms:    []pipeline.SurchargeTerm{{NISS: 85073003328, Year: 2023, Version: 1}},
		}}})
}

// part is the path of a table of the test in the batch.
func part(table string) string {
	if table == tables.RejectsTable {
		return "rejects/part-00000.parquet"
	}
	return table + "/year=2023/part-00003.parquet"
}

func TestFilesAreWhereTheContractSays(t *testing.T) {
	files := writeTables(t, oneRowEach)
	for table := range golden {
		if files[part(table)] == nil {
			t.Errorf("there is no %s", part(table))
		}
	}
	if len(files) != len(golden) {
		t.Errorf("%d files, want %d", len(files), len(golden))
	}
}

// The schema as the implementation that wrote it reads it.
func TestSchema(t *testing.T) {
	for table, buffer := range contents(t) {
		r, err := file.NewParquetReader(bytes.NewReader(buffer))
		if err != nil {
			t.Fatal(err)
		}
		var columns []string
		for i := range r.MetaData().Schema.NumColumns() {
			c := r.MetaData().Schema.Column(i)
			kind := strings.ToLower(c.LogicalType().String())
			physical := strings.ToLower(c.PhysicalType().String())
			switch {
			case strings.HasPrefix(kind, "decimal") && physical == "int64":
				kind = strings.NewReplacer("precision=", "", "scale=", "", " ", "").Replace(kind)
			case kind == "string" && physical == "byte_array":
				kind = "text"
			case kind == "date" && physical == "int32", kind == "none" && physical == "boolean":
				kind = map[string]string{"int32": "date", "boolean": "boolean"}[physical]
			case kind == "int(bitwidth=32, issigned=true)" && physical == "int32", kind == "int(bitwidth=64, issigned=true)" &&
				physical == "int64":
				kind = physical
			}
			if c.MaxDefinitionLevel() == 1 {
				kind += "?"
			}
			columns = append(columns, c.Name()+" "+kind)
		}
		if got := strings.Join(columns, "\n"); got != want(table) {
			t.Errorf("%s: columns\n%s\nwant\n%s", table, got, want(table))
		}
	}
}

// The schema as the second implementation reads it: old readers know the converted types alone.
func TestSchemaByTheSecondImplementation(t *testing.T) {
	for table, content := range contents(t) {
		footer, err := readback.Footer(content)
		if err != nil {
			t.Fatal(err)
		}
		names, err := readback.Read(content)
		if err != nil {
			t.Fatal(err)
		}
		var columns []string
		for i, e := range footer.Schema[1:] {
			kind := fmt.Sprint(e.GetType())
			if e.ConvertedType != nil {
				kind += " " + e.GetConvertedType().String()
			}
			switch kind {
			case "BYTE_ARRAY UTF8":
				kind = "text"
			case "INT64 DECIMAL":
				kind = fmt.Sprintf("decimal(%d,%d)", e.GetPrecision(), e.GetScale())
			case "INT32 DATE", "BOOLEAN":
				kind = map[string]string{"INT32 DATE": "date", "BOOLEAN": "boolean"}[kind]
			case "INT32 INT_32", "INT64 INT_64":
				kind = strings.ToLower(kind[:5])
			}
			if e.GetRepetitionType() == second.FieldRepetitionType_OPTIONAL {
				kind += "?"
			}
			columns = append(columns, names.Columns[i]+" "+kind)
		}
		if got := strings.Join(columns, "\n"); got != want(table) {
			t.Errorf("%s: columns\n%s\nwant\n%s", table, got, want(table))
		}
	}
}

// contents are the contents of a file of each table.
func contents(t *testing.T) map[string][]byte {
	t.Helper()
	files := writeTables(t, oneRowEach)
	read := map[string][]byte{}
	for table := range golden {
		read[table] = files[part(table)].Bytes()
	}
	return read
}

// Every column is compressed with zstd and has statistics; codes are dictionaries.
func TestEveryColumnIsCompressedAndHasStatistics(t *testing.T) {
	for table, content := range contents(t) {
		r, err := file.NewParquetReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		group := r.RowGroup(0).MetaData()
		for i := range group.NumColumns() {
			chunk, err := group.ColumnChunk(i)
			if err != nil {
				t.Fatal(err)
			}
			name := table + "." + chunk.PathInSchema().String()
			if chunk.Compression() != compress.Codecs.Zstd {
				t.Errorf("%s is compressed with %s", name, chunk.Compression())
			}
			set, err := chunk.StatsSet()
			if err != nil || !set {
				t.Errorf("%s has no statistics: %v", name, err)
				continue
			}
			statistics, err := chunk.Statistics()
			if err != nil {
				t.Fatal(err)
			}
			allNull := name == "regularisations.due_date" || name == "quarters.reason" || name == "entries.from_year" ||
				name == "entries.reverses"
			if !statistics.HasNullCount() || statistics.HasMinMax() == allNull {
				t.Errorf("%s has statistics without a range or a count of nulls", name)
			}
			if codes[chunk.PathInSchema().String()] && !chunk.HasDictionaryPage() {
				t.Errorf("%s is no dictionary", name)
			}
		}
	}
}

// A file that was copied away tells where it comes from.
func TestEveryFileNamesItsBatch(t *testing.T) {
	files := contents(t)
	companies := sink{}
	shard, err := tables.NewCompaniesWriter(companies.create, tables.DefaultChart(), facts...).Shard(0)
	if err != nil {
		t.Fatal(err)
	}
	r := company.Result{Row: company.Row{Year: 2023, Number: 401123308}, Supplement: 1, ToPay: 1}
	s := r.Settlement()
	shard.Settlement(&s)
	rejects, _ := companies.create(tables.CompanyRejects.Part())
	if err := errors.Join(shard.Close(), tables.CompanyRejects.NewWriter(rejects, facts...).Close()); err != nil {
		t.Fatal(err)
	}
	for name, content := range companies {
		files[name] = content.Bytes()
	}
	if len(files) < len(golden)+2 {
		t.Errorf("only %d files", len(files))
	}
	for name, content := range files {
		footer, err := readback.Footer(content)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, pair := range footer.KeyValueMetadata {
			said = append(said, pair.Key+"="+pair.GetValue())
		}
		if got := strings.Join(said, " "); got != "regul.batch=2026-06-30-1 regul.law_version=law regul.schema_version=1" {
			t.Errorf("%s says %q", name, got)
		}
	}
}
