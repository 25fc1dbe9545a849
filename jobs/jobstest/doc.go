// Package jobstest has what the tests of the jobs share: nights on made inputs, batches read by another implementation, storages
// that fail, and the comparison with the reference.
package jobstest
