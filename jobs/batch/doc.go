// Package batch owns what a batch is: its manifest, how it is built and appears by one rename, how its files are read back and
// checked, what a draft and a withdrawal are, the lock, and the rows of published tables.
//
// It does not know how a batch was computed, nor what batches say together.
package batch
