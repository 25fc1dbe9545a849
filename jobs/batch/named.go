package batch

import (
	"fmt"
	"io"
	"path"

	"regul/jobs/storage"
	"regul/pipeline"
	"regul/readers/parquet"
	"regul/readers/table"
)

// NumberOf is the number by which a text names somebody with whom a job settles; false where it is none.
func (a *About) NumberOf(text string) (number uint64, ok bool) {
	n, ok := a.numberOf(text)
	return uint64(n), ok
}

// EachNamed gives the number of whom each row of a batch names, in all its tables, and of the table of the settlements also the dossier;
// 0: none. acts: the batch settled, ordered or heard something of them there; it does more than reject a row, or tell what is open. A text
// that is no number names nobody.
func EachNamed(s storage.Storage, m *Manifest, visit func(number, dossier uint64, acts bool)) error {
	about := m.About()
	for i := range m.Files {
		if path.Ext(m.Files[i].Path) != ".parquet" {
			continue
		}
		acts := !m.Files[i].IsPartOf(about.Balances) && !m.Files[i].IsPartOf(about.Rejects)
		err := eachNamedIn(s, m, &m.Files[i], func(number, dossier uint64) { visit(number, dossier, acts) })
		if err != nil {
			return err
		}
	}
	return nil
}

// EachFiled gives the number and the dossier of each settlement of a batch that counts; dossier 0: none that can be read.
func EachFiled(s storage.Storage, m *Manifest, visit func(number, dossier uint64)) error {
	for _, f := range m.Parts(m.About().Settled) {
		err := eachNamedIn(s, m, f, func(number, dossier uint64) {
			if m.CountsFor(number) {
				visit(number, dossier)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func eachNamedIn(s storage.Storage, m *Manifest, f *ManifestFile, visit func(number, dossier uint64)) error {
	about := m.About()
	file, err := OpenVerified(s, m, f)
	if err != nil {
		return err
	}
	defer file.Close()
	opened, err := parquet.Open(io.NewSectionReader(file, 0, file.Size()))
	if err != nil || !opened.Has(about.Number) {
		return err
	}
	columns := []table.Column{{Name: about.Number, Kind: table.Text}}
	if f.IsPartOf(about.Settled) && opened.Has("dossier") {
		columns = append(columns, table.Column{Name: "dossier", Kind: table.Text})
	}
	err = opened.Blocks(columns, 0, opened.RowGroups(), func(b *table.Block) error {
		for row := range b.Rows {
			number, names := about.NumberOf(string(b.Columns[0].Texts[row]))
			if !b.Columns[0].Is(row) || !names {
				continue
			}
			dossier := pipeline.Dossier{}
			if len(columns) > 1 && b.Columns[1].Is(row) {
				dossier, _ = pipeline.ParseDossier(b.Columns[1].Texts[row])
			}
			visit(number, uint64(dossier.Number))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s/%s: %w", m.Folder(), f.Path, err)
	}
	return nil
}
