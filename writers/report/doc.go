// Package report writes report.html of a batch: what the night did, for the fund's staff, at a glance.
//
// It owns the statistics that are gathered while the batch is settled (Gatherer, Statistics) and the page that shows them
// with what the batch says of itself (Batch, Write), and the page of a simulation (Simulation, WriteSimulation). A page is
// one file that loads nothing: no script, no font, no picture from elsewhere. It holds no national number, no name and no account number; the largest amounts are named by
// dossier and year. The same batch and statistics give the same bytes.
package report
