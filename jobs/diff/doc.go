// Package diff tells what changed between two batches: parameters, inputs, sums, and every year of an affiliate or a company, by a merge
// of their tables.
package diff
