package current

import (
	"errors"

	"regul/jobs/batch"
	"regul/jobs/compact"
	"regul/pipeline"
)

// version is a row of the last versions, as far as it says whose it is.
type version struct {
	niss    pipeline.NISS
	year    int16
	number  int32
	dossier pipeline.Dossier
	filed   bool // the dossier can be read
}

var versionFields = batch.Fields[version]{
	batch.NISSField(func(v *version) *pipeline.NISS { return &v.niss }),
	batch.WholeField("contribution_year", func(v *version) *int16 { return &v.year }),
	batch.WholeField("version", func(v *version) *int32 { return &v.number }),
	batch.CodeField("dossier", func(v *version, text []byte) bool { v.dossier, v.filed = pipeline.ParseDossier(text); return true }),
}

// file is a year of a dossier.
type file struct {
	dossier pipeline.Dossier
	year    int16
}

func (v *version) row() compact.Row { return compact.Row{Number: int64(v.niss), Year: int64(v.year)} }

// former are the years that were settled again after the national number was replaced, under the number before: the dossier is the same,
// and the version is an earlier one. It reads the parts only where a later version came without an earlier one of its number.
func former(s *shelf, parts []compact.Part, moved []compact.Row) (map[compact.Row]bool, error) {
	if len(moved) == 0 {
		return nil, nil
	}
	came := map[compact.Row]bool{}
	for _, row := range moved {
		came[row] = true
	}
	newest := map[file]int32{}
	err := eachVersion(s, parts, func(v *version) {
		if of := (file{v.dossier, v.year}); v.filed && came[v.row()] {
			newest[of] = max(newest[of], v.number)
		}
	})
	gone := map[compact.Row]bool{}
	return gone, errors.Join(err, eachVersion(s, parts, func(v *version) {
		if v.filed && v.number < newest[file{v.dossier, v.year}] {
			gone[v.row()] = true
		}
	}))
}

func eachVersion(s *shelf, parts []compact.Part, visit func(*version)) error {
	for _, p := range parts {
		f, closer, err := s.Open(p.Name)
		if err != nil {
			return err
		}
		if err := errors.Join(versionFields.EachIn(f, func(v *version) error { visit(v); return nil }), closer.Close()); err != nil {
			return err
		}
	}
	return nil
}
