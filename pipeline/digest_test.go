package pipeline_test

import (
	"testing"

	"regul/pipeline"
	"regul/pipeline/rows"
)

// The digest of an input is that of its rows, wherever they stand and whoever read them.
func TestDigestDoesNotDependOnOrderPlaceOrReader(t *testing.T) {
	list := []pipeline.Payment{
		{NISS: 85073003328, Year: 2023, Quarter: 1, PaidOn: day(t, "2023-03-31"), Amount: 100_00},
		{NISS: 85073003328, Year: 2023, Quarter: 1, PaidOn: day(t, "2023-03-31"), Amount: 100_00},
		{NISS: 17073003384, Year: 2022, PaidOn: day(t, "2023-03-31"), Amount: -1},
	}
	var one, first, second pipeline.Scatter
	for i := range list {
		list[i].Place = rows.Place{File: 1, Row: int64(i + 1)}
		one.Payment(&list[i])
	}
	for i, s := range []*pipeline.Scatter{&second, &first, &second} {
		moved := list[len(list)-1-i]
		moved.Place = rows.Place{File: 7, Row: int64(i + 100)}
		s.Payment(&moved)
	}
	sum := first.Digests[pipeline.Payments]
	sum.Add(second.Digests[pipeline.Payments])
	if sum != one.Digests[pipeline.Payments] {
		t.Errorf("%+v, want %+v", sum, one.Digests[pipeline.Payments])
	}
}

// A change of any field, a row too many and a row too few show.
func TestDigestShowsEveryChange(t *testing.T) {
	row := pipeline.Component{
		NISS: 85073003328, Year: 2023, Communication: "A", CommunicatedOn: day(t, "2026-06-01"), Nature: 1, Assessment: "1", Income: 100,
	}
	digest := func(list ...pipeline.Component) rows.Digest {
		var s pipeline.Scatter
		for i := range list {
			s.Component(&list[i])
		}
		return s.Digests[pipeline.Revenue]
	}
	seen := map[rows.Digest]string{digest(): "nothing", digest(row): "the row", digest(row, row): "twice"}
	for name, change := range map[string]func(*pipeline.Component){
		"niss":            func(c *pipeline.Component) { c.NISS += 97 },
		"niss, far off":   func(c *pipeline.Component) { c.NISS = 17073003384 },
		"year":            func(c *pipeline.Component) { c.Year++ },
		"communication":   func(c *pipeline.Component) { c.Communication = "B" },
		"communicated on": func(c *pipeline.Component) { c.CommunicatedOn++ },
		"nature":          func(c *pipeline.Component) { c.Nature = 2 },
		"assessment":      func(c *pipeline.Component) { c.Assessment = "" },
		"income":          func(c *pipeline.Component) { c.Income = -100 },
		"texts run over":  func(c *pipeline.Component) { c.Communication, c.Assessment = "A1", "" },
	} {
		changed := row
		change(&changed)
		d := digest(changed)
		if other, known := seen[d]; known {
			t.Errorf("%s: the digest of %s", name, other)
		}
		seen[d] = name
	}
}
