package index

import (
	"bytes"
	"reflect"
	"testing"

	"regul/fixtures/readback"
	"regul/pipeline"
)

func TestIndexIsReadBack(t *testing.T) {
	var out bytes.Buffer
	w := People.NewWriter(&out)
	for _, p := range []Placed{
		{Number: 85073003328, Digits: 11, Dossier: pipeline.Dossier{Number: 123, Digits: 5},
			Place: Place{Language: 1, Postcode: "5000", FirstPage: 1, Pages: 2, Claim: 1267_48}},
		{Number: 1234567, Digits: 11, Dossier: pipeline.Dossier{Number: 7, Digits: 1},
			Place: Place{Language: 3, FirstPage: 3, Pages: 1, Payout: 5, NotPostable: NoTown}},
		{Number: 1234567, Digits: 11, Dossier: pipeline.Dossier{Number: 7, Digits: 1},
			Place: Place{Language: 3, Postcode: "4700", FirstPage: 4, Pages: 1, Copy: true}},
	} {
		if err := w.Write("notices/fr-00000.pdf", &p); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	table, err := readback.Read(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	want := &readback.Table{
		Columns: []string{"niss", "dossier", "language", "postcode", "file", "first_page", "pages", "claim", "payout", "not_postable",
			"copy"},
		Rows: [][]string{
			{"85073003328", "00123", "fr", "5000", "notices/fr-00000.pdf", "1", "2", "1267.48", "0.00", "", ""},
			{"00001234567", "7", "de", "", "notices/fr-00000.pdf", "3", "1", "0.00", "0.05", "no_town", ""},
			{"00001234567", "7", "de", "4700", "notices/fr-00000.pdf", "4", "1", "0.00", "0.00", "", "true"},
		},
	}
	if !reflect.DeepEqual(table, want) {
		t.Errorf("read back\n%v\nwant\n%v", table, want)
	}
}
