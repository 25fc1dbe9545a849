package payments_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/writers/payments"
)

var update = flag.Bool("update", false, "write the golden files again")

// small is a batch with something of every kind.
func small() []pipeline.Settlement {
	return []pipeline.Settlement{
		settle(person(1), refund(2022, 1478_80), claim(2023, 1267_48)),
		settle(of(2, func(c *pipeline.Contact) { c.FirstName, c.LastName, c.Mandate = "Ève-Marie", "d’Œuvre & Fils", "" }),
			refund(2023, 5_00), claim(2024, 12)),
		settle(of(3, func(c *pipeline.Contact) { c.IBAN = "" }), refund(2023, 20_00)),
		settle(of(4, func(c *pipeline.Contact) {
			c.FirstName, c.LastName, c.IBAN, c.Street, c.Postcode, c.City, c.Country = "Élise", "Großmann", british, "1 High Street",
				"SW1A 1AA", "London", "GB"
		}), claim(2023, 999_999_99)),
	}
}

// The files of a small batch, as a bank receives them.
func TestGoldenFiles(t *testing.T) {
	files, totals := write(t, 0, nil, small()...)
	valid(t, files)
	agree(t, files, totals, small())
	for name, golden := range map[string]string{"payments/pain.001-00001.xml": "testdata/pain.001.golden.xml",
		"payments/pain.008-00001.xml": "testdata/pain.008.golden.xml"} {
		if *update {
			if err := os.WriteFile(golden, files[name].Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(files[name].Bytes(), want) {
			t.Errorf("%s is not %s (-update writes it again):\n%s", name, golden, files[name])
		}
	}
}

// The index of the same batch: every refund and claim with its fate, in the order of national numbers.
func TestIndexOfASmallBatch(t *testing.T) {
	files, _ := write(t, 0, nil, small()...)
	table := index(t, files)
	want := `niss|dossier|contribution_year|kind|amount|surcharge|status|file|transaction|reference|due_on|reason|name|iban|mandate|mandate_signed_on
80010100001|00000101|2022|refund|1478.80|0.00|sent|payments/pain.001-00001.xml|2026-06-30-93171ce0-R0000001|000001012234|2026-06-30||Anne Peeters|BE32954995642502||
80010100001|00000101|2023|claim|1267.48|0.00|sent|payments/pain.008-00001.xml|2026-06-30-93171ce0-C0000001|000001012335|2026-09-30||Anne Peeters|BE32954995642502|MDT00000101-1|2019-08-22
80010100002|00000102|2023|refund|5.00|0.00|sent|payments/pain.001-00001.xml|2026-06-30-93171ce0-R0000002|000001022338|2026-06-30||Eve-Marie d'Oeuvre + Fils|BE32954995642502||
80010100002|00000102|2024|claim|0.12|0.00|by_transfer|||000001022439|2026-09-30|||||
80010100003|00000103|2023|refund|20.00|0.00|refund_without_account|||000001032341||||||
80010100004|00000104|2023|claim|999999.99|0.00|sent|payments/pain.008-00001.xml|2026-06-30-93171ce0-C0000002|000001042344|2026-09-30||Elise Grossmann|GB29NWBK60161331926819|MDT00000104-1|2019-08-22
`
	got := strings.Join(table.Columns, "|") + "\n"
	for _, row := range table.Rows {
		got += strings.Join(row, "|") + "\n"
	}
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// Statuses and kinds keep their names: people and programs outside read them.
func TestCodesKeepTheirNames(t *testing.T) {
	want := "refund claim sent refund_without_account by_transfer mandate_without_account wrong_account wrong_mandate " +
		"mandate_without_date mandate_in_future address_missing amount_too_large mandate_shared own_account held"
	var got []string
	for kind := range payments.KindCount {
		got = append(got, kind.String())
	}
	for status := range payments.StatusCount {
		got = append(got, status.String())
	}
	if strings.Join(got, " ") != want {
		t.Errorf("%v", got)
	}
}
