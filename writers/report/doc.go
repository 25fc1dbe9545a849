// Package report writes report.html of a batch: what the night did, for the fund's staff, at a glance; and the page of a
// simulation: what a reform would do; and the page that explains the year of one affiliate.
//
// It owns the page that shows the statistics of a batch, which the package tally gathers,
// with what the batch says of itself (Batch, Write), and the page of a simulation (Simulation, WriteSimulation), in the same
// frame and look. A page is one file that loads nothing: no script, no font, no picture from elsewhere. Except the page of one affiliate,
// it holds no national number, no name and no account number; the largest amounts are named by dossier and year. The same batch and
// statistics, or the same simulation, give the same bytes.
package report
