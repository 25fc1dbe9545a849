package tables

import (
	"regul/pipeline"
	"regul/pipeline/company"
	"regul/pipeline/money"
	"regul/writers/parquet"
)

func companyBalancesTable() *table[pipeline.Balance] {
	type row = pipeline.Balance
	return newTable(companyBalancesAbout, []column[row]{
		text("enterprise", func(r *row, b []byte) []byte { return company.Number(r.NISS).Append(b) }).
			means("enterprise number, 10 digits"),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }).
			means("the year of the contribution"),
		optional("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }).
			means("of the result; null: the batch does not settle the year"),
		amount("called", func(r *row) money.Cents { return r.Called }).
			means("the definitive amount of the last version"),
		amount("paid", func(r *row) money.Cents { return r.Paid }).
			means("all that came in for the year, as the row or its payments say"),
		amount("refunded", func(r *row) money.Cents { return r.Refunded }).
			means("ordered by this batch and those before, less what came back"),
		amount("surcharges", func(r *row) money.Cents { return r.Surcharges }).
			means("claimed in all, less what was taken back"),
		amount("surcharges_paid", func(r *row) money.Cents { return r.SurchargesPaid }).
			means("paid of them: no part of `paid`").signed(),
		amount("surcharges_open", func(r *row) money.Cents { return r.SurchargesOpen() }).
			means("of `surcharges`, what is not paid"),
		amount("open", func(r *row) money.Cents { return r.Open }).
			means("called and not paid"),
		amount("credit", func(r *row) money.Cents { return r.Credit }).
			means("paid beyond what was called"),
		optional("due_date", parquet.Date, func(r *row) int64 { return int64(r.OldestDue) }).
			means("the day on which `open` fell due by law, or falls due"),
		amount("unseen", func(r *row) money.Cents { return r.Unseen }).
			means("transfers that were ordered and that the payments do not show"),
		optional("unseen_since", parquet.Date, func(r *row) int64 { return int64(r.UnseenSince) }).
			means("of the oldest of them"),
		amount("unclear", func(r *row) money.Cents { return r.Unclear }).
			means("payments that do not count until their purpose is said"),
		amount("later", func(r *row) money.Cents { return r.Later }).
			means("payments dated after the batch, which do not count yet").signed(),
		amount("surcharges_credit", func(r *row) money.Cents { return r.SurchargeCredit }).
			means("paid beyond `surcharges`: the next version of the year gives it back"),
	})
}

func balancesTable() *table[pipeline.Balance] {
	type row = pipeline.Balance
	return newTable(balancesAbout, []column[row]{
		text("niss", func(r *row, b []byte) []byte { return r.NISS.Append(b) }).
			means("national number, 11 digits"),
		text("dossier", func(r *row, b []byte) []byte { return r.Dossier.Append(b) }).
			means("file number at the fund"),
		number("contribution_year", parquet.Integer, func(r *row) int64 { return int64(r.Year) }).
			means("the year"),
		optional("version", parquet.Integer, func(r *row) int64 { return int64(r.Version) }).
			means("of the regularisation; null: the batch does not settle the year"),
		flag("in_account", func(r *row) bool { return r.Known }).
			means("the account has the year; false: its money belongs nowhere"),
		amount("called", func(r *row) money.Cents { return r.Called }).
			means("of all quarters; of a year that was regularised its definitive amount"),
		amount("paid", func(r *row) money.Cents { return r.Paid }).
			means("contributions received, less what was taken back").signed(),
		amount("refunded", func(r *row) money.Cents { return r.Refunded }).
			means("ordered by this batch and those before, less what came back"),
		amount("offsets", func(r *row) money.Cents { return r.Offsets }).
			means("received from other years less given to them").signed(),
		amount("surcharges", func(r *row) money.Cents { return r.Surcharges }).
			means("of art. 11bis, claimed in all"),
		amount("open", func(r *row) money.Cents { return r.Open }).
			means("called of the quarters that have ended, and not paid"),
		amount("credit", func(r *row) money.Cents { return r.Credit }).
			means("paid beyond what was called"),
		optional("oldest_due_date", parquet.Date, func(r *row) int64 { return int64(r.OldestDue) }).
			means("the day on which the oldest part of `open` fell due, or falls due"),
		amount("unseen", func(r *row) money.Cents { return r.Unseen }).
			means("transfers that were ordered and that the payments do not show"),
		optional("unseen_since", parquet.Date, func(r *row) int64 { return int64(r.UnseenSince) }).
			means("of the oldest of them"),
		amount("unclear", func(r *row) money.Cents { return r.Unclear }).
			means("payments that do not count until their purpose is said"),
		amount("later", func(r *row) money.Cents { return r.Later }).
			means("payments dated after the batch, which do not count yet"),
		amount("surcharges_paid", func(r *row) money.Cents { return r.SurchargesPaid }).
			means("paid of surcharges of any kind, less what was given back: no part of `paid`").signed(),
		amount("surcharges_open", func(r *row) money.Cents { return r.SurchargesOpen() }).
			means("of `surcharges`, what is not paid"),
		amount("surcharges_credit", func(r *row) money.Cents { return r.SurchargeCredit }).
			means("paid beyond `surcharges`, of what a version claimed once: the next version of the year gives it back"),
	})
}
