package config

import (
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/outgoing"
	"regul/jobs/run"
)

// Outgoing is what is asked of what leaves the fund.
func (c *Config) Outgoing() outgoing.Settings {
	return outgoing.Settings{Fund: c.fund(), Wording: c.Text("notices.wording"), Duplex: c.Text("notices.duplex"),
		Marks: c.Text("notices.marks"), Accounts: c.Table("accounts"), Without: c.Texts("without"), MaxTransfer: c.Text("max_transfer"),
		MaxNight: c.Text("max_night"), RefundBelow: c.Text("refund_below"), DebtBelow: c.Text("debt_below"),
		Report: batch.ReportSettings{Language: c.Text("report.language"), Postage: c.Table("report.postage")}}
}

// Brake is what makes a draft of a night.
func (c *Config) Brake() run.BrakeSettings {
	return run.BrakeSettings{Payout: c.Text("brake.payout"), Transfer: c.Text("brake.transfer"), Share: c.Text("brake.share"),
		Median: c.Text("brake.median")}
}

// fund is the identity of the fund for the jobs; nil without a setting of it.
func (c *Config) fund() *outgoing.FundSettings {
	given := false
	for name := range c.values {
		given = given || strings.HasPrefix(name, "fund.")
	}
	if !given {
		return nil
	}
	return &outgoing.FundSettings{
		Name: c.Table("fund.name"), Street: c.Table("fund.street"), City: c.Table("fund.city"),
		Court: c.Table("fund.court"), TimeLimit: c.Table("fund.time_limit"), Postcode: c.Text("fund.postcode"),
		Country: c.Text("fund.country"), Phone: c.Text("fund.phone"), Email: c.Text("fund.email"), Website: c.Text("fund.website"),
		ApprovalNumber: c.Text("fund.approval_number"), Enterprise: c.Text("fund.enterprise"), IBAN: c.Text("fund.iban"),
		BIC: c.Text("fund.bic"), CreditorID: c.Text("fund.creditor_id"), Logo: c.Text("fund.logo"),
	}
}

// isLanguage says whether the fund writes in a language.
func isLanguage(code string) bool { return slices.Contains(jobs.Languages(), code) }
