// Package storage is where batches live: names and bytes behind one interface, which tests let fail at any call. Nothing
// above it knows paths. It does not know what a batch is.
package storage
