package report

import (
	"fmt"
	"strings"

	"regul/pipeline"
	"regul/pipeline/money"
	"regul/writers/report/tally"
)

// batchOf is what a batch with these statistics says of itself.
func batchOf(s *tally.Statistics) *Batch {
	a := &s.All
	supplement, gross, income := sumOf(s.Supplements[:]), sumOf(s.Refunds[:]), money.Cents(64_531_200_17)
	b := &Batch{
		Name: "2026-06-30-93171ce0", AsOf: "2026-06-30", LawVersion: strings.Repeat("0f61", 16), Ledger: 3,
		Fees:     map[string]string{"2021": "3.05", "2022": "3.05", "2023": "3.05", "2024": "3.10", "2026": "3.10"},
		Settings: []Setting{{"Rejects allowed", "5%"}, {"Years whose account changed", "settled anew"}},
		Inputs: []Input{
			{"affiliates", "register-2026-06.csv.zst", 1_204, 91_204, digestOf(1)},
			{"account", "account-2026-06.parquet", 4_816, 120_417, digestOf(2)}, {"payments", "payments.csv", 4_790, 310_455, digestOf(3)},
			{"revenue", "revenue-night-0630.csv", 1_501, 98_740, digestOf(4)},
		},
		Counts: []Fates{{"affiliates", 1_204, 1_198, 0, 0, 0, 6}, {"account", 4_816, 4_783, 0, 0, 0, 33},
			{"payments", 4_790, 4_763, 0, 0, 0, 27}, {"revenue", 1_501, 1_320, 138, 28, 2, 13}},
		ControlTotals: []Total{{"net_income", income}, {"definitive", a.Definitive}, {"called", a.Called}, {"paid", a.Called - 120_00},
			{"supplement", supplement}, {"surplus_applied", supplement - a.ToPay}, {"to_pay", a.ToPay}, {"cancelled", a.Cancelled},
			{"refund_gross", gross}, {"offset", a.Offsets}, {"refund", a.Refund}, {"offset_received", 0}, {"arrears", a.Arrears},
			{"surcharge", a.Surcharge}, {"claim", a.Claim}, {"payout", a.Payout}, {"debit", 9_912_418_77}, {"credit", 9_912_418_77}},
		Notices: []Letters{{"fr", 402, 1_611, 806, 482_40}, {"nl", s.Notices - 411, 2_410, 1_209, 0}, {"de", 9, 37, 19, 0}},
		Payments: []Payment{{"refund", "sent", 301, 201_455_18}, {"refund", "refund_without_account", 12, 7_120_44},
			{"refund", "wrong_account", 2, 911_00}, {"claim", "sent", 188, 171_004_21}, {"claim", "by_transfer", 240, 301_977_63},
			{"claim", "mandate_without_date", 3, 1_455_09}, {"claim", "address_missing", 0, 0}},
		Files: []File{{"regularisations/year=2023/part-00000.parquet", 1_120, 84_120},
			{"regularisations/year=2022/part-00000.parquet", 98, 11_200}, {"quarters/year=2023/part-00000.parquet", 4_480, 121_440},
			{"notices/fr-00001.pdf", 402, 1_204_551}, {"payments/pain.001-00001.xml", 301, 240_112}},
		Previous: &Previous{Name: "2026-06-29-0a41b7c2", AsOf: "2026-06-29", Notices: 871, Rejects: 96,
			Outcomes: [pipeline.OutcomeCount]int64{0, 430, 341, 22, 9, 260},
			Totals: []Total{{"definitive", a.Definitive * 9 / 10}, {"called", a.Called}, {"claim", a.Claim * 11 / 10},
				{"payout", a.Payout * 8 / 10}}},
	}
	for c := pipeline.Accepted + 1; c < pipeline.CodeCount; c++ {
		b.Rejects = append(b.Rejects, Code{Code: c.String(), Rows: int64(c) * 3, Examples: []Example{
			{"revenue-night-0630.csv", int64(c) * 1_117, "column net_income: must be an amount in EUR with at most two decimals"},
			{"payments.csv", 17, "the national number is not in the affiliates input"}}})
	}
	return b
}

func sumOf(classes []tally.Class) money.Cents {
	var all money.Cents
	for _, c := range classes {
		all += c.Amount
	}
	return all
}

// digestOf is a digest that also holds runs of digits.
func digestOf(n int) string { return fmt.Sprintf("%064d", 85010112387*n) }
