// Package ledger owns what the batches of a fund say together: which ones count, what they have published of affiliates and
// companies before, and what publishes or withdraws a whole batch on that history.
package ledger
