package readers_test

import (
	"slices"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/readers"
	"regul/readers/parquettest"
)

// kind is a file as people or programs really send it, and what must become of it.
type kind struct {
	name    string
	input   pipeline.Input
	file    string
	content string
	records int
	code    pipeline.Code // of the one reject
	says    string        // part of its reason, or of the error where code is Accepted and there are no records
}

const (
	paymentsHead = "niss;year;quarter;paid_on;amount\n"
	paymentRow   = "85010112387;2023;1;2023-03-30;1267.52\n"
	accountHead  = "niss;year;quarter;category;standing;starter_year;legal_provisional;provisional;reduction_granted\n"
)

// payment is a file with one row of another amount.
func payment(amount string) string {
	return paymentsHead + "85010112387;2023;1;2023-03-30;" + amount + "\n"
}

// number is a file with one row of another national number.
func number(niss string) string { return paymentsHead + niss + ";2023;1;2023-03-30;1.00\n" }

var kinds = []kind{
	{name: "rows of separators", file: "x.csv", content: paymentsHead + paymentRow + ";;;;\r\n;;;;\n\r\n  \n", records: 1},
	{name: "rows of another number of separators", file: "x.csv", content: paymentsHead + ";;\n" + paymentRow + ";;;;;;;;\n", records: 1},
	{name: "rows of quoted nothing", file: "x.csv", content: paymentsHead + paymentRow + `"";"";"";"";""`, records: 1},
	{name: "rows of no-break spaces", file: "x.csv", content: paymentsHead + paymentRow + "\u00a0;\u202f;;;\n", records: 1},
	{name: "no-break spaces in Windows-1252", file: "x.csv", content: paymentsHead + "\xa085010112387;2023;1;2023-03-30;1267.52\xa0\n",
		records: 1},
	{name: "a header with blanks", file: "x.csv", content: "NISS ; Year\u00a0;\u2009quarter\u200b;paid_on;amount\n" + paymentRow,
		records: 1},
	{name: "a national number as it is printed", file: "x.csv", content: number("85.01.01-123.87"), records: 1},
	{name: "a national number in groups", file: "x.csv", content: number("850101\u00a0123\u202f87"), records: 1},
	{name: "a plus", file: "x.csv", content: payment("+1267,52"), records: 1},
	{name: "a sep= line with the tab", file: "x.csv", content: "sep=\t\r\n" + strings.ReplaceAll(paymentsHead+paymentRow, ";", "\t"),
		records: 1},
	{name: "a quoted sep= line with a tab", file: "x.csv",
		content: "\ufeff\"sep=\t\"\n" + strings.ReplaceAll(paymentsHead+paymentRow, ";", "\t"), records: 1},
	{name: "a sep= line that a spreadsheet saved again", file: "x.csv", content: "sep=;;;;;\r\n" + paymentsHead + paymentRow, records: 1},
	{name: "a quoted sep= line", file: "x.csv", content: "\"sep=;\"\r\n" + paymentsHead + paymentRow, records: 1},

	{name: "a minus that is none", file: "x.csv", content: payment("\u2212100.00"), code: pipeline.BadValue, says: "U+2212"},
	{name: "a dash", file: "x.csv", content: payment("\u2013100.00"), code: pipeline.BadValue, says: "U+2013"},
	{name: "a minus at the end", file: "x.csv", content: payment("100.00-"), code: pipeline.BadValue, says: "minus sign at the end"},
	{name: "parentheses", file: "x.csv", content: payment("(100.00)"), code: pipeline.BadValue, says: "in parentheses"},
	{name: "a currency sign", file: "x.csv", content: payment("€ 100.00"), code: pipeline.BadValue, says: "names a currency"},
	{name: "a currency code", file: "x.csv", content: payment("100,00 EUR"), code: pipeline.BadValue, says: "names a currency"},
	{name: "a thousands separator", file: "x.csv", content: payment("1.234,56"), code: pipeline.BadValue, says: "thousands separator"},
	{name: "three decimals", file: "x.csv", content: payment("1234.567"), code: pipeline.BadValue, says: "more than two decimals"},
	{name: "an amount in scientific notation", file: "x.csv", content: payment("8,5E+10"), code: pipeline.BadValue,
		says: "scientific notation"},
	{name: "a number in scientific notation", file: "x.csv", content: number("8,5E+10"), code: pipeline.BadNISS,
		says: "scientific notation"},
	{name: "a lost zero", file: "x.csv", content: number("3070405563"), code: pipeline.BadNISS, says: "a leading zero may be lost"},
	{name: "a day that begins with the day", file: "x.csv", content: paymentsHead + "85010112387;2023;1;30/03/2023;1.00\n",
		code: pipeline.BadValue, says: "begin with the year"},
	{name: "a day of a spreadsheet", file: "x.csv", content: paymentsHead + "85010112387;2023;1;45015;1.00\n", code: pipeline.BadValue,
		says: "counts days"},
	{name: "a day with a time", file: "x.csv", content: paymentsHead + "85010112387;2023;1;2023-03-30T00:00:00;1.00\n",
		code: pipeline.BadValue, says: "time of day"},
	{name: "a year with decimals", file: "x.csv", content: paymentsHead + "85010112387;2023.0;1;2023-03-30;1.00\n", code: pipeline.BadValue,
		says: "a whole number"},
	{name: "the header once more", file: "x.csv", content: paymentsHead + paymentsHead + paymentRow, records: 1, code: pipeline.BadValue,
		says: "once more"},
	{name: "bytes of no code page", file: "x.csv", content: paymentsHead + "85010112387;2023;1;2023-03-30;1\x81\n", code: pipeline.BadRow,
		says: "Windows-1252"},
	{name: "a negative provisional amount", input: pipeline.Account, file: "x.csv", content: accountHead +
		"85010112387;2023;1;main;due;;1267.52;-1267.52;\n", code: pipeline.BadValue, says: "not negative"},

	{name: "a title above the header", file: "x.csv", content: "Betalingen 2023 van Jan Peeters\n\n" + paymentsHead + paymentRow,
		says: "holds 0 of these 5, parted by commas (separators that are read: comma, semicolon, tab and |); the header seems to " +
			"stand in line 3"},
	{name: "no header", file: "x.csv", content: paymentRow + paymentRow, says: "holds 0 of these 5, parted by semicolons"},
	{name: "a name nearly right", file: "x.csv", content: "niss;year;quarter;paid on;amuont\n" + paymentRow,
		says: "holds 3 of these 5, parted by semicolons (separators that are read: comma, semicolon, tab and |); nearly written right: paid_on, amount"},
	{name: "an HTML page", file: "x.csv", content: "\r\n<!DOCTYPE html><html><table>", says: "HTML page"},
	{name: "a spreadsheet", file: "x.csv", content: "PK\x03\x04\x14\x00\x06\x00", says: "a spreadsheet or another zip archive"},
	{name: "a spreadsheet of an older kind", file: "x.csv", content: "\xd0\xcf\x11\xe0\xa1\xb1", says: "a spreadsheet of an older kind"},
	{name: "gzip, then other bytes", file: "x.csv.gz", content: string(gzipped([]byte(paymentsHead+paymentRow))) + "\x00\x00signature",
		says: "goes on with other bytes"},
}

