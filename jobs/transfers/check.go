package transfers

import (
	"fmt"
	"io"
	"path"
	"slices"

	"regul/jobs/batch"
	"regul/jobs/storage"
	"regul/pipeline"
	"regul/pipeline/money"
	"regul/readers"
	"regul/readers/parquet"
	"regul/writers/payments"
)

// Night is a batch whose payment files are about to be published.
type Night struct {
	Storage  storage.Storage
	Folder   string          // where its files are
	Batch    string          // its name
	About    *batch.About    // with whom it settles
	Own      payments.Own    // the fund
	Register []*readers.File // as the night read it
}

// Check compares every transfer of the payment files with the index, and the index with the register. The first thing that does not agree
// is the error: such a batch must not be published. What each file holds is noted with it.
func (n *Night) Check(files []batch.ManifestFile) error {
	var first error
	fail := func(file string, row int64, format string, args ...any) {
		if first == nil {
			first = fmt.Errorf("%s: transfer %d: %s", file, row, fmt.Sprintf(format, args...))
		}
	}
	c := Comparison{Batch: n.Batch, Own: &n.Own, Fail: fail,
		Open: func(file string) (io.ReadCloser, error) { return openWhole(n.Storage, n.Folder+"/"+file) }}
	for i := range files {
		if IsPaymentFile(files[i].Path) {
			c.Files = append(c.Files, files[i].Path)
		}
	}
	register := Register{Of: n.About,
		Fail: func(row int64, format string, args ...any) {
			fail(n.About.Money.File, row, format, args...)
		}}
	tables := []string{n.About.Money.File}
	if slices.ContainsFunc(files, func(f batch.ManifestFile) bool { return f.Path == n.About.Money.Freed }) {
		tables = append(tables, n.About.Money.Freed) // whose transfers stand behind the others
	}
	for _, name := range tables {
		err := n.eachRow(name, func(r *Row) {
			c.Row(r)
			register.Row(r)
		})
		if err != nil {
			return err
		}
	}
	sums := c.Close()
	for i := range files {
		if sum, known := sums[files[i].Path]; known {
			files[i].Rows, files[i].Sum = sum.Count, &sum.Amount
		}
	}
	for _, f := range n.Register {
		if err := register.Read(f); err != nil {
			return err
		}
	}
	register.Close()
	if first != nil {
		return fmt.Errorf("the payment files are not what the index and the register say, nothing was published: %w", first)
	}
	return nil
}

// IsPaymentFile says whether a file of a batch, by its path, is one for the bank.
func IsPaymentFile(name string) bool {
	return path.Dir(name) == payments.Folder && path.Ext(name) == ".xml"
}

// eachRow visits the rows of the index, or of what is freed.
func (n *Night) eachRow(name string, visit func(*Row)) error {
	file, err := n.Storage.Open(n.Folder + "/" + name)
	if err != nil {
		return err
	}
	defer file.Close()
	opened, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
	if err != nil {
		return err
	}
	place := int64(0)
	return indexFields(n.About.Money).EachIn(opened, func(r *Row) error {
		place++
		r.Place, r.Targets = place, true
		visit(r)
		return nil
	})
}

// indexFields are the columns of an index that are compared.
func indexFields(of *payments.Index) batch.Fields[Row] {
	return batch.Fields[Row]{
		batch.TextField(of.Whose, func(r *Row) *string { return &r.Whose }),
		batch.WholeField("contribution_year", func(r *Row) *int { return &r.Year }),
		batch.TextField("kind", func(r *Row) *string { return &r.Kind }),
		batch.TextField("status", func(r *Row) *string { return &r.Status }),
		batch.AmountField("amount", func(r *Row) *money.Cents { return &r.Amount }),
		batch.TextField("file", func(r *Row) *string { return &r.File }),
		batch.TextField("transaction", func(r *Row) *string { return &r.ID }),
		batch.TextField("reference", func(r *Row) *string { return &r.Ref }),
		batch.DayField("due_on", func(r *Row) *pipeline.Date { return &r.DueOn }),
		batch.TextField("name", func(r *Row) *string { return &r.Target.Name }),
		batch.TextField("iban", func(r *Row) *string { return &r.Target.Account }),
		batch.TextField("mandate", func(r *Row) *string { return &r.Target.Mandate }),
		batch.DayField("mandate_signed_on", func(r *Row) *pipeline.Date { return &r.Target.SignedOn }),
	}
}

// wholeFile reads a file from its start and lets go of it.
type wholeFile struct {
	io.Reader
	io.Closer
}

// openWhole opens a file to be read from its start to its end.
func openWhole(storage storage.Storage, name string) (io.ReadCloser, error) {
	file, err := storage.Open(name)
	if err != nil {
		return nil, err
	}
	return wholeFile{io.NewSectionReader(file, 0, file.Size()), file}, nil
}
