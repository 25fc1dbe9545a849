// Package diff tells what changed between two batches: parameters, inputs, sums, and every affiliate's year, by a merge of their
// tables.
package diff