func TestFilesThatPeopleSend(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			if k.input == 0 {
				k.input = pipeline.Payments
			}
			o, err := tryRead(t, k.input, k.file, []byte(k.content))
			if k.records == 0 && k.code == pipeline.Accepted {
				if err == nil || !strings.Contains(err.Error(), k.says) || strings.Contains(err.Error(), "Peeters") ||
					strings.Contains(err.Error(), "85010112387") {
					t.Errorf("the error is %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if rejects := len(o.rejects); o.records() != k.records || rejects > 0 != (k.code != pipeline.Accepted) {
				t.Fatalf("%d records and %+v", o.records(), o.rejects)
			}
			for _, r := range o.rejects {
				if r.Code != k.code || !strings.Contains(string(r.Reason), k.says) {
					t.Errorf("%s: %s", r.Code, r.Reason)
				}
			}
		})
	}
}

// Programs choose any type for a column in which they have no value.
func TestAParquetColumnWithoutAValueIsEmptyWhateverItsType(t *testing.T) {
	for _, kind := range []parquettest.Type{parquettest.Null, parquettest.Double, parquettest.Timestamp, parquettest.Boolean,
		parquettest.Int64} {
		columns := slices.DeleteFunc(columnsOf(pipeline.Account),
			func(c parquettest.Column) bool { return slices.Contains(addedColumns, c.Name) })
		for i := range columns {
			if columns[i].Name == "starter_year" || columns[i].Name == "reduction_granted" {
				columns[i].Type = kind
			}
		}
		row := []string{"85010112387", "2023", "1", "main", "due", "", "1267.52", "1267.52", ""}
		o := read(t, pipeline.Account, "x.parquet", parquettest.Write(t, columns, [][]string{row, row}, parquettest.Options{RowGroup: 1}))
		if o.records() != 2 {
			t.Fatalf("type %d: %d records, %+v", kind, o.records(), o.rejects)
		}
		if texts, _ := recall(t, o.parts, 2); texts[0] != strings.Join(row, ",") {
			t.Errorf("type %d: recalled %q", kind, texts[0])
		}
		if kind != parquettest.Double {
			continue
		}
		row[5] = "1"
		refused(t, pipeline.Account, "x.parquet", parquettest.Write(t, columns, [][]string{row}, parquettest.Options{}),
			"column starter_year: it holds floating-point numbers (DOUBLE)", "a float does not hold every number exactly; cast it")
	}
}

