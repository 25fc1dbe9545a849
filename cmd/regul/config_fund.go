package main

import (
	"slices"
	"strings"

	"regul/jobs"
	"regul/jobs/batch"
	"regul/jobs/outgoing"
	"regul/jobs/run"
)

// outgoing is what is asked of what leaves the fund.
func (c *config) outgoing() outgoing.Settings {
	return outgoing.Settings{Fund: c.fund(), Wording: c.text("notices.wording"), Duplex: c.text("notices.duplex"),
		Marks: c.text("notices.marks"), Accounts: c.table("accounts"), Without: c.texts("without"), MaxTransfer: c.text("max_transfer"),
		MaxNight: c.text("max_night"), RefundBelow: c.text("refund_below"), DebtBelow: c.text("debt_below"),
		Report: batch.ReportSettings{Language: c.text("report.language"), Postage: c.table("report.postage")}}
}

// brake is what makes a draft of a night.
func (c *config) brake() run.BrakeSettings {
	return run.BrakeSettings{Payout: c.text("brake.payout"), Transfer: c.text("brake.transfer"), Share: c.text("brake.share"),
		Median: c.text("brake.median")}
}

// fund is the identity of the fund for the jobs; nil without a setting of it.
func (c *config) fund() *outgoing.FundSettings {
	given := false
	for name := range c.values {
		given = given || strings.HasPrefix(name, "fund.")
	}
	if !given {
		return nil
	}
	return &outgoing.FundSettings{
		Name: c.table("fund.name"), Street: c.table("fund.street"), City: c.table("fund.city"),
		Court: c.table("fund.court"), TimeLimit: c.table("fund.time_limit"), Postcode: c.text("fund.postcode"),
		Country: c.text("fund.country"), Phone: c.text("fund.phone"), Email: c.text("fund.email"), Website: c.text("fund.website"),
		ApprovalNumber: c.text("fund.approval_number"), Enterprise: c.text("fund.enterprise"), IBAN: c.text("fund.iban"),
		BIC: c.text("fund.bic"), CreditorID: c.text("fund.creditor_id"), Logo: c.text("fund.logo"),
	}
}

// isLanguage says whether the fund writes in a language.
func isLanguage(code string) bool { return slices.Contains(jobs.Languages(), code) }
