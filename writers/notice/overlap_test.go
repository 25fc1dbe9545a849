package notice

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"regul/pipeline"
	"regul/pipeline/money"
)

// overlapping are the texts of a letter that stand over another on their page.
func overlapping(l *letter) (found []string) {
	for i, page := range l.sheets {
		said := slices.DeleteFunc(slices.Clone(page), func(o op) bool { return o.kind != texts })
		for j := range said {
			a := &said[j]
			for k := range said[:j] {
				b := &said[k]
				over := min(a.x+l.fonts.Width(a.face, a.size, a.text), b.x+l.fonts.Width(b.face, b.size, b.text)) - max(a.x, b.x)
				high := min(a.y+0.2*a.size, b.y+0.2*b.size) - max(a.y-0.7*a.size, b.y-0.7*b.size) // with the tails of letters
				if over > 0.5 && high > 0.5 {
					found = append(found, fmt.Sprintf("page %d: %q over %q", i+1, a.text, b.text))
				}
			}
		}
	}
	return found
}

// extreme are letters that have more to say than any usual one: long names and addresses, letters beyond Latin-1, fifteen years, sums of
// millions.
var extreme = []situation{
	{"long name, five lines of address", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 5070_08).income(2023, "2026-W25-000901", "2026-06-15", 30_000_00)
		f.by(func(c *pipeline.Contact) {
			c.FirstName, c.LastName = "Marie-Antoinette Joséphine Wilhelmina", "Vanden Bossche-Ramírez de la Fuente y Montenegro"
			c.Street = "Chaussée du Très-Saint-Sacrement de Miséricorde 1234 boîte postale 56, résidence Les Peupliers, entrée B"
			c.Postcode, c.City, c.Country = "L-1234", "Esch-sur-Alzette-Belval-Université", "LU"
			c.Addressee = "Aux héritiers de Madame Marie-Antoinette Vanden Bossche, par Maître Jean-Baptiste de Saint-Hubert"
		})
	}},
	{"letters beyond Latin-1", func(f *file) {
		f.called(2023, 2067_52).paid(2023, "2023-12-20", 8270_08).income(2023, "2026-W25-000902", "2026-06-15", 30_000_00)
		f.by(func(c *pipeline.Contact) {
			c.FirstName, c.LastName, c.Street, c.City = "Đorđe Šćepan", "Kővágó-Łukasiewicz Ştefănescu", "Улица Свободы 7", "Αθήνα"
			c.Country, c.IBAN = "GR", ""
		})
	}},
	{"fifteen years", func(f *file) {
		for year := 2009; year <= 2023; year++ {
			f.scatter.Interruption(&pipeline.Interruption{NISS: f.niss, Year: int16(year)})
			f.called(year, 800_00).paid(year, fmt.Sprintf("%d-01-20", year+1), 3000_00).income(year, fmt.Sprintf("2026-W25-%06d", 910+year),
				"2026-06-15", money.Cents(year-2005)*3_345_67)
		}
	}},
	{"sums of millions", func(f *file) {
		f.called(2022, 987_654_32).paid(2022, "2022-12-20", 3_950_000_00).income(2022, "2026-W20-000903", "2026-05-12", 999_999_999_99)
		f.called(2023, 412_345_67).income(2023, "2026-W25-000903", "2026-06-15", 999_999_999_99)
		f.called(2024, 912_345_67)
	}},
	{"a correction of millions", func(f *file) {
		f.called(2023, 1_584_391_00).before(2023, "2025-W30-000904", "2025-09-12", 987_654_321_09, 6_337_564_00, 0)
		f.paid(2023, "2023-12-20", 6_337_564_00).income(2023, "2026-W25-000904-"+strings.Repeat("9", 40), "2026-06-15", 999_999_999_99)
	}},
}

// No text stands over another or leaves the sheet, in usual letters and in those that have more to say than any usual one.
func TestNoTextStandsOverAnother(t *testing.T) {
	p := press(t, false)
	for language := pipeline.NoLanguage + 1; language < pipeline.LanguageCount; language++ {
		for i, s := range slices.Concat(extreme, situations) {
			f := newFile(t)
			s.make(f)
			settled := f.settle(language, uint32(900_001+i))
			onTheSheet(t, p, settled)
			l := layOut(p, settled)
			for _, fault := range overlapping(l) {
				t.Errorf("%s, %s: %s", language, s.name, fault)
			}
			p.letters.Put(l)
		}
	}
}

// Nor in letters that no stage would make.
func TestNoTextOfAnythingStandsOverAnother(t *testing.T) {
	p := press(t, false)
	r := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		l := layOut(p, anything(r, p.law))
		if found := overlapping(l); len(found) > 0 {
			t.Fatal(found[0])
		}
		p.letters.Put(l)
	}
}
