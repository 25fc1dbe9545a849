package ledger

import (
	"testing"

	"golang.org/x/sync/errgroup"

	"regul/jobs/batch"
	"regul/pipeline"
	"regul/pipeline/law"
	"regul/pipeline/money"
)

// pricedBatch is a batch, and the parameters that it had: a fee of 3.05 % for 2022 and 2023, and a minimum pension of 2023.
func pricedBatch(t *testing.T) (*batch.Manifest, *pipeline.Parameters) {
	t.Helper()
	kernel, err := law.Standard()
	if err != nil {
		t.Fatal(err)
	}
	m := &batch.Manifest{LawVersion: kernel.Version()}
	m.Parameters.Fees = map[string]string{"2022": "3.05", "2023": "3.05"}
	m.Parameters.MinimumPension = map[string]money.Cents{"2023": 60_00}
	return m, &pipeline.Parameters{Law: kernel, Recheck: pipeline.RecheckFees, Fees: pipeline.Fees{2022: 30500, 2023: 30500},
		MinimumPension: map[int]money.Cents{2023: 60_00}}
}

func TestYearsThatArePricedOtherwise(t *testing.T) {
	for name, test := range map[string]struct {
		change       func(*batch.Manifest, *pipeline.Parameters)
		y2022, y2023 bool
	}{
		"nothing":             {func(*batch.Manifest, *pipeline.Parameters) {}, false, false},
		"a fee":               {func(_ *batch.Manifest, p *pipeline.Parameters) { p.Fees[2022] = 36000 }, true, false},
		"a minimum pension":   {func(_ *batch.Manifest, p *pipeline.Parameters) { p.MinimumPension[2023] = 61_00 }, false, true},
		"one that was not":    {func(_ *batch.Manifest, p *pipeline.Parameters) { p.MinimumPension[2022] = 59_00 }, true, false},
		"one that is no more": {func(_ *batch.Manifest, p *pipeline.Parameters) { clear(p.MinimumPension) }, false, true},
		"the law":             {func(m *batch.Manifest, _ *pipeline.Parameters) { m.LawVersion = "another" }, true, true},
		"nobody asks": {func(m *batch.Manifest, p *pipeline.Parameters) { m.LawVersion, p.Recheck = "another", 0 },
			false, false},
	} {
		m, p := pricedBatch(t)
		test.change(m, p)
		differs := repriced(m, p)
		if differs(2022) != test.y2022 || differs(2023) != test.y2023 {
			t.Errorf("%s: %t and %t, want %t and %t", name, differs(2022), differs(2023), test.y2022, test.y2023)
		}
	}
}

// The files of a batch are read side by side: under the race detector this fails where one of them changes what another one asks.
func TestYearsAreAskedForSideBySide(t *testing.T) {
	differs := repriced(pricedBatch(t))
	var group errgroup.Group
	for year := 2020; year < 2028; year++ {
		group.Go(func() error { differs(year); return nil })
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}
