// Package tally counts what a batch settles while it is settled: sums by outcome, category, year and language, distributions in classes, the
// largest amounts. It owns the statistics that the report shows, and no word of it. Sums do not depend on the order in which shards are
// counted. Amounts are cents of EUR.
package tally
