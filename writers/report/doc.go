// Package report owns what the pages of a fund tell: report.html of a batch, what the night did, for the fund's staff, at a glance; the page
// of a simulation, what a reform would do; the page that explains the year of one affiliate; and the page of all nights.
//
// What is told comes from the batch (Batch), from the statistics that the package tally gathers while it is settled, from a Simulation, an
// Explanation or an Overview; what a page is made of is in the package page. Except the page of one affiliate, a page holds no national
// number, no name and no account number; the largest amounts are named by dossier and year. The same batch and statistics give the same bytes.
package report