// A name whose letters were encoded twice goes out wrong in a letter: it can be read, and somebody must be told.
func TestTextsThatWereEncodedTwiceAreCounted(t *testing.T) {
	head := "niss;dossier;language;last_name;first_name;street;postcode;city;country;iban;mandate;mandate_signed_on\n"
	rows := []string{"Desprez;Irène;Rue du Château 4;5000;Liège", "MÃ¼ller;Ann;Markt 1;9000;Gent", "Maes;Ann;Rue de lâ€™Ã‰glise;5000;Namur",
		"Ã…berg;Ã‡elik;Markt 1;9000;Gent", "Ñuñez;Āris;Ô;9000;Gent", "São Â;Ñ;Markt 1;9000;Gent"}
	content := head
	for _, row := range rows {
		content += "85010112387;123;fr;" + row + ";BE;;;\n"
	}
	o := read(t, pipeline.Affiliates, "x.csv", []byte(content))
	if o.doubled != 3 || o.records() != len(rows) {
		t.Errorf("%d rows seem to have been encoded twice, of %d", o.doubled, o.records())
	}
}

// Rows in which nothing stands are blank lines in Parquet too: they are no rows, and the rows after them keep their place.
func TestParquetRowsWithoutAValueAreBlankLines(t *testing.T) {
	columns := slices.DeleteFunc(columnsOf(pipeline.Payments),
		func(c parquettest.Column) bool { return slices.Contains(addedColumns, c.Name) })
	for i := range columns {
		columns[i].Type = parquettest.Text
	}
	blank, bad := []string{"", "\u00a0", "", " ", ""}, []string{"85010112387", "2023", "1", "", "1.00"}
	row := []string{"\u00a085010112387\u00a0", "2023", "1", "2023-03-30", "1267.52"}
	o := read(t, pipeline.Payments, "x.parquet", parquettest.Write(t, columns, [][]string{blank, row, blank, bad}, parquettest.Options{}))
	if o.records() != 1 || len(o.rejects) != 1 || o.rejects[0].Code != pipeline.BadValue || o.rejects[0].Place.Row != 4 {
		t.Errorf("%d records and %+v", o.records(), o.rejects)
	}
}

func TestDossierSaysItsForm(t *testing.T) {
	for _, dossier := range []string{"123456789", "12a", "-1", ""} {
		row := "85010112387;" + dossier + ";fr" + strings.Repeat(";", len(readers.Columns(pipeline.Affiliates))-3) + "\n"
		o, err := tryRead(t, pipeline.Affiliates, "x.csv", []byte(strings.Join(readers.Columns(pipeline.Affiliates), ";")+"\n"+row))
		if err != nil || len(o.rejects) != 1 || o.rejects[0].Reason != "column dossier: must be 1 to 8 digits" {
			t.Errorf("%q: %v, %+v", dossier, err, o.rejects)
		}
	}
}
