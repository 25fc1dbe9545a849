// Package jobs owns what an operator can start, one file a job, and what makes a batch trustworthy: its identity, its
// manifest, the lock, the ledger of published batches, and the one rename by which a batch appears.
//
// It puts readers, pipeline and writers together. It knows neither flags nor terminals.
package jobs
