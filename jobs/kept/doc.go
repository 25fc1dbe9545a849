// Package kept owns .ledger: what the older batches of a ledger hold, brought together, so that a night opens a few files instead of some
// for each batch.
//
// A segment is so many batches that follow each other: a file for each table that the ledger reads, with the rows of its batches one after
// the other, and a record that names its batches and files by their SHA-256. All of it is derived from the batches: it can be deleted, and
// the same batches give the same bytes again. A segment that does not name its batches as they are
// today, or a file with another digest, is passed over: then the batches themselves are read. Who forges a segment whole is found by Compare, as
// regul verify --chain does. What a table holds is declared by the caller.
package kept
