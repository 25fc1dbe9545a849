// Package storage is where batches live: names and bytes behind one interface, which tests let fail at any call. A directory and a bucket
// of an object store behave alike. It opens the files that come in too, on the disk or in a bucket. Nothing above it knows paths, or S3.
// It does not know what a batch is.
package storage
