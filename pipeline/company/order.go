package company

import "cmp"

// byValueAndPlace orders rows by what they say, then by where they stand.
func byValueAndPlace(a, b *Row) int {
	return cmp.Or(a.Compare(b), cmp.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Row, b.Place.Row))
}

// compare orders versions by company, year and version.
func (p *Prior) compare(o *Prior) int {
	return cmp.Or(cmp.Compare(p.Number, o.Number), cmp.Compare(p.Year, o.Year), cmp.Compare(p.Version, o.Version))
}

// of says whether the version is one of the row's company and year; before whether its company and year come earlier.
func (p *Prior) of(r *Row) bool { return p.Number == r.Number && p.Year == r.Year }

func (p *Prior) before(r *Row) bool {
	return p.Number < r.Number || p.Number == r.Number && p.Year < r.Year
}
