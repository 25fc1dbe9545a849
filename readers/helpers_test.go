package readers_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/rows"
	"regul/readers"
)

var standardLaw = sync.OnceValue(func() *law.Law {
	l, err := law.Standard()
	if err != nil {
		panic(err)
	}
	return l
})

// outcome is what a file was read into.
type outcome struct {
	identities []pipeline.Identity
	confirmed  []pipeline.Confirmation
	parts      []readers.Part
	unknown    []string
	doubled    int64
	read       rows.Tally
	digest     rows.Digest
	fates      rows.Fates
	rejects    []pipeline.Reject
	shard      pipeline.Case // everything that was taken
}

// parts opens a file of so many bytes.
func parts(input pipeline.Input, name string, content []byte) ([]readers.Part, error) {
	return readers.Parts(&readers.File{Input: input, Name: name, Content: bytes.NewReader(content), Size: int64(len(content))})
}

// tryRead reads a file.
func tryRead(t testing.TB, input pipeline.Input, name string, content []byte) (outcome, error) {
	t.Helper()
	opened, err := parts(input, name, content)
	if err != nil {
		return outcome{}, err
	}
	scatter := &pipeline.Scatter{Contacts: true}
	t.Cleanup(func() { scatter.Close() })
	o := outcome{parts: opened}
	counted := 0
	for _, p := range opened {
		remarks, err := p.Read(context.Background(), scatter, standardLaw().Category, func(rows int) { counted += rows })
		if err != nil {
			return o, err
		}
		o.unknown, o.doubled = remarks.Unused, o.doubled+remarks.Doubled
	}
	o.identities, o.confirmed = scatter.Identities(), scatter.Confirmations()
	o.read, o.digest, o.fates, o.rejects = scatter.Read[input], scatter.Digests[input], scatter.Fates[input], scatter.Rejects
	plan := pipeline.NewPlan(pipeline.People, []*pipeline.Scatter{scatter}, 1<<30)
	if o.shard, err = pipeline.Everything(plan, 0); err != nil {
		t.Fatal(err)
	}
	if int64(counted) != o.read.Rows || o.records()+len(o.rejects) != counted || o.fates.Sum().Rows != int64(len(o.rejects)) {
		t.Errorf("%d rows read (progress %d), but %d records and %d rejects (fates %d)", o.read.Rows, counted, o.records(), len(o.rejects),
			o.fates.Sum().Rows)
	}
	return o, nil
}

// records is the number of rows of the inputs in the shard.
func (o *outcome) records() int {
	return len(o.shard.Affiliates) + len(o.shard.Account) + len(o.shard.Payments) + len(o.shard.Components) + len(o.shard.Interruptions) + len(o.shard.Evidence) +
		len(o.identities) + len(o.confirmed)
}

// read reads a file that must be readable.
func read(t testing.TB, input pipeline.Input, name string, content []byte) outcome {
	t.Helper()
	o, err := tryRead(t, input, name, content)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return o
}

// readText reads a CSV text whose header is the columns of the input.
func readText(t testing.TB, input pipeline.Input, lines ...string) outcome {
	t.Helper()
	return read(t, input, input.String()+".csv", []byte(header(input)+"\n"+strings.Join(lines, "\n")+"\n"))
}

// base is the header of a file without the columns that were added later.
func base(input pipeline.Input) string {
	return strings.Join(slices.DeleteFunc(readers.Columns(input), func(name string) bool { return isAdded(input, name) }), ",")
}

func header(input pipeline.Input) string { return strings.Join(readers.Columns(input), ",") }

// refused reads a file that must be refused, with an error that says all of the given.
func refused(t testing.TB, input pipeline.Input, name string, content []byte, says ...string) {
	t.Helper()
	_, err := tryRead(t, input, name, content)
	if err == nil {
		t.Fatalf("%s was read without an error", name)
	}
	for _, want := range append(says, name) {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error does not say %q: %v", name, want, err)
		}
	}
}

// rejected reads one row that must be rejected, and returns the reject.
func rejected(t testing.TB, input pipeline.Input, row string, code pipeline.Code) pipeline.Reject {
	t.Helper()
	o := readText(t, input, row)
	if len(o.rejects) != 1 || o.records() != 0 {
		t.Fatalf("%q: %d rejects and %d records", row, len(o.rejects), o.records())
	}
	if o.rejects[0].Code != code {
		t.Errorf("%q: %s (%s), want %s", row, o.rejects[0].Code, o.rejects[0].Reason, code)
	}
	return o.rejects[0]
}

// recall returns the texts and national numbers of rows, as Recall gives them.
func recall(t testing.TB, parts []readers.Part, rows ...int64) (texts, numbers []string) {
	t.Helper()
	err := readers.Recall(parts, rows, func(index int, text, niss []byte) error {
		if index != len(texts) {
			t.Errorf("row %d came as number %d", index, len(texts))
		}
		texts, numbers = append(texts, string(text)), append(numbers, string(niss))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts, numbers
}

// A row of each input that is right in every column.
var validRows = [pipeline.InputCount]string{
	pipeline.Affiliates: "85010112387,3023547,nl,De Backer,Marijke,Gentsesteenweg 71,2440,Geel,BE,BE39001399993219,MDT03023547-3,2016-08-11,De erfgenamen,deceased,De Backer bv," +
		"Markt 3,2440,Geel,BE",
	pipeline.Account:            "85010112387,2023,1,main,due,2,1052.62,890.10,true,primostarter_first,2024-02-29,false,2023-06-30,true",
	pipeline.Payments:           "85010112387,2023,1,2023-02-06,350.87,MVT-7,surcharge,E2E-1",
	pipeline.Revenue:            "85010112387,2023,2026-W25-1509696,2026-06-18,profession,-4919.00,0266243026,-0.01",
	pipeline.Interruptions:      "85010112387,2015",
	pipeline.IdentitiesInput:    "85210101148,85010112387,2026-06-30",
	pipeline.ConfirmationsInput: "2026-06-30-bada1d05-R0000017,booked,2026-07-02,566.16",
	pipeline.EvidenceInput:      "85010112387,2023,1,civil_servant,117.5,38,50,3,0.5,true,66.6667,61.50,false,2023-01-01,2023-03-31",
}

// with is the valid row of an input with another cell in a column.
func with(input pipeline.Input, column, cell string) string {
	cells := strings.Split(validRows[input], ",")
	for i, name := range readers.Columns(input) {
		if name == column {
			cells[i] = cell
		}
	}
	return strings.Join(cells, ",")
}
