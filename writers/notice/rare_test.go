package notice

import (
	"regul/pipeline"
	"regul/pipeline/money"
)

// rare are the situations that few letters have: several reasons at once, old debts, money that waits.
var rare = []situation{
	{"arrears and a claim", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 4000_00).income(2023, "2026-W25-000801", "2026-06-15", 45_000_00)
	}},
	{"bankruptcy, with a claim", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 5070_08).income(2023, "2026-W25-000802", "2026-06-15", 30_000_00)
		f.hold = pipeline.HoldBankruptcy
		f.by(func(c *pipeline.Contact) { c.Addressee = "Maître Paul Lambert, curateur" })
	}},
	{"direct debit of two years, with arrears", func(f *file) {
		f.called(2022, 1000_00).paid(2022, "2022-12-20", 3800_00).income(2022, "2026-W20-000803", "2026-05-12", 26_000_00)
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 5070_08).income(2023, "2026-W25-000803", "2026-06-15", 30_000_00)
		f.by(func(c *pipeline.Contact) { c.Mandate, c.MandateSignedOn = "MDT16580769-2", day(f.t, "2019-08-01") })
	}},
	{"contested income", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 5070_08)
		f.scatter.Component(&pipeline.Component{NISS: f.niss, Year: 2023, Communication: "2026-W25-000804",
			CommunicatedOn: day(f.t, "2026-06-15"), Nature: 1, Income: 52_000_00,
			ComponentAdded: pipeline.ComponentAdded{Contested: true, Admitted: 30_000_00}})
	}},
	{"ten years", func(f *file) {
		for year := 2014; year <= 2023; year++ {
			f.scatter.Interruption(&pipeline.Interruption{NISS: f.niss, Year: int16(year)})
			f.called(year, 800_00).paid(year, "2024-01-20", 3000_00).income(year, "2026-W25-00080"+string(rune('0'+year-2014)),
				"2026-06-15", money.Cents(year-2010)*3_345_67)
		}
	}},
	{"two years to pay", func(f *file) {
		for year := 2022; year <= 2023; year++ {
			f.called(year, 800_00).paid(year, "2024-01-20", 3200_00).income(year, "2026-W25-00081"+string(rune('0'+year-2020)),
				"2026-06-15", money.Cents(year-2010)*2_345_67)
		}
	}},
	{"a correction corrected", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 6337_56).income(2023, "2026-W25-000806", "2026-06-15", 28_000_00)
		f.before(2023, "2025-W30-000006", "2025-09-12", 34_321_09, 7253_20, 0)
		f.scatter.PriorYear(&pipeline.PriorYear{NISS: f.niss, Year: 2023, Version: 2, Communication: "2025-W50-000006",
			CommunicatedOn: day(f.t, "2025-12-01"), Income: 30_000_00, NotifiedOn: day(f.t, "2025-12-19")})
		for q := uint8(1); q <= 4; q++ {
			f.scatter.PriorQuarter(&pipeline.PriorQuarter{NISS: f.niss, Year: 2023, Version: 2, Quarter: q, Definitive: 6337_56 / 4,
				Fee: 6337_56 / 4 * 3 / 100})
		}
	}},
	{"nowhere to send it", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 5070_08).income(2023, "2026-W25-000807", "2026-06-15", 30_000_00)
		f.by(func(c *pipeline.Contact) { c.Street = "" })
	}},
	{"status fails, arrears and a surcharge", func(f *file) {
		for quarter := 1; quarter <= 4; quarter++ {
			f.quarter(2023, quarter, "complementary", pipeline.Due, 300_00, func(a *pipeline.AccountQuarter) {
				a.LegalProvisional, a.Reduction = 600_00, pipeline.ReductionGranted
			})
		}
		f.worked(2023, 2, 234).worked(2023, 3, 300).worked(2023, 4, 300)
		f.paid(2023, "2023-12-20", 900_00).income(2023, "2026-W25-000808", "2026-06-15", 7_000_00)
	}},
	{"two refunds, one beyond the limit", func(f *file) {
		for year := 2022; year <= 2023; year++ {
			f.called(year, 2067_52).paid(year, "2024-01-20", 8270_08).income(year, "2026-W25-00082"+string(rune('0'+year-2020)),
				"2026-06-15", 30_000_00)
		}
		f.after = func(s *pipeline.Settlement) { s.Years[1].Limited = true }
	}},
	{"two years, a status fails in one", func(f *file) {
		f.called(2022, 1267_52).paid(2022, "2022-12-20", 5070_08).income(2022, "2026-W20-000810", "2026-05-12", 30_000_00)
		for quarter := 1; quarter <= 4; quarter++ {
			f.quarter(2023, quarter, "complementary", pipeline.Due, 300_00)
		}
		f.worked(2023, 2, 234).worked(2023, 3, 300).worked(2023, 4, 300)
		f.paid(2023, "2023-12-20", 1200_00).income(2023, "2026-W25-000810", "2026-06-15", 30_000_00)
	}},
	{"arrears that are barred", func(f *file) {
		f.called(2023, 1267_52).paid(2023, "2023-12-20", 4000_00).income(2023, "2026-W25-000809", "2026-06-15", 45_000_00)
		f.after = func(s *pipeline.Settlement) { s.Years[0].ArrearsBarred = 500_00 }
	}},
}
